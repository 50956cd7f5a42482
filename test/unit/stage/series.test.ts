import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { valueAxis } from '../../../app/_stage/layout/series-axis.ts';
import { seriesBands } from '../../../app/_stage/layout/series-bands.ts';
import { binsOf, shareUpTo, spreadAxis } from '../../../app/_stage/layout/series-bins.ts';
import { seriesFigures, seriesLabel, seriesTitle } from '../../../app/_stage/layout/series-figures.ts';
import { makeSeriesFrame } from '../../../app/_stage/layout/series-frame.ts';
import { barPaths, dotPaths, levelPath, marginPath, nearestPoint } from '../../../app/_stage/layout/series-paths.ts';
import { fieldOf } from '../../../simulations/export/picture/frame.ts';
import { type LevelSeries, type PointSeries, type Series, seriesOf } from '../../../simulations/run/series.ts';
import { spreadOf } from '../../../simulations/run/series-window.ts';
import { runOf } from '../../helpers/scenarios.ts';

const run = runOf('quorum-read-inversion', 'off');
const only = (id: string) => seriesOf(run).find((one) => one.id === id)!;
const endUs = run.record.endUs;
const frameOf = (width: number, fromUs = 0, untilUs: number = endUs) =>
  makeSeriesFrame({ run, fromUs, untilUs, width, id: 'f' });
const axisOf = (series: Series) =>
  valueAxis(series, series.kind === 'points' || series.kind === 'level' ? spreadOf(series) : undefined, 10_000);

function manyPoints(count: number): PointSeries {
  return {
    kind: 'points',
    id: 'p',
    title: 'P',
    unit: 'us',
    atUs: Float64Array.from({ length: count }, (_, at) => (at * endUs) / count),
    values: Float64Array.from({ length: count }, (_, at) => 1_000 + (at % 977) * 100),
    operations: new Int32Array(count),
    endings: new Uint8Array(count),
  };
}

describe('the field of time', () => {
  test('without room for distributions it is the field of the space-time diagram (640 px)', () => {
    const { left, right, margin } = frameOf(640);
    expect({ left, right }).toEqual(fieldOf(run, 'lab', 640));
    expect(margin).toBeUndefined();
  });

  test('at 836 px it begins where the diagram begins, and keeps the 600 px below which less time would be shown', () => {
    const { left, right, margin } = frameOf(836);
    expect(left).toBe(fieldOf(run, 'lab', 836).left);
    expect(right - left).toBeGreaterThanOrEqual(600);
    expect(margin!.left).toBeGreaterThan(right);
    expect(margin!.right).toBeLessThanOrEqual(836 - 14);
    expect(margin!.x(1)).toBe(margin!.right);
  });

  test('x and us are each the inverse of the other (any instant)', () => {
    const frame = frameOf(836, 400_000, 750_000);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2_500_000 }), (us) => {
        expect(frame.us(frame.x(us))).toBeCloseTo(us, 3);
      }),
    );
  });
});

