import type { ReactNode } from 'react';
import styles from './figure.module.css';

/** A picture with its caption. */
export interface FigureProps {
  /** The picture, then a `Caption`. */
  readonly children: ReactNode;
  /** Anchor, such as "figure-1". */
  readonly id?: string;
  /** Whether it also takes the margin column. Default false. */
  readonly wide?: boolean;
}

/** A numbered figure between two rules of the page. Figures of a guide count by themselves, in order. */
export function Figure({ children, id, wide = false }: FigureProps) {
  return (
    <figure id={id} className={wide ? `${styles.figure} ${styles.wide}` : styles.figure}>
      {children}
    </figure>
  );
}

/** What the figure shows, its seed, and what the model leaves out. "Figure 1." is put before it. */
export function Caption({ children }: { children: ReactNode }) {
  return <figcaption className={styles.caption}>{children}</figcaption>;
}

/** A sentence under a table, in the voice of a caption but without a number. */
export function TableNote({ children }: { children: ReactNode }) {
  return <div className={styles.tableNote}>{children}</div>;
}
