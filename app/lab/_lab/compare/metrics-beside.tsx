import { type MouseEvent, useMemo, useRef } from 'react';
import { bucketUsOf, type Run, type Series, seriesOf } from '../../../../simulations/index.ts';
import { seriesTitle } from '../../../_stage/layout/series-figures.ts';
import { makeSeriesFrame, type SeriesFrame } from '../../../_stage/layout/series-frame.ts';
import { SeriesRow } from '../../../_stage/marks/series-row.tsx';
import { SeriesFlag, SeriesTime } from '../../../_stage/marks/series-time.tsx';
import { useWidth } from '../../../_stage/marks/use-width.ts';
import { BAR_PX, isRound, Moment } from '../metrics/run-metrics.tsx';
import { useSeriesFrame } from '../metrics/use-series-frame.ts';
import { useActions, useLab } from '../state/context.tsx';
import type { Compared } from './comparison.ts';
import styles from './metrics-beside.module.css';

const NOBODY: readonly number[] = [];

/** What both runs measure over time: each series of the one above the same of the other, on one axis of time and one scale. */
export function MetricsBeside({ compared }: { readonly compared: Compared }) {
  const { a, b, names } = compared;
  const box = useRef<HTMLElement>(null);
  const { frame } = useSeriesFrame(a, useWidth(box, 836));
  const other = useMemo(() => {
    const { fromUs, untilUs, width, id } = frame;
    return makeSeriesFrame({ run: b, fromUs, untilUs, width, id: `${id}beside` });
  }, [b, frame]);
  const pairs = useMemo(() => pairsOf(a, b), [a, b]);
  const { pause, seek } = useActions();
  const onClick = (event: MouseEvent<HTMLElement>) => {
    const us = frame.us(event.clientX - event.currentTarget.getBoundingClientRect().left);
    if (us < frame.fromUs || us > frame.untilUs) return;
    pause();
    seek(us);
  };
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the transport and its keys seek; a click here is a short cut.
    <section
      ref={box}
      className={styles.rows}
      aria-label="What both runs measure over time"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls takes the focus, so that keys can scroll it.
      tabIndex={0}
      onClick={onClick}
      data-testid="metrics-beside"
    >
      <div className={styles.axis}>
        <SeriesTime frame={frame} />
        <Flag frame={frame} />
      </div>
      {pairs.map((pair) => (
        <Pair key={pair.title} pair={pair} names={names} runs={[a, b]} frames={[frame, other]} />
      ))}
      <Moment frame={frame} />
    </section>
  );
}

/** One series in both runs; undefined where a run has nothing of the kind. */
interface SeriesPair {
  readonly title: string;
  readonly series: readonly [Series | undefined, Series | undefined];
}

/** The series of either run, those of the first in their order, then what only the second has. */
function pairsOf(a: Run, b: Run): readonly SeriesPair[] {
  const [ofA, ofB] = [seriesOf(a), seriesOf(b)];
  const ids = [...new Set([...ofA, ...ofB].map(({ id }) => id))];
  return ids.map((id) => {
    const series = [ofA.find((one) => one.id === id), ofB.find((one) => one.id === id)] as const;
    return { title: id, series };
  });
}

interface PairProps {
  readonly pair: SeriesPair;
  readonly names: readonly [string, string];
  readonly runs: readonly [Run, Run];
  readonly frames: readonly [SeriesFrame, SeriesFrame];
}

function Pair({ pair, names, runs, frames }: PairProps) {
  const [{ fromUs, untilUs, left, right }] = frames;
  const bucketUs = bucketUsOf(untilUs - fromUs, Math.floor((right - left) / BAR_PX));
  const [first, second] = pair.series;
  return (
    <section className={styles.pair} aria-label={seriesTitle((first ?? second)!, bucketUs)}>
      <h3 className={styles.title} style={{ paddingLeft: left }}>
        {seriesTitle((first ?? second)!, bucketUs)}
      </h3>
      {pair.series.map((series, at) =>
        series === undefined ? (
          <p key={names[at]} className={styles.none} style={{ paddingLeft: left }}>
            {names[at]}: nothing of the kind in this run.
          </p>
        ) : (
          <SeriesRow
            key={names[at]}
            series={series}
            frame={frames[at]!}
            bucketUs={bucketUs}
            round={isRound(runs[at]!, series)}
            selected={undefined}
            witness={NOBODY}
            of={names[at]!}
            beside={pair.series[1 - at]}
          />
        ),
      )}
    </section>
  );
}

function Flag({ frame }: { readonly frame: SeriesFrame }) {
  return <SeriesFlag frame={frame} nowUs={useLab((state) => state.timeUs)} />;
}
