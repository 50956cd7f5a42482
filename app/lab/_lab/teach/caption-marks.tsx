'use client';

import { useLab } from '../state/context.tsx';
import styles from './caption-marks.module.css';
import { captionAt, captionsIn } from './teaching.ts';

/** The captions of the run, on its row of steps. */
export function CaptionMarks() {
  const captions = useLab(captionsIn);
  const current = useLab((state) => captionAt(captionsIn(state), state));
  const length = useLab((state) => state.run?.timeline?.length ?? 0);
  if (length === 0) return null;
  return captions.placed.map(({ index, steps }, at) => (
    <span
      key={index}
      className={at === current ? `${styles.mark} ${styles.current}` : styles.mark}
      style={{ left: `${(steps / length) * 100}%` }}
      aria-hidden="true"
    />
  ));
}
