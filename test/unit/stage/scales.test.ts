import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatValue, layAxis, spreadLabels } from '../../../app/_stage/layout/chart.ts';
import { narrowWindow, panWindow, zoomWindow } from '../../../app/_stage/layout/narrow.ts';
import { ninesFor, ninesOf, ninesTicks, quantile } from '../../../app/_stage/layout/nines.ts';
import { timeAxis } from '../../../simulations/export/picture/time-axis.ts';
import { formatCount, formatMs, formatMsShort } from '../../../simulations/index.ts';

describe('time axis', () => {
  test('428 to 780 ms on 776 px: a label every 40 ms or more, a tick between two labels', () => {
    const { unit, ticks } = timeAxis(428_000, 780_000, 776);
    expect(unit).toBe('ms');
    expect(ticks.filter(({ major }) => major).map(({ label }) => label)).toEqual([
      '450',
      '500',
      '550',
      '600',
      '650',
      '700',
      '750',
    ]);
    expect(ticks.filter(({ major }) => !major)).toHaveLength(7);
  });

  test('short windows are labelled in microseconds, long ones in seconds', () => {
    expect(timeAxis(0, 900, 400).unit).toBe('\u00b5s');
    expect(timeAxis(0, 60_000_000, 400).unit).toBe('s');
  });

  test('17 ms on 251 px: room for one label gives one label, not one each microsecond', () => {
    const { ticks } = timeAxis(4, 17_454, 251);
    expect(ticks.map(({ us, label }) => [us, label])).toEqual([
      [5_000, ''],
      [10_000, '10'],
      [15_000, ''],
    ]);
  });

  test('a window of 2 ms or more has labels in milliseconds, as the playhead has', () => {
    const { unit, ticks } = timeAxis(813_000, 816_000, 300);
    expect(unit).toBe('ms');
    expect(ticks.filter(({ major }) => major).map(({ label }) => label)).toEqual(['813', '814', '815', '816']);
  });

  test('numbers have commas between thousands and a tenth of a millisecond', () => {
    expect([
      formatCount(2500),
      formatCount(1_234_567.5),
      formatMs(2_500_000),
      formatMs(661_449),
      formatMsShort(505_000),
    ]).toEqual(['2,500', '1,234,567.5', '2,500.0', '661.4', '505']);
  });
});

describe('narrow window', () => {
  const window = { fromUs: 400_000, toUs: 800_000 };

  test('a wide field shows the whole window, half a field half of it around the anchor', () => {
    const shown = (fieldPx: number, anchorUs: number) => narrowWindow(window, { size: 'lab', fieldPx, anchorUs });
    expect(shown(776, 600_000)).toEqual(window);
    expect(shown(300, 600_000)).toEqual({ fromUs: 480_000, toUs: 680_000 });
    expect(shown(300, 790_000)).toEqual({ fromUs: 600_000, toUs: 800_000 });
  });

  test('it stands still while the anchor is well inside it', () => {
    const at = (anchorUs: number) =>
      narrowWindow(window, { size: 'lab', fieldPx: 300, anchorUs, shownFromUs: 500_000 }).fromUs;
    expect([at(600_000), at(690_000)]).toEqual([500_000, 570_000]);
  });

  test('zooming keeps the time under the pointer; no window leaves the run', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 900_000 }),
        fc.integer({ min: 1000, max: 100_000 }),
        fc.double({ min: 0.1, max: 10, noNaN: true }),
        fc.integer({ min: -2_000_000, max: 2_000_000 }),
        (fromUs, spanUs, factor, byUs) => {
          for (const next of [
            zoomWindow({ fromUs, toUs: fromUs + spanUs }, fromUs + spanUs / 3, factor, 1_000_000),
            panWindow({ fromUs, toUs: fromUs + spanUs }, byUs, 1_000_000),
          ]) {
            expect(next.fromUs).toBeGreaterThanOrEqual(0);
            expect(next.toUs).toBeLessThanOrEqual(1_000_000);
            expect(next.toUs).toBeGreaterThan(next.fromUs);
          }
        },
      ),
    );
    expect(zoomWindow(window, 500_000, 0.5, 1_000_000)).toEqual({ fromUs: 450_000, toUs: 650_000 });
  });
});

describe('chart axes', () => {
  test('a logarithmic axis ends at powers of ten; zero stands on its edge', () => {
    const axis = layAxis({ label: '', unit: 'ratio', log: true }, [0, 0.0003, 0.09], [100, 0]);
    expect(axis.ticks.map(({ label, at }) => [label, Math.round(at)])).toEqual([
      ['0.01 %', 100],
      ['0.1 %', 67],
      ['1 %', 33],
      ['10 %', 0],
    ]);
    expect([axis.at(0), axis.at(5)]).toEqual([100, 0]);
    expect(axis.minor).toHaveLength(24);
  });

  test('values are worded in their unit', () => {
    expect([formatValue(0.1175, 'ratio'), formatValue(43_200, 'us'), formatValue(1300, 's')]).toEqual([
      '11.75 %',
      '43.2',
      '1,300',
    ]);
  });

  test('labels keep their distance and stay in the field', () => {
    expect(spreadLabels([10, 11, 50], 13, [0, 100])).toEqual([10, 23, 50]);
    expect(spreadLabels([98, 99], 13, [0, 100])).toEqual([87, 100]);
  });

  test('every further nine takes the same room', () => {
    expect([0, 0.9, 0.99, 0.999].map((share) => Math.round(ninesOf(share) * 1e6) / 1e6)).toEqual([0, 1, 2, 3]);
    expect(ninesTicks(3).map(({ label }) => label)).toEqual(['0', '50', '90', '99', '99.9']);
    expect([ninesFor(50), ninesFor(1000), ninesFor(10 ** 7)]).toEqual([1, 3, 4]);
    expect(quantile([1, 2, 3, 4], 0.5)).toBe(2);
    expect(quantile([1, 2, 3, 4], 0.99)).toBe(4);
  });
});
