import { formatCount, formatDuration } from '../../../../simulations/index.ts';

/** The unit in which a run's times are read: milliseconds for short runs, seconds and hours for long ones. */
export interface TimeUnit {
  readonly name: 'ms' | 's' | 'h';
  readonly us: number;
  readonly digits: number;
}

const units: readonly TimeUnit[] = [
  { name: 'ms', us: 1_000, digits: 1 },
  { name: 's', us: 1_000_000, digits: 2 },
  { name: 'h', us: 3_600_000_000, digits: 3 },
];

/** Milliseconds up to 100 s, seconds up to ten hours, then hours. */
export function unitOf(durationUs: number): TimeUnit {
  if (durationUs <= 100_000_000) return units[0]!;
  return durationUs <= 36_000_000_000 ? units[1]! : units[2]!;
}

const formats = new Map<number, Intl.NumberFormat>();

/** Making one takes a hundred times as long as using it, and every frame of the lab writes dozens of numbers. */
function formatOf(digits: number): Intl.NumberFormat {
  const known =
    formats.get(digits) ??
    new Intl.NumberFormat('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
  formats.set(digits, known);
  return known;
}

/** `661.4`, with thousands in commas; no unit. */
export function formatTime(us: number, unit: TimeUnit): string {
  return formatOf(unit.digits).format(us / unit.us);
}

/** `661.4 ms`. */
export function formatTimeUnit(us: number, unit: TimeUnit): string {
  return `${formatTime(us, unit)} ${unit.name}`;
}

/** How long something still takes, `3,755.2 ms`, as the run's times are read; in hours a few seconds would be nothing: `1.5 s`. */
export function formatWait(us: number, unit: TimeUnit): string {
  return unit.name === 'ms' ? formatTimeUnit(us, unit) : formatDuration(us);
}

/** `1 check`, `6 checks`. */
export function plural(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`;
}
