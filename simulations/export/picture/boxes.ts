import type { Point } from './path.ts';

/** A rectangle that something drawn takes up, in px of its picture. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** The square around a point, `half` to every side. */
export function around([x, y]: Point, half: number): Box {
  return { left: x - half, right: x + half, top: y - half, bottom: y + half };
}

/** How much of two boxes is the same, in square px; 0: they are apart. */
export function overlap(a: Box, b: Box): number {
  const width = Math.min(a.right, b.right) - Math.max(a.left, b.left);
  const height = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
  return width > 0 && height > 0 ? width * height : 0;
}

/** A round thing of a picture, in px. */
export interface Disc {
  readonly at: Point;
  readonly radius: number;
}

/** What words must not lie on. */
export interface Taken {
  readonly boxes: readonly Box[];
  readonly discs: readonly Disc[];
}

/** How much of what is taken a box covers or comes nearer to than `gap`, in square px; of a disc about as much. 0: it stands clear of all. */
export function covered(box: Box, { boxes, discs }: Taken, gap: number): number {
  const wide = { left: box.left - gap, right: box.right + gap, top: box.top - gap, bottom: box.bottom + gap };
  let total = 0;
  for (const other of boxes) total += overlap(wide, other);
  for (const { at, radius } of discs) {
    const depth = radius + gap - distance(box, at);
    // Words placed at just this distance keep it, whatever the last digits say.
    if (depth > 1e-6) total += depth * depth;
  }
  return total;
}

function distance({ left, right, top, bottom }: Box, [x, y]: Point): number {
  return Math.hypot(Math.max(left - x, 0, x - right), Math.max(top - y, 0, y - bottom));
}
