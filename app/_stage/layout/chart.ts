import { nice, ticks as ticksIn } from 'd3';
import { formatCount } from '../../../simulations/index.ts';
import { linearScale, logScale } from './scale.ts';

/** What an axis measures. `ratio` is shown in percent; `us` in milliseconds. */
export type ChartUnit = 'ratio' | 'us' | 'ms' | 's' | 'count';

/** An axis of a chart. */
export interface ChartAxis {
  /** What it measures, without the unit: `read latency`. */
  readonly label: string;
  readonly unit: ChartUnit;
  /** Powers of ten at equal distances. Values at or below `from` lie on the edge. Default false. */
  readonly log?: boolean;
  /** Ends of the axis. Default: those of the data, rounded. */
  readonly from?: number;
  readonly to?: number;
}

/** An axis laid out on a range of px. */
export interface LaidAxis {
  readonly from: number;
  readonly to: number;
  readonly ticks: readonly { readonly value: number; readonly at: number; readonly label: string }[];
  /** Places without a label. */
  readonly minor: readonly number[];
  /** Where a value stands; outside values stand at the ends. */
  at(value: number): number;
}

/** Lays an axis out over the values it must hold. */
export function layAxis(axis: ChartAxis, values: readonly number[], range: readonly [number, number]): LaidAxis {
  const usable = axis.log ? values.filter((value) => value > 0) : values;
  const low = axis.from ?? (usable.length === 0 ? (axis.log ? 1 : 0) : Math.min(...usable));
  const high = axis.to ?? (usable.length === 0 ? 1 : Math.max(...usable));
  if (axis.log) return layLog(axis, low, Math.max(high, low * 10), range);
  const ends = [low, high > low ? high : low + 1] as const;
  const [from, to] = axis.from === undefined && axis.to === undefined ? nice(...ends, 5) : ends;
  const { at } = linearScale([from, to], range);
  const ticks = ticksIn(from, to, Math.max(2, Math.abs(range[1] - range[0]) / 70));
  return {
    from,
    to,
    ticks: ticks.map((value) => ({ value, at: at(value), label: formatValue(value, axis.unit) })),
    minor: [],
    at: (value) => at(Math.max(from, Math.min(to, value))),
  };
}

function layLog(axis: ChartAxis, low: number, high: number, range: readonly [number, number]): LaidAxis {
  const from = axis.from ?? 10 ** Math.floor(Math.log10(low) + 1e-9);
  const to = axis.to ?? 10 ** Math.ceil(Math.log10(high) - 1e-9);
  const scale = logScale([from, to], range);
  const ticks: LaidAxis['ticks'][number][] = [];
  const minor: number[] = [];
  for (let power = Math.floor(Math.log10(from) + 1e-9); power <= Math.log10(to) + 1e-9; power++) {
    for (let digit = 1; digit <= 9; digit++) {
      const value = Number((digit * 10 ** power).toPrecision(3));
      if (value < from * 0.999 || value > to * 1.001) continue;
      if (digit === 1) ticks.push({ value, at: scale(value), label: formatValue(value, axis.unit) });
      else minor.push(scale(value));
    }
  }
  return { from, to, ticks, minor, at: (value) => scale(Math.max(from, Math.min(to, value))) };
}

/** A value in its unit, as on an axis: `0.1 %`, `43.2`. Only percentages carry their sign. */
export function formatValue(value: number, unit: ChartUnit): string {
  switch (unit) {
    case 'ratio':
      return `${formatCount(Number((value * 100).toPrecision(4)))} %`;
    case 'us':
      return formatCount(Number((value / 1000).toPrecision(4)));
    default:
      return formatCount(Number(value.toPrecision(4)));
  }
}

/** An axis's label with its unit: `read latency, ms`. */
export function axisTitle({ label, unit }: ChartAxis): string {
  return unit === 'ratio' || unit === 'count' ? label : `${label}, ${unit === 'us' ? 'ms' : unit}`;
}

/** Moves labels apart along y, so that each keeps `pitch` to the next; their order stays. */
export function spreadLabels(
  wanted: readonly number[],
  pitch: number,
  [top, bottom]: readonly [number, number],
): readonly number[] {
  const order = wanted.map((_, at) => at).sort((a, b) => wanted[a]! - wanted[b]!);
  const placed = [...wanted];
  let least = top;
  for (const at of order) {
    placed[at] = Math.max(wanted[at]!, least);
    least = placed[at]! + pitch;
  }
  let most = bottom;
  for (const at of order.reverse()) {
    placed[at] = Math.min(placed[at]!, most);
    most = placed[at]! - pitch;
  }
  return placed;
}
