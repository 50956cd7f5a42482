import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type CaptionTab, TAB_HEIGHT } from '../../../app/_stage/marks/caption-layer.tsx';
import { clearOfTabs } from '../../../app/_stage/marks/time-layer.tsx';

const mark = { number: 1, step: undefined, atUs: 0 };
const tab = (x: number, y = 20): CaptionTab => ({ mark, x, y, width: 13 });

test('the name of a fault begins after a tab that it would run into', () => {
  expect(clearOfTabs(100, { width: 60, y: 15 }, [tab(102)])).toBeGreaterThan(102 + 6.5);
  expect(clearOfTabs(100, { width: 60, y: 15 }, [tab(150), tab(103)])).toBeGreaterThan(150 + 6.5);
});

test('it stays where it is beside a tab, and beside one of another row', () => {
  expect(clearOfTabs(100, { width: 60, y: 15 }, [tab(80), tab(190)])).toBe(100);
  expect(clearOfTabs(100, { width: 60, y: 60 }, [tab(102)])).toBe(100);
});

test('no name covers a tab (up to 9 tabs)', () => {
  const place = fc.integer({ min: 0, max: 400 });
  fc.assert(
    fc.property(place, fc.integer({ min: 10, max: 150 }), fc.array(place, { maxLength: 9 }), (x, width, xs) => {
      const tabs = xs.map((at) => tab(at));
      const start = clearOfTabs(x, { width, y: 20 - TAB_HEIGHT / 2 }, tabs);
      expect(start).toBeGreaterThanOrEqual(x);
      for (const { x: middle } of tabs) expect(start >= middle + 6.5 || start + width <= middle - 6.5).toBe(true);
    }),
  );
});
