import { formatDuration } from '../index.ts';
import { withCommas } from './output.ts';

/** Between two lines where lines cannot be overwritten. */
const PLAIN_EVERY_MS = 5000;
const TERMINAL_EVERY_MS = 100;

/** How far a sweep is, on standard error: one line that is overwritten on a terminal, else a line now and then. */
export class ProgressLine {
  readonly #shown: boolean;
  readonly #overwrites = process.stderr.isTTY === true;
  #startedMs = performance.now();
  #startedAt = 0;
  #lastMs = Number.NEGATIVE_INFINITY;

  /** `wanted`: also where standard error is not a terminal. */
  constructor(wanted: boolean) {
    this.#shown = wanted || this.#overwrites;
  }

  /** Begins to measure speed; `ran` seeds have run before. */
  begin(ran: number): void {
    this.#startedMs = performance.now();
    this.#startedAt = ran;
    this.#lastMs = Number.NEGATIVE_INFINITY;
  }

  /** `ran` of `of` seeds have run. */
  show(title: string, ran: number, of: number): void {
    const nowMs = performance.now();
    if (!this.#shown || nowMs - this.#lastMs < (this.#overwrites ? TERMINAL_EVERY_MS : PLAIN_EVERY_MS)) return;
    this.#lastMs = nowMs;
    const speed = this.#seedsPerSecond(ran, nowMs);
    const left = formatDuration(Math.ceil((of - ran) / speed) * 1_000_000);
    this.#write(`${title}${withCommas(ran)} of ${withCommas(of)} seeds, ${withCommas(speed)} a second, ${left} left`);
  }

  /** The last line: how many seeds have run and how fast. */
  end(title: string, ran: number): void {
    if (!this.#shown) return;
    const nowMs = performance.now();
    const took = formatDuration(Math.round((nowMs - this.#startedMs) / 100) * 100_000);
    const speed = withCommas(this.#seedsPerSecond(ran, nowMs));
    this.#write(`${title}${withCommas(ran - this.#startedAt)} seeds in ${took}, ${speed} a second`);
    if (this.#overwrites) process.stderr.write('\n');
  }

  #seedsPerSecond(ran: number, nowMs: number): number {
    return ((ran - this.#startedAt) / Math.max(nowMs - this.#startedMs, 1)) * 1000;
  }

  #write(line: string): void {
    process.stderr.write(this.#overwrites ? `\r\x1b[K${line}` : `${line}\n`);
  }
}
