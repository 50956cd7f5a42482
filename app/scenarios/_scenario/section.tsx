import type { ReactNode } from 'react';
import styles from './section.module.css';

/** A part of the evidence: a heading over a rule, and beside it what kind of evidence it is. */
export function Section({
  id,
  title,
  aside,
  children,
}: {
  id: string;
  title: string;
  aside?: string;
  children: ReactNode;
}) {
  return (
    <section aria-labelledby={id}>
      <h2 id={id} className={styles.head}>
        <span>{title}</span>
        {aside !== undefined && <span className={`data ${styles.aside}`}>{aside}</span>}
      </h2>
      {children}
    </section>
  );
}
