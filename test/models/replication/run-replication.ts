import type { Fault } from '../../../simulations/kernel/faults.ts';
import { seed } from '../../../simulations/kernel/time.ts';
import { replication } from '../../../simulations/models/replication/index.ts';
import { knobs, type ReplicationKnobs } from '../../../simulations/models/replication/knobs.ts';
import { execute, type Run, type RunInput } from '../../../simulations/run/execute.ts';
import { MS, S } from '../../helpers/model-runs.ts';

export { MS, metric, S, status, violated } from '../../helpers/model-runs.ts';

/** The defaults, with failover quick enough for runs of a few seconds. */
const BASE = {
  ...Object.fromEntries(Object.entries(knobs).map(([name, knob]) => [name, knob.default])),
  suspectAfter: 300 * MS,
  heartbeatEvery: 50 * MS,
  requestTimeout: 400 * MS,
} as ReplicationKnobs;

export interface ReplicationRun extends Pick<RunInput, 'interpreter' | 'history' | 'checks' | 'digest'> {
  readonly knobs?: Partial<ReplicationKnobs>;
  readonly workload?: unknown;
  readonly faults?: readonly Fault[];
  readonly seed?: number;
  readonly durationUs?: number;
}

/** Runs the replication model with defaults for whatever is not given; without a trace unless asked. */
export function runReplication(options: ReplicationRun): Run {
  const { knobs: changed, workload = {}, faults = [], seed: number = 1, durationUs = 5 * S, ...rest } = options;
  const values = { ...BASE, ...changed };
  const problems = replication.constraints(values);
  if (problems.length > 0) throw new Error(JSON.stringify(problems));
  return execute({
    model: replication,
    knobs: values,
    workload: replication.workload.parse(workload),
    faults,
    seed: seed(number),
    durationUs,
    history: false,
    ...rest,
  });
}

export const crash = (target: string, atUs: number, forUs?: number): Fault => ({
  id: `crash-${target}-${atUs}`,
  action: { do: 'crash', target },
  when: { atUs },
  ...(forUs !== undefined && { forUs }),
});

export const cut = (sides: readonly (readonly string[])[], atUs: number, forUs?: number): Fault => ({
  id: `cut-${atUs}`,
  action: { do: 'cut', sides, oneWay: false },
  when: { atUs },
  ...(forUs !== undefined && { forUs }),
});
