import { describe, expect, it } from 'vitest';
import type { Fault } from '../../../simulations/kernel/faults.ts';
import type { QuorumKnobs } from '../../../simulations/models/quorum/knobs.ts';
import type { Run } from '../../../simulations/run/execute.ts';
import { crash, cut, MS, runQuorum, status, violated } from './run-quorum.ts';

const SEEDS = 120;
/** More for the variant that only sometimes fails. */
const SEEDS_OFF = 300;

/** The coordinator of a write is cut off just after one replica has it; a link is slow; a replica goes away for a while. */
const HAZARDS: readonly Fault[] = [
  {
    id: 'cut-off',
    action: { do: 'cut', sides: [['write-coordinator'], ['lagging']], oneWay: false },
    when: { predicate: 'write-partly-applied', afterUs: 0 },
    forUs: 250 * MS,
  },
  {
    id: 'slow-1',
    action: { do: 'slow', from: '*', to: 'r1', extra: { kind: 'uniform', minUs: 0, maxUs: 40 * MS } },
    when: { atUs: 400 * MS },
    forUs: 300 * MS,
  },
  crash('r3', 600 * MS, 200 * MS),
];

const WORKLOAD = {
  clients: 3,
  operations: 20,
  thinkMinUs: 0,
  thinkMaxUs: 20 * MS,
  mix: { read: 3, write: 2, delete: 0 },
};

function sweep(knobs: Partial<QuorumKnobs>, faults = HAZARDS, seeds = SEEDS): readonly Run[] {
  const base = { requestTimeout: 150 * MS, hintAfter: 0, antiEntropyEvery: 0 };
  return Array.from({ length: seeds }, (_, index) =>
    runQuorum({
      knobs: { ...base, ...knobs },
      workload: WORKLOAD,
      faults,
      seed: index + 1,
      durationUs: 2_500 * MS,
      digest: false,
    }),
  );
}

const count = (runs: readonly Run[], property: string, wanted = 'violated'): number =>
  runs.filter((run) => status(run, property) === wanted).length;

