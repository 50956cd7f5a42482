import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ddmin } from '../../../simulations/search/shrink/ddmin.ts';
import { niceAround, niceBetween, nicest } from '../../../simulations/search/shrink/nice.ts';

/** Drives ddmin to its end and counts its trials. */
function minimal(items: readonly number[], holds: (subset: readonly number[]) => boolean) {
  let trials = 0;
  const search = ddmin(items, function* (subset): Generator<void, boolean> {
    trials++;
    yield;
    return holds(subset);
  });
  let step = search.next();
  while (step.done !== true) step = search.next();
  return { kept: step.value, trials };
}

/** Groups, of which all members of at least one are needed: not monotone in the number of items, but in the set. */
const groups = (size: number) =>
  fc.array(fc.uniqueArray(fc.integer({ min: 0, max: size - 1 }), { maxLength: 6 }), { minLength: 1, maxLength: 4 });
const sized = fc.integer({ min: 1, max: 40 }).chain((size) => fc.tuple(fc.constant(size), groups(size)));

test('ddmin: the result satisfies the oracle, is a subset in order, and is 1-minimal (random monotone oracles)', () => {
  fc.assert(
    fc.property(sized, ([size, needed]) => {
      const items = Array.from({ length: size }, (_, index) => index);
      const holds = (subset: readonly number[]) => needed.some((group) => group.every((one) => subset.includes(one)));
      const { kept } = minimal(items, holds);
      expect(holds(kept)).toBe(true);
      expect(kept).toEqual(items.filter((item) => kept.includes(item)));
      for (const item of kept) expect(holds(kept.filter((other) => other !== item))).toBe(false);
    }),
    { numRuns: 300 },
  );
});

test('ddmin: 1-minimal on oracles that are not monotone, such as sums modulo 7', () => {
  const weights = fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 1, maxLength: 16 });
  fc.assert(
    fc.property(weights, (all) => {
      const sum = (subset: readonly number[]) => subset.reduce((total, index) => total + all[index]!, 0) % 7;
      const items = all.map((_, index) => index);
      const target = sum(items);
      const { kept } = minimal(items, (subset) => sum(subset) === target);
      expect(sum(kept)).toBe(target);
      for (const item of kept) expect(sum(kept.filter((other) => other !== item))).not.toBe(target);
    }),
    { numRuns: 300 },
  );
});

test('ddmin: nothing is needed: one trial; two of 1,000 items: fewer than 150 trials', () => {
  const items = Array.from({ length: 1_000 }, (_, index) => index);
  expect(minimal(items, () => true)).toEqual({ kept: [], trials: 1 });
  const { kept, trials } = minimal(items, (subset) => subset.includes(37) && subset.includes(940));
  expect(kept).toEqual([37, 940]);
  expect(trials).toBeLessThan(150);
});

test('nice numbers: 1, 2 or 5 times a power of ten, around any whole number up to 10^9', () => {
  const isNice = (value: number) => /^[125]0*$/.test(String(value));
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1e9 }), (value) => {
      const [below, above] = niceAround(value);
      expect([below, above].every(isNice)).toBe(true);
      expect(below <= value && value <= above && above <= below * 2.5).toBe(true);
      expect([below, above]).toContain(nicest(value));
    }),
  );
  expect(niceBetween(1_000, 60_000)).toEqual([1_000, 2_000, 5_000, 10_000, 20_000, 50_000]);
  expect(niceAround(50)).toEqual([50, 50]);
  expect(nicest(0)).toBe(0);
});
