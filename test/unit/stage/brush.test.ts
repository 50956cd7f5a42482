import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BRUSH_LEAST, brushPart } from '../../../app/_stage/layout/brush.ts';

const pressOn = (from: number, until: number, reach = 8) => {
  return (at: number) => brushPart({ at, from, until, reach, whole: false });
};

describe('a press on the strip of a whole run', () => {
  test('of a wide window (100 to 300 px, reach 8) takes an end within the reach, and else moves it', () => {
    const part = pressOn(100, 300);
    expect([91, 93, 107, 109, 200, 291, 293, 307, 309].map(part)).toEqual([
      'mark',
      'from',
      'from',
      'move',
      'move',
      'move',
      'to',
      'to',
      'mark',
    ]);
  });

  test('of a window 3 px wide moves it by 24 px around its middle, and takes its ends beside them', () => {
    const part = pressOn(200, 203);
    expect([189, 190, 201, 213, 214, 221, 222].map(part)).toEqual(
      ['from', 'move', 'move', 'move', 'to', 'to', 'mark'].slice(0, 7),
    );
    expect(part(180)).toBe('mark');
  });

  test('of the whole run marks a new window, but for its ends', () => {
    const part = (at: number) => brushPart({ at, from: 40, until: 840, reach: 8, whole: true });
    expect([42, 400, 836].map(part)).toEqual(['from', 'mark', 'to']);
  });

  test('whatever the window, it can be moved, and taken by either end, on 24 px for the first and the reach for the others', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 800 }),
        fc.integer({ min: 1, max: 600 }),
        fc.integer({ min: 6, max: 14 }),
        (from, width, reach) => {
          const part = pressOn(from, from + width, reach);
          const middle = from + width / 2;
          for (const off of [-BRUSH_LEAST / 2, 0, BRUSH_LEAST / 2]) expect(part(middle + off)).toBe('move');
          const end = Math.max(BRUSH_LEAST / 2, width / 2) + reach;
          expect(part(middle + end)).toBe('to');
          expect(part(middle - end)).toBe('from');
          expect(part(middle + end + 0.5)).toBe('mark');
        },
      ),
    );
  });
});
