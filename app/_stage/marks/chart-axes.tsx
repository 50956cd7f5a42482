import { tenth } from '../../../simulations/index.ts';
import type { LaidAxis } from '../layout/chart.ts';
import styles from './chart.module.css';
import ink from './ink.module.css';

/** The field of a chart, in px. */
export interface ChartField {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

export interface ChartAxesProps {
  readonly field: ChartField;
  readonly x: LaidAxis;
  readonly xTitle: string;
  /** Without one only the horizontal axis is drawn, with a grid of its own. */
  readonly y?: LaidAxis;
  readonly yTitle?: string;
}

/** Axes with ticks, labels and the grid behind the curves. */
export function ChartAxes({ field, x, xTitle, y, yTitle }: ChartAxesProps) {
  const { left, right, top, bottom } = field;
  const vertical = x.ticks.map(({ at }) => `M${tenth(at)} ${top}V${bottom}`).join('');
  const horizontal = y?.ticks.map(({ at }) => `M${left} ${tenth(at)}H${right}`).join('') ?? '';
  const marks = `${x.ticks.map(({ at }) => `M${tenth(at)} ${bottom}v6`).join('')}${x.minor.map((at) => `M${tenth(at)} ${bottom}v3`).join('')}`;
  return (
    <g>
      <path className={styles.grid} d={vertical + horizontal} />
      <path className={styles.axis} d={`${marks}M${left} ${bottom}H${right}`} />
      {x.ticks.map(({ value, at, label }) => (
        <text key={value} className={ink.axisWord} x={tenth(at)} y={bottom + 18} textAnchor="middle">
          {label}
        </text>
      ))}
      {y?.ticks.map(({ value, at, label }) => (
        <text key={value} className={ink.axisWord} x={left - 7} y={tenth(at + 3.5)} textAnchor="end">
          {label}
        </text>
      ))}
      <text className={ink.axisWord} x={right} y={bottom + 31} textAnchor="end">
        {xTitle}
      </text>
      {yTitle !== undefined && (
        <text className={ink.axisWord} x="2" y="11">
          {yTitle}
        </text>
      )}
    </g>
  );
}
