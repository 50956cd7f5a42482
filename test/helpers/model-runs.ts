import type { StepView, WorldView } from '../../simulations/kernel/view.ts';
import type { Model } from '../../simulations/models/model.ts';
import type { Run } from '../../simulations/run/execute.ts';

export const MS = 1_000;
export const S = 1_000_000;

/** Called after each step, with the world as the step left it. */
export type Visit = (world: WorldView, step: StepView) => void;

/** The model, judging no properties but visiting every step; the model itself without a visitor. */
export function visited(model: Model, visit: Visit | undefined): Model {
  if (visit === undefined) return model;
  const check = (world: WorldView, step: StepView): undefined => visit(world, step) as undefined;
  const visitor = {
    kind: 'always',
    id: 'visitor',
    title: 'every step is visited',
    exercisedBy: 'visitor',
    check,
  } as const;
  return { ...model, properties: [visitor] };
}

/** `ok`, `violated` or `unknown`. */
export function status(run: Run, property: string): string {
  const found = run.verdicts.find(({ id }) => id === property);
  if (found === undefined) throw new Error(`no property ${property}`);
  return found.verdict.status;
}

/** The properties that a run violates. */
export function violated(run: Run): readonly string[] {
  return run.verdicts.filter(({ verdict }) => verdict.status === 'violated').map(({ id }) => id);
}

/** A metric by id; undefined where there was nothing to measure. */
export function metric(run: Run, id: string): number | undefined {
  return run.metrics.find((one) => one.id === id)?.value;
}
