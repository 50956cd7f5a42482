/** Integer microseconds of true simulated time, from 0. Only the kernel sees it; machines read their host's clock. */
export type Micros = number & { readonly __brand: 'Micros' };

/** The seed of a run: an unsigned 32-bit integer. */
export type Seed = number & { readonly __brand: 'Seed' };

/** The largest instant a run may reach: 10 years, far below the 2^53 limit of exact integers. */
export const MICROS_MAX = 315_576_000_000_000 as Micros;

/** Brands a whole number of microseconds. Throws on fractions, negatives and anything beyond {@link MICROS_MAX}. */
export function micros(value: number): Micros {
  if (!Number.isSafeInteger(value) || value < 0 || value > MICROS_MAX) {
    throw new RangeError(`not an instant in microseconds: ${value} (a whole number from 0 to ${MICROS_MAX})`);
  }
  return value as Micros;
}

/** Brands an unsigned 32-bit seed. Throws on anything else. */
export function seed(value: number): Seed {
  if (!Number.isInteger(value) || value < 0 || value > 0xffffffff) {
    throw new RangeError(`not a seed: ${value} (a whole number from 0 to 4294967295)`);
  }
  return value as Seed;
}

/** The same time, as a small integer where it fits (up to 35 minutes): V8 allocates any other number anew wherever it is stored. */
export function small(us: number): number {
  const integer = us | 0;
  return integer === us ? integer : us;
}
