import { execute, type Fault, modelById, type Run, readKnobs, seed } from '../../simulations/index.ts';

const MS = 1_000;
const S = 1_000_000;

/** How the logs were measured: said beside the figure and the table. */
export const COMPACTION = { clients: 3, operations: 1_000, restarts: 18, awayMs: 100, pauseMs: [5, 30] } as const;

/** Applied entries between two snapshots; 0: never. */
export const SNAPSHOT_EVERY = [0, 128, 32, 8] as const;

/** Clients begin here, when somebody leads. */
const START_US = 500 * MS;
/** A follower crashes here for the first time, and then every two seconds. */
const FIRST_CRASH_US = 3 * S;
const CRASH_PITCH_US = 2 * S;

/** What the logs of a run were like. */
export interface Compaction {
  /** Entries in the leader's log, each time that changed: microseconds after the clients began, and how many from then on. */
  readonly kept: readonly { readonly sinceStartUs: number; readonly entries: number }[];
  readonly keptMost: number;
  /** Entries that a server carried out a second time after a restart, at most. */
  readonly replayedMost: number;
  /** How long a server took after a restart to have what the others had, at most. */
  readonly catchUpUsMost: number;
  /** Snapshots that one server took, on average. */
  readonly snapshots: number;
  /** Entries in the log a second while clients were at work, as their operations and pauses make it. */
  readonly entriesPerSecond: number;
  readonly committed: number;
}

const known = new Map<number, Compaction>();

/** Runs three servers, three clients and a follower that restarts again and again, seed 18. Each setting is run once in a process. */
export function compactionOf(snapshotEvery: number): Compaction {
  const ready = known.get(snapshotEvery) ?? measure(snapshotEvery);
  known.set(snapshotEvery, ready);
  return ready;
}

/**
 * What a log holds at most: entries since the last snapshot, which is due at `snapshotEvery`, and those not yet committed, one of each client.
 * The same bounds what is carried out again after a restart: a snapshot may be on its way to the disk, and no client gets more than one answer in
 * that time. Undefined without snapshots: there is no bound.
 */
export function keptBound(snapshotEvery: number): number | undefined {
  return snapshotEvery === 0 ? undefined : snapshotEvery - 1 + COMPACTION.clients;
}

function measure(snapshotEvery: number): Compaction {
  const model = modelById('consensus')!;
  const [thinkMinUs, thinkMaxUs] = COMPACTION.pauseMs.map((ms) => ms * MS) as [number, number];
  const run = execute({
    model,
    knobs: readKnobs(model, { servers: 3, read: 'log', snapshotEvery, retryAfter: 200 * MS }, []),
    workload: model.workload.parse({
      clients: COMPACTION.clients,
      keys: ['a', 'b', 'c', 'd', 'e', 'f'],
      operations: COMPACTION.operations,
      mix: { read: 1, write: 3, cas: 0 },
      thinkMinUs,
      thinkMaxUs,
      startUs: START_US,
    }),
    faults: Array.from({ length: COMPACTION.restarts }, (_, at) => crashAt(FIRST_CRASH_US + at * CRASH_PITCH_US)),
    schedule: { timers: [{ process: 'r1', timer: 'election', nth: 1, delayUs: MS }] },
    seed: seed(18),
    durationUs: 42 * S,
    history: false,
    digest: false,
  });
  const value = (name: string) => run.metrics.find(({ id }) => id === name)?.value ?? 0;
  const kept = keptByLeader(run);
  const operationUs = (value('read-p50') + 3 * value('write-p50')) / 4;
  return {
    kept,
    keptMost: Math.max(...kept.map(({ entries }) => entries)),
    replayedMost: value('replayed-at-restart'),
    catchUpUsMost: value('catch-up'),
    snapshots: run.record.notes.filter(({ name }) => name === 'snapshot.taken').length / 3,
    entriesPerSecond: (COMPACTION.clients * S) / (operationUs + (thinkMinUs + thinkMaxUs) / 2),
    committed: value('committed'),
  };
}

function crashAt(atUs: number): Fault {
  return {
    id: `crash-${atUs / MS}`,
    action: { do: 'crash', target: 'r2' },
    when: { atUs },
    forUs: COMPACTION.awayMs * MS,
  };
}

/** Entries after the last snapshot of the leader, r1, which leads throughout. */
function keptByLeader({ record: { notes } }: Run): Compaction['kept'] {
  const kept: { sinceStartUs: number; entries: number }[] = [];
  let [last, snapshot] = [0, 0];
  for (const { name, host, atUs, data } of notes) {
    if (host !== 'r1') continue;
    if (name === 'log.appended') last = (data as { to: number }).to;
    else if (name === 'snapshot.taken') snapshot = (data as { index: number }).index;
    else continue;
    kept.push({ sinceStartUs: atUs - START_US, entries: last - snapshot });
  }
  return kept;
}
