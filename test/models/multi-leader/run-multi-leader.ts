import type { Fault } from '../../../simulations/kernel/faults.ts';
import { seed } from '../../../simulations/kernel/time.ts';
import type { StepView, WorldView } from '../../../simulations/kernel/view.ts';
import { shownOf } from '../../../simulations/models/multi-leader/datum.ts';
import { diskOf } from '../../../simulations/models/multi-leader/history.ts';
import { multiLeader } from '../../../simulations/models/multi-leader/index.ts';
import { knobs, type MultiLeaderKnobs } from '../../../simulations/models/multi-leader/knobs.ts';
import { execute, type Run, type RunInput } from '../../../simulations/run/execute.ts';

const DEFAULTS = Object.fromEntries(
  Object.entries(knobs).map(([name, knob]) => [name, knob.default]),
) as MultiLeaderKnobs;

export interface MultiLeaderRun extends Pick<RunInput, 'interpreter' | 'history' | 'checks' | 'digest'> {
  /** Called after each step, with the world as the step left it. The run then judges no properties. */
  readonly visit?: (world: WorldView, step: StepView) => void;
  readonly knobs?: Partial<MultiLeaderKnobs>;
  readonly workload?: unknown;
  readonly faults?: readonly Fault[];
  readonly seed?: number;
  readonly durationUs?: number;
}

/** Runs the multi-leader model with defaults for whatever is not given; without a trace unless asked. */
export function runMultiLeader(options: MultiLeaderRun): Run {
  const {
    knobs: changed,
    workload = {},
    faults = [],
    seed: number = 1,
    durationUs = 4_000_000,
    visit,
    ...rest
  } = options;
  return execute({
    model: visit === undefined ? multiLeader : { ...multiLeader, properties: [visitor(visit)] },
    knobs: { ...DEFAULTS, ...changed },
    workload: multiLeader.workload.parse(workload),
    faults,
    seed: seed(number),
    durationUs,
    history: false,
    ...rest,
  });
}

function visitor(visit: NonNullable<MultiLeaderRun['visit']>): (typeof multiLeader.properties)[number] {
  const check = (world: WorldView, step: StepView): undefined => visit(world, step) as undefined;
  return { kind: 'always', id: 'visitor', title: 'every step is visited', exercisedBy: 'visitor', check };
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

/** What a region has on disk under a key at the end, as a reader would be shown it. */
export function onDisk(run: Run, region: string, key = 'x'): unknown {
  const { store } = diskOf(run.record.end.process(region)!.disk);
  return shownOf(store[key]?.datum, (run.input.knobs as unknown as MultiLeaderKnobs).data === 'cart');
}

/** The value of a metric; undefined when the run has none of that name. */
export function metric(run: Run, id: string): number | undefined {
  return run.metrics.find((one) => one.id === id)?.value;
}

export const MS = 1_000;
export const S = 1_000_000;

export const cut = (sides: readonly (readonly string[])[], atUs: number, forUs?: number): Fault => ({
  id: 'cut-1',
  action: { do: 'cut', sides, oneWay: false },
  when: { atUs },
  ...(forUs !== undefined && { forUs }),
});

export const crash = (target: string, atUs: number, forUs: number): Fault => ({
  id: `crash-${target}`,
  action: { do: 'crash', target },
  when: { atUs },
  forUs,
});

/** Puts the disk back as it was at `backupAtUs`. */
export const restore = (target: string, backupAtUs: number, atUs: number, forUs: number): Fault => ({
  id: `restore-${target}`,
  action: { do: 'restore', target, backupAtUs },
  when: { atUs },
  forUs,
});
