import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { EventSeries, LevelSeries, PointSeries } from '../../../simulations/run/series.ts';
import {
  bucketsIn,
  bucketUsOf,
  fullestBucket,
  placesIn,
  quantileOf,
  spreadOf,
} from '../../../simulations/run/series-window.ts';
import { Distribution } from '../../../simulations/search/sweep/distribution.ts';
import { metricSpread } from '../../../simulations/search/sweep/spread.ts';

function eventsAt(times: readonly (readonly [atUs: number, good: boolean])[]): EventSeries {
  const rising = times.toSorted(([a], [b]) => a - b);
  return {
    kind: 'share',
    id: 'e',
    title: 'E',
    unit: 'ratio',
    atUs: Float64Array.from(rising, ([us]) => us),
    good: Uint8Array.from(rising, ([, good]) => Number(good)),
    words: ['ok', 'not ok'],
  };
}

function pointsOf(values: readonly number[], endings: readonly number[] = values.map(() => 0)): PointSeries {
  return {
    kind: 'points',
    id: 'p',
    title: 'P',
    unit: 'us',
    atUs: Float64Array.from(values.keys()),
    values: Float64Array.from(values),
    operations: Int32Array.from(values.keys()),
    endings: Uint8Array.from(endings),
  };
}

const event = fc.tuple(fc.integer({ min: 0, max: 200 }), fc.boolean());

describe('buckets', () => {
  test.each([
    [1_000, 100, 10],
    [1_001, 100, 20],
    [350_000, 90, 5_000],
    [40, 100, 1],
    [2_500_000, 120, 50_000],
  ])('a window of %i us in at most %i buckets has buckets of %i us', (spanUs, most, us) => {
    expect(bucketUsOf(spanUs, most)).toBe(us);
  });

  test('buckets begin at multiples of their length and a bucket without events is left out', () => {
    const events = eventsAt([
      [9, true],
      [10, true],
      [19, false],
      [40, false],
    ]);
    expect(bucketsIn(events, { fromUs: 12, untilUs: 40 }, 10)).toEqual([
      { fromUs: 10, good: 1, all: 2 },
      { fromUs: 40, good: 0, all: 1 },
    ]);
  });

  test('they count what a filter counts, and the same one when the window moves (any events)', () => {
    fc.assert(
      fc.property(
        fc.array(event, { maxLength: 60 }),
        fc.integer({ min: 0, max: 200 }),
        fc.integer({ min: 0, max: 100 }),
        fc.constantFrom(1, 5, 10, 50),
        (times, fromUs, spanUs, bucketUs) => {
          const events = eventsAt(times);
          const buckets = bucketsIn(events, { fromUs, untilUs: fromUs + spanUs }, bucketUs);
          for (const bucket of buckets) {
            const own = times.filter(([us]) => us >= bucket.fromUs && us < bucket.fromUs + bucketUs);
            expect([bucket.all, bucket.good]).toEqual([own.length, own.filter(([, good]) => good).length]);
            expect(bucket.all).toBeLessThanOrEqual(fullestBucket(events, bucketUs));
          }
          const seen = times.filter(([us]) => us >= fromUs && us <= fromUs + spanUs).length;
          expect(buckets.reduce((sum, { all }) => sum + all, 0)).toBeGreaterThanOrEqual(seen);
          const whole = bucketsIn(events, { fromUs: 0, untilUs: 300 }, bucketUs);
          expect(Math.max(0, ...whole.map(({ all }) => all))).toBe(fullestBucket(events, bucketUs));
        },
      ),
    );
  });

  test('the places in a window are those that a filter finds (any events)', () => {
    fc.assert(
      fc.property(fc.array(event), fc.integer(), fc.nat(300), (times, fromUs, spanUs) => {
        const { atUs } = eventsAt(times);
        const { first, end } = placesIn(atUs, fromUs, fromUs + spanUs);
        expect([...atUs.slice(first, end)]).toEqual([...atUs].filter((us) => us >= fromUs && us <= fromUs + spanUs));
      }),
    );
  });
});

describe('distributions', () => {
  test('quantiles are the smallest value with at least that share at or below it (any values)', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 1, maxLength: 200 }),
        fc.constantFrom(0, 0.5, 0.9, 0.99, 1),
        (values, share) => {
          const rising = values.toSorted((a, b) => a - b);
          const naive = rising[Math.max(0, Math.ceil(share * values.length - 1e-9) - 1)];
          expect(quantileOf(spreadOf(pointsOf(values)), share)).toBe(naive);
        },
      ),
    );
  });

  test('unknown, failed and timed-out values are not counted; of none there is no quantile', () => {
    const spread = spreadOf(pointsOf([5, Number.NaN, 9, 7], [0, 0, 1, 2]));
    expect([spread.count, quantileOf(spread, 1)]).toEqual([1, 5]);
    expect(quantileOf(spreadOf(pointsOf([])), 0.5)).toBeUndefined();
  });

  test('one value is its own median and its own maximum', () => {
    const spread = spreadOf(pointsOf([42]));
    expect([quantileOf(spread, 0.5), quantileOf(spread, 0.99), quantileOf(spread, 1)]).toEqual([42, 42, 42]);
  });

  test('a level is weighed by time: 0 for 20 us, 2 for 50, 1 for 30', () => {
    const level: LevelSeries = {
      kind: 'level',
      id: 'l',
      title: 'L',
      unit: 'count',
      atUs: Float64Array.of(20, 70),
      values: Float64Array.of(2, 1),
      endUs: 100,
    };
    const spread = spreadOf(level);
    expect([...spread.values]).toEqual([0, 1, 2]);
    expect([...spread.shares]).toEqual([0.2, 0.5, 1]);
    expect([quantileOf(spread, 0.5), quantileOf(spread, 0.99)]).toEqual([1, 2]);
  });

  test.each(['us', 'count', 'ratio'] as const)('a metric of many seeds comes back in its unit (%s)', (unit) => {
    const distribution = new Distribution(unit);
    for (const value of [0, 0.5, 0.5, 3]) distribution.record(unit === 'us' ? value * 1000 : value);
    const { buckets, extremes } = distribution;
    const spread = metricSpread({ title: 'M', unit, ...extremes, buckets });
    expect([...spread.values].map((value) => (unit === 'us' ? value / 1000 : value))).toEqual([0, 0.5, 3]);
    expect([...spread.shares]).toEqual([0.25, 0.75, 1]);
    expect(spread.count).toBe(4);
  });
});
