import { formatCount, line, type Point } from '../../simulations/index.ts';
import { type ChartAxis, layAxis } from '../_stage/layout/chart.ts';
import { ChartAxes } from '../_stage/marks/chart-axes.tsx';
import { keepDrawing } from './drawings.ts';
import { DrawnSvg } from './drawn-svg.tsx';
import drawn from './static-space-time.module.css';
import styles from './step-cdf.module.css';

/** One distribution: every value is a step. */
export interface Steps {
  readonly name: string;
  /** In any order, in the unit of the axis. */
  readonly values: readonly number[];
  readonly line: 'thin' | 'heavy';
}

export interface StepCdfProps {
  readonly samples: readonly Steps[];
  readonly x: ChartAxis;
  /** What the vertical axis counts: `reads finished`. */
  readonly counted: string;
  readonly label: string;
  /** Unique on the page. */
  readonly id: string;
}

/** Widths in px at which it is drawn; a narrow column gets the narrower one. */
const WIDTHS = [328, 440] as const;
const HEIGHT = 220;
/** Room at the right for a curve's name and its largest value. */
const NAME_PX = 104;
const SHARES = [0, 0.25, 0.5, 0.75, 1];

/** Cumulative distributions of a few values, step by step: with a dozen values there are no nines to show. Drawn on the server. */
export function StepCdf({ id, label, ...chart }: StepCdfProps) {
  return (
    <div className={drawn.box}>
      {WIDTHS.map((width, index) => (
        <DrawnSvg
          key={width}
          id={`${id}-${width}`}
          className={`${styles.chart} ${index === 0 ? drawn.below440 : drawn.from440}`}
          style={{ maxWidth: `${width * 1.3}px` }}
          viewBox={`0 0 ${width} ${HEIGHT}`}
          role="img"
          aria-label={label}
          drawing={keepDrawing(<Drawn {...chart} width={width} />)}
        />
      ))}
    </div>
  );
}

function Drawn({ samples, x: axis, counted, width }: Omit<StepCdfProps, 'id' | 'label'> & { width: number }) {
  const field = { left: 36, right: width - NAME_PX, top: 32, bottom: HEIGHT - 36 };
  const sorted = samples.map(({ values }) => values.toSorted((a, b) => a - b));
  const x = layAxis(axis, sorted.flat(), [field.left, field.right]);
  const at = (share: number) => field.bottom + (field.top - field.bottom) * share;
  const y = {
    from: 0,
    to: 1,
    minor: [],
    at,
    ticks: SHARES.map((share) => ({ value: share, at: at(share), label: `${share * 100}` })),
  };
  const ends = sorted.map((values) => values.at(-1) ?? 0);
  const most = Math.max(...ends);
  // Beside the end of the longest curve the line is over; the others go on below their names. Of two that end together one is the last.
  const last = ends.lastIndexOf(most);
  return (
    <>
      <ChartAxes field={field} x={x} y={y} xTitle={`${axis.label}, ${axis.unit}`} yTitle={`${counted}, %`} />
      {samples.map(({ name, line: look }, index) => (
        <path
          key={name}
          className={styles[look]}
          d={line(corners(sorted[index]!, most).map(([value, share]): Point => [x.at(value), at(share)]))}
        />
      ))}
      {samples.map(({ name }, index) => (
        <g key={name}>
          <circle className={styles.end} cx={x.at(ends[index]!)} cy={field.top} r="3" />
          <text className={styles.name} x={x.at(ends[index]!) + 6} y={field.top + (index === last ? 4 : -9)}>
            {name} {formatCount(Number(ends[index]!.toFixed(1)))}
          </text>
        </g>
      ))}
    </>
  );
}

/** From nothing to all: up at each value, level between them. */
function corners(sorted: readonly number[], until: number): readonly (readonly [value: number, share: number])[] {
  const points: (readonly [number, number])[] = [];
  sorted.forEach((value, index) => {
    points.push([value, index / sorted.length], [value, (index + 1) / sorted.length]);
  });
  return [...points, [until, 1]];
}
