'use client';

import { useLab, useLabStore } from '../state/context.tsx';
import styles from './lower-switch.module.css';

/** To the other way to look at the run over time: its events, or what it measures. */
export function LowerSwitch() {
  const store = useLabStore();
  const lower = useLab((state) => state.lower);
  const other = lower === 'spaceTime' ? 'metrics' : 'spaceTime';
  return (
    <button type="button" className={styles.switch} title="Key m" onClick={() => store.setState({ lower: other })}>
      {other === 'metrics' ? 'Metrics' : 'Space-time'}
    </button>
  );
}
