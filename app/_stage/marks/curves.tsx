'use client';

import { useRef } from 'react';
import { line, type Point } from '../../../simulations/index.ts';
import { axisTitle, type ChartAxis, formatValue, type LaidAxis, layAxis, spreadLabels } from '../layout/chart.ts';
import styles from './chart.module.css';
import { ChartAxes, type ChartField } from './chart-axes.tsx';
import { ChartTable } from './chart-table.tsx';
import ink from './ink.module.css';
import { useWidth } from './use-width.ts';

/** How a line is told from the others, besides its name. */
export type CurveLine = 'normal' | 'heavy' | 'thin' | 'dashed';

/** A line of a chart. */
export interface Curve {
  readonly name: string;
  /** By rising x, in the units of the axes. */
  readonly points: readonly { readonly x: number; readonly y: number }[];
  /** Default: heavy, dashed, thin, normal, by position. */
  readonly line?: CurveLine;
}

export interface CurvesProps {
  readonly curves: readonly Curve[];
  readonly x: ChartAxis;
  readonly y: ChartAxis;
  /** What the chart shows, in a sentence or two. */
  readonly label: string;
  /** In px, without the table. Default 300. */
  readonly height?: number;
  /** Points to point out, each with a few words. */
  readonly marks?: readonly { readonly x: number; readonly y: number; readonly text: string }[];
}

const LINES: readonly CurveLine[] = ['heavy', 'dashed', 'thin', 'normal'];
const TABLE_ROWS = 12;

/** Lines on two axes, linear or logarithmic, each named at its end. The figures are below as a table. */
export function Curves({ curves, x: xAxis, y: yAxis, label, height = 300, marks = [] }: CurvesProps) {
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box, 520);
  const field = fieldOf(curves, width, height);
  const points = curves.flatMap((curve) => curve.points);
  const x = layAxis(
    xAxis,
    points.map((point) => point.x),
    [field.left, field.right],
  );
  const y = layAxis(
    yAxis,
    points.map((point) => point.y),
    [field.bottom, field.top],
  );
  return (
    <div ref={box} className={styles.box}>
      <svg className={styles.chart} height={height} role="img" aria-label={label}>
        <ChartAxes field={field} x={x} y={y} xTitle={axisTitle(xAxis)} yTitle={axisTitle(yAxis)} />
        {curves.map((curve, at) => (
          <path
            key={curve.name}
            className={`${styles.curve} ${styles[lineOf(curve, at)]}`}
            d={curvePath(curve, x, y)}
          />
        ))}
        <Names curves={curves} x={x} y={y} field={field} />
        {marks.map(({ x: markX, y: markY, text }) => (
          <g key={text}>
            <circle className={ink.glyphHollow} cx={x.at(markX)} cy={y.at(markY)} r="3.6" />
            <text className={`${styles.name} ${ink.cased}`} x={x.at(markX) - 7} y={y.at(markY) + 15} textAnchor="end">
              {text}
            </text>
          </g>
        ))}
      </svg>
      <ChartTable
        caption={label}
        head={[axisTitle(xAxis), ...curves.map(({ name }) => name)]}
        rows={rowsOf(curves, x).map((value) => [
          formatValue(value, xAxis.unit),
          ...curves.map((curve) => {
            const found = valueAt(curve, value);
            return found === undefined ? '' : formatValue(found, yAxis.unit);
          }),
        ])}
      />
    </div>
  );
}

export function lineOf({ line: wanted }: Pick<Curve, 'line'>, at: number): CurveLine {
  return wanted ?? LINES[at % LINES.length]!;
}

function fieldOf(curves: readonly Curve[], width: number, height: number): ChartField {
  const longest = Math.max(0, ...curves.map(({ name }) => name.length));
  const left = 50;
  return { left, right: Math.max(left + 120, width - longest * 6.8 - 12), top: 22, bottom: height - 36 };
}

/** A curve until it leaves the field at the bottom; a value of zero runs along the edge. */
function curvePath({ points }: Curve, x: LaidAxis, y: LaidAxis): string {
  const flat = points.every((point) => point.y <= y.from);
  const shown = flat ? points : points.slice(0, lastAbove(points, y.from) + 2);
  return line(shown.map((point): Point => [x.at(point.x), y.at(point.y)]));
}

function lastAbove(points: Curve['points'], least: number): number {
  return points.findLastIndex((point) => point.y > least);
}

function Names({ curves, x, y, field }: { curves: readonly Curve[]; x: LaidAxis; y: LaidAxis; field: ChartField }) {
  const ends = curves.map(({ points }): Point => {
    const last = lastAbove(points, y.from);
    const point = points[last < 0 ? points.length - 1 : Math.min(points.length - 1, last + 1)];
    return point === undefined ? [field.left, field.bottom] : [x.at(point.x), y.at(point.y)];
  });
  const heights = spreadLabels(
    ends.map((end) => end[1] + 3.6),
    13,
    [field.top + 4, field.bottom - 1],
  );
  return curves.map(({ name }, at) => (
    <text key={name} className={`${styles.name} ${ink.cased}`} x={ends[at]![0] + 6} y={heights[at]}>
      {name}
    </text>
  ));
}

/** The x at which the table gives figures: the labelled ticks, or the data's own where they are few. */
function rowsOf(curves: readonly Curve[], x: LaidAxis): readonly number[] {
  const own = [...new Set(curves.flatMap(({ points }) => points.map((point) => point.x)))].sort((a, b) => a - b);
  return own.length <= TABLE_ROWS ? own : x.ticks.map(({ value }) => value);
}

/** Between two points the value on the straight line between them; undefined outside. */
function valueAt({ points }: Curve, x: number): number | undefined {
  const next = points.findIndex((point) => point.x >= x);
  const [a, b] = [points[next - 1], points[next]];
  if (b === undefined) return undefined;
  if (b.x === x || a === undefined) return b.x === x ? b.y : undefined;
  return a.y + ((b.y - a.y) * (x - a.x)) / (b.x - a.x);
}
