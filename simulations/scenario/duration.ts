import { z } from 'zod';

const UNITS_US = { us: 1, ms: 1_000, s: 1_000_000, min: 60_000_000, h: 3_600_000_000, d: 86_400_000_000 } as const;
const PATTERN = /^(\d+(?:\.\d+)?)\s*(us|ms|s|min|h|d)$/;
const RANGE = /^(\d+(?:\.\d+)?)\s*to\s*(\d+(?:\.\d+)?)\s*(us|ms|s|min|h|d)$/;

/** How durations are written, for error messages. */
export const DURATION_FORMS = 'a duration such as 250 us, 40 ms, 2.5 s, 3 min, 1 h or 10 d';

/** `2.5 s` as whole microseconds; undefined when it is not a duration or not a whole number of microseconds. */
export function parseDuration(text: string): number | undefined {
  const match = PATTERN.exec(text.trim());
  if (match === null) return undefined;
  return wholeMicros(Number(match[1]), match[2] as keyof typeof UNITS_US);
}

/** `8 to 14 ms` as its two ends; undefined when it is not such a range. */
export function parseDurationRange(text: string): readonly [minUs: number, maxUs: number] | undefined {
  const match = RANGE.exec(text.trim());
  if (match === null) return undefined;
  const unit = match[3] as keyof typeof UNITS_US;
  const minUs = wholeMicros(Number(match[1]), unit);
  const maxUs = wholeMicros(Number(match[2]), unit);
  return minUs === undefined || maxUs === undefined || minUs > maxUs ? undefined : [minUs, maxUs];
}

function wholeMicros(count: number, unit: keyof typeof UNITS_US): number | undefined {
  const us = Math.round(count * UNITS_US[unit]);
  return Number.isSafeInteger(us) ? us : undefined;
}

/** Microseconds in the largest unit that keeps them short: `626 ms`, `2.5 s`, `10 d`. */
export function formatDuration(us: number): string {
  const sign = us < 0 ? '-' : '';
  const size = Math.abs(us);
  if (size === 0) return '0 ms';
  for (const [unit, unitUs] of [
    ['d', UNITS_US.d],
    ['h', UNITS_US.h],
    ['min', UNITS_US.min],
    ['s', UNITS_US.s],
    ['ms', UNITS_US.ms],
  ] as const) {
    const count = size / unitUs;
    if (
      count >= 1 &&
      Number.isInteger(Math.round(count * 1000)) &&
      Math.abs(Math.round(count * 1000) / 1000 - count) < 1e-12
    ) {
      return `${sign}${Math.round(count * 1000) / 1000} ${unit}`;
    }
  }
  return `${sign}${size} us`;
}

/** A duration in a scenario file: text with a unit, or whole microseconds. Gives whole microseconds. */
export const durationField = z
  .union([z.string(), z.number()])
  .transform((value, context) => {
    const us = typeof value === 'number' ? value : parseDuration(value);
    if (us !== undefined && Number.isSafeInteger(us) && us >= 0) return us;
    context.addIssue({ code: 'custom', message: DURATION_FORMS, input: value });
    return z.NEVER;
  })
  .meta({
    description: 'A duration: text with a unit (250 us, 40 ms, 2.5 s, 3 min, 1 h, 10 d) or whole microseconds.',
  });
