import { describe, expect, test } from 'vitest';
import { steadyLatencies } from '../latency.ts';
import { nemesisOf } from '../nemesis.ts';
import { MS, runConsensus, violated } from '../run-consensus.ts';

/** 2,000 seeds were run once, without a violation; these are kept small enough for every run of the tests. */
const SEEDS = 200;

describe(`Zab under crashes, cuts, pauses, slow disks, drifting clocks, loss, duplicates and reordering (seeds 1 to ${SEEDS})`, () => {
  const runs = Array.from({ length: SEEDS }, (_, at) =>
    runConsensus({ seed: at + 1, ...nemesisOf('zab', at + 1), digest: false }),
  );

  test('violates nothing that it promises', () => {
    expect(runs.flatMap((run) => violated(run).filter((id) => id !== 'available-after-heal'))).toEqual([]);
  });

  test('meets every hazard that its promises are about, and goes on answering', () => {
    const names = new Set(runs.flatMap(({ record }) => record.notes.map(({ name }) => name)));
    for (const name of ['log.truncated', 'snapshot.installed', 'snapshot.taken', 'read.served']) {
      expect(names, name).toContain(name);
    }
    for (const property of ['prefix', 'primary-order', 'primary-integrity', 'integrity']) {
      const judged = runs.filter(({ verdicts }) =>
        verdicts.some(({ id, verdict }) => id === property && verdict.status === 'ok'),
      );
      expect(judged.length, property).toBeGreaterThan(SEEDS / 2);
    }
    const operations = runs.flatMap(({ record }) => record.operations);
    expect(operations.filter(({ outcome }) => outcome !== 'info').length).toBeGreaterThan(0.9 * operations.length);
  });
});

describe.each([
  { mistake: { quorum: 'half' as const }, property: 'primary-order' },
  { mistake: { quorum: 'half' as const }, property: 'epoch-safety' },
  { mistake: { quorum: 'half' as const }, property: 'integrity' },
  { mistake: { epochSync: false }, property: 'prefix' },
  { mistake: { epochSync: false }, property: 'primary-integrity' },
  { mistake: { fsync: false }, property: 'prefix' },
  { mistake: { snapshotSessions: false, snapshotEvery: 8 }, property: 'exactly-once' },
  { mistake: { read: 'local' as const }, property: 'linearizable' },
])('with $mistake', ({ mistake, property }) => {
  test(`${property} is violated within the first 60 seeds`, () => {
    const broken = Array.from({ length: 60 }, (_, at) => at + 1).some((seed) => {
      const drawn = nemesisOf('zab', seed);
      const run = runConsensus({ seed, ...drawn, knobs: { ...drawn.knobs, ...mistake }, digest: false });
      return violated(run).includes(property);
    });
    expect(broken).toBe(true);
  });
});

describe('the latency of a steady operation is what the protocol says (n=5, r5 leads)', () => {
  // To the leader and back, and one round trip to a majority with a write to its disk.
  const roundTrip = 2 * 5 * MS;
  test.each([
    { f: 'write', via: 'r5', knobs: { fsync: true }, expected: 2 * roundTrip + 3 * MS },
    { f: 'write', via: 'r5', knobs: { fsync: false }, expected: 2 * roundTrip },
    { f: 'read', via: 'r5', knobs: { read: 'log' }, expected: 2 * roundTrip + 3 * MS },
    { f: 'read', via: 'r5', knobs: { read: 'readIndex' }, expected: 2 * roundTrip },
    // To the follower, from there to the leader, from there to a majority.
    { f: 'read', via: 'r1', knobs: { read: 'readIndex' }, expected: 3 * roundTrip },
    { f: 'read', via: 'r1', knobs: { read: 'local' }, expected: roundTrip },
  ] as const)('a $f by $via, $knobs: $expected us', ({ f, via, knobs, expected }) => {
    expect(steadyLatencies({ protocol: 'zab', ...knobs }, f, via)).toEqual([expected]);
  });
});
