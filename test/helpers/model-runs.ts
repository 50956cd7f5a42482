import type { Fault } from '../../simulations/kernel/faults.ts';
import { seed } from '../../simulations/kernel/time.ts';
import type { StepView, WorldView } from '../../simulations/kernel/view.ts';
import type { Model } from '../../simulations/models/model.ts';
import { execute, type Run, type RunInput } from '../../simulations/run/execute.ts';

export const MS = 1_000;
export const S = 1_000_000;

/** Called after each step, with the world as the step left it. */
export type Visit = (world: WorldView, step: StepView) => void;

/** The model, judging no properties but visiting every step; the model itself without a visitor. */
function visited(model: Model, visit: Visit | undefined): Model {
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

/** What a test says of a run. */
export interface ModelRun<Knobs>
  extends Pick<RunInput, 'interpreter' | 'history' | 'checks' | 'digest' | 'hazards' | 'schedule'> {
  /** Called after each step, with the world as the step left it. The run then judges no properties. */
  readonly visit?: Visit;
  readonly knobs?: Partial<Knobs>;
  readonly workload?: unknown;
  readonly faults?: readonly Fault[];
  readonly seed?: number;
  readonly durationUs?: number;
}

/** Every knob of a model at its default. */
export function defaultsOf<Knobs>(model: Model): Knobs {
  return Object.fromEntries(Object.entries(model.knobs).map(([name, knob]) => [name, knob.default])) as Knobs;
}

/** Runs a model with `base`, else the defaults, for whatever is not given; without a trace unless asked. Seed 1. Throws where the knobs do not go together. */
export function runnerOf<Knobs>(model: Model, durationUs: number, base: Partial<Knobs> = {}) {
  const standing = { ...defaultsOf<Knobs>(model), ...base };
  return ({ knobs, workload = {}, faults = [], seed: number = 1, visit, ...rest }: ModelRun<Knobs>): Run => {
    const values = { ...standing, ...knobs } as RunInput['knobs'];
    const problems = model.constraints(values);
    if (problems.length > 0) throw new Error(JSON.stringify(problems));
    return execute({
      model: visited(model, visit),
      knobs: values,
      workload: model.workload.parse(workload),
      faults,
      seed: seed(number),
      durationUs,
      history: false,
      ...rest,
    });
  };
}

/** Crashes a host, until it is restarted after `forUs` or for good. */
export const crash = (target: string, atUs: number, forUs?: number): Fault => ({
  id: `crash-${target}-${atUs}`,
  action: { do: 'crash', target },
  when: { atUs },
  ...(forUs !== undefined && { forUs }),
});

/** Cuts the network between sides, in both directions. */
export const cut = (sides: readonly (readonly string[])[], atUs: number, forUs?: number): Fault => ({
  id: `cut-${atUs}`,
  action: { do: 'cut', sides, oneWay: false },
  when: { atUs },
  ...(forUs !== undefined && { forUs }),
});

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