describe(`quorum: linearizability with R = W = 2 of 3, ${SEEDS} seeds and more`, () => {
  it('repair off: some reads go back from a new value to an old one, in at least 1 % of seeds', () => {
    const runs = sweep({ readRepair: 'off' }, HAZARDS, SEEDS_OFF);
    expect(count(runs, 'linearizable')).toBeGreaterThanOrEqual(3);
    expect(count(runs, 'quorums-intersect')).toBe(0);
    expect(runs.filter((run) => run.witnessed['partial-write-read']).length).toBeGreaterThan(250);
  });

  it.each([
    ['n=3, R=2, W=2', {}],
    ['n=5, R=3, W=3', { replicas: 5, readQuorum: 3, writeQuorum: 3 }],
    ['n=3, R=1, W=3', { readQuorum: 1, writeQuorum: 3 }],
    ['n=3, R=2, W=2, loss 5 %, duplicates 10 %', { lossRatio: 0.05, duplicateRatio: 0.1 }],
    ['n=3, R=2, W=2, coordinator in the client, YMMR', { coordinatorAt: 'client', latency: 'YMMR' }],
  ] as const)('blocking write-back: never (%s)', (_name, knobs) => {
    const runs = sweep({ readRepair: 'blocking', ...knobs });
    expect(count(runs, 'linearizable', 'ok')).toBe(SEEDS);
    expect(runs.filter((run) => run.witnessed['partial-write-read']).length).toBeGreaterThan(0.8 * SEEDS);
    for (const property of ['no-lost-acknowledged-write', 'monotonic-reads', 'read-your-writes', 'monotonic-writes']) {
      expect(count(runs, property)).toBe(0);
    }
  });

  it('blocking write-back does not survive a skewed wall clock: a later write gets an older version', () => {
    const skew: Fault = {
      id: 'skew',
      action: { do: 'clock', target: 'r2', offsetUs: 300 * MS, driftPpm: 0 },
      when: { atUs: 0 },
    };
    const wall = sweep({ readRepair: 'blocking' }, [skew]);
    expect(count(wall, 'linearizable')).toBeGreaterThan(40);
    expect(count(wall, 'monotonic-writes')).toBeGreaterThan(0);
    const hybrid = sweep({ readRepair: 'blocking', version: 'hlc' }, [skew]);
    expect(count(hybrid, 'monotonic-writes')).toBe(0);
    expect(count(hybrid, 'writes-follow-reads')).toBe(0);
  });

  it.each(['wall', 'hlc'] as const)(
    'a blind write through a coordinator that missed a version from the future loses to it (%s)',
    (version) => {
      const run = runQuorum({
        knobs: { version, readRepair: 'blocking', antiEntropyEvery: 0, hintAfter: 0 },
        workload: {
          script: {
            a: [{ f: 'write', via: 'r2', atUs: 100 * MS }],
            b: [
              { f: 'write', via: 'r3', atUs: 200 * MS },
              { f: 'read', via: 'r1', waitUs: 50 * MS },
            ],
          },
        },
        faults: [
          { id: 'skew', action: { do: 'clock', target: 'r2', offsetUs: 300 * MS, driftPpm: 0 }, when: { atUs: 0 } },
          {
            id: 'one-way',
            action: { do: 'cut', sides: [['r2'], ['r3']], oneWay: true },
            when: { atUs: 0 },
            forUs: 300 * MS,
          },
        ],
      });
      expect(run.record.operations.map(({ outcome }) => outcome)).toEqual(['ok', 'ok', 'ok']);
      expect(run.record.operations[2]?.output).toBe('a:1');
      expect(status(run, 'linearizable')).toBe('violated');
      expect(status(run, 'read-your-writes')).toBe('ok');
      expect(status(run, 'no-lost-acknowledged-write')).toBe('violated');
    },
  );

  it('version vectors keep concurrent writes and every session guarantee, and are no register for blind writes', () => {
    const runs = sweep({ readRepair: 'blocking', version: 'vv' });
    for (const property of ['monotonic-reads', 'read-your-writes', 'monotonic-writes', 'writes-follow-reads']) {
      expect(count(runs, property)).toBe(0);
    }
    expect(count(runs, 'linearizable')).toBeGreaterThan(0);
  });
});

describe('quorum: R = W = 1 of 3', () => {
  it('reads go back, miss own writes and need time to be fresh; nothing is claimed about quorums', () => {
    const runs = sweep({ readQuorum: 1, writeQuorum: 1, readRepair: 'off' });
    expect(count(runs, 'linearizable')).toBeGreaterThan(15);
    expect(count(runs, 'read-your-writes')).toBeGreaterThan(8);
    expect(count(runs, 'quorums-intersect', 'unknown')).toBe(SEEDS);
  });
});

describe('quorum: a run without faults', () => {
  it('keeps every promise (n=3, R=W=2, seeds 1 to 50)', () => {
    for (let seed = 1; seed <= 50; seed++) expect(violated(runQuorum({ seed }))).toEqual([]);
  });

  it('behaves the same through xstate as compiled (seed 5, with faults and every kind of message)', () => {
    const options = {
      knobs: {
        spares: 1,
        hintAfter: 30 * MS,
        antiEntropyEvery: 100 * MS,
        readRepair: 'blocking',
        requestTimeout: 150 * MS,
      },
      workload: { ...WORKLOAD, mix: { read: 3, write: 2, delete: 1 } },
      faults: [...HAZARDS, cut([['r1'], ['r2', 'r3']], 900 * MS, 100 * MS)],
      seed: 5,
    } as const;
    expect(runQuorum({ ...options, interpreter: 'xstate' }).digest).toBe(runQuorum(options).digest);
  });
});
