'use client';

import {
  bucketsIn,
  bucketUsOf,
  ENDINGS,
  type EventSeries,
  formatCount,
  formatMs,
  type LevelSeries,
  operationName,
  type PointSeries,
  placesIn,
  type Run,
  type Series,
  seriesOf,
  spreadOf,
} from '../../../../simulations/index.ts';
import { seriesLabel } from '../../../_stage/layout/series-figures.ts';
import { ChartTable, type ChartTableProps } from '../../../_stage/marks/chart-table.tsx';
import { useLab } from '../state/context.tsx';
import type { TimeWindow } from '../state/store.ts';
import { endingWords, valueWords } from './point-words.ts';

/** A table is a text, not the data: more rows than this are summed up. */
const ROWS_MAX = 200;
const BUCKETS = 24;

/** Every series in words and figures: its distribution over the whole run, and its values in the window. */
export function MetricsText() {
  const run = useLab((state) => state.run)!;
  const window = useLab((state) => state.window);
  return (
    <>
      <p>
        Figures in the sentences are those of the whole run; tables show {formatMs(window.fromUs)} to{' '}
        {formatMs(window.toUs)} ms.
      </p>
      {seriesOf(run).map((series) => (
        <section key={series.id}>
          <p>
            {seriesLabel(series, series.kind === 'points' || series.kind === 'level' ? spreadOf(series) : undefined)}.
          </p>
          <ChartTable caption={`${series.title} in the window`} {...tableOf(run, series, window)} />
        </section>
      ))}
    </>
  );
}

type Rows = Pick<ChartTableProps, 'head' | 'rows'>;

function tableOf(run: Run, series: Series, window: TimeWindow): Rows {
  switch (series.kind) {
    case 'points':
      return pointRows(run, series, window);
    case 'level':
      return levelRows(series, window);
    case 'share':
    case 'count':
      return eventRows(series, window);
  }
}

function pointRows(run: Run, series: PointSeries, { fromUs, toUs }: TimeWindow): Rows {
  const { first, end } = placesIn(series.atUs, fromUs, toUs);
  const shown = Math.min(end, first + ROWS_MAX);
  const rows: string[][] = [];
  for (let place = first; place < shown; place++) {
    rows.push([
      operationName(run, run.record.operations[series.operations[place]!]!),
      `${formatMs(series.atUs[place]!)} ms`,
      valueWords(series.values[place]!, series.unit),
      endingWords[ENDINGS[series.endings[place]!]!],
    ]);
  }
  if (shown < end) rows.push([`${formatCount(end - shown)} more; a shorter window lists them`, '', '', '']);
  return { head: ['operation', 'ended', 'value', 'outcome'], rows };
}

function levelRows({ atUs, values, unit }: LevelSeries, { fromUs, toUs }: TimeWindow): Rows {
  const { first, end } = placesIn(atUs, fromUs, toUs);
  const before = first === 0 ? 0 : values[first - 1]!;
  const rows = [[`${formatMs(fromUs)} ms`, valueWords(before, unit)]];
  const shown = Math.min(end, first + ROWS_MAX);
  for (let at = first; at < shown; at++)
    rows.push([`${(atUs[at]! / 1000).toFixed(3)} ms`, valueWords(values[at]!, unit)]);
  if (shown < end) rows.push([`${formatCount(end - shown)} more changes; a shorter window lists them`, '']);
  return { head: ['from', 'value'], rows };
}

function eventRows(series: EventSeries, { fromUs, toUs }: TimeWindow): Rows {
  const bucketUs = bucketUsOf(toUs - fromUs, BUCKETS);
  return {
    head: ['time', ...series.words],
    rows: bucketsIn(series, { fromUs, untilUs: toUs }, bucketUs).map((bucket) => [
      `${formatMs(bucket.fromUs)} to ${formatMs(bucket.fromUs + bucketUs)} ms`,
      formatCount(bucket.good),
      formatCount(bucket.all - bucket.good),
    ]),
  };
}
