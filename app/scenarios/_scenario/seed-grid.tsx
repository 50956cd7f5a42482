import { formatCount } from '../../../simulations/index.ts';
import { keepDrawing } from '../../_static/drawings.ts';
import { DrawnSvg } from '../../_static/drawn-svg.tsx';
import styles from './how-often.module.css';

export interface SeedGridProps {
  /** Seeds 1 to this, one cell each, row by row. */
  readonly seeds: number;
  readonly violating: readonly number[];
  /** The seed that the page shows: a ring, where it is among the violating ones. */
  readonly pinned: number;
  readonly label: string;
  /** Unique on the page. */
  readonly id: string;
}

/** Side of the grid, in px. */
const SIDE = 260;
/** A cell is filled to this share, so that neighbours stay apart. */
const FILL = 0.8;

/** Every seed as a cell: filled when it violates. */
export function SeedGrid({ seeds, violating, pinned, label, id }: SeedGridProps) {
  const columns = Math.ceil(Math.sqrt(seeds));
  const pitch = SIDE / columns;
  const side = tenth(pitch * FILL);
  const ring = violating.includes(pinned) ? placeOf(pinned, columns, pitch) : undefined;
  return (
    <DrawnSvg
      id={id}
      className={styles.seeds}
      viewBox={`-1 -1 ${SIDE + 2} ${SIDE + 2}`}
      role="img"
      aria-label={`${label}: ${formatCount(seeds)} seeds, ${formatCount(violating.length)} violated`}
      drawing={keepDrawing(
        <>
          <rect className={styles.ground} x="-.5" y="-.5" width={SIDE + 0.5} height={SIDE + 0.5} />
          <path
            className={styles.cells}
            d={cellsPath({ seeds, violating, columns, pitch, side })}
            strokeWidth={side}
            strokeDasharray={`${side} ${tenth(pitch - side)}`}
          />
          {ring !== undefined && (
            <circle
              className={styles.ring}
              cx={tenth(ring.x + side / 2)}
              cy={tenth(ring.y + side / 2)}
              r={tenth(Math.max(5, pitch))}
            />
          )}
        </>,
      )}
    />
  );
}

interface Cells {
  readonly seeds: number;
  readonly violating: readonly number[];
  readonly columns: number;
  readonly pitch: number;
  readonly side: number;
}

/** A stroke as thick as a cell along each run of neighbours, to be dashed into cells: where all violate, a hundred strokes stand for ten thousand. */
function cellsPath({ seeds, violating, columns, pitch, side }: Cells): string {
  const rising = violating.filter((seed) => seed >= 1 && seed <= seeds).sort((a, b) => a - b);
  const strokes: string[] = [];
  for (let at = 0; at < rising.length; ) {
    const first = rising[at]!;
    let count = 1;
    while (rising[at + count] === first + count && (first + count - 1) % columns !== 0) count++;
    const { x, y } = placeOf(first, columns, pitch);
    strokes.push(`M${x} ${tenth(y + side / 2)}h${tenth((count - 1) * pitch + side)}`);
    at += count;
  }
  return strokes.join('');
}

function placeOf(seed: number, columns: number, pitch: number): { readonly x: number; readonly y: number } {
  const at = seed - 1;
  return { x: tenth((at % columns) * pitch), y: tenth(Math.floor(at / columns) * pitch) };
}

function tenth(value: number): number {
  return Math.round(value * 10) / 10;
}
