import {
  bucketsIn,
  ENDINGS,
  type EventSeries,
  type LevelSeries,
  type PointSeries,
  placesIn,
  type Spread,
  tenth,
} from '../../../simulations/index.ts';
import type { ValueAxis } from './series-axis.ts';
import type { MarginField, SeriesFrame } from './series-frame.ts';

/** Points as paths of dots: to be stroked with round or square caps, with rings and with crosses. */
export interface DotPaths {
  readonly ok: string;
  readonly unknown: string;
  readonly failed: string;
}

/** With more points than this in view, those of one cell of this many px are one. */
const APART_MAX = 1_500;
const CELL_PX = 2;

/** The dots of a window. A run of any length makes no more of them than there are cells in the row. */
export function dotPaths(series: PointSeries, frame: SeriesFrame, axis: ValueAxis): DotPaths {
  const { first, end } = placesIn(series.atUs, frame.fromUs, frame.untilUs);
  const crowded = end - first > APART_MAX;
  const taken = new Set<number>();
  const paths = { ok: '', unknown: '', failed: '' };
  for (let at = first; at < end; at++) {
    const value = series.values[at]!;
    const known = !Number.isNaN(value);
    let [x, y] = [frame.x(series.atUs[at]!), known ? axis.at(value) : axis.floor];
    const ending = ENDINGS[series.endings[at]!];
    if (crowded) {
      x = Math.round(x / CELL_PX) * CELL_PX;
      y = Math.round(y / CELL_PX) * CELL_PX;
      const cell = (x * 1024 + y) * 4 + series.endings[at]!;
      if (taken.has(cell)) continue;
      taken.add(cell);
    }
    if (ending === 'fail') paths.failed += `M${tenth(x - 2)} ${tenth(y - 2)}l4 4m0 -4l-4 4`;
    else if (ending === 'info' || !known) paths.unknown += ring(x, y, 2.2);
    else paths.ok += `M${tenth(x)} ${tenth(y)}h0`;
  }
  return paths;
}

function ring(x: number, y: number, r: number): string {
  return `M${tenth(x - r)} ${tenth(y)}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0`;
}

/** A level in a window as steps; where several changes share a pixel, as the range that they cover. */
export function levelPath({ atUs, values }: LevelSeries, frame: SeriesFrame, axis: ValueAxis): string {
  const { first, end } = placesIn(atUs, frame.fromUs, frame.untilUs);
  let value = first === 0 ? 0 : values[first - 1]!;
  let path = `M${frame.left} ${tenth(axis.at(value))}`;
  for (let at = first; at < end; ) {
    const px = Math.round(frame.x(atUs[at]!) * 2) / 2;
    let [low, high] = [value, value];
    for (; at < end && Math.round(frame.x(atUs[at]!) * 2) / 2 === px; at++) {
      value = values[at]!;
      if (value < low) low = value;
      if (value > high) high = value;
    }
    path += `H${px}`;
    if (low < value && low !== high) path += `V${tenth(axis.at(low))}`;
    if (high > value) path += `V${tenth(axis.at(high))}`;
    path += `V${tenth(axis.at(value))}`;
  }
  return `${path}H${tenth(frame.right)}`;
}

/** A run's level, closed along the bottom, for its fill. */
export function areaUnder(path: string, frame: SeriesFrame, axis: ValueAxis): string {
  return `${path}V${axis.floor}H${frame.left}Z`;
}

/** Bars of time: the good part from the bottom, the rest on top of it. */
export interface BarPaths {
  readonly good: string;
  readonly rest: string;
}

/** The bars of a window. A bucket without events has none, which is not the same as a bar of height 0. */
export function barPaths(series: EventSeries, frame: SeriesFrame, axis: ValueAxis, bucketUs: number): BarPaths {
  const paths = { good: '', rest: '' };
  const width = Math.max(1, frame.x(bucketUs) - frame.x(0) - 1);
  for (const { fromUs, good, all } of bucketsIn(series, frame, bucketUs)) {
    const x = tenth(frame.x(fromUs));
    const of = series.kind === 'share' ? all : 1;
    const [base, middle, top] = [axis.floor, axis.at(good / of), axis.at(all / of)];
    if (good > 0) paths.good += `M${x} ${tenth(base)}V${tenth(middle)}h${tenth(width)}V${tenth(base)}Z`;
    // Strokes lie half a pixel inside, so that a row of them keeps its gaps.
    if (good < all)
      paths.rest += `M${tenth(x + 0.5)} ${tenth(middle)}V${tenth(top)}h${tenth(Math.max(0, width - 1))}V${tenth(middle)}Z`;
  }
  return paths;
}

/** A distribution, its shares across and its values up, as the row has them. */
export function marginPath({ values, shares }: Spread, margin: MarginField, axis: ValueAxis): string {
  if (values.length === 0) return '';
  let path = `M${tenth(margin.left)} ${tenth(axis.at(values[0]!))}`;
  let [lastX, lastY] = [margin.left, axis.at(values[0]!)];
  for (let at = 0; at < values.length; at++) {
    const [x, y] = [margin.x(shares[at]!), axis.at(values[at]!)];
    // Corners within half a pixel of the last one cannot be seen.
    if (at < values.length - 1 && Math.abs(x - lastX) < 0.5 && Math.abs(y - lastY) < 0.5) continue;
    path += `V${tenth(y)}H${tenth(x)}`;
    [lastX, lastY] = [x, y];
  }
  return path;
}

/** The operation whose point is nearest to a place in the plot, within `reach` px; undefined: none. */
export function nearestPoint(
  series: PointSeries,
  frame: SeriesFrame,
  axis: ValueAxis,
  { x, y, reach }: { readonly x: number; readonly y: number; readonly reach: number },
): number | undefined {
  const { first, end } = placesIn(series.atUs, frame.us(x - reach), frame.us(x + reach));
  let best: number | undefined;
  let least = reach;
  for (let at = first; at < end; at++) {
    const value = series.values[at]!;
    const away = Math.hypot(frame.x(series.atUs[at]!) - x, (Number.isNaN(value) ? axis.floor : axis.at(value)) - y);
    if (away > least) continue;
    [best, least] = [at, away];
  }
  return best;
}
