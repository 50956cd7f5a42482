/** What a press on the strip of a whole run takes hold of: an end of its window, all of it, or nothing, where a new one is marked. */
export type BrushPart = 'from' | 'to' | 'move' | 'mark';

/** Where a press falls on the strip, in px. */
export interface BrushPress {
  readonly at: number;
  /** The ends of the window. */
  readonly from: number;
  readonly until: number;
  /** How far beside an end a press still takes it. */
  readonly reach: number;
  /** The window shows nearly the whole run: there is nowhere to move it. */
  readonly whole: boolean;
}

/** The least that a part of the window takes in width, in px: a target that a pointer hits (WCAG 2.2, 2.5.8). */
export const BRUSH_LEAST = 24;

/** The part of the window under a press. A window narrower than 24 px is moved by its middle 24, and resized from beside them. */
export function brushPart({ at, from, until, reach, whole }: BrushPress): BrushPart {
  const half = (until - from) / 2;
  const off = at - (from + half);
  const moves = Math.max(BRUSH_LEAST / 2, half - reach);
  if (Math.abs(off) <= moves) return whole ? 'mark' : 'move';
  if (Math.abs(off) > Math.max(moves, half) + reach) return 'mark';
  return off < 0 ? 'from' : 'to';
}
