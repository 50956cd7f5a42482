import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { exactExp, exactLog } from '../../../simulations/kernel/exact-math.ts';

const close = (a: number, b: number) =>
  Math.abs(a - b) <= 4 * Number.EPSILON * Math.max(Math.abs(a), Math.abs(b), 1e-300);

describe('exact math', () => {
  test('log agrees with Math.log within 4 units in the last place on (0, 1e300)', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-300, max: 1e300, noNaN: true }), (x) => {
        const error = Math.abs(exactLog(x) - Math.log(x));
        expect(error).toBeLessThanOrEqual(4 * Number.EPSILON * Math.max(Math.abs(Math.log(x)), 1));
      }),
      { numRuns: 20_000, seed: 1 },
    );
  });

  test('exp agrees with Math.exp within 8 units in the last place on [-700, 700]', () => {
    fc.assert(
      fc.property(fc.double({ min: -700, max: 700, noNaN: true }), (x) => {
        expect(Math.abs(exactExp(x) / Math.exp(x) - 1)).toBeLessThanOrEqual(8 * Number.EPSILON);
      }),
      { numRuns: 20_000, seed: 2 },
    );
  });

  test('the ends of the range behave', () => {
    expect(exactLog(0)).toBe(Number.NEGATIVE_INFINITY);
    expect(exactLog(-1)).toBeNaN();
    expect(close(exactLog(5e-324), Math.log(5e-324))).toBe(true);
    expect(exactLog(1)).toBe(0);
    expect(exactExp(0)).toBe(1);
    expect(exactExp(-800)).toBe(0);
    expect(exactExp(800)).toBe(Number.POSITIVE_INFINITY);
  });

  test('a fixed table of bits never moves: the same in every engine', () => {
    const bits = (x: number) => Buffer.from(new Float64Array([x]).buffer).toString('hex');
    const table = [0.1, 0.5, 0.9122, 3.35, 1e-9, 123456.789].map((x) => [bits(exactLog(x)), bits(exactExp(-x))]);
    expect(table).toMatchSnapshot();
  });
});
