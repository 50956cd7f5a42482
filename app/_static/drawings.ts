import type { ReactNode } from 'react';

interface Drawings {
  next: number;
  readonly kept: Map<number, ReactNode>;
}

/** More than the pages that are rendered at the same time have pictures: older ones are in their HTML by then. */
const KEPT = 4096;

// The two renderings of a page, of its payload and of its HTML, have a copy of this module each, and one process.
const shared = globalThis as typeof globalThis & { faultlineDrawings?: Drawings };
shared.faultlineDrawings ??= { next: 1, kept: new Map() };
const drawings = shared.faultlineDrawings;

/** Keeps what a picture shows for the rendering of the page's HTML, out of its payload. Its number gives it back. */
export function keepDrawing(drawing: ReactNode): number {
  const number = drawings.next++;
  drawings.kept.set(number, drawing);
  drawings.kept.delete(number - KEPT);
  return number;
}

/** What the picture of that number shows. Throws when it is not kept: only the process that drew it can say. */
export function drawingOf(number: number): ReactNode {
  const drawing = drawings.kept.get(number);
  if (drawing === undefined) throw new Error(`The drawing ${number} is not kept.`);
  return drawing;
}
