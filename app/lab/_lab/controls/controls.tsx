'use client';

import { FaultsPanel } from '../faults/faults-panel.tsx';
import { useLab } from '../state/context.tsx';
import styles from './controls.module.css';
import { Decision } from './decision.tsx';
import { KnobsPanel } from './knobs-panel.tsx';

/** What the run is made of: the decision, the knobs, the faults. */
export function Controls() {
  // Before the address is read nobody knows what the controls say.
  const loading = useLab((state) => state.phase.kind === 'loading');
  return (
    <section
      className={loading ? `${styles.controls} ${styles.loading}` : styles.controls}
      aria-label="Knobs and faults"
    >
      <Decision />
      <div className={styles.knobs}>
        <KnobsPanel />
      </div>
      <div className={styles.faults}>
        <FaultsPanel />
      </div>
    </section>
  );
}
