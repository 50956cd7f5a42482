import { quantileOf, type Spread, tenth } from '../../../simulations/index.ts';
import { binsOf, spreadAxis } from '../layout/series-bins.ts';
import styles from './series-spread.module.css';

export interface SeriesSpreadProps {
  readonly spread: Spread;
  /** The value to point out in it. */
  readonly own: number | undefined;
  /** Durations may stand on powers of ten. */
  readonly isDuration: boolean;
}

const WIDTH = 220;
const HEIGHT = 26;
const BINS = 44;
const RANGE = [4, WIDTH - 4] as const;

/** A distribution as a strip of bars, with its median and p99 as ticks and one value marked. The table around it has the figures. */
export function SeriesSpread({ spread, own, isDuration }: SeriesSpreadProps) {
  const axis = spreadAxis(spread, own, { isDuration, range: RANGE });
  const bins = binsOf(spread, axis, RANGE, BINS);
  const most = Math.max(...bins.map(({ share }) => share), 0);
  const bottom = HEIGHT - 5;
  const bars = bins.map(({ at, width, share }) => {
    const height = Math.max(1, (share / most) * (bottom - 3));
    return `M${tenth(at)} ${bottom}v${tenth(-height)}h${tenth(width - 0.8)}v${tenth(height)}Z`;
  });
  const ticks = [0.5, 0.99].map((share) => `M${tenth(axis.at(quantileOf(spread, share) ?? 0))} ${bottom}v5`);
  const x = own === undefined ? undefined : tenth(axis.at(own));
  return (
    <svg className={styles.strip} width={WIDTH} height={HEIGHT} aria-hidden="true">
      <path className={styles.bars} d={bars.join('')} />
      <path className={styles.base} d={`M${RANGE[0]} ${bottom}H${RANGE[1]}`} />
      <path className={styles.ticks} d={ticks.join('')} />
      {x !== undefined && (
        <g>
          <path className={styles.glow} d={`M${x} 1V${HEIGHT - 1}`} />
          <path className={styles.own} d={`M${x} 1V${HEIGHT - 1}`} />
        </g>
      )}
    </svg>
  );
}
