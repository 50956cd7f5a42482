import { describe, expect, test } from 'vitest';
import { steadyLatencies } from '../latency.ts';
import { nemesisOf } from '../nemesis.ts';
import { MS, runConsensus, violated } from '../run-consensus.ts';

/** 2,000 seeds were run once, without a violation; these are kept small enough for every run of the tests. */
const SEEDS = 200;

describe(`Multi-Paxos under crashes, cuts, pauses, slow disks, drifting clocks, loss, duplicates and reordering (seeds 1 to ${SEEDS})`, () => {
  const runs = Array.from({ length: SEEDS }, (_, at) =>
    runConsensus({ seed: at + 1, ...nemesisOf('paxos', at + 1), digest: false }),
  );

  test('violates nothing that it promises', () => {
    expect(runs.flatMap((run) => violated(run).filter((id) => id !== 'available-after-heal'))).toEqual([]);
  });

  test('meets every hazard that its promises are about, and goes on answering', () => {
    const names = new Set(runs.flatMap(({ record }) => record.notes.map(({ name }) => name)));
    for (const name of ['log.truncated', 'snapshot.installed', 'snapshot.taken', 'gap.filled', 'read.served']) {
      expect(names, name).toContain(name);
    }
    const judged = runs.filter(({ verdicts }) =>
      verdicts.some(({ id, verdict }) => id === 'one-value-per-slot' && verdict.status === 'ok'),
    );
    expect(judged.length).toBeGreaterThan(SEEDS / 2);
    const operations = runs.flatMap(({ record }) => record.operations);
    expect(operations.filter(({ outcome }) => outcome !== 'info').length).toBeGreaterThan(0.9 * operations.length);
  });
});

describe.each([
  { mistake: { quorum: 'half' as const }, property: 'one-value-per-slot' },
  { mistake: { adoptAccepted: false }, property: 'one-value-per-slot' },
  { mistake: { snapshotSessions: false, snapshotEvery: 8 }, property: 'exactly-once' },
  { mistake: { read: 'local' as const }, property: 'linearizable' },
])('with $mistake', ({ mistake, property }) => {
  test(`${property} is violated within the first 60 seeds`, () => {
    const broken = Array.from({ length: 60 }, (_, at) => at + 1).some((seed) => {
      const drawn = nemesisOf('paxos', seed);
      const run = runConsensus({ seed, ...drawn, knobs: { ...drawn.knobs, ...mistake }, digest: false });
      return violated(run).includes(property);
    });
    expect(broken).toBe(true);
  });
});

describe('the latency of a steady operation is what the protocol says (n=5)', () => {
  // To the leader and back, and one round trip to a majority with a write to its disk.
  const roundTrip = 2 * 5 * MS;
  test.each([
    { f: 'write', knobs: { fsync: true }, expected: 2 * roundTrip + 3 * MS },
    { f: 'write', knobs: { fsync: false }, expected: 2 * roundTrip },
    { f: 'read', knobs: { read: 'log' }, expected: 2 * roundTrip + 3 * MS },
    { f: 'read', knobs: { read: 'readIndex' }, expected: 2 * roundTrip },
    { f: 'read', knobs: { read: 'local' }, expected: roundTrip },
  ] as const)('a $f, $knobs: $expected us', ({ f, knobs, expected }) => {
    expect(steadyLatencies({ protocol: 'paxos', ...knobs }, f)).toEqual([expected]);
  });
});
