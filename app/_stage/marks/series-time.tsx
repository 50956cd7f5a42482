import { memo } from 'react';
import { formatMs, tenth, timeAxis, wordPx } from '../../../simulations/index.ts';
import { type SeriesBand, seriesBands } from '../layout/series-bands.ts';
import type { SeriesFrame } from '../layout/series-frame.ts';
import ink from './ink.module.css';
import styles from './series.module.css';

const AXIS_Y = 28;
const BAND_PITCH = 13;

/** The time axis over the rows of series, with the faults below it and the scale of the distributions at its end. */
export const SeriesTime = memo(function SeriesTime({ frame }: { readonly frame: SeriesFrame }) {
  const { fromUs, untilUs, left, right, margin, run } = frame;
  const { unit, ticks } = timeAxis(fromUs, untilUs, right - left);
  const marks = ticks.map(({ us, major }) => `M${tenth(frame.x(us))} ${AXIS_Y}v${major ? -7 : -4}`).join('');
  return (
    <svg className={styles.time} height={AXIS_Y + 8 + seriesBands(run).rows * BAND_PITCH} aria-hidden="true">
      <clipPath id={`${frame.id}-bands`}>
        <rect x={left} y="0" width={Math.max(0, right - left)} height="200" />
      </clipPath>
      <path className={styles.axis} d={`${marks}M${left} ${AXIS_Y}H${tenth(right)}`} />
      {ticks
        .filter(({ us, major, label }) => major && frame.x(us) + 3 + wordPx(label) <= right + 6)
        .map(({ us, label }) => (
          <text key={us} className={ink.axisWord} x={tenth(frame.x(us) + 3)} y={AXIS_Y - 5}>
            {label}
          </text>
        ))}
      <text className={ink.axisWord} x={left - 6} y={AXIS_Y - 5} textAnchor="end">
        {unit}
      </text>
      <Bands frame={frame} />
      {margin !== undefined && <Shares margin={margin} />}
    </svg>
  );
});

const SHARES = [0.5, 0.9, 0.99, 0.999] as const;

function Shares({ margin }: { readonly margin: NonNullable<SeriesFrame['margin']> }) {
  return (
    <g>
      <path
        className={styles.axis}
        d={`M${margin.left} ${AXIS_Y}H${margin.right}${SHARES.map((share) => `M${tenth(margin.x(share))} ${AXIS_Y}v-4`).join('')}`}
      />
      {SHARES.map((share) => (
        <text key={share} className={ink.axisWord} x={tenth(margin.x(share))} y={AXIS_Y - 6} textAnchor="middle">
          {Number((share * 100).toPrecision(4))}
        </text>
      ))}
      <text className={ink.axisWord} x={margin.left} y="9">
        share at or below, %
      </text>
    </g>
  );
}

function Bands({ frame }: { readonly frame: SeriesFrame }) {
  const { run, fromUs, untilUs, left } = frame;
  const { bands } = seriesBands(run);
  const shown = bands.filter((band) => band.fromUs < untilUs && band.untilUs > fromUs);
  return (
    <g clipPath={`url(#${frame.id}-bands)`}>
      {shown.map((band) => {
        const y = AXIS_Y + 9 + band.row * BAND_PITCH;
        const [from, until] = [tenth(frame.x(band.fromUs)), tenth(frame.x(band.untilUs))];
        const room = roomAfter(frame, band, bands);
        const inside = Math.max(from, left) + 8;
        const width = wordPx(band.title);
        const fits = Math.min(until, frame.right) - inside > width + 8;
        const x = fits ? inside : until + 8;
        return (
          <g key={`${band.title} ${band.fromUs} ${band.row}`}>
            <path className={`${styles.band} ${styles[band.kind]}`} d={`M${from} ${y}H${until}`} />
            <path className={styles.band} d={`M${from} ${y - 4}v8${band.open ? '' : `M${until} ${y - 4}v8`}`} />
            {x + width < room && (
              <text className={`${ink.word} ${ink.cased}`} x={x} y={y + 3.5}>
                {band.title}
              </text>
            )}
          </g>
        );
      })}
    </g>
  );
}

/** Where the next band of the same row begins, in px. */
function roomAfter(frame: SeriesFrame, band: SeriesBand, bands: readonly SeriesBand[]): number {
  const later = bands.filter(({ row, fromUs }) => row === band.row && fromUs >= band.untilUs);
  return Math.min(Number.POSITIVE_INFINITY, ...later.map(({ fromUs }) => frame.x(fromUs)));
}

/** The flag of the playhead, over the axis. */
export function SeriesFlag({ frame, nowUs }: { readonly frame: SeriesFrame; readonly nowUs: number }) {
  const x = tenth(frame.x(nowUs));
  if (x < frame.left || x > frame.right) return null;
  const text = formatMs(nowUs);
  const half = Math.max(23, text.length * 3.3 + 6);
  return (
    <svg className={styles.flagLayer} height={AXIS_Y} aria-hidden="true">
      <path className={styles.flag} d={`M${x - half} ${AXIS_Y - 20}h${half * 2}v13l${-half} 6l${-half} -6z`} />
      <text className={styles.flagWord} x={x} y={AXIS_Y - 9.5}>
        {text}
      </text>
    </svg>
  );
}
