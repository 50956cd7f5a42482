import { describe, expect, test } from 'vitest';
import type { Fault } from '../../../simulations/kernel/faults.ts';
import { leaderOf, memoryOf, serverOf, serversIn } from '../../../simulations/models/consensus/history.ts';
import { leaseUs } from '../../../simulations/models/consensus/topology.ts';
import type { Run } from '../../../simulations/run/execute.ts';
import { DEFAULTS, MS, runConsensus, S, violated } from './run-consensus.ts';

/** Everything takes exactly as long as it says: 5 ms on the wire, 3 ms to the disk. */
const EXACT = { latencyMin: 5 * MS, latencyMax: 5 * MS, persistMin: 3 * MS, persistMax: 3 * MS } as const;

/** One client that knows the leader, long after the election. */
const steady = (f: 'read' | 'write') => ({
  script: { a: [{ f: 'write', atUs: 1 * S }, ...Array.from({ length: 20 }, () => ({ f, waitUs: 40 * MS }))] },
});

function latencies(run: Run): readonly number[] {
  return run.record.operations.slice(2).map(({ invokedAt, completedAt }) => completedAt - invokedAt);
}

describe('the latency of a steady operation is what the protocol says', () => {
  // To the leader and back, plus one round trip to a majority, plus one write to a follower's disk; the leader writes at the same time.
  const roundTrip = 2 * 5 * MS;
  test.each([
    { fsync: true, expected: 2 * roundTrip + 3 * MS },
    { fsync: false, expected: 2 * roundTrip },
  ])('a write, fsync $fsync: $expected us (n=5)', ({ fsync, expected }) => {
    const run = runConsensus({ knobs: { ...EXACT, fsync }, workload: steady('write') });
    expect([...new Set(latencies(run))]).toEqual([expected]);
  });
  test.each([
    { read: 'log', expected: 2 * roundTrip + 3 * MS },
    { read: 'readIndex', expected: 2 * roundTrip },
    { read: 'lease', expected: roundTrip },
    { read: 'local', expected: roundTrip },
  ] as const)('a read, $read: $expected us (n=5)', ({ read, expected }) => {
    const run = runConsensus({ knobs: { ...EXACT, read }, workload: steady('read') });
    expect([...new Set(latencies(run))]).toEqual([expected]);
  });
});

test('a lease is shorter than the shortest timeout by the drift of both clocks, unless the mistake is planted', () => {
  const knobs = { ...DEFAULTS, electionMin: 110 * MS, leaseDrift: 0.1 };
  expect(leaseUs(knobs)).toBe(90 * MS);
  expect(leaseUs({ ...knobs, leaseIgnoresDrift: true })).toBe(110 * MS);
});

const cut = (sides: readonly (readonly string[])[], atUs: number, forUs: number): Fault => ({
  id: 'cut',
  action: { do: 'cut', sides, oneWay: false },
  when: { atUs },
  forUs,
});

describe('a server that was cut off', () => {
  const away = { faults: [cut([['r5'], ['r1', 'r2', 'r3', 'r4']], 500 * MS, 1 * S)], durationUs: 2_500 * MS };
  const elected = (run: Run): number =>
    run.record.notes.filter(({ name, atUs }) => name === 'leader.elected' && atUs > 1_500 * MS).length;

  test('disturbs nobody when it asks first (pre-vote, seeds 1 to 10)', () => {
    for (let seed = 1; seed <= 10; seed++) {
      const run = runConsensus({ ...away, seed, knobs: { preVote: true } });
      if (leaderOf(run.record.end)?.host === 'r5') continue;
      expect(elected(run), `seed ${seed}`).toBe(0);
    }
  });

  test('deposes a healthy leader when it does not, and nobody ignores it (seeds 1 to 10)', () => {
    const counts = Array.from({ length: 10 }, (_, at) =>
      elected(runConsensus({ ...away, seed: at + 1, knobs: { preVote: false, checkQuorum: false } })),
    );
    expect(counts.filter((count) => count > 0).length).toBeGreaterThan(5);
  });

  test('is brought back with a snapshot when the log no longer reaches back (snapshotEvery 8)', () => {
    const workload = { clients: 3, operations: 40, keys: ['x', 'y'] };
    const run = runConsensus({ ...away, durationUs: 5 * S, knobs: { snapshotEvery: 8 }, workload });
    expect(run.record.notes.some(({ name, host }) => name === 'snapshot.installed' && host === 'r5')).toBe(true);
    const [first, ...others] = serversIn(run.record.end).map((process) => memoryOf(process).machine);
    for (const machine of others) expect(machine).toEqual(first);
    expect(violated(run)).toEqual([]);
  });
});

