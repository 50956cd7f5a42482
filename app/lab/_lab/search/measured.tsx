'use client';

import { useMemo, useState } from 'react';
import {
  formatCount,
  metricSummaries,
  type NamedVerdict,
  propertySummaries,
  type SweepState,
} from '../../../../simulations/index.ts';
import { scenarioOf } from '../../../_run/setup.ts';
import { formatMetric } from '../../../_static/format.ts';
import { useLab } from '../state/context.tsx';
import { plural } from '../state/format.ts';
import styles from './measured.module.css';

/** What the rates are about: the seeds in which the hazard of the scenario occurred. */
export function Witnessed({ state }: { readonly state: SweepState }) {
  const model = useLab((now) => now.model);
  const witness = useLab((now) => scenarioOf(now, now.applied)?.witness);
  const { seeds, witnessed } = state.tally;
  if (witness === undefined) return null;
  return (
    <p className={styles.note} data-testid="witnessed">
      Counted: {formatCount(witnessed)} of {plural(seeds, 'seed')}, those in which{' '}
      {lower(model.witnesses[witness]?.title ?? witness)}.
    </p>
  );
}

function lower(title: string): string {
  return /^[A-Z][a-z]/.test(title) ? title.charAt(0).toLowerCase() + title.slice(1) : title;
}

export interface MetricsProps {
  readonly state: SweepState;
  readonly verdicts: readonly Pick<NamedVerdict, 'id' | 'title' | 'kind'>[];
}

/** What happened in how many seeds, and how the metrics spread over them; folded. */
export function Metrics({ state, verdicts }: MetricsProps) {
  const [open, setOpen] = useState(false);
  const summaries = propertySummaries(state.tally);
  const hazards = verdicts.filter(({ id, kind }) => kind === 'sometimes' && summaries[id] !== undefined);
  return (
    <>
      {hazards.length > 0 && (
        <details className={styles.fold}>
          <summary>Put to the test in how many seeds</summary>
          <table className={styles.table}>
            <tbody>
              {hazards.map(({ id, title }) => (
                <tr key={id}>
                  <th scope="row">{title}</th>
                  <td className="data">
                    {formatCount(summaries[id]!.rate.count)} of {formatCount(summaries[id]!.rate.of)}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </details>
      )}
      <details className={styles.fold} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
        <summary>Metrics over {plural(state.tally.witnessed, 'seed')}</summary>
        {/* Quantiles take milliseconds: they are read off only where somebody looks. */}
        {open && <MetricTable state={state} />}
      </details>
    </>
  );
}

const COLUMNS = ['min', 'p50', 'p90', 'p99', 'max'] as const;

function MetricTable({ state }: { readonly state: SweepState }) {
  const summaries = useMemo(() => Object.entries(metricSummaries(state.tally)), [state]);
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">metric</th>
          {COLUMNS.map((column) => (
            <th key={column} scope="col" className="data">
              {{ min: 'least', max: 'greatest' }[column as string] ?? column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {summaries.map(([id, metric]) => (
          <tr key={id}>
            <th scope="row">{metric.title}</th>
            {COLUMNS.map((column) => (
              <td key={column} className="data">
                {formatMetric({ unit: metric.unit, value: metric[column] })}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
