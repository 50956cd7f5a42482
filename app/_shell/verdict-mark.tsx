import type { ReactNode } from 'react';
import styles from './verdict-mark.module.css';

/** What a checker says, in the engine's words. */
export type VerdictStatus = 'ok' | 'violated' | 'unknown';

/** The word that stands beside the mark unless the caller has a better one. */
export const verdictWords: Readonly<Record<VerdictStatus, string>> = {
  ok: 'holds',
  violated: 'violated',
  unknown: 'unknown',
};

/** Mark alone. */
export interface VerdictMarkProps {
  readonly status: VerdictStatus;
  /** Side of the square, in px. Default 16. */
  readonly size?: number;
  /** Spoken name. Give it only where no word stands beside the mark; without it the mark is silent. */
  readonly label?: string;
}

/** Sheared disc (violated), whole disc (holds), dashed ring (unknown). Shape first, colour second. */
export function VerdictMark({ status, size = 16, label }: VerdictMarkProps) {
  const silent = label === undefined;
  return (
    <svg
      className={styles.mark}
      width={size}
      height={size}
      viewBox="0 0 16 16"
      role="img"
      aria-label={label}
      aria-hidden={silent}
    >
      <VerdictShape status={status} />
    </svg>
  );
}

/** The shape alone, in a field of 16 by 16, for pictures that are SVG already. */
export function VerdictShape({ status }: { status: VerdictStatus }) {
  switch (status) {
    case 'violated':
      return <path className={styles.violated} d="M10.31 3.93A6 6 0 0 1 6.21 15.21ZM9.79 .79A6 6 0 0 0 5.69 12.07Z" />;
    case 'ok':
      return <circle className={styles.ok} cx="8" cy="8" r="6" />;
    case 'unknown':
      return <circle className={styles.unknown} cx="8" cy="8" r="6" />;
  }
}

/** Mark and word. The word is the child, or the verdict's own. */
export function Verdict({ status, size, children }: Omit<VerdictMarkProps, 'label'> & { children?: ReactNode }) {
  return (
    <span className={styles.verdict}>
      <VerdictMark status={status} size={size} />
      <span className="data">{children ?? verdictWords[status]}</span>
    </span>
  );
}
