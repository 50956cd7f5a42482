import type { ExplainedEvent } from '../../../simulations/index.ts';
import styles from './story-mark.module.css';

export interface StoryMarkProps {
  /** Undefined: the mark alone, for a legend. */
  readonly number?: number;
  readonly event: Pick<ExplainedEvent, 'role' | 'necessary'>;
  /** Whether it is the step in view. */
  readonly current?: boolean;
}

/**
 * An event of an explanation, by its number, around the origin and 16 px wide: a disc for what happened, a dashed square for what did not
 * arrive; filled where nothing would be wrong without it.
 */
export function StoryMark({ number, event: { role, necessary }, current = false }: StoryMarkProps) {
  const needed = necessary === true;
  const look = [styles.mark, needed && styles.needed, current && styles.current].filter(Boolean).join(' ');
  return (
    <g className={look}>
      {role === 'absence' ? (
        <>
          <rect className={styles.ground} x="-9" y="-9" width="18" height="18" />
          <rect className={styles.missing} x="-7.5" y="-7.5" width="15" height="15" />
          {needed && <rect className={styles.fill} x="-5.5" y="-5.5" width="11" height="11" />}
        </>
      ) : (
        <>
          <circle className={styles.ground} r="9" />
          <circle className={styles.happened} r="7.5" />
        </>
      )}
      {number !== undefined && (
        <text className={styles.number} y="3.4" textAnchor="middle">
          {number}
        </text>
      )}
    </g>
  );
}
