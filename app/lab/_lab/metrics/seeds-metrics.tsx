'use client';

import { useMemo } from 'react';
import { useStore } from 'zustand';
import {
  formatCount,
  metricSpread,
  metricSummaries,
  type Run,
  type SweepState,
} from '../../../../simulations/index.ts';
import { Button } from '../../../_shell/button.tsx';
import { formatPercent } from '../../../_stage/layout/rate-words.ts';
import { shareUpTo } from '../../../_stage/layout/series-bins.ts';
import { SeriesSpread } from '../../../_stage/marks/series-spread.tsx';
import { formatMetric } from '../../../_static/format.ts';
import { findingOf } from '../search/jobs.ts';
import { Witnessed } from '../search/measured.tsx';
import { searchStoreOf } from '../search/search-store.ts';
import { sweepSubject } from '../search/subject.ts';
import { useLab, useLabStore } from '../state/context.tsx';
import { plural } from '../state/format.ts';
import styles from './seeds-metrics.module.css';

/** The metrics of the run in view within those of all seeds that the search has run of the same setup. */
export function SeedsMetrics({ run }: { readonly run: Run }) {
  const { state, ran, of } = useSweep();
  if (state === undefined || Object.keys(state.tally.metrics).length === 0) {
    return of === undefined ? <NoSeeds /> : <p className={styles.note}>{progressWords(ran, of)}</p>;
  }
  return (
    <div className={styles.seeds} data-testid="metrics-seeds">
      {of !== undefined && <p className={styles.note}>{progressWords(ran, of)}</p>}
      <Witnessed state={state} />
      <Spreads run={run} state={state} />
      <p className={styles.note}>
        A strip shows how many seeds have which value, with ticks at p50 and p99; the marked line is this run, seed{' '}
        {formatCount(run.input.seed)}.
      </p>
    </div>
  );
}

function progressWords(ran: number, of: number): string {
  return `Running: ${formatCount(ran)} of ${plural(of, 'seed')}.`;
}

/** What the search knows of the setup in view; `of` only while seeds still run. */
function useSweep(): { readonly state: SweepState | undefined; readonly ran: number; readonly of: number | undefined } {
  const lab = useLabStore();
  const applied = useLab((state) => state.applied);
  const key = useMemo(() => sweepSubject(lab.getState(), applied).key, [lab, applied]);
  const finding = findingOf(
    useStore(searchStoreOf(lab), ({ sweeps }) => sweeps),
    key,
  );
  if (finding.kind === 'running') {
    const { state, ran, seeds } = finding.progress;
    return { state, ran, of: seeds };
  }
  const result = finding.kind === 'ended' && finding.outcome.ok ? finding.outcome.result : undefined;
  return { state: result?.state, ran: result?.state.tally.seeds ?? 0, of: undefined };
}

function NoSeeds() {
  const store = useLabStore();
  // Who wants to compare a run with many wants all of them, not those up to the first that goes wrong.
  const open = () => {
    searchStoreOf(store).setState(({ plan }) => ({ plan: { ...plan, stopAtFirst: false } }));
    store.setState({ searching: 'seeds' });
  };
  return (
    <div className={styles.note}>
      <p>
        No other seeds of this setup have run, or none in which its hazard occurred: there is nothing to compare with.
      </p>
      <Button className={styles.open} onClick={open}>
        Run many seeds
      </Button>
    </div>
  );
}

const COLUMNS = ['min', 'p50', 'p99', 'max'] as const;
const NAMES = { min: 'least', p50: 'p50', p99: 'p99', max: 'greatest' } as const;

function Spreads({ run, state }: { readonly run: Run; readonly state: SweepState }) {
  const rows = useMemo(() => {
    const summaries = metricSummaries(state.tally);
    return Object.entries(state.tally.metrics).map(([id, tally]) => ({
      id,
      spread: metricSpread(tally),
      summary: summaries[id]!,
    }));
  }, [state]);
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">metric</th>
          <td aria-hidden="true" />
          <th scope="col">this run</th>
          <th scope="col">seeds up to it</th>
          {COLUMNS.map((column) => (
            <th key={column} scope="col">
              {NAMES[column]}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ id, spread, summary }) => {
          const { title, unit } = summary;
          const own = run.metrics.find((metric) => metric.id === id)?.value;
          return (
            <tr key={id}>
              <th scope="row">{title}</th>
              <td aria-hidden="true">
                <SeriesSpread spread={spread} own={own} isDuration={unit === 'us'} />
              </td>
              <td className={`data ${styles.own}`}>
                {own === undefined ? 'none' : formatMetric({ unit, value: own })}
              </td>
              <td className="data">{own === undefined ? '' : formatPercent(shareUpTo(spread, own))}</td>
              {COLUMNS.map((column) => (
                <td key={column} className="data">
                  {formatMetric({ unit, value: summary[column] })}
                </td>
              ))}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
