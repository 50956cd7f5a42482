'use client';

import { type ReactNode, useEffect, useId, useMemo, useRef, useState } from 'react';
import { formatCount, type ProcessView, type Run, traceStep } from '../../../../simulations/index.ts';
import { type ChartLight, Statechart } from '../../../_stage/marks/statechart.tsx';
import type { ChartLayout } from '../../../_stage/marks/statechart-layout.ts';
import { ChartDialog } from './chart-dialog.tsx';
import { descriptionOf, layoutOf, logOf, reactionWords, triedBy } from './chart-reading.ts';
import { ChartText } from './chart-text.tsx';
import { ReactionList } from './reaction-list.tsx';
import styles from './statecharts.module.css';
import { useTransitionCounts } from './use-transition-counts.ts';

export interface ProcessChartProps {
  readonly run: Run;
  /** The moment: how many steps have happened. */
  readonly at: number;
  readonly process: ProcessView;
}

/** The chart of a process at a moment, what it did last, and how often each transition was taken until then. */
export function ProcessChart({ run, at, process }: ProcessChartProps) {
  const chart = run.input.model.charts[process.role]!;
  const log = logOf(run, process.id);
  const last = useMemo(() => log.lastBefore(at), [log, at]);
  const trace = useMemo(
    () => (last === undefined ? undefined : traceStep(run, last).find((one) => one.process === process.id)),
    [run, last, process.id],
  );
  const counts = useTransitionCounts(log, at);
  const state = trace?.reaction.after.state ?? process.snapshot.state;
  const light: ChartLight = { active: state, counts, ...triedBy(trace) };
  const description = descriptionOf(chart);
  const [asText, setAsText] = useState(false);
  const id = useId();
  const said = trace === undefined ? '' : ` Last, at step ${formatCount(last! + 1)}: ${reactionWords(trace)}.`;
  const label = `Statechart of ${process.id}, ${process.role}: ${state} is active.${said}`;
  const layout = layoutOf(chart, 'brief');
  return (
    <>
      <div className={styles.tools}>
        <p className="data">{whenWords(last, at)}</p>
        <button type="button" aria-pressed={asText} onClick={() => setAsText(!asText)}>
          <span className="sr">chart </span>as text
        </button>
        <ChartDialog title={`Statechart of ${process.id}, ${process.role}`} chart={chart} light={light} label={label} />
      </div>
      {asText ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it.
        <section className={styles.view} aria-label={`${label} As text`} tabIndex={0}>
          <ChartText chart={description} light={light} />
        </section>
      ) : (
        <ChartView layout={layout} active={state}>
          <Statechart layout={layout} detail="brief" light={light} label={label} id={id} />
        </ChartView>
      )}
      <ReactionList chart={description} trace={trace} />
    </>
  );
}

/** When the reaction in view was. */
function whenWords(last: number | undefined, at: number): string {
  if (last === undefined) return 'nothing happened to it yet';
  const step = `step ${formatCount(last + 1)}`;
  return last === at - 1 ? `at ${step}` : `last at ${step}`;
}

interface ChartViewProps {
  readonly layout: ChartLayout;
  readonly active: string;
  readonly children: ReactNode;
}

/** A window on a chart that may be larger; it follows the active state. */
function ChartView({ layout, active, children }: ChartViewProps) {
  const frame = useRef<HTMLElement>(null);
  useEffect(() => {
    const box = layout.boxes.find(({ path, kind }) => path === active && kind !== 'begin');
    if (box === undefined) return;
    // After the next frame: asking for the size sooner would lay the whole page out twice.
    let timer: ReturnType<typeof setTimeout> | undefined;
    const follow = () => {
      if (frame.current === null) return;
      const { clientWidth, clientHeight } = frame.current;
      frame.current.scrollTo({
        left: box.x + box.width / 2 - clientWidth / 2,
        top: box.y + box.height / 2 - clientHeight / 2,
      });
    };
    const request = requestAnimationFrame(() => {
      timer = setTimeout(follow);
    });
    return () => {
      cancelAnimationFrame(request);
      clearTimeout(timer);
    };
  }, [layout, active]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it.
    <section ref={frame} className={styles.view} aria-label="Chart" tabIndex={0}>
      {children}
    </section>
  );
}
