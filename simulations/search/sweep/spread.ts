import type { Spread } from '../../run/series-window.ts';
import { Distribution } from './distribution.ts';
import type { MetricTally } from './tally.ts';

/** How a metric spreads over the seeds of a sweep that have it: values in its unit, good to three significant digits. */
export function metricSpread({ unit, buckets }: MetricTally): Spread {
  const one = new Distribution(unit);
  one.record(1);
  // Metrics are counted in whole numbers of something smaller than their unit; this is how many make one.
  const wholes = one.extremes.max;
  const count = buckets.reduce((sum, [, seeds]) => sum + seeds, 0);
  let below = 0;
  return {
    values: Float64Array.from(buckets, ([whole]) => Number((whole / wholes).toPrecision(4))),
    shares: Float64Array.from(buckets, ([, seeds]) => {
      below += seeds;
      return below / count;
    }),
    count,
  };
}
