'use client';

import { useMemo } from 'react';
import { formatCount } from '../../../../simulations/index.ts';
import { useLab, useLabStore } from '../state/context.tsx';
import { plural } from '../state/format.ts';
import { useVariant } from '../state/hooks.ts';
import { findingOf } from './jobs.ts';
import { Metrics, Witnessed } from './measured.tsx';
import { Rates } from './rates.tsx';
import { useSearch, useSearchHandle } from './search-context.tsx';
import type { SweepProgress, SweepResult } from './search-store.ts';
import { SeedsForm } from './seeds-form.tsx';
import styles from './seeds-view.module.css';
import { sweepSubject } from './subject.ts';
import { rateRows, sweepEndWords } from './sweep-words.ts';

/** The setup in view on many seeds: which of them violate which check, and how often that is. */
export function SeedsView() {
  const store = useLabStore();
  const applied = useLab((state) => state.applied);
  const run = useLab((state) => state.run);
  const subject = useMemo(() => sweepSubject(store.getState(), applied), [store, applied]);
  const sweeps = useSearch((state) => state.sweeps);
  const finding = useMemo(() => findingOf(sweeps, subject.key), [sweeps, subject]);
  const state =
    finding.kind === 'running'
      ? finding.progress.state
      : finding.kind === 'ended' && finding.outcome.ok
        ? finding.outcome.result.state
        : undefined;
  const first = useFirst();
  const rows = useMemo(() => rateRows(run?.verdicts ?? [], state, first), [run, state, first]);
  return (
    <div className={styles.view}>
      <SeedsForm running={sweeps.running !== undefined} />
      <Status finding={finding} />
      <Rates rows={rows} title={subject.title} />
      {state !== undefined && state.tally.seeds > 0 && (
        <>
          <Witnessed state={state} />
          <Metrics state={state} verdicts={run?.verdicts ?? []} />
        </>
      )}
    </div>
  );
}

/** The checks to read first: what the variant makes claims about, then what this run violates. */
function useFirst(): readonly string[] {
  const run = useLab((state) => state.run);
  const variant = useVariant();
  return useMemo(() => {
    const violated = run?.verdicts.filter(({ verdict }) => verdict.status === 'violated') ?? [];
    const claimed = variant?.rates.map(({ property }) => property) ?? [];
    return [...new Set([...claimed, ...Object.keys(variant?.expect ?? {}), ...violated.map(({ id }) => id)])];
  }, [run, variant]);
}

type Found = ReturnType<typeof findingOf<SweepProgress, SweepResult>>;

/** How far it is, or what it came to. Always as high, so that nothing moves when it changes. */
function Status({ finding }: { readonly finding: Found }) {
  switch (finding.kind) {
    case 'none':
      return <p className={styles.status}>Each seed is another run of this setup: other latencies, other losses.</p>;
    case 'running':
      return <Progress progress={finding.progress} />;
    case 'ended':
      return (
        <p className={styles.status}>
          <span data-testid="sweep-end">
            {finding.outcome.ok ? sweepEndWords(finding.outcome.result) : finding.outcome.message}
          </span>
          {finding.outcome.ok && finding.outcome.result.end === 'first' && <Measure />}
        </p>
      );
    case 'elsewhere': {
      const { subject, running } = finding;
      return (
        <p className={styles.status} data-testid="sweep-elsewhere">
          {running === undefined
            ? `Measured on another setup (${subject.title}), not on this one.`
            : `Measuring another setup (${subject.title}): ${formatCount(running.ran)} of ${plural(running.seeds, 'seed')}.`}
        </p>
      );
    }
  }
}

/** Seeds that end with a violation give no rate: this goes on without stopping. */
function Measure() {
  const { actions } = useSearchHandle();
  const measure = () => {
    actions.plan({ stopAtFirst: false });
    actions.sweep();
  };
  return (
    <button type="button" className={styles.measure} onClick={measure} data-testid="measure">
      Measure the rate
    </button>
  );
}

function Progress({ progress: { ran, seeds, perSecond } }: { readonly progress: SweepProgress }) {
  const speed = perSecond === undefined ? '' : `, ${formatCount(Math.round(perSecond))} a second`;
  return (
    <p className={styles.status}>
      <progress className={styles.progress} value={ran} max={seeds} aria-label="Seeds that have run" />
      <span className="data" data-testid="sweep-progress">
        {formatCount(ran)} of {plural(seeds, 'seed')}
        {speed}
      </span>
    </p>
  );
}
