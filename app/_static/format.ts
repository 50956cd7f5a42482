import { formatCount, formatDuration, type Metric } from '../../simulations/index.ts';
import { formatPercent } from '../_stage/layout/rate-words.ts';

/** A metric's value with its unit, short enough for a table cell: `43.2 ms`, `9.6`, `3.3 %`. */
export function formatMetric({ unit, value }: Pick<Metric, 'unit' | 'value'>): string {
  switch (unit) {
    case 'us':
      return formatDuration(value < 100_000 ? Math.round(value / 100) * 100 : Math.round(value / 1000) * 1000);
    case 'ratio':
      return formatPercent(value);
    case 'count':
      return formatCount(Number(value.toFixed(1)));
  }
}

/** A sentence's first letter in capitals, its end with a full stop. */
export function sentence(text: string): string {
  const trimmed = text.trim();
  return `${trimmed.charAt(0).toUpperCase()}${trimmed.slice(1)}${/[.!?]$/.test(trimmed) ? '' : '.'}`;
}
