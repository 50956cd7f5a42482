import type { ReactNode } from 'react';
import styles from './pane.module.css';

export interface PaneHeadProps {
  readonly title: string;
  readonly id?: string;
  /** What the pane is about just now, in the run's voice. */
  readonly detail?: ReactNode;
  /** Stands at the right end. */
  readonly children?: ReactNode;
}

/** The label of a pane: its heading, and a few words on what it shows. */
export function PaneHead({ title, id, detail, children }: PaneHeadProps) {
  return (
    <div className={styles.head}>
      <h2 id={id} className={styles.head}>
        {title}
      </h2>
      {detail !== undefined && <span className={`data ${styles.detail}`}>{detail}</span>}
      {children !== undefined && <span className={styles.end}>{children}</span>}
    </div>
  );
}
