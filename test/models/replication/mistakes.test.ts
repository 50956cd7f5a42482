import { describe, expect, it } from 'vitest';
import type { Fault } from '../../../simulations/kernel/faults.ts';
import type { ReplicationKnobs } from '../../../simulations/models/replication/knobs.ts';
import { crash, cut, MS, runReplication, S, violated } from './run-replication.ts';

const SEEDS = 25;

interface Case {
  readonly title: string;
  readonly right: Partial<ReplicationKnobs>;
  readonly wrong: Partial<ReplicationKnobs>;
  readonly caughtBy: string;
  /** In at least this share of seeds. */
  readonly share: number;
  readonly faults: readonly Fault[];
}

const semi = { mode: 'semi', syncAcks: 1, degradeAfter: 0 } as const;

const CASES: readonly Case[] = [
  {
    title: 'fencing off, the leader cut off from monitor and followers',
    right: semi,
    wrong: { ...semi, fencing: false },
    caughtBy: 'one-unfenced-leader',
    share: 1,
    faults: [
      cut(
        [
          ['n1', 'a'],
          ['n2', 'n3', 'm1', 'b'],
        ],
        1 * S,
        1 * S,
      ),
    ],
  },
  {
    title: 'promoting whoever answers first, one follower far behind',
    right: { ...semi, lagMax: 400 * MS },
    wrong: { ...semi, lagMax: 400 * MS, promote: 'any' },
    caughtBy: 'no-lost-acknowledged-write',
    share: 0.2,
    faults: [crash('n1', 1 * S, 1 * S)],
  },
  {
    title: 'degrading, the followers cut off before the leader crashes',
    right: semi,
    wrong: { ...semi, degradeAfter: 100 * MS },
    caughtBy: 'no-lost-acknowledged-write',
    share: 0.9,
    faults: [
      cut(
        [
          ['n1', 'm1', 'a', 'b'],
          ['n2', 'n3'],
        ],
        1 * S,
        800 * MS,
      ),
      crash('n1', 1_790 * MS),
    ],
  },
  {
    title: 'degrading, as the promise of two disks',
    right: semi,
    wrong: { ...semi, degradeAfter: 100 * MS },
    caughtBy: 'acknowledged-durable',
    share: 1,
    faults: [
      cut(
        [
          ['n1', 'm1', 'a', 'b'],
          ['n2', 'n3'],
        ],
        1 * S,
        800 * MS,
      ),
    ],
  },
  {
    title: 'acknowledging before the flush, slow disks',
    right: { ...semi, persistTime: 20 * MS },
    wrong: { ...semi, persistTime: 20 * MS, mistake: 'ack-before-flush' },
    caughtBy: 'acknowledged-durable',
    share: 1,
    faults: [],
  },
  {
    title: 'acknowledging before the flush, asynchronously',
    right: {},
    wrong: { mistake: 'ack-before-flush' },
    caughtBy: 'acknowledged-durable',
    share: 1,
    faults: [],
  },
  {
    title: 'following without rewinding, after a failover',
    right: { ...semi, lagMin: 100 * MS, lagMax: 100 * MS },
    wrong: { ...semi, lagMin: 100 * MS, lagMax: 100 * MS, mistake: 'follow-without-rewind' },
    caughtBy: 'follower-prefix',
    share: 0.5,
    faults: [crash('n1', 1 * S, 1 * S)],
  },
];

function sweep(knobs: Partial<ReplicationKnobs>, faults: readonly Fault[]): readonly (readonly string[])[] {
  const workload = { clients: 2, operations: 60, keys: ['x', 'y'], mix: { read: 1, write: 2 } };
  return Array.from({ length: SEEDS }, (_, index) =>
    violated(runReplication({ seed: index + 1, knobs, workload, faults, digest: false })),
  );
}

describe.each(CASES)('replication: $title', ({ right, wrong, caughtBy, share, faults }) => {
  it(`is caught by ${caughtBy} in at least ${share * 100} % of ${SEEDS} seeds`, () => {
    const caught = sweep(wrong, faults).filter((ids) => ids.includes(caughtBy)).length;
    expect(caught).toBeGreaterThanOrEqual(share * SEEDS);
  });

  it('and without it nothing is reported', () => {
    expect(sweep(right, faults).flat()).toEqual([]);
  });
});
