import { describe, expect, it } from 'vitest';
import type { Fault } from '../../../simulations/kernel/faults.ts';
import type { MultiLeaderKnobs } from '../../../simulations/models/multi-leader/knobs.ts';
import type { Mistake } from '../../../simulations/models/multi-leader/messages.ts';
import { cut, MS, restore, runMultiLeader, violated } from './run-multi-leader.ts';

const SEEDS = 10;

interface Case {
  readonly mistake: Exclude<Mistake, 'none'>;
  readonly caughtBy: string;
  /** In at least this share of seeds. */
  readonly share: number;
  readonly knobs: Partial<MultiLeaderKnobs>;
  readonly faults: readonly Fault[];
  readonly workload?: unknown;
}

const apart = cut([['eu'], ['us', 'ap']], 200 * MS, 300 * MS);

const CASES: readonly Case[] = [
  {
    mistake: 'apply-again',
    caughtBy: 'vectors-move-forward',
    share: 0.9,
    knobs: { resolve: 'or-set', duplicateRatio: 0.3 },
    faults: [],
  },
  {
    mistake: 'remove-by-name',
    caughtBy: 'no-acked-add-lost',
    share: 1,
    knobs: { resolve: 'or-set' },
    faults: [apart],
    workload: {
      script: {
        a: [
          { f: 'put', value: 'milk', atUs: 50 * MS },
          { f: 'del', value: 'milk', atUs: 300 * MS },
        ],
        b: [{ f: 'put', value: 'milk', atUs: 320 * MS }],
      },
    },
  },
  {
    mistake: 'merge-adds',
    caughtBy: 'counter-exact',
    share: 0.9,
    knobs: { data: 'counter', resolve: 'pn-counter' },
    faults: [],
  },
  {
    mistake: 'grant-without-deducting',
    caughtBy: 'limit-never-exceeded',
    share: 0.7,
    knobs: { data: 'counter', resolve: 'escrow', limit: 12 },
    faults: [],
  },
  {
    mistake: 'reuse-sequence',
    caughtBy: 'counter-exact',
    share: 1,
    knobs: { data: 'counter', resolve: 'pn-counter' },
    // The disk of 250 ms is put back at 900 ms, when all that was counted before has long been everywhere.
    faults: [restore('us', 250 * MS, 900 * MS, 100 * MS)],
    workload: {
      script: { b: [100, 200, 300, 400, 500, 1500, 1600].map((at) => ({ f: 'put', atUs: at * MS, via: 'us' })) },
    },
  },
];

describe.each(CASES)('multi-leader: the mistake $mistake, seeds 1 to 10', ({ mistake, caughtBy, share, ...setup }) => {
  const sweep = (planted: Mistake) =>
    Array.from({ length: SEEDS }, (_, index) =>
      violated(
        runMultiLeader({
          knobs: { ...setup.knobs, mistake: planted },
          faults: setup.faults,
          workload: setup.workload ?? { items: ['apples', 'bread'], mix: { read: 1, put: 3, del: 1 } },
          seed: index + 1,
          digest: false,
        }),
      ),
    );

  it(`is caught by ${caughtBy} in at least ${share * 100} % of seeds`, () => {
    const found = sweep(mistake).filter((ids) => ids.includes(caughtBy)).length;
    expect(found).toBeGreaterThanOrEqual(share * SEEDS);
  });

  it('and without it nothing is reported', () => {
    expect(sweep('none').flat()).toEqual([]);
  });
});
