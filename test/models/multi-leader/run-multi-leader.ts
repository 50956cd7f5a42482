import type { Fault } from '../../../simulations/kernel/faults.ts';
import { seed } from '../../../simulations/kernel/time.ts';
import { shownOf } from '../../../simulations/models/multi-leader/datum.ts';
import { diskOf } from '../../../simulations/models/multi-leader/history.ts';
import { multiLeader } from '../../../simulations/models/multi-leader/index.ts';
import { knobs, type MultiLeaderKnobs } from '../../../simulations/models/multi-leader/knobs.ts';
import { execute, type Run, type RunInput } from '../../../simulations/run/execute.ts';
import { type Visit, visited } from '../../helpers/model-runs.ts';

export { MS, metric, S, status, violated } from '../../helpers/model-runs.ts';

const DEFAULTS = Object.fromEntries(
  Object.entries(knobs).map(([name, knob]) => [name, knob.default]),
) as MultiLeaderKnobs;

export interface MultiLeaderRun extends Pick<RunInput, 'interpreter' | 'history' | 'checks' | 'digest'> {
  /** Called after each step, with the world as the step left it. The run then judges no properties. */
  readonly visit?: Visit;
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
    model: visited(multiLeader, visit),
    knobs: { ...DEFAULTS, ...changed },
    workload: multiLeader.workload.parse(workload),
    faults,
    seed: seed(number),
    durationUs,
    history: false,
    ...rest,
  });
}

/** What a region has on disk under a key at the end, as a reader would be shown it. */
export function onDisk(run: Run, region: string, key = 'x'): unknown {
  const { store } = diskOf(run.record.end.process(region)!.disk);
  return shownOf(store[key]?.datum, (run.input.knobs as unknown as MultiLeaderKnobs).data === 'cart');
}

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
