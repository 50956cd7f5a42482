/** Milliseconds of wall-clock time on any origin; given from outside, since the engine has no clock. */
export type Stopwatch = () => number;

/** How much work was done: events, states. */
export type Round = () => number;

const WARM_UP_MS = 1_500;
const ROUND_MS = 250;
const ROUNDS = 8;

/** Work a second: of eight rounds of a quarter of a second after a warm-up the best, since other work can only slow a round down. */
export function bestRate(round: Round, now: Stopwatch): number {
  rateOver(round, now, WARM_UP_MS);
  let best = 0;
  for (let turn = 0; turn < ROUNDS; turn++) best = Math.max(best, rateOver(round, now, ROUND_MS));
  return best;
}

function rateOver(round: Round, now: Stopwatch, spanMs: number): number {
  const start = now();
  let work = 0;
  for (;;) {
    work += round();
    const spentMs = now() - start;
    if (spentMs >= spanMs) return (work / spentMs) * 1000;
  }
}

/** The value below which that share of the values lies; `share` from 0 to 1. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!;
}
