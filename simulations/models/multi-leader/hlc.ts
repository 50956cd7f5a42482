/**
 * A hybrid logical clock (Kulkarni, Demirbas, Madappa, Avva, Leone, OPODIS 2014): the wall clock, but never behind what its owner has seen.
 * An event that had seen another always gets the later reading, whatever the skew; of concurrent ones the one with the faster clock does.
 */
export type HybridClock = { readonly timeUs: number; readonly counter: number };

export const HYBRID_ZERO: HybridClock = { timeUs: 0, counter: 0 };

/** The reading for a new local event: the wall clock, or one count on when that is not ahead. */
export function tickClock(clock: HybridClock, wallUs: number): HybridClock {
  return wallUs > clock.timeUs ? { timeUs: wallUs, counter: 0 } : { timeUs: clock.timeUs, counter: clock.counter + 1 };
}

/** The later of two readings: what an owner has seen after it heard of the other. */
export function laterClock(a: HybridClock, b: HybridClock): HybridClock {
  return b.timeUs > a.timeUs || (b.timeUs === a.timeUs && b.counter > a.counter) ? b : a;
}
