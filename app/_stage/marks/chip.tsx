import type { VersionLook } from '../../../simulations/index.ts';
import { fillOf } from './fills.ts';
import styles from './ink.module.css';

export interface ChipProps {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly age: VersionLook;
  readonly text: string;
  /** Prefix of the pattern ids. */
  readonly id: string;
}

/** A version inside a picture, filled as its stratum is filled. */
export function Chip({ x, y, width, height, age, text, id }: ChipProps) {
  return (
    <g>
      <rect className={styles.chip} x={x} y={y} width={width} height={height} style={{ fill: fillOf(id, age) }} />
      <text className={`${styles.chipText} ${styles[`on-${age}`]}`} x={x + width / 2} y={y + height / 2 + 3.9}>
        {text}
      </text>
    </g>
  );
}

/** Width of a chip for its words, in px. */
export function chipWidth(text: string): number {
  return Math.max(22, 9 + text.length * 6.6);
}
