import { CHUNK_SEEDS, type Seeds, type StopReason, type StopRule, seedCount } from './job.ts';
import { type Tally, TallyBook } from './tally.ts';

/** How far a sweep has come: the tally of its first seeds. Enough to go on from. */
export interface SweepState {
  /** The first seed that is not in the tally. */
  readonly next: number;
  /** Why no more seeds are needed; null while they are, or when all have run. */
  readonly stopped: StopReason | null;
  readonly tally: Tally;
}

/** The state of a sweep that has not begun. */
export function blankState(seeds: Seeds): SweepState {
  return { next: seeds.from, stopped: null, tally: new TallyBook().tally() };
}

/** Whether nothing is left to run. */
export function isFinished({ next, stopped }: Omit<SweepState, 'tally'>, seeds: Seeds): boolean {
  return stopped !== null || next > seeds.to;
}

/**
 * The books of one sweep: which chunks are out, which came back. Chunks come back in any order and are added up in the order of their
 * seeds, so an early stop always falls on the shortest beginning that satisfies its rule.
 */
export class Ledger {
  readonly #seeds: Seeds;
  readonly #stop: StopRule;
  readonly #book = new TallyBook();
  readonly #returned: Seeds[] = [];
  readonly #early = new Map<number, { readonly seeds: Seeds; readonly tally: Tally }>();
  #fresh: number;
  #next: number;
  #stopped: StopReason | null;

  constructor(seeds: Seeds, stop: StopRule, begun: SweepState) {
    this.#seeds = seeds;
    this.#stop = stop;
    this.#book.addTally(begun.tally);
    this.#fresh = begun.next;
    this.#next = begun.next;
    this.#stopped = begun.stopped;
  }

  /** The next chunk to run, lowest seeds first; undefined when all are out or no more are needed. */
  take(): Seeds | undefined {
    if (this.#stopped !== null) return undefined;
    const again = this.#returned.shift();
    if (again !== undefined) return again;
    const from = this.#fresh;
    if (from > this.#seeds.to) return undefined;
    // Chunks begin at fixed seeds, wherever an earlier start of the sweep broke off.
    const grid = this.#seeds.from + (Math.floor((from - this.#seeds.from) / CHUNK_SEEDS) + 1) * CHUNK_SEEDS - 1;
    const to = Math.min(grid, this.#seeds.to);
    this.#fresh = to + 1;
    return { from, to };
  }

  /** A chunk that was taken and will not be answered: it is to be run again. */
  giveBack(seeds: Seeds): void {
    this.#returned.push(seeds);
    this.#returned.sort((a, b) => a.from - b.from);
  }

  /** The answer to a chunk that was taken. */
  accept(seeds: Seeds, tally: Tally): void {
    this.#early.set(seeds.from, { seeds, tally });
    for (let due = this.#early.get(this.#next); due !== undefined; due = this.#early.get(this.#next)) {
      if (this.#stopped !== null) return;
      this.#early.delete(this.#next);
      this.#book.addTally(due.tally);
      this.#next = due.seeds.to + 1;
      this.#stopped = this.#reason();
    }
  }

  get finished(): boolean {
    return isFinished({ next: this.#next, stopped: this.#stopped }, this.#seeds);
  }

  /** Seeds that have run, in order or not. */
  get ran(): number {
    const early = [...this.#early.values()].reduce((sum, { seeds }) => sum + seedCount(seeds), 0);
    return this.#next - this.#seeds.from + early;
  }

  get state(): SweepState {
    return { next: this.#next, stopped: this.#stopped, tally: this.#book.tally() };
  }

  #reason(): StopReason | null {
    const { violations, width } = this.#stop;
    if (violations !== undefined && this.#book.violations >= violations) return 'violations';
    if (width === undefined) return null;
    const rates = this.#book.rates();
    return rates.length > 0 && rates.every(({ low, high }) => high - low < width) ? 'width' : null;
  }
}
