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

/** `leastUs`: the shortest window that has labels of the unit. The playhead tells milliseconds to a tenth, so they serve down to two. */
const UNITS = [
  { unit: 's', us: 1_000_000, leastUs: 20_000_000 },
  { unit: 'ms', us: 1000, leastUs: 2000 },
  { unit: '\u00b5s', us: 1, leastUs: 0 },
] as const;

/** Ticks of a window: a label about every `labelPx`, one minor tick between two labels. */
export function timeAxis(fromUs: number, untilUs: number, widthPx: number, labelPx = 88): TimeAxis {
  const spanUs = Math.max(1, untilUs - fromUs);
  const { unit, us } = UNITS.find(({ leastUs }) => spanUs >= leastUs) ?? UNITS[2];
  const step = niceStep(spanUs / us, Math.max(2, Math.floor(widthPx / labelPx)));
  const ticks: TimeTick[] = [];
  for (let at = Math.ceil((fromUs / us / step) * 2) / 2; at * step * us <= untilUs; at += 0.5) {
    const major = Number.isInteger(at);
    const value = Number((at * step).toPrecision(12));
    ticks.push({ us: Math.round(value * us), major, label: major ? formatCount(value) : '' });
  }
  return { unit, ticks };
}

/** 1, 2 or 5 times a power of ten: the step that comes closest to that many in a span. */
function niceStep(span: number, count: number): number {
  const raw = span / count;
  let power = 1;
  while (power * 10 <= raw) power *= 10;
  while (power > raw) power /= 10;
  const part = raw / power;
  return power * (part >= Math.sqrt(50) ? 10 : part >= Math.sqrt(10) ? 5 : part >= Math.SQRT2 ? 2 : 1);
}

/** A number with commas between thousands; no trailing zeros. */
export function formatCount(value: number): string {
  const [whole = '', part] = String(value).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return part === undefined ? grouped : `${grouped}.${part}`;
}

/** An instant in milliseconds, to a tenth: `505.0`, `1,661.4`. */
export function formatMs(us: number): string {
  const [whole = '', tenths = ''] = (us / 1000).toFixed(1).split('.');
  return `${formatCount(Number(whole))}.${tenths}`;
}

/** The same without a useless fraction: `505`, `1,661.4`. */
export function formatMsShort(us: number): string {
  return formatMs(us).replace(/\.0$/, '');
}
