import type { Metric } from '../../../../simulations/index.ts';

/** A value of a metric in words: `330.3 ms`, `3.3 %`, `12`. */
export function formatAmount(unit: Metric['unit'], value: number): string {
  const digits = (number: number, most: number) => number.toLocaleString('en-US', { maximumFractionDigits: most });
  switch (unit) {
    case 'us':
      return value < 1_000_000 ? `${digits(value / 1000, 1)} ms` : `${digits(value / 1_000_000, 2)} s`;
    case 'ratio':
      return `${digits(value * 100, 2)} %`;
    case 'count':
      return digits(value, 2);
  }
}
