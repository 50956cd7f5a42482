import { ticks as niceTicks } from 'd3';

/** A tick of a time axis. */
export interface TimeTick {
  readonly us: number;
  readonly major: boolean;
  /** Major ticks only: the number without its unit. */
  readonly label: string;
}

export interface TimeAxis {
  /** Of all labels: `us`, `ms` or `s`. */
  readonly unit: string;
  readonly ticks: readonly TimeTick[];
}

const UNITS = [
  { unit: 's', us: 1_000_000 },
  { unit: 'ms', us: 1000 },
  { unit: '\u00b5s', us: 1 },
] as const;

/** Ticks of a window: a label about every `labelPx`, one minor tick between two labels. */
export function timeAxis(fromUs: number, untilUs: number, widthPx: number, labelPx = 88): TimeAxis {
  const spanUs = Math.max(1, untilUs - fromUs);
  const { unit, us } = UNITS.find((candidate) => spanUs >= candidate.us * 20) ?? UNITS[2];
  const count = Math.max(2, Math.floor(widthPx / labelPx));
  const majors = niceTicks(fromUs / us, untilUs / us, count);
  const step = majors.length > 1 ? majors[1]! - majors[0]! : 1;
  const first = Math.ceil((fromUs / us / step) * 2) / 2;
  const ticks: TimeTick[] = [];
  for (let at = first; at * step * us <= untilUs; at += 0.5) {
    const major = Number.isInteger(at);
    const value = Number((at * step).toPrecision(12));
    ticks.push({ us: Math.round(value * us), major, label: major ? formatCount(value) : '' });
  }
  return { unit, ticks };
}

/** A number with commas between thousands; no trailing zeros. */
export function formatCount(value: number): string {
  const [whole = '', part] = String(value).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return part === undefined ? grouped : `${grouped}.${part}`;
}

/** An instant in milliseconds, as in `661.4`: tenths below ten seconds. */
export function formatMs(us: number): string {
  const [whole = '', part = ''] = (us / 1000).toFixed(1).split('.');
  return `${whole.replace(/\B(?=(\d{3})+$)/g, ',')}.${part}`;
}

/** An instant in milliseconds without a useless fraction: `505`, `661.4`. */
export function formatMsShort(us: number): string {
  return formatMs(us).replace(/\.0$/, '');
}
