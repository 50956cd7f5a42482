import { joinVectors, NO_VECTOR, type Vector } from './vectors.ts';

/**
 * A counter that goes up and down (Shapiro et al. 2011, specification 7): each region counts its own increments and its own decrements, and
 * nobody else writes those two numbers. So the larger of two copies of a number is the newer one, and the sum is exact.
 */
export type PnCounter = { readonly increments: Vector; readonly decrements: Vector };

export const ZERO: PnCounter = { increments: NO_VECTOR, decrements: NO_VECTOR };

/** For each region the larger of its numbers. Commutative, associative, idempotent. */
export function mergeCounters(a: PnCounter, b: PnCounter): PnCounter {
  return {
    increments: joinVectors(a.increments, b.increments),
    decrements: joinVectors(a.decrements, b.decrements),
  };
}

/** What a change by `amount` through the region `name` changes: that region's own number. */
export function countDelta({ increments, decrements }: PnCounter, name: string, amount: number): PnCounter {
  if (amount >= 0) return { increments: { [name]: (increments[name] ?? 0) + amount }, decrements: NO_VECTOR };
  return { increments: NO_VECTOR, decrements: { [name]: (decrements[name] ?? 0) - amount } };
}

/** All increments less all decrements. */
export function countOf({ increments, decrements }: PnCounter): number {
  return sumOf(increments) - sumOf(decrements);
}

/** The sum of a vector's entries. */
function sumOf(vector: Vector): number {
  let sum = 0;
  for (const name in vector) sum += vector[name]!;
  return sum;
}
