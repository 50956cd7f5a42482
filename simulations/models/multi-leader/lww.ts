import type { Value } from '../../kernel/value.ts';

/** A point in a total order: time, then counter, then node. No two writes share one. */
export type Stamp = { readonly timeUs: number; readonly counter: number; readonly node: string };

/**
 * A last-writer-wins register (Johnson and Thomas 1975; Shapiro et al. 2011, section 3.2.1): the value with the larger stamp stays, the other is
 * gone without a trace. It converges whatever the stamps are; what they are decides which of two concurrent writes is dropped.
 */
export type LwwCell = {
  readonly stamp: Stamp;
  /** The write that made it, such as `a14`. */
  readonly write: string;
  /** The region that took the write, and its number there. */
  readonly origin: string;
  readonly seq: number;
  /** A tombstone holds null. */
  readonly value: Value;
  readonly deleted: boolean;
};

/** Whether stamp `a` is the larger one. */
export function isLater(a: Stamp, b: Stamp): boolean {
  if (a.timeUs !== b.timeUs) return a.timeUs > b.timeUs;
  if (a.counter !== b.counter) return a.counter > b.counter;
  return a.node > b.node;
}

/** The cell with the larger stamp; `held` itself when that one stays. */
export function mergeLww(held: LwwCell, incoming: LwwCell): LwwCell {
  return isLater(incoming.stamp, held.stamp) ? incoming : held;
}
