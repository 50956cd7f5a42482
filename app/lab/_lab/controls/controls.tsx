'use client';

import { BranchesPanel } from '../branches/branches-panel.tsx';
import { CompareWith } from '../compare/compare-with.tsx';
import { FaultsPanel } from '../faults/faults-panel.tsx';
import { useLab } from '../state/context.tsx';
import styles from './controls.module.css';
import { Decision } from './decision.tsx';
import { KnobsPanel } from './knobs-panel.tsx';

/** What the run is made of: the decision, the knobs, the faults; and the runs that were kept on the way. */
export function Controls() {
  // Before the address is read nobody knows what the controls say.
  const loading = useLab((state) => state.phase.kind === 'loading');
  // The comparison has the choice in its own head.
  const compares = useLab((state) => state.beside !== undefined);
  return (
    <section
      className={loading ? `${styles.controls} ${styles.loading}` : styles.controls}
      aria-label="Knobs, faults and branches"
    >
      <div className={styles.decision}>
        <Decision />
        {!compares && <CompareWith />}
        <BranchesPanel />
      </div>
      <div className={styles.knobs}>
        <KnobsPanel />
      </div>
      <div className={styles.faults}>
        <FaultsPanel />
      </div>
    </section>
  );
}
