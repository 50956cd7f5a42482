import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { describeProblem, execute, loadScenario, resolveRun } from '../../../simulations/index.ts';

const texts = readdirSync('content/scenarios')
  .filter((file) => file.endsWith('.yaml'))
  .map((file) => [file, readFileSync(`content/scenarios/${file}`, 'utf8')] as const);

type Path = readonly (string | number)[];

/** Every path into plain data, groups and lists included. */
function pathsOf(data: unknown, path: Path = []): readonly Path[] {
  if (typeof data !== 'object' || data === null) return [];
  const entries = Array.isArray(data) ? data.map((part, at) => [at, part] as const) : Object.entries(data);
  return entries.flatMap(([name, part]) => [[...path, name], ...pathsOf(part, [...path, name])]);
}

/** The same with another value at a path, or without one where that is undefined. */
function changed(data: unknown, [first, ...rest]: Path, value: unknown): unknown {
  if (first === undefined) return value;
  const copy = Array.isArray(data) ? [...data] : { ...(data as object) };
  const next = changed((copy as Record<string | number, unknown>)[first], rest, value);
  if (next === undefined && Array.isArray(copy)) copy.splice(Number(first), 1);
  else (copy as Record<string | number, unknown>)[first] = next;
  return copy;
}

/** What people write by mistake, and what is right somewhere else. */
const values = fc.constantFrom<unknown>(
  ...[undefined, null, true, 0, -1, 1, 7, 0.5, 1e15, '', 'x', 'r1', 'r9', 'a', 'half', 'soon', '0 ms', '1 us', '40 ms'],
  ...[[], ['r1'], [['r1'], ['r2']], {}, { f: 'read' }],
);

/** As much of a run as shows whether it runs. */
const RUN_US = 150_000;

// Found by such changes: a script that names a host which is not there ended in an internal error.
test.each(texts)('%s with any one thing changed is refused in words, or runs', (_file, text) => {
  const data: unknown = parse(text);
  const paths = pathsOf(data).filter(([part]) => part === 'knobs' || part === 'workload' || part === 'faults');
  const oneChange = fc.tuple(fc.constantFrom(...paths), values);
  const check = ([path, value]: readonly [Path, unknown]) => {
    const loaded = loadScenario(stringify(changed(data, path, value)));
    if (!loaded.ok) {
      for (const problem of loaded.problems) expect(describeProblem(problem)).toMatch(/found .+; allowed: .+/);
      return;
    }
    const { scenario } = loaded;
    const resolved = resolveRun({ model: scenario.model, scenario });
    if (!resolved.ok) throw new Error('a scenario that was accepted has no run');
    execute({ ...resolved.input, durationUs: Math.min(RUN_US, resolved.input.durationUs), history: false });
  };
  fc.assert(fc.property(oneChange, check), { numRuns: 60, seed: 24 });
});