test('a leader without a majority steps down, and leads on without the check (minority of two, n=5)', () => {
  const isolated = (checkQuorum: boolean): boolean => {
    const faults: Fault[] = [
      {
        id: 'cut',
        action: { do: 'cut', sides: [['minority-with-leader'], ['majority-without-leader']], oneWay: false },
        when: { atUs: 500 * MS },
      },
    ];
    const run = runConsensus({ faults, knobs: { checkQuorum }, durationUs: 1_500 * MS });
    const first = run.record.notes.find(({ name }) => name === 'leader.elected')!.host;
    return run.record.end.process(first)!.snapshot.state === 'leader';
  };
  expect([isolated(true), isolated(false)]).toEqual([false, true]);
});

describe('changes of the group', () => {
  const states = (run: Run) =>
    Object.fromEntries(serversIn(run.record.end).map(({ id, snapshot }) => [id, snapshot.state]));
  const load = (operator: readonly object[]) => ({ clients: 2, operations: 30, keys: ['x'], operator });

  test.each(['joint', 'single'] as const)('%s: a learner, a voter, a removed server, a transfer', (membership) => {
    const operator = [
      { atUs: 600 * MS, voters: ['r1', 'r2', 'r3'], learners: ['r4', 'r5'] },
      { atUs: 800 * MS, voters: ['r1', 'r2', 'r3', 'r4'], learners: ['r5'] },
      { atUs: 1_000 * MS, voters: ['r2', 'r3', 'r4'], learners: ['r5'] },
      { atUs: 1_600 * MS, transferTo: 'r4' },
    ];
    const run = runConsensus({ knobs: { servers: 3, spares: 2, membership }, workload: load(operator) });
    expect(violated(run)).toEqual([]);
    expect(states(run)).toEqual({ r1: 'removed', r2: 'follower', r3: 'follower', r4: 'leader', r5: 'learner' });
    const [, ...group] = serversIn(run.record.end).map((process) => memoryOf(process).machine);
    for (const machine of group) expect(machine).toEqual(group[0]);
  });

  test('two voters at once: refused by single steps, through a joint group otherwise', () => {
    const operator = [{ atUs: 600 * MS, voters: ['r1', 'r2', 'r3', 'r4', 'r5'] }];
    const voters = (membership: 'joint' | 'single'): number => {
      const run = runConsensus({ knobs: { servers: 3, spares: 2, membership }, workload: load(operator) });
      return serverOf(leaderOf(run.record.end)!).volatile.members.voters.length;
    };
    expect([voters('single'), voters('joint')]).toEqual([3, 5]);
  });
});

test('a command that was repeated because its answer was lost is carried out once (loss 20 %, seeds 1 to 10)', () => {
  let repeated = 0;
  for (let seed = 1; seed <= 10; seed++) {
    const run = runConsensus({
      seed,
      knobs: { lossRatio: 0.2, duplicateRatio: 0.1, retryAfter: 40 * MS },
      workload: { clients: 3, operations: 25 },
    });
    expect(violated(run), `seed ${seed}`).toEqual([]);
    repeated += run.verdicts.some(({ id, verdict }) => id === 'command-repeated' && verdict.status === 'ok') ? 1 : 0;
  }
  expect(repeated).toBeGreaterThan(3);
});
