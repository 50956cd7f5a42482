import { execute, type Run, resolveRun, type Scenario } from '../../simulations/index.ts';
import { loadScenarios } from '../_content/scenarios.ts';

/** The scenario that every row runs, and on how many seeds. */
export const FAILOVER = { scenario: 'async-failover-orders', seeds: 20 } as const;

/** Means of that scenario's knobs, in milliseconds: a message, a write to disk, the lag of either follower, and the time from one write to the next. */
export const PARTS = { messageMs: 6, diskMs: 2, nearMs: 200, farMs: 300, writeEveryMs: 46 } as const;

/** When a write is acknowledged. */
interface Acknowledgement {
  readonly name: string;
  /** Changes to the knobs of the scenario. */
  readonly set: Readonly<Record<string, string | number>>;
  /** Median commit latency without a failover, by its parts, in milliseconds. */
  readonly commitMs: number;
  /** Orders lost when the leader crashes, by lag times rate. */
  readonly lost: number;
}

const { messageMs, diskMs, nearMs, farMs, writeEveryMs } = PARTS;
const local = 2 * messageMs + diskMs;
const follower = (lagMs: number) => local + lagMs + 2 * messageMs + diskMs;

/** From the one that promises least. */
const ACKNOWLEDGEMENTS: readonly Acknowledgement[] = [
  { name: 'asynchronous', set: { mode: 'async' }, commitMs: local, lost: nearMs / writeEveryMs },
  {
    name: 'semi-synchronous, degrades after 150 ms',
    set: { mode: 'semi', degradeAfter: '150 ms' },
    commitMs: local,
    lost: nearMs / writeEveryMs,
  },
  {
    name: 'semi-synchronous',
    set: { mode: 'semi', degradeAfter: '0 ms' },
    commitMs: follower(nearMs),
    lost: 0,
  },
  { name: 'synchronous', set: { mode: 'sync' }, commitMs: follower(farMs), lost: 0 },
];

/** What an acknowledgement cost over the seeds, and what it kept. Latencies in microseconds. */
interface Measured {
  readonly when: Acknowledgement;
  /** Orders confirmed and lost: a mean over the seeds. */
  readonly lost: number;
  /** Seeds in which none was. */
  readonly seedsWithoutLoss: number;
  /** Medians over the seeds. */
  readonly commitP50Us: number;
  readonly commitP99Us: number;
  /** Share of operations answered: a mean over the seeds. */
  readonly answered: number;
}

let known: readonly Measured[] | undefined;

/** Every kind of acknowledgement, through the same crash on the same seeds. Takes some seconds, once in a process. */
export function durability(): readonly Measured[] {
  known ??= ACKNOWLEDGEMENTS.map((when) => measure(when, scenarioOf(FAILOVER.scenario)));
  return known;
}

function measure(when: Acknowledgement, scenario: Scenario): Measured {
  const runs = Array.from({ length: FAILOVER.seeds }, (_, at) => runOf(when, scenario, at + 1));
  const all = (id: string) => runs.map((run) => run.metrics.find((metric) => metric.id === id)?.value ?? 0);
  return {
    when,
    lost: meanOf(all('rpo')),
    seedsWithoutLoss: all('rpo').filter((lost) => lost === 0).length,
    commitP50Us: medianOf(all('commit-p50')),
    commitP99Us: medianOf(all('commit-p99')),
    answered: meanOf(all('availability')),
  };
}

function scenarioOf(id: string): Scenario {
  const scenario = loadScenarios().find((candidate) => candidate.id === id);
  if (scenario === undefined) throw new Error(`There is no scenario "${id}".`);
  return scenario;
}

function runOf({ set }: Acknowledgement, scenario: Scenario, seed: number): Run {
  const resolved = resolveRun({ model: scenario.model, scenario, variant: 'async', set, seed });
  if (!resolved.ok) throw new Error(JSON.stringify(resolved.problems));
  return execute({ ...resolved.input, history: false, digest: false, hazards: [] });
}

const meanOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const medianOf = (values: readonly number[]) => values.toSorted((a, b) => a - b)[Math.ceil(values.length / 2) - 1]!;
