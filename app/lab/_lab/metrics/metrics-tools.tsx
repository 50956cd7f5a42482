'use client';

import { TextForm } from '../parts/text-form.tsx';
import { useLab, useLabStore } from '../state/context.tsx';
import { MetricsText } from './metrics-text.tsx';
import styles from './metrics-view.module.css';

const views = { metrics: 'This run', seeds: 'Over many seeds' } as const;

/** In the head of the pane: whether the metrics are those of the run or of many seeds, and their text form. */
export function MetricsTools() {
  const store = useLabStore();
  const lower = useLab((state) => state.lower);
  const hasRun = useLab((state) => state.run !== undefined);
  return (
    <span className={styles.tools}>
      {(Object.keys(views) as (keyof typeof views)[]).map((one) => (
        <button key={one} type="button" aria-pressed={one === lower} onClick={() => store.setState({ lower: one })}>
          {views[one]}
        </button>
      ))}
      {hasRun && lower === 'metrics' && <TextForm of="Metrics">{() => <MetricsText />}</TextForm>}
    </span>
  );
}
