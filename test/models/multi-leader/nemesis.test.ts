import { describe, expect, it } from 'vitest';
import { crash, cut, MS, runMultiLeader, S, status, violated } from './run-multi-leader.ts';

/** What each merge gives up by design; a crash in the middle of a cut also costs answers. */
const GIVEN_UP = {
  'or-set': [],
  siblings: [],
  'lww-hlc': ['no-acked-add-lost', 'no-resurrection'],
  'pn-counter': ['limit-never-exceeded'],
  escrow: [],
} as const;

describe('multi-leader: a cut, a crash, lost, repeated and overtaken batches at once (2 to 5 regions, seeds 1 to 4)', () => {
  it.each([
    ['or-set', 'cart'],
    ['siblings', 'register'],
    ['lww-hlc', 'register'],
    ['pn-counter', 'counter'],
    ['escrow', 'counter'],
  ] as const)('%s (%s) converges in mesh, ring and star and keeps all that it promises', (resolve, data) => {
    for (let seed = 1; seed <= 4; seed++) {
      const regions = seed + 1;
      const others = ['us', 'ap', 'sa', 'af'].slice(0, regions - 1);
      for (const topology of ['mesh', 'ring', 'star'] as const) {
        const run = runMultiLeader({
          knobs: {
            resolve,
            data,
            topology,
            regions,
            limit: data === 'counter' ? 15 : 0,
            lossRatio: 0.1,
            duplicateRatio: 0.1,
            reorderRatio: 0.2,
            batch: seed,
            requestTimeout: 200 * MS,
          },
          workload: { clients: regions + 1, keys: ['x', 'y'] },
          faults: [
            cut([['eu'], others], 150 * MS, (100 + 150 * seed) * MS),
            crash('us', (200 + 90 * seed) * MS, (50 + 30 * seed) * MS),
          ],
          seed,
          durationUs: 16 * S,
          digest: false,
        });
        expect(status(run, 'convergence'), `${topology}, seed ${seed}`).toBe('ok');
        const allowed: readonly string[] = [...GIVEN_UP[resolve], 'available-when-cut'];
        expect(
          violated(run).filter((id) => !allowed.includes(id)),
          `${topology}, seed ${seed}`,
        ).toEqual([]);
      }
    }
  });
});
