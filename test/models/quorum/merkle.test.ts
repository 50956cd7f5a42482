import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { differingRanges, merkleTree, RANGES, rangeOf, type Store } from '../../../simulations/models/quorum/merkle.ts';

const cell = (write: string) => ({
  write,
  version: { timeUs: 1, counter: 1, node: 'r1' },
  value: write,
  deleted: false,
  deletedAtUs: 0,
});
const stores = fc
  .dictionary(fc.string({ minLength: 1, maxLength: 4 }), fc.constantFrom('a1', 'a2', 'b7'), { maxKeys: 30 })
  .map((writes): Store => Object.fromEntries(Object.entries(writes).map(([key, write]) => [key, [cell(write)]])));

describe('merkle trees', () => {
  it('differ in exactly the ranges whose keys differ', () => {
    fc.assert(
      fc.property(stores, stores, (a, b) => {
        const keys = [...new Set([...Object.keys(a), ...Object.keys(b)])];
        const differing = keys.filter((key) => a[key]?.[0]?.write !== b[key]?.[0]?.write).map(rangeOf);
        const expected = [...new Set(differing)].sort((one, other) => one - other);
        expect(differingRanges(merkleTree(a), merkleTree(b))).toEqual(expected);
      }),
    );
  });

  it('do not depend on the order in which keys were stored', () => {
    const forwards = merkleTree({ x: [cell('a1')], y: [cell('b1')], z: [cell('a2')] });
    const backwards = merkleTree({ z: [cell('a2')], y: [cell('b1')], x: [cell('a1')] });
    expect(forwards).toEqual(backwards);
  });

  it(`spread keys over all ${RANGES} ranges`, () => {
    const ranges = new Set(Array.from({ length: 200 }, (_, index) => rangeOf(`key${index}`)));
    expect(ranges.size).toBe(RANGES);
  });
});
