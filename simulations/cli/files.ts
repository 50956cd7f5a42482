import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { loadScenario, type Scenario } from '../index.ts';
import { CliError } from './output.ts';
import { problemLines } from './problems.ts';

const SCENARIOS = fileURLToPath(new URL('../../content/scenarios/', import.meta.url));

/** The ids of the scenarios that ship with Faultline. */
export function shippedScenarios(): readonly string[] {
  return readdirSync(SCENARIOS)
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => file.slice(0, -'.yaml'.length))
    .sort();
}

/** Reads a scenario by id or by path. Throws a {@link CliError} with every problem, one a line, file and line first. */
export function readScenario(name: string): Scenario {
  const path = pathOf(name);
  const loaded = loadScenario(readFileSync(path, 'utf8'));
  if (!loaded.ok) throw new CliError(problemLines(path, loaded.problems));
  return loaded.scenario;
}

/** Whether a name is that of a scenario that ships, rather than of a file. */
export function isShipped(name: string): boolean {
  return shippedScenarios().includes(name);
}

/** The text of a scenario, by id or by path. */
export function readScenarioText(name: string): string {
  return readFileSync(pathOf(name), 'utf8');
}

function pathOf(name: string): string {
  const shipped = `${SCENARIOS}${name}.yaml`;
  const path = /^[a-z0-9-]+$/i.test(name) && existsSync(shipped) ? shipped : name;
  if (existsSync(path) && statSync(path).isFile()) return path;
  throw new CliError(`no scenario ${name}: neither a file nor one of ${shippedScenarios().join(', ')}`);
}

/** Reads a text file, or standard input for `-`. */
export function readText(path: string): string {
  try {
    return readFileSync(path === '-' ? 0 : path, 'utf8');
  } catch (error) {
    throw new CliError(`cannot read ${path}: ${(error as Error).message}`);
  }
}
