import { ENDINGS, type EventSeries, type LevelSeries, type PointSeries } from './series.ts';

/** The places of a rising column that lie in a window, ends included: `first` to before `end`. */
export function placesIn(
  atUs: Float64Array,
  fromUs: number,
  untilUs: number,
): { readonly first: number; readonly end: number } {
  return { first: below(atUs, fromUs, false), end: below(atUs, untilUs, true) };
}

function below(column: Float64Array, bound: number, included: boolean): number {
  let low = 0;
  let high = column.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (column[middle]! < bound || (included && column[middle] === bound)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The shortest bucket of 1, 2 or 5 times a power of ten microseconds, at least 1, of which a window has at most `most`. */
export function bucketUsOf(spanUs: number, most: number): number {
  const least = Math.max(1, spanUs / Math.max(1, most));
  let power = 1;
  while (power * 10 <= least) power *= 10;
  return [power, power * 2, power * 5].find((us) => us >= least) ?? power * 10;
}

/** Events of one bucket of time, from `fromUs` for one bucket's length. */
export interface Bucket {
  readonly fromUs: number;
  readonly good: number;
  readonly all: number;
}

/** The buckets that overlap a window and hold an event. They begin at multiples of `bucketUs`, so that they stay where they are when the window moves. */
export function bucketsIn(
  { atUs, good }: EventSeries,
  window: { readonly fromUs: number; readonly untilUs: number },
  bucketUs: number,
): readonly Bucket[] {
  const startUs = Math.floor(window.fromUs / bucketUs) * bucketUs;
  const buckets: { fromUs: number; good: number; all: number }[] = [];
  let open: { fromUs: number; good: number; all: number } | undefined;
  for (let at = placesIn(atUs, startUs, startUs).first; at < atUs.length; at++) {
    const fromUs = Math.floor(atUs[at]! / bucketUs) * bucketUs;
    if (fromUs > window.untilUs) break;
    if (open === undefined || open.fromUs !== fromUs) {
      open = { fromUs, good: 0, all: 0 };
      buckets.push(open);
    }
    open.good += good[at]!;
    open.all++;
  }
  return buckets;
}

/** Events in the fullest bucket of the whole run: the scale of its bars, whatever the window. */
export function fullestBucket({ atUs }: EventSeries, bucketUs: number): number {
  let [fullest, bucket, count] = [0, -1, 0];
  for (const us of atUs) {
    const own = Math.floor(us / bucketUs);
    count = own === bucket ? count + 1 : 1;
    bucket = own;
    if (count > fullest) fullest = count;
  }
  return fullest;
}

/** A distribution: its different values, rising, and the share at or below each. */
export interface Spread {
  readonly values: Float64Array;
  readonly shares: Float64Array;
  /** Values counted; of a level: its changes. */
  readonly count: number;
}

const known = new WeakMap<PointSeries | LevelSeries, Spread>();

/** How the values of a whole run spread: points by their number, a level by the time for which it held. Made once. */
export function spreadOf(series: PointSeries | LevelSeries): Spread {
  let spread = known.get(series);
  if (spread === undefined) {
    spread = series.kind === 'points' ? pointSpread(series) : levelSpread(series);
    known.set(series, spread);
  }
  return spread;
}

function pointSpread({ values, endings }: PointSeries): Spread {
  const ok = ENDINGS.indexOf('ok');
  const counted = values.filter((value, at) => endings[at] === ok && !Number.isNaN(value)).sort();
  const ends: number[] = [];
  for (let at = 0; at < counted.length; at++) if (counted[at] !== counted[at + 1]) ends.push(at);
  return {
    values: Float64Array.from(ends, (at) => counted[at]!),
    shares: Float64Array.from(ends, (at) => (at + 1) / counted.length),
    count: counted.length,
  };
}

function levelSpread({ atUs, values, endUs }: LevelSeries): Spread {
  const heldUs = new Map<number, number>();
  const hold = (value: number, us: number) => us > 0 && heldUs.set(value, (heldUs.get(value) ?? 0) + us);
  hold(0, Math.min(atUs[0] ?? endUs, endUs));
  for (let at = 0; at < atUs.length; at++) hold(values[at]!, Math.min(atUs[at + 1] ?? endUs, endUs) - atUs[at]!);
  const rising = [...heldUs].sort(([a], [b]) => a - b);
  let sumUs = 0;
  const shares = rising.map(([, us]) => {
    sumUs += us;
    return sumUs / endUs;
  });
  return {
    values: Float64Array.from(rising, ([value]) => value),
    shares: Float64Array.from(shares),
    count: atUs.length,
  };
}

/** The smallest value with at least that share at or below it; undefined when nothing was counted. */
export function quantileOf({ values, shares }: Spread, share: number): number | undefined {
  // A share such as 0.99 of 100 may lie a rounding error above the hundredth that it means.
  const at = shares.findIndex((one) => one >= share - 1e-12);
  return values[at < 0 ? values.length - 1 : at];
}
