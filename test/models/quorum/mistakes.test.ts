import { describe, expect, it } from 'vitest';
import type { Fault } from '../../../simulations/kernel/faults.ts';
import type { QuorumKnobs } from '../../../simulations/models/quorum/knobs.ts';
import type { Mistake } from '../../../simulations/models/quorum/messages.ts';
import { crash, cut, MS, runQuorum, S, violated } from './run-quorum.ts';

const SEEDS = 100;

interface Case {
  readonly mistake: Exclude<Mistake, 'none'>;
  readonly caughtBy: readonly string[];
  /** In at least this share of seeds. */
  readonly share: number;
  readonly knobs: Partial<QuorumKnobs>;
  readonly workload: unknown;
  readonly faults: readonly Fault[];
}

const CASES: readonly Case[] = [
  {
    mistake: 'coordinator-counts-own-ack-twice',
    caughtBy: ['quorums-intersect', 'acknowledged-on-quorum'],
    share: 1,
    knobs: {},
    workload: {},
    faults: [],
  },
  {
    mistake: 'purge-before-grace',
    caughtBy: ['no-early-purge'],
    share: 0.9,
    knobs: { gcGrace: 1 * S },
    workload: { clients: 3, keys: ['x', 'y'], mix: { read: 2, write: 2, delete: 1 } },
    faults: [],
  },
  {
    mistake: 'hint-overwrites-newer',
    caughtBy: ['versions-move-forward'],
    share: 0.3,
    knobs: { hintAfter: 30 * MS, hintEvery: 100 * MS, requestTimeout: 300 * MS },
    workload: { clients: 2, mix: { read: 1, write: 3, delete: 0 } },
    faults: [crash('r3', 200 * MS, 400 * MS)],
  },
  {
    mistake: 'repair-resurrects-delete',
    caughtBy: ['no-resurrection', 'versions-move-forward'],
    share: 0.3,
    knobs: { antiEntropyEvery: 0, hintAfter: 0, requestTimeout: 300 * MS },
    workload: { clients: 3, mix: { read: 3, write: 1, delete: 1 } },
    faults: [cut([['r3'], ['r1', 'r2']], 200 * MS, 400 * MS)],
  },
];

describe.each(CASES)('quorum: the mistake $mistake, seeds 1 to 100', ({ mistake, caughtBy, share, ...setup }) => {
  const sweep = (planted: Mistake) =>
    Array.from({ length: SEEDS }, (_, index) =>
      violated(runQuorum({ ...setup, knobs: { ...setup.knobs, mistake: planted }, seed: index + 1, digest: false })),
    );

  it(`is caught by ${caughtBy.join(' and ')} in at least ${share * 100} % of seeds`, () => {
    const found = sweep(mistake);
    for (const id of caughtBy) {
      expect(found.filter((ids) => ids.includes(id)).length).toBeGreaterThanOrEqual(share * SEEDS);
    }
  });

  it('and without it nothing is reported', () => {
    expect(sweep('none').flat()).toEqual([]);
  });
});
