import type { Spread } from '../../../simulations/index.ts';
import { type LaidAxis, layAxis } from './chart.ts';

/** A stretch of an axis, in px, and the share of a distribution that lies in it. */
export interface Bin {
  readonly at: number;
  readonly width: number;
  readonly share: number;
}

/** Durations that span more than this factor stand on powers of ten. */
const LOG_FROM = 30;

/** The axis of a distribution and of one value beside it, which may lie outside of it. */
export function spreadAxis(
  spread: Spread,
  own: number | undefined,
  { isDuration, range }: { readonly isDuration: boolean; readonly range: readonly [number, number] },
): LaidAxis {
  const values = [spread.values[0] ?? 0, spread.values.at(-1) ?? 0, ...(own === undefined ? [] : [own])];
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const log = isDuration && least > 0 && most > least * LOG_FROM;
  // A single value stands in the middle.
  const room = most > least ? 0 : Math.max(1e-9, Math.abs(least)) / 2;
  return layAxis({ label: '', unit: 'count', log, from: least - room, to: most + room }, values, range);
}

/** The distribution in bins of about the same width, those without a value left out. */
export function binsOf(
  spread: Spread,
  axis: LaidAxis,
  [left, right]: readonly [number, number],
  count: number,
): readonly Bin[] {
  const width = (right - left) / count;
  const shares = new Float64Array(count);
  let below = 0;
  spread.values.forEach((value, at) => {
    const bin = Math.max(0, Math.min(count - 1, Math.floor((axis.at(value) - left) / width)));
    shares[bin]! += spread.shares[at]! - below;
    below = spread.shares[at]!;
  });
  return Array.from(shares, (share, bin) => ({ at: left + bin * width, width, share })).filter(
    ({ share }) => share > 0,
  );
}

/** The share of a distribution at or below a value; values count as equal within the precision in which sweeps keep them. */
export function shareUpTo({ values, shares }: Spread, value: number): number {
  const at = values.findLastIndex((one) => one <= value * (1 + 1e-4));
  return at < 0 ? 0 : shares[at]!;
}
