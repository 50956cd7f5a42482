import type { ReactNode } from 'react';
import styles from './dead-end.module.css';
import { LanePicture } from './lane-picture.tsx';

export interface DeadEndProps {
  readonly kind: 'lost' | 'crash';
  readonly title: string;
  /** What happened and what the reader can do. */
  readonly children: ReactNode;
  /** The ways on, as buttons. */
  readonly actions: ReactNode;
}

/** The content of a page that cannot be shown: what happened as a picture, in words, and the ways on. */
export function DeadEnd({ kind, title, children, actions }: DeadEndProps) {
  return (
    <div className={styles.page}>
      <LanePicture kind={kind} />
      <h1>{title}</h1>
      <div className={styles.text}>{children}</div>
      <p className={styles.actions}>{actions}</p>
    </div>
  );
}
