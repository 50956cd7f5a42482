import { line, type Point, tenth } from './path.ts';
import { type Parting, STAGE } from './ring.ts';
import { type SeamPoint, seamPath } from './seam.ts';

/** A torn stage: the profile of the seam, and the two halves as outlines to clip with. */
export interface StageSeam {
  readonly profile: string;
  /** The same, from top to bottom. */
  readonly points: readonly Point[];
  /** Side -1, side 1. */
  readonly halves: readonly [string, string];
  /** Where the top of the seam is, for a note beside it. */
  readonly top: Point;
}

/** Beyond the picture on all sides, in px. */
const FAR = 620;
const OVERHANG = 90;

/** Tears the stage along a line. */
export function stageSeam(parting: Parting, seed: number): StageSeam {
  const { from, to, across } = parting;
  const long = Math.hypot(to[0] - from[0], to[1] - from[1]) || 1;
  const down = downOf(parting);
  const length = long + 2 * OVERHANG;
  const start: Point = [from[0] - down[0] * OVERHANG, from[1] - down[1] * OVERHANG];
  // Teeth on a slow wander: a tear this long that kept to a straight line would look sawn.
  const { standing } = seamPath({ length, throwPx: 30, seed, stepMin: 4, stepMax: 14, amplitude: 4.5 });
  const wander = seamPath({ length, throwPx: 30, seed: seed + 1, stepMin: 30, stepMax: 70, amplitude: 9 }).standing;
  const points = standing.map((point): Point => {
    const off = point.across + offsetAt(wander, point.along);
    return [
      tenth(start[0] + down[0] * point.along + across[0] * off),
      tenth(start[1] + down[1] * point.along + across[1] * off),
    ];
  });
  const half = (side: -1 | 1): string => {
    const far = ([x, y]: Point): Point => [x + side * across[0] * FAR, y + side * across[1] * FAR];
    const top: Point = [points[0]![0] - down[0] * FAR, points[0]![1] - down[1] * FAR];
    const bottom: Point = [points.at(-1)![0] + down[0] * FAR, points.at(-1)![1] + down[1] * FAR];
    return `${line([top, ...points, bottom, far(bottom), far(top)])}Z`;
  };
  return { profile: line(points), points, halves: [half(-1), half(1)], top: points[0]! };
}

function offsetAt(points: readonly SeamPoint[], along: number): number {
  const next = points.findIndex((point) => point.along >= along);
  const [a, b] = [points[Math.max(0, next - 1)]!, points[Math.max(0, next)]!];
  return b.along === a.along ? b.across : a.across + ((b.across - a.across) * (along - a.along)) / (b.along - a.along);
}

/** The direction of a parting, from its upper end to its lower one. Unit vector. */
export function downOf({ from, to }: Parting): Point {
  const long = Math.hypot(to[0] - from[0], to[1] - from[1]) || 1;
  return [(to[0] - from[0]) / long, (to[1] - from[1]) / long];
}

/** The seam from the centre of the ring outwards, through a point of the ring and past the picture. */
export function raySeam(through: Point, seed: number): readonly Point[] {
  const [cx, cy] = STAGE.centre;
  const [dx, dy] = [(through[0] - cx) / STAGE.radius, (through[1] - cy) / STAGE.radius];
  const length = STAGE.radius + OVERHANG;
  const { standing } = seamPath({ length, throwPx: 30, seed, stepMin: 4, stepMax: 14, amplitude: 4.5 });
  const points = standing.map(
    ({ along, across }): Point => [tenth(cx + dx * along - dy * across), tenth(cy + dy * along + dx * across)],
  );
  // All rays meet in one point.
  return [STAGE.centre, ...points.slice(1)];
}

interface Ray {
  readonly angle: number;
  readonly points: readonly Point[];
}

/** The outline between two rays, clockwise from the first to the second, whose angle is the greater one. */
export function sectorOutline(first: Ray, second: Ray): string {
  const [cx, cy] = STAGE.centre;
  const far = (angle: number): Point => [tenth(cx + Math.cos(angle) * 2 * FAR), tenth(cy + Math.sin(angle) * 2 * FAR)];
  const between = [0, 0.25, 0.5, 0.75, 1].map((part) => far(first.angle + (second.angle - first.angle) * part));
  return `${line([...first.points, ...between, ...second.points.toReversed()])}Z`;
}

/** How often a barb stands on a line, and how long it is, in px. */
const BARB_EVERY = 22;
const BARB = 7;

/** Short strokes on one side of a line, as maps draw the edge of a drop. */
export function barbsAlong(points: readonly Point[], towards: Point): string {
  let path = '';
  let walked = BARB_EVERY / 2;
  for (let at = 1; at < points.length; at++) {
    const [a, b] = [points[at - 1]!, points[at]!];
    walked += Math.hypot(b[0] - a[0], b[1] - a[1]);
    if (walked < BARB_EVERY) continue;
    walked = 0;
    path += line([b, [b[0] + towards[0] * BARB, b[1] + towards[1] * BARB]]);
  }
  return path;
}
