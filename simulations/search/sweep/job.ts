import type { Interpreter } from '../../run/execute.ts';
import type { RunRequest } from '../../run/resolve.ts';

/** Rising seeds, both ends included; none when `to` is below `from`. */
export interface Seeds {
  readonly from: number;
  readonly to: number;
}

/** One setup on many seeds, as plain JSON: it travels to workers. */
export interface SweepJob {
  /** What each seed runs: a scenario's variant or a model, with changes. */
  readonly request: Omit<RunRequest, 'seed'>;
  readonly seeds: Seeds;
  /** Metrics of which every value is kept, for exact medians. Default none: distributions keep three significant digits. */
  readonly exact?: readonly string[];
  /** Default compiled. */
  readonly interpreter?: Interpreter;
}

/** When a sweep may end before its last seed; whichever comes first. */
export interface StopRule {
  /** After this many seeds that violate some property. */
  readonly violations?: number;
  /** When the interval of every rate is narrower than this, from 0 to 1. Properties that were judged in no seed do not count. */
  readonly width?: number;
}

/** Why a sweep ended before its last seed. */
export type StopReason = 'violations' | 'width';

/**
 * Seeds that a worker runs before it answers. Also the grain of early stops, so it is fixed: a result must depend neither on the number
 * of workers nor on their speed.
 */
export const CHUNK_SEEDS = 25;

/** How many seeds those are. */
export function seedCount({ from, to }: Seeds): number {
  return Math.max(0, to - from + 1);
}

/** The `index`-th (from 1) of `of` neighbouring parts, whose sizes differ by one at most. */
export function shardOf(seeds: Seeds, { index, of }: { readonly index: number; readonly of: number }): Seeds {
  const count = seedCount(seeds);
  const before = (shards: number) => Math.floor((count * shards) / of);
  return { from: seeds.from + before(index - 1), to: seeds.from + before(index) - 1 };
}
