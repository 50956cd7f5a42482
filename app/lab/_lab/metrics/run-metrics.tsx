'use client';

import { type KeyboardEvent, useMemo, useRef } from 'react';
import { bucketUsOf, type Run, type Series, seriesOf } from '../../../../simulations/index.ts';
import { panWindow } from '../../../_stage/layout/narrow.ts';
import type { SeriesFrame } from '../../../_stage/layout/series-frame.ts';
import { SeriesRow } from '../../../_stage/marks/series-row.tsx';
import { SeriesFlag, SeriesTime } from '../../../_stage/marks/series-time.tsx';
import { useWidth } from '../../../_stage/marks/use-width.ts';
import { useActions, useLab } from '../state/context.tsx';
import { useShownVerdict } from '../state/hooks.ts';
import { stepInView } from '../state/store.ts';
import styles from './metrics-view.module.css';
import { completionsOf, operationAt } from './operation-steps.ts';
import { useSeriesFrame } from './use-series-frame.ts';
import { useSeriesGestures } from './use-series-gestures.ts';

export interface RunMetricsProps {
  readonly run: Run;
  /** Told in words what the pointer is on; '' when it leaves. */
  onPointed(words: string): void;
}

/** A bar of time is about this wide, in px. */
export const BAR_PX = 7;
const KEYS = 'Left and right: the operation that ended before or after. Plus and minus zoom, escape deselects.';
const NOBODY: readonly number[] = [];

/** Every series of the run, one row each, on the lab's window, moment and selection. */
export function RunMetrics({ run, onPointed }: RunMetricsProps) {
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box, 836);
  const { frame, shift } = useSeriesFrame(run, width);
  const series = seriesOf(run);
  const bucketUs = bucketUsOf(frame.untilUs - frame.fromUs, Math.floor((frame.right - frame.left) / BAR_PX));
  const verdict = useShownVerdict()?.verdict;
  const witness = verdict?.status === 'violated' ? verdict.witness.operations : NOBODY;
  const selected = useLab((state) => (state.playing ? (state.selected ?? -1) : stepInView(state)));
  const operation = useMemo(() => operationAt(run, selected), [run, selected]);
  const { handlers, hoverX, panning } = useSeriesGestures({ frame, series, bucketUs, box, shift, onPointed });
  const onKeyDown = useKeys(run);
  return (
    <div
      ref={box}
      className={`${styles.rows} ${panning ? styles.panning : ''}`}
      role="application"
      aria-label={`Metrics over time. ${KEYS}`}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: an application takes the focus, so that arrow keys can walk its operations.
      tabIndex={0}
      onKeyDown={onKeyDown}
      {...handlers}
    >
      <div className={styles.axis} data-axis="">
        <SeriesTime frame={frame} />
        <Flag frame={frame} />
      </div>
      {series.map((one) => (
        <SeriesRow
          key={one.id}
          series={one}
          frame={frame}
          bucketUs={bucketUs}
          round={isRound(run, one)}
          selected={operation}
          witness={witness}
        />
      ))}
      <Moment frame={frame} />
      {hoverX !== undefined && <div className={styles.hair} style={{ left: hoverX }} />}
    </div>
  );
}

type FrameProps = { readonly frame: SeriesFrame };

/** Dots of reads are round, as everywhere: what carries a value out is a circle, what carries one in a square. */
export function isRound(run: Run, series: Series): boolean {
  return series.kind === 'points' && run.record.operations[series.operations[0] ?? -1]?.f === 'read';
}

function Flag({ frame }: FrameProps) {
  return <SeriesFlag frame={frame} nowUs={useLab((state) => state.timeUs)} />;
}

/** The moment in view, through all rows. It alone is drawn anew with every frame of playing. */
export function Moment({ frame }: FrameProps) {
  const x = frame.x(useLab((state) => state.timeUs));
  if (x < frame.left || x > frame.right) return null;
  return <div className={styles.now} style={{ transform: `translateX(${x}px)` }} data-testid="metrics-now" />;
}

function useKeys(run: Run) {
  const steps = useLab((state) => state.steps);
  const window = useLab((state) => state.window);
  const nowUs = useLab((state) => (state.playing ? 0 : state.timeUs));
  const { pause, select, showWindow } = useActions();
  return (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const completions = completionsOf(run);
    if (event.key === 'ArrowRight' || event.key === 'ArrowLeft') {
      const next =
        event.key === 'ArrowRight'
          ? completions.find((step) => step >= steps)
          : completions.findLast((step) => step < steps - 1);
      pause();
      if (next !== undefined) select(next);
    } else if (event.key === '+' || event.key === '=' || event.key === '-') {
      const span = (window.toUs - window.fromUs) * (event.key === '-' ? 1.5 : 1 / 1.5);
      showWindow(panWindow({ fromUs: nowUs - span / 2, toUs: nowUs + span / 2 }, 0, run.record.endUs));
    } else return;
    event.preventDefault();
    // The lab's own keys step through time; here they walk the operations.
    event.stopPropagation();
  };
}
