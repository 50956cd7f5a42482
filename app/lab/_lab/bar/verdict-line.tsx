'use client';

import { useMemo } from 'react';
import { type Overall, overallOf } from '../../../_run/verdicts.ts';
import { VerdictMark } from '../../../_shell/verdict-mark.tsx';
import { useActions, useLab } from '../state/context.tsx';
import { useVariant } from '../state/hooks.ts';
import { isVeiled } from '../teach/teaching.ts';
import styles from './verdict-line.module.css';

/** What the checks of the run come to. Pressing it opens the verdict that matters most. */
export function VerdictLine() {
  const run = useLab((state) => state.run);
  const variant = useVariant();
  const veiled = useLab(isVeiled);
  const { showVerdict, pause } = useActions();
  const overall = useMemo(() => (run === undefined ? undefined : overallOf(run, variant)), [run, variant]);
  if (overall === undefined) return <span className={styles.line} />;
  if (veiled) {
    return (
      <span className={styles.line} data-testid="overall">
        <span>
          <span className={styles.headline}>Predict first</span>
          <span className={`data ${styles.counts}`}>or skip it</span>
        </span>
      </span>
    );
  }
  const show = () => {
    pause();
    if (overall.first !== undefined) showVerdict(overall.first.id);
  };
  return (
    <button type="button" className={styles.line} onClick={show} data-testid="overall" data-status={overall.status}>
      <VerdictMark status={overall.status} size={20} />
      <span>
        <span className={styles.headline}>{headlineOf(overall)}</span>
        <span className={`data ${styles.counts}`}>{countsOf(overall)}</span>
      </span>
    </button>
  );
}

function headlineOf({ status, first }: Overall): string {
  if (status === 'violated' && first !== undefined) return `Violated: ${first.title}`;
  if (status === 'unknown') return 'Nothing was put to the test';
  return 'No check violated';
}

function countsOf({ violated, unknown, total }: Overall): string {
  if (violated === 0 && unknown > 0) return `${unknown} of ${total} unknown`;
  return `${violated} of ${total} violated`;
}
