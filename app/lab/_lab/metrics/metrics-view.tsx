'use client';

import { useState } from 'react';
import { seriesOf } from '../../../../simulations/index.ts';
import { useLab } from '../state/context.tsx';
import styles from './metrics-view.module.css';
import { RunMetrics } from './run-metrics.tsx';
import { SeedsMetrics } from './seeds-metrics.tsx';

/** What the run in view measures: over its time, or beside other seeds. */
export function MetricsView() {
  const run = useLab((state) => state.run);
  const lower = useLab((state) => state.lower);
  const [pointed, setPointed] = useState('');
  if (run === undefined) return null;
  if (lower === 'seeds') return <SeedsMetrics run={run} />;
  if (seriesOf(run).length === 0) {
    return <p className={styles.note}>No operation began and no message was sent in this run: nothing to measure.</p>;
  }
  return (
    <div className={styles.view} data-testid="metrics">
      <p className={`data ${styles.pointed}`} data-testid="metrics-pointed">
        {pointed}
      </p>
      <RunMetrics run={run} onPointed={setPointed} />
    </div>
  );
}
