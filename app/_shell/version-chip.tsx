import type { ReactNode } from 'react';
import styles from './version-chip.module.css';

/** Age of a version within the view: the newest, the one before it, anything older. */
export type VersionAge = 'new' | 'prev' | 'old';

/** A version, filled as its stratum is filled: solid, hatched, dotted. Always labelled, as in `v5`. */
export function VersionChip({ age, children }: { age: VersionAge; children: ReactNode }) {
  return <span className={`${styles.chip} ${styles[age]}`}>{children}</span>;
}
