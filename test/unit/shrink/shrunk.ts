import { models } from '../../../simulations/models/registry.ts';
import { execute } from '../../../simulations/run/execute.ts';
import { resolveRun } from '../../../simulations/run/resolve.ts';
import { type ShrinkReport, shrinkReport } from '../../../simulations/search/shrink/report.ts';
import type { ShrinkProgress } from '../../../simulations/search/shrink/search.ts';
import { violatedIn } from '../../../simulations/search/shrink/search.ts';
import type { ShrinkOptions, ShrinkRequest } from '../../../simulations/search/shrink/shrink.ts';
import { violationOf } from '../../../simulations/search/shrink/violation.ts';
import { scenarios } from '../../helpers/scenarios.ts';

/** The request that shrinks a variant of a scenario that ships, by default its main violation on the pinned seed. */
export function requestOf(id: string, variantId: string, property?: string): ShrinkRequest {
  const scenario = scenarios.find((one) => one.id === id)!;
  const resolved = resolveRun({ model: scenario.model, scenario, variant: variantId });
  if (!resolved.ok) throw new Error(JSON.stringify(resolved.problems));
  const { input, variant } = resolved;
  const violation = violationOf(execute({ ...input, history: false }), variant, property);
  if (!violation.ok) throw new Error(JSON.stringify(violation.problem));
  return { input, property: violation.property, scenario, variant: variant! };
}

/** The request for a model without a scenario. */
export function freeRequest(set: Readonly<Record<string, string | number>>, seed: number): ShrinkRequest {
  const resolved = resolveRun({ model: 'quorum', set, seed });
  if (!resolved.ok) throw new Error(JSON.stringify(resolved.problems));
  const { input } = resolved;
  const violation = violationOf(execute({ ...input, history: false }), undefined, undefined);
  if (!violation.ok) throw new Error(JSON.stringify(violation.problem));
  return { input, property: violation.property };
}

/** Drives a shrinker to its end. */
export function shrunk(request: ShrinkRequest, options?: ShrinkOptions) {
  const progress: ShrinkProgress[] = [];
  const trials = shrinkReport(request, options);
  let step = trials.next();
  while (step.done !== true) {
    progress.push(step.value);
    step = trials.next();
  }
  return { report: step.value as ShrinkReport, progress };
}

/** Every variant that violates something on its pinned seed. */
export const violating = scenarios.flatMap((scenario) =>
  scenario.variants.flatMap(({ id }) => {
    const resolved = resolveRun({ model: scenario.model, scenario, variant: id });
    if (!resolved.ok) throw new Error(JSON.stringify(resolved.problems));
    const violated = violatedIn(execute({ ...resolved.input, history: false }));
    return violated.length === 0 ? [] : [[scenario.id, id] as const];
  }),
);

const modelOf = (id: string) => scenarios.find((one) => one.id === id)!.model;
const openings = models.map(({ opening }) => opening);

/** Those that are shrunk in tests, because all would take too long: every one of the quorum model, and of each other model the first of the scenario that it opens with. */
export const examples = violating.filter(
  ([id], at) =>
    modelOf(id) === 'quorum' || (openings.includes(id) && violating.findIndex(([other]) => other === id) === at),
);
