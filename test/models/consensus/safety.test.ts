import { describe, expect, test } from 'vitest';
import type { LeaderElected } from '../../../simulations/models/consensus/history.ts';
import { notesNamed } from '../../../simulations/models/consensus/occurrences.ts';
import { nemesis } from './nemesis.ts';
import { MS, runConsensus, S, violated } from './run-consensus.ts';

/** 10,000 seeds were run once, without a violation; these are kept small enough for every run of the tests. */
const SEEDS = 60;

describe(`raft under crashes, cuts, pauses, slow disks, drifting clocks, loss, duplicates and changes of the group (seeds 1 to ${SEEDS})`, () => {
  const runs = Array.from({ length: SEEDS }, (_, at) =>
    runConsensus({ seed: at + 1, ...nemesis(at + 1), digest: false }),
  );

  test('violates nothing that it promises', () => {
    const found = runs.map((run) => violated(run).filter((id) => id !== 'available-after-heal'));
    expect(found.flat()).toEqual([]);
  });

  test('meets every hazard that its promises are about, and goes on answering', () => {
    const names = new Set(runs.flatMap(({ record }) => record.notes.map(({ name }) => name)));
    for (const name of ['log.truncated', 'snapshot.installed', 'snapshot.taken', 'vote.granted', 'read.served']) {
      expect(names, name).toContain(name);
    }
    const exercised = (id: string): number =>
      runs.filter(({ verdicts }) => verdicts.some((one) => one.id === id && one.verdict.status === 'ok')).length;
    for (const id of ['leader-replaced', 'command-repeated', 'entry-overwritten']) {
      expect(exercised(id), id).toBeGreaterThan(SEEDS / 10);
    }
    const operations = runs.flatMap(({ record }) => record.operations);
    expect(operations.filter(({ outcome }) => outcome !== 'info').length).toBeGreaterThan(0.9 * operations.length);
  });
});

test.each([1, 2, 3])(
  'a leader that sleeps to the end, while its successor crashes, loses nothing (seed %i)',
  (seed) => {
    const run = runConsensus({
      seed,
      workload: {
        clients: 3,
        operations: 40,
        keys: ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'],
        mix: { read: 1, write: 2 },
      },
      faults: [
        { id: 'sleep', action: { do: 'pause', target: 'leader' }, when: { atUs: S } },
        { id: 'crash', action: { do: 'crash', target: 'leader' }, when: { atUs: 4_450 * MS } },
      ],
      durationUs: 4_500 * MS,
    });
    expect(notesNamed<LeaderElected>(run.record, 'leader.elected').length).toBeGreaterThan(1);
    expect(violated(run)).not.toContain('no-lost-acknowledged-write');
  },
);

/** Without a snapshot's sessions, or with half a quorum, or with reads by anybody, the same runs do break. */
describe.each([
  { mistake: { snapshotSessions: false, snapshotEvery: 8 }, property: 'exactly-once' },
  { mistake: { quorum: 'half' as const }, property: 'state-machine-safety' },
  { mistake: { read: 'local' as const }, property: 'linearizable' },
])('with $mistake', ({ mistake, property }) => {
  test(`${property} is violated within the first 60 seeds`, () => {
    const broken = Array.from({ length: SEEDS }, (_, at) => at + 1).some((seed) => {
      const drawn = nemesis(seed);
      const run = runConsensus({ seed, ...drawn, knobs: { ...drawn.knobs, ...mistake }, digest: false });
      return violated(run).includes(property);
    });
    expect(broken).toBe(true);
  });
});
