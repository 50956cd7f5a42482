import type { ReactNode } from 'react';
import styles from './charts.module.css';

/** Width and height of a chart, in px. */
export interface ChartSize {
  readonly width: number;
  readonly height: number;
}

export interface ChartWidthsProps {
  draw(size: ChartSize): ReactNode;
  readonly wide: readonly [width: number, height: number];
  readonly narrow: readonly [width: number, height: number];
}

/** A chart twice: the style sheet shows the one that fits, and nothing is shrunk. */
export function ChartWidths({ draw, wide, narrow }: ChartWidthsProps) {
  return (
    <>
      <div className={styles.wide}>{draw({ width: wide[0], height: wide[1] })}</div>
      <div className={styles.narrow}>{draw({ width: narrow[0], height: narrow[1] })}</div>
    </>
  );
}
