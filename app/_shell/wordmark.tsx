import Link from 'next/link';
import styles from './wordmark.module.css';
import { WordmarkFace } from './wordmark-face.tsx';

/**
 * The name, with the rule of the bar sheared under the joint of its two halves: the seam. It needs a bar that is
 * `position: relative; overflow-x: clip` and stretches it: the rule lies on the bar's bottom edge, as wide as the bar.
 */
export function Wordmark() {
  return (
    <Link prefetch={false} className={styles.name} href="/" aria-label="Faultline, home">
      <WordmarkFace />
    </Link>
  );
}
