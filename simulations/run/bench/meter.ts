import type { Stopwatch } from './rate.ts';

/** What a measurement needs of its surroundings. */
export interface Meter {
  readonly now: Stopwatch;
  /** Bytes on the heap after a full collection. */
  readonly heapBytes: () => number;
}

/** How much is measured. */
export interface Size {
  /** How long the run that rates are measured on lasts in simulated time. */
  readonly busyUs: number;
  /** Events, at least, of the run that is kept. */
  readonly keptEvents: number;
  /** Moments of the kept run that are looked at. */
  readonly looks: number;
}

/** The size that the targets are about. */
export const FULL: Size = { busyUs: 20_000_000, keptEvents: 200_000, looks: 300 };
