import { scaleLog } from 'd3';
import { fullestBucket, type Series, type Spread, spreadOf } from '../../../simulations/index.ts';
import { type ChartUnit, formatValue, layAxis } from './chart.ts';

/** The axis of a row's values. Lengths in px from the top of the plot. */
export interface ValueAxis {
  readonly height: number;
  readonly ticks: readonly { readonly at: number; readonly label: string }[];
  /** Where values that are 0 on a logarithmic axis, or unknown, lie. */
  readonly floor: number;
  at(value: number): number;
}

/** Labels closer than this would touch. */
const LABEL_PX = 11;

const HEIGHTS: Readonly<Record<Series['kind'], number>> = { points: 40, level: 30, share: 24, count: 30 };

/**
 * Lays the values of a series out: durations on powers of ten, with a floor for 0 below them; everything else from 0. With room for those of `beside`,
 * the same series of another run, so that the two have one scale.
 */
export function valueAxis(
  series: Series,
  spread: Spread | undefined,
  bucketUs: number,
  beside: Series | undefined = undefined,
): ValueAxis {
  const height = HEIGHTS[series.kind];
  const top = 4;
  if (series.kind === 'points' && series.unit === 'us') {
    const others = beside?.kind === 'points' ? shownValues(beside) : [];
    return logAxis([...shownValues(series), ...others], height, top);
  }
  const floor = height - 3;
  const greatest = Math.max(
    greatestOf(series, spread, bucketUs),
    beside === undefined ? 0 : greatestOf(beside, distributionOf(beside), bucketUs),
  );
  const axis = layAxis({ label: '', unit: 'count', from: 0, to: greatest }, [], [floor, top]);
  const unit: ChartUnit = series.kind === 'share' ? 'ratio' : series.unit;
  return {
    height,
    ticks: [0, greatest].map((value) => ({ at: axis.at(value), label: formatValue(value, unit).replace(' %', '') })),
    floor,
    at: axis.at,
  };
}

/** The distribution of a series that has one. */
export function distributionOf(series: Series): Spread | undefined {
  return series.kind === 'points' || series.kind === 'level' ? spreadOf(series) : undefined;
}

function greatestOf(series: Series, spread: Spread | undefined, bucketUs: number): number {
  switch (series.kind) {
    case 'share':
      return 1;
    case 'count':
      return Math.max(1, fullestBucket(series, bucketUs));
    default:
      return Math.max(series.unit === 'ratio' ? 0 : 1, spread?.values.at(-1) ?? 0);
  }
}

function logAxis(values: readonly number[], height: number, top: number): ValueAxis {
  const floor = height - 3;
  const hasZero = values.some((value) => value <= 0);
  const positive = values.filter((value) => value > 0);
  if (positive.length === 0) return { height, ticks: [{ at: floor, label: '0' }], floor, at: () => floor };
  const least = roundDown(positive.reduce((a, b) => Math.min(a, b)));
  const most = Math.max(least * 2, roundUp(positive.reduce((a, b) => Math.max(a, b))));
  const scale = scaleLog([least, most], [hasZero ? height - 12 : floor, top]);
  const ends = [most, least].map((value) => ({ at: scale(value), label: formatValue(value, 'us') }));
  // Powers of ten stand between the ends where their labels have room.
  const between = powersOfTen(least, most)
    .map((value) => ({ at: scale(value), label: formatValue(value, 'us') }))
    .filter(({ at }) => ends.every((end) => Math.abs(end.at - at) >= LABEL_PX));
  const zero = hasZero ? [{ at: floor, label: '0' }] : [];
  const ticks = [...ends, ...(between.length > 2 ? [] : between), ...zero];
  return { height, ticks, floor, at: (value) => (value <= 0 ? floor : scale(value)) };
}

/** The next 1, 2 or 5 times a power of ten, at most or at least a value. */
function roundDown(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value) + 1e-9);
  return power * ([5, 2].find((digit) => digit * power <= value) ?? 1);
}

function roundUp(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value) + 1e-9);
  return power * ([1, 2, 5].find((digit) => digit * power >= value) ?? 10);
}

function powersOfTen(least: number, most: number): readonly number[] {
  const powers: number[] = [];
  for (let power = 10 ** Math.ceil(Math.log10(least) + 1e-9); power < most; power *= 10) powers.push(power);
  return powers;
}

/** Values that are drawn, those of operations without an answer too. */
function shownValues({ values }: Extract<Series, { kind: 'points' }>): readonly number[] {
  return Array.from(values).filter((value) => !Number.isNaN(value));
}