describe('rows', () => {
  test('durations stand on powers of ten between round ends, 0 on a floor below them', () => {
    const latency = only('latency-read') as PointSeries;
    const axis = axisOf(latency);
    expect(axis.ticks.map(({ label }) => label)).toEqual(['100', '20']);
    const age = { ...latency, values: latency.values.map((value, at) => (at === 0 ? 0 : value)) };
    const floored = axisOf(age);
    expect(floored.at(0)).toBe(floored.floor);
    expect(floored.at(20_000)).toBeLessThan(floored.floor - 5);
  });

  test('200,000 points make at most one dot for each cell of 2 px', () => {
    const series = manyPoints(200_000);
    const frame = frameOf(836);
    const axis = axisOf(series);
    const dots = dotPaths(series, frame, axis).ok.split('M').slice(1);
    expect(dots.length).toBeLessThanOrEqual(((frame.right - frame.left) / 2 + 1) * (axis.height / 2 + 1));
    expect(dots.length).toBeGreaterThan(1_000);
  });

  test('points in a window are drawn one by one: one dot each, a ring for one of unknown outcome', () => {
    const series = only('latency-read') as PointSeries;
    const { ok, unknown, failed } = dotPaths(series, frameOf(836), axisOf(series));
    expect(ok.match(/M/g)).toHaveLength(16);
    expect(unknown.match(/M/g)).toHaveLength(1);
    expect(failed).toBe('');
  });

  test('200,000 changes of a level make at most four corners a half pixel, and keep the peak', () => {
    const count = 200_000;
    const series: LevelSeries = {
      kind: 'level',
      id: 'l',
      title: 'L',
      unit: 'count',
      atUs: Float64Array.from({ length: count }, (_, at) => (at * endUs) / count),
      values: Float64Array.from({ length: count }, (_, at) => (at === 77_777 ? 9 : at % 3)),
      endUs,
    };
    const frame = frameOf(836);
    const axis = axisOf(series);
    const path = levelPath(series, frame, axis);
    expect(path.match(/V/g)!.length).toBeLessThanOrEqual((frame.right - frame.left) * 2 * 3 + 3);
    expect(path).toContain(`V${Math.round(axis.at(9) * 10) / 10}`);
  });

  test('a level is 0 before its first change and holds to the end of the window', () => {
    const series = only('operations-in-flight') as LevelSeries;
    const frame = frameOf(836);
    const axis = axisOf(series);
    const path = levelPath(series, frame, axis);
    expect(path.startsWith(`M${frame.left} ${axis.at(0)}`)).toBe(true);
    expect(path.endsWith(`H${Math.round(frame.right * 10) / 10}`)).toBe(true);
  });

  test('a bucket in which nothing ended has no bar; one in which all failed has a hollow one', () => {
    const availability = only('availability');
    if (availability.kind !== 'share') throw new Error('not a share');
    const planted = { ...availability, atUs: Float64Array.of(100_000, 900_000), good: Uint8Array.of(1, 0) };
    const { good, rest } = barPaths(planted, frameOf(836), axisOf(planted), 10_000);
    expect([good.match(/M/g)!.length, rest.match(/M/g)!.length]).toEqual([1, 1]);
  });

  test('every point is found where it is drawn, and nothing far from all of them', () => {
    const series = only('latency-read') as PointSeries;
    const frame = frameOf(836);
    const axis = axisOf(series);
    series.atUs.forEach((us, place) => {
      const at = { x: frame.x(us), y: axis.at(series.values[place]!), reach: 12 };
      const found = nearestPoint(series, frame, axis, at)!;
      expect(frame.x(series.atUs[found]!)).toBeCloseTo(at.x, 6);
    });
    expect(nearestPoint(series, frame, axis, { x: frame.x(0), y: 0, reach: 12 })).toBeUndefined();
  });
});

describe('distributions', () => {
  test('the curve ends at its greatest value and at the end of the margin', () => {
    const series = only('latency-read') as PointSeries;
    const { margin } = frameOf(836);
    const axis = axisOf(series);
    const path = marginPath(spreadOf(series), margin!, axis);
    const greatest = spreadOf(series).values.at(-1)!;
    expect(path.endsWith(`V${Math.round(axis.at(greatest) * 10) / 10}H${margin!.right}`)).toBe(true);
  });

  test('nothing known gives no curve and no figures, in words too', () => {
    const series: PointSeries = { ...manyPoints(2), values: Float64Array.of(Number.NaN, Number.NaN) };
    const spread = spreadOf(series);
    expect(marginPath(spread, frameOf(836).margin!, axisOf(series))).toBe('');
    expect(seriesFigures(series, spread).words).toBe('none known, 2 unknown');
    expect(seriesLabel(series, spread)).toBe('P, ms over time, none known, 2 unknown');
  });

  test('titles carry the unit, and of bars the time that one stands for', () => {
    expect(seriesTitle(only('latency-read'), 5_000)).toBe('Read latency, ms');
    expect(seriesTitle(only('availability'), 5_000)).toBe('Operations that end ok, %, each 5 ms');
  });

  test('bins hold all of a distribution (any values)', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 1_000_000 }), { minLength: 1 }),
        fc.boolean(),
        (values, isDuration) => {
          const series = { ...manyPoints(values.length), values: Float64Array.from(values) };
          const spread = spreadOf(series);
          const axis = spreadAxis(spread, values[0], { isDuration, range: [4, 216] });
          const bins = binsOf(spread, axis, [4, 216], 44);
          expect(bins.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 9);
          const own = values.filter((value) => value <= values[0]!).length / values.length;
          expect(shareUpTo(spread, values[0]!)).toBeGreaterThanOrEqual(own - 1e-9);
        },
      ),
    );
  });
});

test('faults are bands, and so is the time for which a host was down', () => {
  const { bands, rows } = seriesBands(run);
  expect(bands.map(({ kind }) => kind)).toContain('cut');
  expect(bands.find(({ kind }) => kind === 'down')).toMatchObject({ title: 'r2 down', open: false });
  expect(Math.max(...bands.map(({ row }) => row))).toBe(rows - 1);
});
