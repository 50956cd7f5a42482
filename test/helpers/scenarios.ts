import { readdirSync, readFileSync } from 'node:fs';
import {
  execute,
  type Interpreter,
  loadScenario,
  models,
  type Run,
  resolveRun,
  type Scenario,
} from '../../simulations/index.ts';

/** Every scenario that ships, parsed and checked. */
export const scenarios: readonly Scenario[] = readdirSync('content/scenarios')
  .filter((file) => file.endsWith('.yaml'))
  .map((file) => {
    const loaded = loadScenario(readFileSync(`content/scenarios/${file}`, 'utf8'));
    if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
    return loaded.scenario;
  });

/** Scenario and variant, one a row, for `test.each`. */
export const variants = scenarios.flatMap((scenario) =>
  scenario.variants.map((variant) => [scenario.id, variant.id] as const),
);

/** The rows of the scenario with which each model opens: where every model must be seen, and every variant would take too long. */
export const openingVariants = variants.filter(([id]) => models.some(({ opening }) => opening === id));

/** The run of a variant; the pinned seed unless another is given. */
export function runOf(
  id: string,
  variant: string,
  options: { seed?: number; interpreter?: Interpreter; history?: boolean } = {},
): Run {
  const scenario = scenarios.find((candidate) => candidate.id === id)!;
  const resolved = resolveRun({ model: scenario.model, scenario, variant, seed: options.seed });
  if (!resolved.ok) throw new Error(JSON.stringify(resolved.problems));
  return execute({ ...resolved.input, interpreter: options.interpreter, history: options.history ?? true });
}
