import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readSeedRanges, seedRanges } from '../../../simulations/index.ts';

describe('ranges of seeds', () => {
  test('neighbours stand as one range, others alone', () => {
    expect(seedRanges([11, 14, 19, 20, 21, 22])).toBe('11, 14, 19-22');
    expect(seedRanges(Array.from({ length: 10_000 }, (_, at) => at + 1))).toBe('1-10000');
    expect(seedRanges([])).toBe('');
  });

  test('read back, they are the same seeds', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.oneof(fc.nat(60), fc.nat(0xffffffff))), (seeds) => {
        const rising = seeds.toSorted((a, b) => a - b);
        expect(readSeedRanges(seedRanges(rising))).toEqual(rising);
      }),
    );
  });

  test.each(['1-', 'a', '3, 2', '1-3, 2-5', '5-4', '1,2', '1-99999999999'])('%s is no list of seeds', (text) => {
    expect(readSeedRanges(text)).toBeUndefined();
  });
});
