import { seamPath, verticalPath } from '../../simulations/index.ts';
import styles from './wordmark.module.css';

/** Where the left end of the rule lies, far outside any window. Its bar clips it. */
const REACH = 3000;
const THROW = 5;
/** The tear leans to the right on its way down, and ends where the dropped half of the rule begins. */
const LEAN = 6;
const joint = seamPath({ length: THROW, throwPx: 0, seed: 1, stepMin: 1.1, stepMax: 1.5, amplitude: 2.2 });

/** What the name looks like: mark, the two halves of the word, the rule. Without the link, so that it weighs little. */
export function WordmarkFace() {
  return (
    <>
      <Mark size={26} />
      <span className={styles.text} aria-hidden="true">
        <span>Fault</span>
        <span className={styles.joint}>
          <SeamRule />
        </span>
        <span className={styles.dropped}>line</span>
      </span>
    </>
  );
}

/** The mark: three strata cut on a slant, the right side half a pitch lower. `size` in px. */
export function Mark({ size }: { size: number }) {
  return (
    <svg className={styles.mark} width={size} height={size} viewBox="0 0 26 26" aria-hidden="true">
      <path d="M1 3.5H14.6L13.6 6.5H1ZM1 10.5H12.3L11.3 13.5H1ZM1 17.5H10L9 20.5H1Z" />
      <path d="M17 7H25V10H16ZM14.7 14H25V17H13.7ZM12.4 21H25V24H11.4Z" />
    </svg>
  );
}

function SeamRule() {
  const tear = joint.standing.map(({ along, across }) => ({ along, across: across + (along / THROW) * LEAN }));
  return (
    <svg className={styles.rule} width="1" height="16" viewBox="0 -0.5 1 16" aria-hidden="true">
      <path d={`M${-REACH} 0H0${verticalPath(tear).replace('M', 'L')}H${REACH}`} />
    </svg>
  );
}
