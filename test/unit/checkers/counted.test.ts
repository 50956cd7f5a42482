import fc from 'fast-check';
import { expect, test } from 'vitest';
import { allOf, many, partOf, percentOf } from '../../../simulations/checkers/counted.ts';

test.each([
  [0, '0 reads', 'All 0 reads', '0 of 4 operations were'],
  [1, '1 read', 'The one read', '1 of 4 operations was'],
  [2, '2 reads', 'Both reads', '2 of 4 operations were'],
  [3, '3 reads', 'All 3 reads', '3 of 4 operations were'],
])('%i: "%s", "%s", "%s"', (count, several, all, part) => {
  expect(many(count, 'read')).toBe(several);
  expect(allOf(count, 'read')).toBe(all);
  expect(partOf(count, 4, 'operation')).toBe(part);
});

test('a part says of what operations it speaks before its verb', () => {
  expect(partOf(1, 1, 'operation', 'after the last fault')).toBe('1 of 1 operation after the last fault was');
});

test.each([
  [2, 3, 1, '66.6 %'],
  [9_999, 10_000, 1, '99.9 %'],
  [324, 327, 3, '99.082 %'],
  [57, 100, 3, '57 %'],
  [0, 21, 1, '0 %'],
])('%i of %i with %i decimals is %s', (part, count, decimals, percent) => {
  expect(percentOf(part, count, decimals)).toBe(percent);
});

test('only all of them are 100 %, however many', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 100_000 }), fc.nat(100_000), (count, drawn) => {
      const part = drawn % (count + 1);
      expect(percentOf(part, count) === '100 %').toBe(part === count);
    }),
  );
});
