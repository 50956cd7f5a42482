import { execute, resolveRun, type Scenario } from '../../simulations/index.ts';

/** What a read may wait for, in the order of the table. */
export const READ_WAYS = ['local', 'lease', 'readIndex', 'log'] as const;
export type ReadWay = (typeof READ_WAYS)[number];

/** Seeds on which each way is tried. */
export const READ_SEEDS = 50;

/** What reads of one kind cost and promise, in the runs of a scenario. */
export interface LogReads {
  /** On the pinned seed. */
  readonly medianUs: number;
  /** Runs with a read that contradicts what had been acknowledged, of `READ_SEEDS`. */
  readonly violated: number;
}

const known = new Map<ReadWay, LogReads>();

/** One way to read under the faults of a scenario: its variant with a majority, seeds 1 to `READ_SEEDS`. Each way is run once in a process. */
export function readsOf(scenario: Scenario, way: ReadWay): LogReads {
  const ready = known.get(way) ?? measure(scenario, way);
  known.set(way, ready);
  return ready;
}

function measure(scenario: Scenario, way: ReadWay): LogReads {
  const runOn = (seed: number) => {
    const resolved = resolveRun({ model: scenario.model, scenario, variant: 'majority', seed, set: { read: way } });
    if (!resolved.ok) throw new Error(JSON.stringify(resolved.problems));
    return execute({ ...resolved.input, history: false, digest: false });
  };
  const pinned = runOn(scenario.seed);
  const violated = Array.from({ length: READ_SEEDS }, (_, at) => runOn(at + 1)).filter(
    ({ verdicts }) => verdicts.find(({ id }) => id === 'linearizable')?.verdict.status === 'violated',
  );
  return { medianUs: pinned.metrics.find(({ id }) => id === 'read-p50')?.value ?? 0, violated: violated.length };
}
