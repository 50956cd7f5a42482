import { line, type Point, tenth } from '../../simulations/index.ts';
import { type ChartAxis, layAxis, spreadLabels } from '../_stage/layout/chart.ts';
import { ChartAxes } from '../_stage/marks/chart-axes.tsx';
import type { ChartSize } from './chart-widths.tsx';
import styles from './charts.module.css';

/** A value at a place, in the units of the axes. */
export interface Dot {
  readonly x: number;
  readonly y: number;
}

/** What was measured, as dots, on what a closed form says, as a line. */
export interface Curve {
  readonly name: string;
  readonly look: 'one' | 'two' | 'three' | 'four';
  readonly dots: readonly Dot[];
  /** Points to join by straight lines, by rising x. */
  readonly line: readonly Dot[];
  /** Where the name stands instead of at the right end: just over this place. */
  readonly nameAt?: Dot;
  /** The height of the name at the right end. Default: that of the line's own end. */
  readonly nameY?: number;
}

export interface DotsChartProps extends ChartSize {
  /** Drawn in this order. */
  readonly curves: readonly Curve[];
  readonly x: ChartAxis;
  readonly y: ChartAxis;
  readonly xTitle: string;
  readonly yTitle: string;
  /** Room for names at the right, in px. */
  readonly namePx: number;
  /** The chart in words: its table says the rest. */
  readonly label: string;
}

/** Least distance between two names, in px. */
const NAME_PITCH = 15;

/** Measured dots on computed lines. */
export function DotsChart({ curves, x: xAxis, y: yAxis, width, height, ...props }: DotsChartProps) {
  const field = { left: 44, right: width - props.namePx, top: 24, bottom: height - 36 };
  const x = layAxis(xAxis, [], [field.left, field.right]);
  const y = layAxis(yAxis, [], [field.bottom, field.top]);
  const place = (dot: Dot): Point => [tenth(x.at(dot.x)), tenth(y.at(dot.y))];
  const atEnd = curves.filter(({ nameAt }) => nameAt === undefined);
  const nameYs = spreadLabels(
    atEnd.map(({ line: points, nameY }) => place({ ...points.at(-1)!, ...(nameY !== undefined && { y: nameY }) })[1]),
    NAME_PITCH,
    [field.top, field.bottom],
  );
  const names = curves.map(({ name, nameAt }) => {
    if (nameAt === undefined)
      return { name, x: field.right + 7, y: nameYs[atEnd.findIndex((one) => one.name === name)]! + 3.5 };
    const [left, top] = place(nameAt);
    return { name, x: left, y: top - 8 };
  });
  return (
    <svg className={styles.chart} width={width} height={height} role="img" aria-label={props.label}>
      <ChartAxes field={field} x={x} y={y} xTitle={props.xTitle} yTitle={props.yTitle} />
      {curves.map(({ name, look, line: points }) => (
        <path key={name} className={`${styles.curve} ${styles[look]}`} d={line(points.map(place))} />
      ))}
      {curves.map(({ name, look, dots }) => (
        <g key={name} className={look === 'three' || look === 'four' ? styles.dotsNew : styles.dots}>
          {dots.map((dot) => {
            const [cx, cy] = place(dot);
            return <circle key={dot.x} cx={cx} cy={cy} r="3.2" />;
          })}
        </g>
      ))}
      {names.map(({ name, x: left, y: top }) => (
        <text key={name} className={styles.name} x={left} y={tenth(top)}>
          {name}
        </text>
      ))}
    </svg>
  );
}
