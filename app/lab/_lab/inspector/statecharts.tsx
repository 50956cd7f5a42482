'use client';

import { useMemo } from 'react';
import type { Model, ProcessView, WorldView } from '../../../../simulations/index.ts';
import { useLab } from '../state/context.tsx';
import { plural } from '../state/format.ts';
import { type ChartSummary, summaryOf } from './chart-summary.ts';
import inspector from './inspector.module.css';
import styles from './statecharts.module.css';

export interface StatechartsProps {
  readonly host: string;
  readonly processes: readonly ProcessView[];
  readonly after: WorldView;
  /** The process whose step is in view. */
  readonly subject: string | undefined;
}

/** Processes shown with their chart; a coordinator host may run many at once. */
const SHOWN_MAX = 4;

/** The chart of each process of a host: its states in a row, the active one lit, and where it can go from there. */
export function Statecharts({ host, processes, after, subject }: StatechartsProps) {
  const model = useLab((state) => state.model);
  const order = [...processes].sort((a, b) => Number(b.id === subject) - Number(a.id === subject));
  const shown = order.slice(0, SHOWN_MAX);
  return (
    <div>
      <div className={inspector.head}>
        <h3>Statechart of {host}</h3>
        <span className="data">{plural(processes.length, 'process').replace(/processs$/, 'processes')}</span>
      </div>
      {shown.map((process) => (
        <ChartRow key={process.id} model={model} process={process} ended={after.process(process.id) === undefined} />
      ))}
      {shown.length < processes.length && <p className="data quiet">and {processes.length - shown.length} more</p>}
    </div>
  );
}

interface ChartRowProps {
  readonly model: Model;
  readonly process: ProcessView;
  readonly ended: boolean;
}

function ChartRow({ model, process, ended }: ChartRowProps) {
  const summary = useMemo(() => summaryOf(model, process.role), [model, process.role]);
  if (summary === undefined) return null;
  const { state } = process.snapshot;
  return (
    <div className={styles.chart}>
      <p className={`data ${styles.role}`}>
        {process.role}
        {process.id !== process.host && ` ${process.id}`}
        {ended && ', ended by this step'}
      </p>
      <ul className={styles.states} aria-label={`States of ${process.id}: ${state} is active`}>
        {summary.states.map(({ path, final }) => (
          <li
            key={path}
            className={classOf(path === state && !ended, final)}
            aria-current={path === state ? 'true' : undefined}
          >
            {path}
          </li>
        ))}
      </ul>
      {!ended && <Ways summary={summary} state={state} />}
    </div>
  );
}

function Ways({ summary, state }: { readonly summary: ChartSummary; readonly state: string }) {
  const ways = summary.ways.get(state) ?? [];
  if (ways.length === 0) return null;
  return (
    <ul className={`data ${styles.ways}`} aria-label={`Ways out of ${state}`}>
      {ways.map(({ event, target }) => (
        <li key={`${event} ${target}`}>
          <span>{event}</span> to <b>{target}</b>
        </li>
      ))}
    </ul>
  );
}

function classOf(active: boolean, final: boolean): string {
  return [styles.state, active && styles.active, final && styles.final].filter(Boolean).join(' ');
}
