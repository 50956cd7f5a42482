import {
  ENDINGS,
  formatCount,
  formatDuration,
  quantileOf,
  type Series,
  type Spread,
} from '../../../simulations/index.ts';
import { axisTitle, formatValue } from './chart.ts';

/** A row's title with its unit: `Read latency, ms`; of bars with the time that one of them stands for. */
export function seriesTitle({ title, unit, kind }: Series, bucketUs: number): string {
  const named = unit === 'ratio' ? `${title}, %` : axisTitle({ label: title, unit });
  return kind === 'share' || kind === 'count' ? `${named}, each ${formatDuration(bucketUs)}` : named;
}

/** What a series comes to over the whole run: in words what has no value, and its quantiles. */
export function seriesFigures(
  series: Series,
  spread: Spread | undefined,
): { readonly words: string; readonly quantiles: readonly (readonly [name: string, value: string])[] } {
  if (series.kind === 'share' || series.kind === 'count') {
    const { good, all } = partsOf(series);
    const rest = `${formatCount(all - good)} ${series.words[1]}`;
    if (series.kind === 'count') return { words: `${formatCount(all)}, ${rest}`, quantiles: [] };
    return { words: `${formatValue(good / all, 'ratio')} of ${formatCount(all)}, ${rest}`, quantiles: [] };
  }
  const { unknown, failed } = series.kind === 'points' ? uncountedOf(series) : { unknown: 0, failed: 0 };
  const notes = [
    ...(series.kind === 'points'
      ? [spread?.count === 0 ? 'none known' : `${formatCount(spread?.count ?? 0)} known`]
      : []),
    ...(unknown > 0 ? [`${formatCount(unknown)} unknown`] : []),
    ...(failed > 0 ? [`${formatCount(failed)} failed`] : []),
  ];
  const shown = spread === undefined || spread.values.length === 0 ? undefined : spread;
  const quantiles = (
    [
      ['p50', 0.5],
      ['p99', 0.99],
      ['max', 1],
    ] as const
  ).map(
    ([name, share]) => [name, shown === undefined ? '' : formatValue(quantileOf(shown, share)!, series.unit)] as const,
  );
  return { words: notes.join(', '), quantiles };
}

/** A series in a line, as it is spoken. */
export function seriesLabel(series: Series, spread: Spread | undefined): string {
  const { words, quantiles } = seriesFigures(series, spread);
  const told = quantiles.filter(([, value]) => value !== '').map(([name, value]) => `${name} ${value}`);
  return [`${axisTitle({ label: series.title, unit: series.unit })} over time`, words, ...told]
    .filter((part) => part !== '')
    .join(', ');
}

/** How many events of a whole run are good, of how many. */
export function partsOf({ good }: Extract<Series, { kind: 'share' | 'count' }>): {
  readonly good: number;
  readonly all: number;
} {
  return { good: good.reduce((sum, one) => sum + one, 0), all: good.length };
}

/** How many operations of a row have no counted value, by what is known of their end. */
function uncountedOf({ endings, values }: Extract<Series, { kind: 'points' }>): {
  readonly unknown: number;
  readonly failed: number;
} {
  let [unknown, failed] = [0, 0];
  for (let at = 0; at < endings.length; at++) {
    if (ENDINGS[endings[at]!] === 'fail') failed++;
    else if (ENDINGS[endings[at]!] === 'info' || Number.isNaN(values[at]!)) unknown++;
  }
  return { unknown, failed };
}
