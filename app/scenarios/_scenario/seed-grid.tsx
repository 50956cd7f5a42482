import { formatCount } from '../../_stage/layout/time-axis.ts';
import styles from './how-often.module.css';

export interface SeedGridProps {
  /** Seeds 1 to this, one cell each, row by row. */
  readonly seeds: number;
  readonly violating: readonly number[];
  /** The seed that the page shows: a ring, where it is among the violating ones. */
  readonly pinned: number;
  readonly label: string;
}

/** Side of the grid, in px. */
const SIDE = 260;
/** A cell is filled to this share, so that neighbours stay apart. */
const FILL = 0.8;

/** Every seed as a cell: filled when it violates. */
export function SeedGrid({ seeds, violating, pinned, label }: SeedGridProps) {
  const columns = Math.ceil(Math.sqrt(seeds));
  const pitch = SIDE / columns;
  const side = tenth(pitch * FILL);
  const placed = violating
    .filter((seed) => seed >= 1 && seed <= seeds)
    .map((seed) => ({ seed, ...placeOf(seed, columns, pitch) }));
  const ring = placed.find(({ seed }) => seed === pinned);
  return (
    <svg
      className={styles.seeds}
      viewBox={`-1 -1 ${SIDE + 2} ${SIDE + 2}`}
      role="img"
      aria-label={`${label}: ${formatCount(seeds)} seeds, ${formatCount(violating.length)} violated`}
    >
      <rect className={styles.ground} x="-.5" y="-.5" width={SIDE + 0.5} height={SIDE + 0.5} />
      <path className={styles.cells} d={placed.map(({ x, y }) => `M${x} ${y}h${side}v${side}h${-side}z`).join('')} />
      {ring !== undefined && (
        <circle
          className={styles.ring}
          cx={tenth(ring.x + side / 2)}
          cy={tenth(ring.y + side / 2)}
          r={tenth(Math.max(5, pitch))}
        />
      )}
    </svg>
  );
}

function placeOf(seed: number, columns: number, pitch: number): { readonly x: number; readonly y: number } {
  const at = seed - 1;
  return { x: tenth((at % columns) * pitch), y: tenth(Math.floor(at / columns) * pitch) };
}

function tenth(value: number): number {
  return Math.round(value * 10) / 10;
}
