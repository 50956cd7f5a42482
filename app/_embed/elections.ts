import { execute, type Fault, modelById, type RunInput, readKnobs, seed } from '../../simulations/index.ts';

/** How our elections were measured: said beside the figure. */
export const ELECTIONS = { seeds: 300, servers: 5 } as const;

/** A range of election timeouts, and the waits without a leader that it leads to. */
export interface ElectionSetting {
  readonly minMs: number;
  readonly maxMs: number;
  /** Milliseconds without a leader after its crash, rising, one for each seed; those that last longer than `WATCHED_MS` are at that value. */
  readonly waitsMs: readonly number[];
  /** The published distribution: [share, milliseconds], rising. */
  readonly published: readonly (readonly [share: number, ms: number])[];
}

/**
 * Read off the curves of figure 16 of the Raft paper, as the dissertation publishes them: 1,000 trials each. A test holds these to the
 * recorded source.
 */
const SETTINGS = [
  { minMs: 150, maxMs: 155, published: [119.2, 154.4, 287.3, 434.8, 609.4] },
  { minMs: 150, maxMs: 200, published: [110.5, 124.9, 146.5, 166.7, 193.5] },
  { minMs: 150, maxMs: 300, published: [124.7, 144.3, 171.3, 207.7, 244.3] },
] as const;
const SHARES = [0.1, 0.25, 0.5, 0.75, 0.9] as const;

const MS = 1_000;
/** By then the leader has been elected and followers have heard of it. */
const CRASH_US = 300 * MS;
/** How long a group without a leader is watched, in milliseconds. */
export const WATCHED_MS = 1_500;

let known: readonly ElectionSetting[] | undefined;

/** The settings of the figure, each measured on the same seeds. Takes some seconds, once in a process; only pages at build time ask. */
export function electionSettings(): readonly ElectionSetting[] {
  known ??= SETTINGS.map(({ minMs, maxMs, published }) => ({
    minMs,
    maxMs,
    waitsMs: Array.from({ length: ELECTIONS.seeds }, (_, at) => leaderlessMs(minMs, maxMs, at)).sort((a, b) => a - b),
    published: SHARES.map((share, at) => [share, published[at]!] as const),
  }));
  return known;
}

/** The wait that a share of the elections did not exceed: the smallest such, in milliseconds. */
export function waitAt({ waitsMs }: ElectionSetting, share: number): number {
  return waitsMs[Math.max(0, Math.ceil(share * waitsMs.length) - 1)]!;
}

/** `150 to 155 ms`. */
export function electionName({ minMs, maxMs }: Pick<ElectionSetting, 'minMs' | 'maxMs'>): string {
  return `${minMs} to ${maxMs} ms`;
}

/**
 * One election in the published setting: five servers, the leader crashes within its heartbeat interval, which is half the shortest timeout; two of
 * the others have shorter logs and cannot win; a vote takes about 15 ms, network and disk together. No pre-vote, as in 2014.
 */
function leaderlessMs(minMs: number, maxMs: number, at: number): number {
  const heartbeatUs = (minMs * MS) / 2;
  // Over all seeds the crashes are spread evenly over the interval.
  const crashUs = CRASH_US + Math.floor(((at + 0.5) / ELECTIONS.seeds) * heartbeatUs);
  const crash: Fault = { id: 'crash', action: { do: 'crash', target: 'r1' }, when: { atUs: crashUs } };
  const { record } = execute({ ...inputOf(minMs, maxMs), faults: [crash], seed: seed(at + 1) });
  const elected = record.notes.find(({ name, atUs }) => name === 'leader.elected' && atUs > crashUs);
  return Math.min(WATCHED_MS, ((elected?.atUs ?? record.endUs) - crashUs) / MS);
}

function inputOf(minMs: number, maxMs: number): Omit<RunInput, 'faults' | 'seed'> {
  const model = modelById('consensus')!;
  const given = {
    servers: ELECTIONS.servers,
    electionMin: minMs * MS,
    electionMax: maxMs * MS,
    heartbeat: (minMs * MS) / 2,
    preVote: false,
    checkQuorum: false,
    latencyMin: 1 * MS,
    latencyMax: 3 * MS,
    persistMin: 8 * MS,
    persistMax: 14 * MS,
  };
  return {
    model,
    knobs: readKnobs(model, given, []),
    workload: model.workload.parse({ script: { a: [] } }),
    schedule: { messages: ['r4', 'r5'].flatMap(neverReached), timers: firstTimers },
    durationUs: CRASH_US + (heartbeatOf(minMs) + WATCHED_MS) * MS,
    history: false,
    checks: false,
    digest: false,
  };
}

const heartbeatOf = (minMs: number): number => minMs / 2;

/** Entries from the first leader do not arrive, so that this server's log is shorter. */
const neverReached = (to: string) =>
  Array.from({ length: 40 }, (_, at) => ({
    from: 'r1',
    to,
    type: 'AppendEntries',
    nth: at + 1,
    delayUs: MS,
    lost: true,
  }));

/** r1 leads first, and nobody disturbs it before it has sent heartbeats. */
const firstTimers = ['r1', 'r2', 'r3', 'r4', 'r5'].flatMap((process) =>
  [1, 2].map((nth) => ({ process, timer: 'election', nth, delayUs: process === 'r1' && nth === 1 ? MS : 100 * MS })),
);
