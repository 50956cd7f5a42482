'use client';

import { useRef } from 'react';
import { line, type Point } from '../../../simulations/index.ts';
import { axisTitle, type ChartAxis, formatValue, type LaidAxis, layAxis, spreadLabels } from '../layout/chart.ts';
import { ninesFor, ninesOf, ninesTicks, quantile } from '../layout/nines.ts';
import styles from './chart.module.css';
import { ChartAxes } from './chart-axes.tsx';
import { ChartTable } from './chart-table.tsx';
import { type CurveLine, lineOf } from './curves.tsx';
import ink from './ink.module.css';
import { useWidth } from './use-width.ts';

/** One distribution. */
export interface Sample {
  readonly name: string;
  /** In any order, in the unit of the axis. */
  readonly values: readonly number[];
  /** Default: thin, heavy, dashed, by position. */
  readonly line?: CurveLine;
}

export interface CdfProps {
  readonly samples: readonly Sample[];
  readonly x: ChartAxis;
  /** What the vertical axis counts: `reads finished`. */
  readonly counted: string;
  readonly label: string;
  /** In px, without the table. Default 220. */
  readonly height?: number;
}

const LINES: readonly CurveLine[] = ['thin', 'heavy', 'dashed'];
/** A curve has no more corners than this. */
const CORNERS_MAX = 300;
const TABLE_SHARES = [0.5, 0.9, 0.99, 0.999, 0.9999];

/** Cumulative distributions on a scale of nines, so that the slowest hundredth has as much room as all before it. */
export function Cdf({ samples, x: axis, counted, label, height = 220 }: CdfProps) {
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box, 520);
  const sorted = samples.map(({ values }) => [...values].sort((a, b) => a - b));
  const nines = ninesFor(Math.min(...sorted.map(({ length }) => length)));
  const longest = Math.max(...samples.map(({ name }) => name.length));
  const field = { left: 50, right: Math.max(170, width - longest * 6.8 - 12), top: 22, bottom: height - 36 };
  const tops = sorted.flatMap((values) => [values[0] ?? 0, quantile(values, 1 - 10 ** -nines) ?? 1]);
  const x = layAxis(axis, tops, [field.left, field.right]);
  const y = layNines(nines, [field.bottom, field.top]);
  const ends = sorted.map((values): Point => [x.at(quantile(values, 1 - 10 ** -nines) ?? 0), field.top]);
  const names = spreadLabels(
    ends.map((end) => end[1] + 4),
    13,
    [field.top + 4, field.bottom],
  );
  return (
    <div ref={box} className={styles.box}>
      <svg className={styles.chart} height={height} role="img" aria-label={label}>
        <ChartAxes field={field} x={x} y={y} xTitle={axisTitle(axis)} yTitle={`${counted}, %`} />
        {samples.map((sample, at) => (
          <path
            key={sample.name}
            className={`${styles.curve} ${styles[lineOf({ line: sample.line ?? LINES[at] }, at)]}`}
            d={line(corners(sorted[at]!, nines).map(([value, share]): Point => [x.at(value), y.at(share)]))}
          />
        ))}
        {samples.map(({ name }, at) => (
          <text key={name} className={`${styles.name} ${ink.cased}`} x={ends[at]![0] + 6} y={names[at]}>
            {name}
          </text>
        ))}
      </svg>
      <ChartTable
        caption={label}
        head={[axisTitle(axis), ...samples.map(({ name }) => name)]}
        rows={TABLE_SHARES.filter((share) => ninesOf(share) <= nines + 1e-9).map((share) => [
          `p${Number((share * 100).toPrecision(6))}`,
          ...sorted.map((values) => formatValue(quantile(values, share) ?? 0, axis.unit)),
        ])}
      />
    </div>
  );
}

function layNines(nines: number, [bottom, top]: readonly [number, number]): LaidAxis {
  const at = (share: number) => bottom + ((top - bottom) * Math.min(nines, ninesOf(share))) / nines;
  const ticks = ninesTicks(nines).map(({ share, label }) => ({ value: share, at: at(share), label }));
  return { from: 0, to: 1, ticks, minor: [], at };
}

/** Corners of the curve, evenly spread over the scale of nines. */
function corners(sorted: readonly number[], nines: number): readonly (readonly [value: number, share: number])[] {
  if (sorted.length === 0) return [];
  const points: (readonly [number, number])[] = [[sorted[0]!, 0]];
  for (let at = 1; at <= CORNERS_MAX; at++) {
    const share = 1 - 10 ** ((-nines * at) / CORNERS_MAX);
    points.push([quantile(sorted, share)!, share]);
  }
  return points;
}
