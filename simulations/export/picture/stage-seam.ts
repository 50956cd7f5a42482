import { line, type Point, tenth } from './path.ts';
import type { Parting } from './ring.ts';
import { type SeamPoint, seamPath } from './seam.ts';

/** A torn stage: the profile of the seam, and the two halves as outlines to clip with. */
export interface StageSeam {
  readonly profile: string;
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
  const down: Point = [(to[0] - from[0]) / long, (to[1] - from[1]) / long];
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
  return { profile: line(points), halves: [half(-1), half(1)], top: points[0]! };
}

function offsetAt(points: readonly SeamPoint[], along: number): number {
  const next = points.findIndex((point) => point.along >= along);
  const [a, b] = [points[Math.max(0, next - 1)]!, points[Math.max(0, next)]!];
  return b.along === a.along ? b.across : a.across + ((b.across - a.across) * (along - a.along)) / (b.along - a.along);
}
