'use client';

import { useRef } from 'react';
import { formatCount, tenth } from '../../../simulations/index.ts';
import { type ChartAxis, formatValue, layAxis } from '../layout/chart.ts';
import { formatInterval } from '../layout/rate-words.ts';
import styles from './chart.module.css';
import { ChartAxes } from './chart-axes.tsx';
import { ChartTable } from './chart-table.tsx';
import ink from './ink.module.css';
import { useWidth } from './use-width.ts';

/** A rate with its interval; all ratios from 0 to 1. */
export interface Rate {
  readonly name: string;
  /** How often it happened, of how many. */
  readonly count: number;
  readonly of: number;
  /** Ends of the interval, for example Wilson's at 95 %. */
  readonly low: number;
  readonly high: number;
}

export interface RangesProps {
  readonly rates: readonly Rate[];
  /** What the axis measures: `seeds that violate, 95 % interval`. */
  readonly axis: string;
  readonly label: string;
}

const PITCH = 31;

/** Rates on a logarithmic axis. Zero is not a point there but a bound: an arrow from the interval's end to the left. */
export function Ranges({ rates, axis, label }: RangesProps) {
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box, 400);
  const left = 12 + Math.max(...rates.map(({ name }) => name.length)) * 6.8;
  const bottom = 12 + rates.length * PITCH;
  const field = { left, right: Math.max(left + 120, width - 10), top: 10, bottom };
  const bounds = rates.flatMap(({ count, low, high }) => (count === 0 ? [high / 3, high] : [low, high]));
  const measure: ChartAxis = { label: axis, unit: 'ratio', log: true, to: Math.min(1, Math.max(...bounds) * 1.6) };
  const x = layAxis(measure, bounds, [field.left, field.right]);
  return (
    <div ref={box} className={styles.box}>
      <svg className={styles.chart} height={bottom + 36} role="img" aria-label={label}>
        <ChartAxes field={field} x={x} xTitle={axis} />
        {rates.map((rate, at) => (
          <g key={rate.name}>
            <text className={styles.name} x="0" y={32 + at * PITCH - 2}>
              {rate.name}
            </text>
            <Interval rate={rate} y={26 + at * PITCH} x={(value) => x.at(value)} field={field} />
          </g>
        ))}
      </svg>
      <ChartTable
        caption={label}
        head={['what', 'count', 'rate', 'interval']}
        rows={rates.map((rate) => [
          rate.name,
          `${formatCount(rate.count)} of ${formatCount(rate.of)}`,
          rate.count === 0 ? 'none' : formatValue(rate.count / rate.of, 'ratio'),
          formatInterval(rate),
        ])}
      />
    </div>
  );
}

interface IntervalProps {
  readonly rate: Rate;
  readonly y: number;
  readonly field: { readonly left: number; readonly right: number };
  x(value: number): number;
}

function Interval({ rate, y, x, field }: IntervalProps) {
  const high = tenth(x(rate.high));
  if (rate.count === 0) {
    const { left } = field;
    return (
      <>
        <path
          className={styles.interval}
          d={`M${left} ${y}H${high}M${high} ${y - 5}v10M${left + 8} ${y - 4.5}L${left} ${y}l8 4.5`}
        />
        <text className={`${ink.word} ${ink.cased}`} x={high + 8} y={y + 4}>
          {`none; ${formatInterval(rate)}`}
        </text>
      </>
    );
  }
  const low = tenth(x(rate.low));
  const text = formatValue(rate.count / rate.of, 'ratio');
  const before = low - field.left > text.length * 6.2 + 12;
  return (
    <>
      <path className={styles.interval} d={`M${low} ${y}H${high}M${low} ${y - 5}v10M${high} ${y - 5}v10`} />
      <circle className={styles.estimate} cx={tenth(x(rate.count / rate.of))} cy={y} r="3.6" />
      <text
        className={`${ink.word} ${ink.cased}`}
        x={before ? low - 8 : high + 8}
        y={y + 4}
        textAnchor={before ? 'end' : 'start'}
      >
        {text}
      </text>
    </>
  );
}
