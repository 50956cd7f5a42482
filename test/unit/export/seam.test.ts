import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { horizontalPath, seamPath, verticalPath } from '../../../simulations/index.ts';

const options = fc
  .record({
    length: fc.integer({ min: 20, max: 2000 }),
    throwPx: fc.integer({ min: 2, max: 40 }),
    slipPx: fc.integer({ min: -20, max: 20 }),
    seed: fc.integer(),
    stepMin: fc.integer({ min: 1, max: 6 }),
    spread: fc.integer({ min: 0, max: 12 }),
    amplitude: fc.integer({ min: 0, max: 12 }),
  })
  .map(({ spread, ...rest }) => ({ ...rest, stepMax: rest.stepMin + spread }));

describe('seam', () => {
  test('the same seed gives the same profile, another seed another one (seeds 16, 17)', () => {
    const of = (seed: number) => seamPath({ length: 400, throwPx: 18, seed });
    expect(of(16)).toEqual(of(16));
    expect(of(16).standing).not.toEqual(of(17).standing);
  });

  test('a recorded profile stays as it is (length 40, throw 18, seed 16)', () => {
    const { standing } = seamPath({ length: 40, throwPx: 18, seed: 16 });
    expect(horizontalPath(standing)).toMatchInlineSnapshot(`"M0 1.2L7.5 -2.1L19.9 0.2L32.3 -1.9L38.8 0.8L40 -1"`);
  });

  test('the dropped edge is the standing edge, displaced by throw and slip', () => {
    fc.assert(
      fc.property(options, (option) => {
        const { standing, dropped } = seamPath(option);
        expect(dropped).toHaveLength(standing.length);
        for (const [index, edge] of standing.entries()) {
          expect(dropped[index]!.across - edge.across).toBeCloseTo(option.throwPx, 6);
          expect(dropped[index]!.along - edge.along).toBeCloseTo(option.slipPx, 6);
        }
      }),
    );
  });

  test('the profile runs from 0 to the length, in steps within bounds, inside the amplitude', () => {
    fc.assert(
      fc.property(options, (option) => {
        const { standing } = seamPath(option);
        expect(standing[0]!.along).toBe(0);
        expect(standing.at(-1)!.along).toBe(option.length);
        for (const [index, { along, across }] of standing.entries()) {
          expect(Math.abs(across)).toBeLessThanOrEqual(option.amplitude);
          if (index === 0) continue;
          const step = along - standing[index - 1]!.along;
          // The last step is cut short by the end; a rounding to tenths may add a tenth.
          expect(step).toBeLessThanOrEqual(option.stepMax + 0.1001);
          if (index < standing.length - 1) expect(step).toBeGreaterThanOrEqual(option.stepMin - 0.1001);
        }
      }),
    );
  });

  test('consecutive teeth change side often enough that the edge is never a straight line (length 600, throw 18)', () => {
    const { standing } = seamPath({ length: 600, throwPx: 18, seed: 3 });
    const slopes = standing.slice(1).map(({ across }, index) => Math.sign(across - standing[index]!.across));
    const turns = slopes.slice(1).filter((slope, index) => slope !== slopes[index]).length;
    expect(turns / slopes.length).toBeGreaterThan(0.5);
  });

  test('a vertical path is the horizontal one with its axes exchanged', () => {
    const points = [
      { along: 0, across: 1 },
      { along: 5, across: -2 },
    ];
    expect(horizontalPath(points, 10, 20)).toBe('M10 21L15 18');
    expect(verticalPath(points, 10, 20)).toBe('M11 20L8 25');
  });
});
