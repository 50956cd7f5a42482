import { memo, useMemo } from 'react';
import { quantileOf, type Series, type Spread, tenth } from '../../../simulations/index.ts';
import { distributionOf, type ValueAxis, valueAxis } from '../layout/series-axis.ts';
import { seriesBands } from '../layout/series-bands.ts';
import { partsOf, seriesFigures, seriesLabel, seriesTitle } from '../layout/series-figures.ts';
import type { SeriesFrame } from '../layout/series-frame.ts';
import { areaUnder, barPaths, dotPaths, levelPath, marginPath } from '../layout/series-paths.ts';
import ink from './ink.module.css';
import styles from './series.module.css';

export interface SeriesRowProps {
  readonly series: Series;
  readonly frame: SeriesFrame;
  /** The length of a bar of time, in microseconds. */
  readonly bucketUs: number;
  /** Dots of reads are round, all others square. */
  readonly round: boolean;
  /** The operation that is selected, and those that prove a violation. */
  readonly selected: number | undefined;
  readonly witness: readonly number[];
  /** In a comparison: whose series it is, and the same series of the other run, for a scale that fits both. */
  readonly of?: string;
  readonly beside?: Series | undefined;
}

/** One series of a run over the shared axis of time, with its figures above and its distribution over the whole run beside it. */
export const SeriesRow = memo(function SeriesRow({ series, frame, bucketUs, of, beside, ...look }: SeriesRowProps) {
  const spread = distributionOf(series);
  const axis = useMemo(() => valueAxis(series, spread, bucketUs, beside), [series, spread, bucketUs, beside]);
  const label = seriesLabel(series, spread);
  return (
    <div className={styles.row} data-series={series.id}>
      <div className={styles.head} style={{ paddingLeft: frame.left }}>
        <h3>{of ?? seriesTitle(series, bucketUs)}</h3>
        <Figures series={series} spread={spread} />
      </div>
      <svg
        className={styles.plot}
        height={axis.height}
        role="img"
        aria-label={of === undefined ? label : `${of}. ${label}`}
      >
        <clipPath id={`${frame.id}-${series.id}`}>
          <rect x={frame.left - 4} y="-3" width={frame.right - frame.left + 8} height={axis.height + 6} />
        </clipPath>
        <Grounds frame={frame} axis={axis} />
        <g clipPath={`url(#${frame.id}-${series.id})`}>
          {spread !== undefined && <Quantiles spread={spread} frame={frame} axis={axis} />}
          <Drawn series={series} frame={frame} axis={axis} bucketUs={bucketUs} round={look.round} />
          {series.kind === 'points' && <Lit series={series} frame={frame} axis={axis} {...look} />}
        </g>
        <Distribution series={series} spread={spread} frame={frame} axis={axis} />
      </svg>
    </div>
  );
});

interface Part {
  readonly frame: SeriesFrame;
  readonly axis: ValueAxis;
}

/** Faults behind the row, its ticks and its ground line. */
function Grounds({ frame, axis }: Part) {
  const { run, fromUs, untilUs, left, right } = frame;
  const bands = seriesBands(run).bands.filter((band) => band.fromUs < untilUs && band.untilUs > fromUs);
  return (
    <g>
      {bands.map((band) => {
        const from = Math.max(left, frame.x(band.fromUs));
        const width = Math.min(right, frame.x(band.untilUs)) - from;
        return (
          <rect
            key={`${band.title} ${band.fromUs} ${band.row}`}
            className={styles.ground}
            x={tenth(from)}
            width={tenth(Math.max(0.5, width))}
            y="0"
            height={axis.height}
          />
        );
      })}
      <path className={styles.grid} d={axis.ticks.map(({ at }) => `M${left} ${tenth(at)}H${tenth(right)}`).join('')} />
      {axis.ticks.map(({ at, label }) => (
        <text key={at} className={ink.axisWord} x={left - 6} y={tenth(at + 3.5)} textAnchor="end">
          {label}
        </text>
      ))}
    </g>
  );
}

