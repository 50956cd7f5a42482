/** A share with its 95 % Wilson score interval (Wilson 1927), all from 0 to 1. */
export interface Rate {
  readonly count: number;
  readonly of: number;
  readonly share: number;
  readonly low: number;
  readonly high: number;
}

const Z = 1.959963984540054;

/** The share of `count` in `of`, with its interval. With `of` 0 nothing is known: the interval is everything. */
export function rateOf(count: number, of: number): Rate {
  if (of === 0) return { count, of, share: 0, low: 0, high: 1 };
  const share = count / of;
  const zz = Z * Z;
  const centre = (share + zz / (2 * of)) / (1 + zz / of);
  const half = (Z / (1 + zz / of)) * Math.sqrt((share * (1 - share)) / of + zz / (4 * of * of));
  return { count, of, share, low: count === 0 ? 0 : centre - half, high: count === of ? 1 : centre + half };
}
