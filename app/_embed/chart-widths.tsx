import { type ReactNode, useId } from 'react';
import { keepDrawing } from '../_static/drawings.ts';
import { DrawnBox } from '../_static/drawn-svg.tsx';
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

/** A chart twice: the style sheet shows the one that fits, and nothing is shrunk. Drawn on the server, outside of the page's payload. */
export function ChartWidths({ draw, wide, narrow }: ChartWidthsProps) {
  const id = useId();
  const drawn = ([width, height]: ChartWidthsProps['wide']) => keepDrawing(draw({ width, height }));
  return (
    <>
      <DrawnBox id={`${id}-wide`} className={styles.wide} drawing={drawn(wide)} />
      <DrawnBox id={`${id}-narrow`} className={styles.narrow} drawing={drawn(narrow)} />
    </>
  );
}
