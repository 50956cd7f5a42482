import { type SeamPoint, seamPath, verticalPath } from '../../simulations/index.ts';
import styles from './rule-index.module.css';

/** Height of a row of the index, in px; the style sheet reads it from `--row`. */
export const ROW = 36;
/** The repaired side stands this much lower. */
const DROP = 11;
const WIDTH = 64;
/** Where the standing edge runs, and how far the other stands from it. */
const EDGE = 22;
const GAP = 18;

/** The seam between the two halves of the index, with the rows' rules drawn up to its edges. */
export function IndexSeam({ firsts }: { firsts: readonly boolean[] }) {
  const height = firsts.length * ROW;
  const { standing, dropped } = seamPath({
    length: height + 8,
    throwPx: GAP,
    slipPx: DROP,
    seed: 31,
    stepMin: 6,
    stepMax: 18,
    amplitude: 5,
  });
  const lines = firsts.map((first, at) => ({ first, y: at * ROW + 0.5 }));
  const [left, right] = [verticalPath(standing, EDGE, -4), verticalPath(dropped, EDGE, -4)];
  return (
    <svg className={styles.seam} width={WIDTH} height={height} viewBox={`0 0 ${WIDTH} ${height}`} aria-hidden="true">
      <path className={styles.gap} d={`${left}${outline(dropped.toReversed())}Z`} />
      {lines.map(({ first, y }) => (
        <path key={y} className={first ? styles.strong : styles.line} d={rules(y, { standing, dropped })} />
      ))}
      <path className={styles.strong} d={rules(height - 0.5, { standing, dropped })} />
      <path className={styles.edge} d={left} />
      <path className={styles.edge} d={right} />
    </svg>
  );
}

function rules(
  y: number,
  { standing, dropped }: { standing: readonly SeamPoint[]; dropped: readonly SeamPoint[] },
): string {
  return `M0 ${y}H${EDGE + offsetAt(standing, y + 4)}M${EDGE + offsetAt(dropped, y + DROP + 4)} ${y + DROP}H${WIDTH}`;
}

function outline(points: readonly SeamPoint[]): string {
  return verticalPath(points, EDGE, -4).replace(/^M/, 'L');
}

function offsetAt(points: readonly SeamPoint[], along: number): number {
  const next = Math.max(
    1,
    points.findIndex((point) => point.along >= along),
  );
  const [a, b] = [points[next - 1]!, points[next]!];
  const part = b.along === a.along ? 0 : (along - a.along) / (b.along - a.along);
  return Math.round((a.across + (b.across - a.across) * part) * 10) / 10;
}