function Quantiles({ spread, frame, axis }: Part & { readonly spread: Spread }) {
  if (spread.count === 0) return null;
  const lines = [0.5, 0.99].map(
    (share) => `M${frame.left} ${tenth(axis.at(quantileOf(spread, share)!))}H${tenth(frame.right)}`,
  );
  return <path className={styles.quantile} d={lines.join('')} />;
}

interface DrawnProps extends Part {
  readonly series: Series;
  readonly bucketUs: number;
  readonly round: boolean;
}

function Drawn({ series, frame, axis, bucketUs, round }: DrawnProps) {
  if (series.kind === 'points') {
    const dots = dotPaths(series, frame, axis);
    return (
      <>
        <path className={`${styles.dots} ${round ? '' : styles.square}`} d={dots.ok} />
        <path className={styles.rings} d={dots.unknown} />
        <path className={styles.crosses} d={dots.failed} />
      </>
    );
  }
  if (series.kind === 'level') {
    const path = levelPath(series, frame, axis);
    return (
      <>
        <path className={styles.area} d={areaUnder(path, frame, axis)} />
        <path className={styles.level} d={path} />
      </>
    );
  }
  const bars = barPaths(series, frame, axis, bucketUs);
  return (
    <>
      <path className={styles.good} d={bars.good} />
      <path className={styles.rest} d={bars.rest} />
    </>
  );
}

type LitProps = Part &
  Pick<SeriesRowProps, 'selected' | 'witness'> & { readonly series: Extract<Series, { kind: 'points' }> };

/** The selected operation and the witness. */
function Lit({ series, frame, axis, selected, witness }: LitProps) {
  const marks = [...new Set([...witness, ...(selected === undefined ? [] : [selected])])].flatMap((operation) => {
    const place = series.operations.indexOf(operation);
    if (place < 0) return [];
    const value = series.values[place]!;
    const [x, y] = [frame.x(series.atUs[place]!), Number.isNaN(value) ? axis.floor : axis.at(value)];
    return [{ operation, x: tenth(x), y: tenth(y) }];
  });
  return (
    <g>
      {marks.map(({ operation, x, y }) => (
        <g key={operation} data-lit={operation}>
          {witness.includes(operation) && <circle className={styles.witness} cx={x} cy={y} r="5.5" />}
          {operation === selected && <circle className={styles.pin} cx={x} cy={y} r="4" />}
        </g>
      ))}
    </g>
  );
}

function Distribution({ series, spread, frame, axis }: Part & { readonly series: Series; readonly spread?: Spread }) {
  const { margin } = frame;
  if (margin === undefined) return null;
  if (spread === undefined) return <Parts series={series} frame={frame} axis={axis} />;
  return (
    <g>
      <path className={styles.grid} d={`M${margin.left} ${tenth(axis.floor)}H${margin.right}`} />
      <path className={styles.curve} d={marginPath(spread, margin, axis)} />
      {spread.count > 0 &&
        [0.5, 0.99].map((share) => (
          <circle
            key={share}
            className={styles.quantileDot}
            cx={tenth(margin.x(share))}
            cy={tenth(axis.at(quantileOf(spread, share)!))}
            r="2.6"
          />
        ))}
    </g>
  );
}

/** Events of a whole run as one bar: the good part filled. */
function Parts({ series, frame, axis }: Part & { readonly series: Series }) {
  const { margin } = frame;
  if (margin === undefined || (series.kind !== 'share' && series.kind !== 'count')) return null;
  const { good, all } = partsOf(series);
  const width = margin.right - margin.left;
  const y = axis.floor - 9;
  return (
    <g>
      <rect className={styles.rest} x={margin.left + 0.5} y={y + 0.5} width={width - 1} height="8" />
      <rect className={styles.good} x={margin.left} y={y} width={tenth((width * good) / all)} height="9" />
    </g>
  );
}

/** p50, p99 and greatest of the whole run; of events their parts. */
function Figures({ series, spread }: { readonly series: Series; readonly spread: Spread | undefined }) {
  const { words, quantiles } = seriesFigures(series, spread);
  return (
    <p className={`data ${styles.figures}`}>
      {words !== '' && <span className={styles.words}>{words}</span>}
      {quantiles.map(([name, value]) => (
        <span key={name} className={styles.figure}>
          <span>{name}</span> {value}
        </span>
      ))}
    </p>
  );
}
