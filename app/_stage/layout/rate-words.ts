// Pages that do not load the engine say rates, too: nothing of it is imported here but types.
import { formatCount, type Rate } from '../../../simulations/index.ts';

/** A ratio in percent with the figures that count: `11.8 %`, `0.24 %`, `99.962 %`. Only what is all of it says `100 %`. */
export function formatPercent(ratio: number): string {
  const percent = ratio * 100;
  if (percent > 99 && percent < 100) return `${formatCount(Number(percent.toFixed(digitsBelowAll(percent))))} %`;
  return `${formatCount(Number(percent >= 10 ? percent.toFixed(1) : percent.toPrecision(2)))} %`;
}

/** Decimals that keep two figures of what is missing to 100 %: 99.9616 leaves 0.038, so three. */
function digitsBelowAll(percent: number): number {
  const missing = Number((100 - percent).toPrecision(2));
  return Math.min(8, Math.max(1, 1 - Math.floor(Math.log10(missing))));
}

/** The interval of a rate in words. None and all are bounds from one side: `at most 0.038 %`, `at least 99.962 %`; else `14.1 % to 15.5 %`. */
export function formatInterval({ count, of, low, high }: Pick<Rate, 'count' | 'of' | 'low' | 'high'>): string {
  if (count === 0) return `at most ${formatPercent(high)}`;
  if (count === of) return `at least ${formatPercent(low)}`;
  return `${formatPercent(low)} to ${formatPercent(high)}`;
}
