import { execute, modelById, type Run, readKnobs, seed } from '../../simulations/index.ts';

const MS = 1_000;

/** Writes in each of the runs. */
export const WRITES = 200;

/** A group of voters whose messages and disks take so long. */
export interface CommitSetting {
  readonly voters: number;
  /** One way between any two hosts of a city, in microseconds. */
  readonly latencyUs: readonly [min: number, max: number];
  /** The voters are in two cities in turn, the leader in the first, and the way from one to the other takes so much longer. Undefined: in one. */
  readonly citiesApartUs?: number;
  /** A write to disk, in microseconds. */
  readonly persistUs: number;
}

/** What the writes of a run took at the leader, from the entry in its log to the entry carried out. */
export interface Commits {
  readonly medianUs: number;
  /** The slowest of a hundred. */
  readonly p99Us: number;
  /** What a client waited for, the way to the leader and back included. */
  readonly clientMedianUs: number;
  /** Messages that replicate entries, and their answers, for each entry. */
  readonly messagesPerEntry: number;
}

/** Five voters in two cities, three of them where the leader is; 40 ms on average from one city to the other. */
export const TWO_CITIES: CommitSetting = {
  voters: 5,
  latencyUs: [500, 2_000],
  citiesApartUs: 38_750,
  persistUs: 3_000,
};

const known = new Map<string, Commits>();

/** Measures commits in a run of the consensus model without faults, seed 20. Each setting is run once in a process. */
export function commitsOf(setting: CommitSetting): Commits {
  const key = JSON.stringify(setting);
  const ready = known.get(key) ?? measure(setting);
  known.set(key, ready);
  return ready;
}

/**
 * One round trip to the nearest majority and one write to disk: what the leader waits for when all are equally far. Its own disk is written
 * meanwhile. Alone it waits for its disk.
 */
export function expectedUs({ voters, latencyUs: [min, max], persistUs }: CommitSetting): number {
  return (voters === 1 ? 0 : min + max) + persistUs;
}

function measure({ voters, latencyUs: [latencyMin, latencyMax], citiesApartUs, persistUs }: CommitSetting): Commits {
  const model = modelById('consensus')!;
  const given = {
    servers: voters,
    ...(citiesApartUs !== undefined && { regions: 2, regionRtt: 2 * citiesApartUs }),
    latencyMin,
    latencyMax,
    persistMin: persistUs,
    persistMax: persistUs,
    electionMin: 3_000 * MS,
    electionMax: 6_000 * MS,
    heartbeat: 1_000 * MS,
    requestTimeout: 5_000 * MS,
    retryAfter: 4_000 * MS,
  };
  const writes = Array.from({ length: WRITES }, (_, at) => ({
    f: 'write',
    atUs: 8_000 * MS + at * 500 * MS,
    via: 'r1',
  }));
  const run = execute({
    model,
    knobs: readKnobs(model, given, []),
    workload: model.workload.parse({ script: { a: writes } }),
    faults: [],
    schedule: { timers: [{ process: 'r1', timer: 'election', nth: 1, delayUs: MS }] },
    seed: seed(20),
    durationUs: 8_000 * MS + (WRITES + 10) * 500 * MS,
    history: false,
    digest: false,
  });
  const commits = commitTimesUs(run);
  const clients = run.record.operations.map(({ invokedAt, completedAt }) => completedAt - invokedAt).sort(rising);
  return {
    medianUs: commits[Math.ceil(commits.length / 2) - 1]!,
    p99Us: commits[Math.ceil(commits.length * 0.99) - 1]!,
    clientMedianUs: clients[Math.ceil(clients.length / 2) - 1]!,
    messagesPerEntry: run.metrics.find(({ id }) => id === 'messages-per-entry')?.value ?? 0,
  };
}

const rising = (a: number, b: number): number => a - b;

/** For each entry of a client: from its place in the leader's log to its being carried out there. Rising. */
function commitTimesUs({ record: { notes } }: Run): readonly number[] {
  const leader = notes.find(({ name }) => name === 'leader.elected')?.host;
  const begun = new Map<number, number>();
  const times: number[] = [];
  for (const { name, host, atUs, data } of notes) {
    if (host !== leader) continue;
    if (name === 'log.appended') {
      const { from, to } = data as { from: number; to: number };
      for (let index = from; index <= to; index++) begun.set(index, atUs);
    } else if (name === 'entry.applied') {
      const { index, client } = data as { index: number; client: string };
      if (client !== '') times.push(atUs - begun.get(index)!);
    }
  }
  return times.sort(rising);
}
