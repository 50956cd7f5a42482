import {
  bucketsIn,
  ENDINGS,
  formatCount,
  formatMs,
  operationName,
  placesIn,
  type Run,
  type Series,
} from '../../../../simulations/index.ts';
import { formatValue } from '../../../_stage/layout/chart.ts';

export interface Pointed {
  readonly atUs: number;
  /** A point that the pointer is on. */
  readonly place: number | undefined;
  readonly bucketUs: number;
}

/** How an operation ended, for a reader. */
export const endingWords = { ok: 'ok', info: 'unknown', fail: 'failed' } as const;

/** What stands at a place of a row, in words: `read 17 at 661.4 ms: 43.2 ms, ok`. */
export function pointWords(run: Run, series: Series, { atUs, place, bucketUs }: Pointed): string {
  const at = `${formatMs(atUs)} ms`;
  switch (series.kind) {
    case 'points': {
      if (place === undefined) return at;
      const operation = run.record.operations[series.operations[place]!]!;
      const ending = endingWords[ENDINGS[series.endings[place]!]!];
      return `${operationName(run, operation)} at ${formatMs(series.atUs[place]!)} ms: ${valueWords(series.values[place]!, series.unit)}, ${ending}`;
    }
    case 'level': {
      const { end } = placesIn(series.atUs, 0, atUs);
      return `${at}: ${valueWords(end === 0 ? 0 : series.values[end - 1]!, series.unit)}`;
    }
    case 'share':
    case 'count': {
      const [bucket] = bucketsIn(series, { fromUs: atUs, untilUs: atUs }, bucketUs);
      const good = bucket === undefined ? 0 : bucket.good;
      const rest = bucket === undefined ? 0 : bucket.all - bucket.good;
      const fromUs = Math.floor(atUs / bucketUs) * bucketUs;
      const span = `${formatMs(fromUs)} to ${formatMs(fromUs + bucketUs)} ms`;
      return `${span}: ${formatCount(good)} ${series.words[0]}, ${formatCount(rest)} ${series.words[1]}`;
    }
  }
}

/** A value with its unit; `unknown` where it is. */
export function valueWords(value: number, unit: Series['unit']): string {
  if (Number.isNaN(value)) return 'unknown';
  return unit === 'us' ? `${formatValue(value, 'us')} ms` : formatValue(value, unit);
}
