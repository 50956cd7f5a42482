import { type Arrow, arrowOf, isBetweenLanes } from './arrows.ts';
import type { DiagramFrame } from './frame.ts';
import { messagesOf } from './frame-messages.ts';
import type { Point } from './path.ts';

/** A part of a diagram's field, in px. */
export interface Field {
  readonly from: number;
  readonly until: number;
  readonly top: number;
  readonly bottom: number;
}

/** From where to where something lies along the time axis, in px. */
export type Stretch = readonly [from: number, until: number];

/** What the cross of a lost message takes up beside its end, and with the bar on which a cut stops it over and under it; in px. */
const CROSS = { beside: 5, over: 7 };

/** Where messages lie within a field, by where they begin. Empty where they are drawn as a density. */
export function crossingsIn(frame: DiagramFrame, field: Field): readonly Stretch[] {
  const { lanes, x } = frame;
  return messagesOf(frame)
    .flights.filter(
      ({ sentUs, endUs }) => x(sentUs) <= field.until + CROSS.beside && x(endUs) >= field.from - CROSS.beside,
    )
    .filter(({ from, to }) => isBetweenLanes(lanes, from, to))
    .flatMap((flight) => arrowStretches(arrowOf(flight, lanes, x), field))
    .sort((a, b) => a[0] - b[0]);
}

function arrowStretches({ points, end }: Arrow, field: Field): readonly Stretch[] {
  const lines = points.slice(1).flatMap((point, at) => lineStretch(points[at]!, point, field));
  const [x, y] = points.at(-1)!;
  const isNear = end === 'cross' && y > field.top - CROSS.over && y < field.bottom + CROSS.over;
  return isNear ? [...lines, [x - CROSS.beside, x + CROSS.beside]] : lines;
}

function lineStretch([x0, y0]: Point, [x1, y1]: Point, field: Field): readonly Stretch[] {
  const [top, bottom] = [Math.max(field.top, Math.min(y0, y1)), Math.min(field.bottom, Math.max(y0, y1))];
  if (top > bottom) return [];
  const xAt = (y: number) => (y1 === y0 ? x0 : x0 + ((x1 - x0) * (y - y0)) / (y1 - y0));
  const ends = y1 === y0 ? [x0, x1] : [xAt(top), xAt(bottom)];
  return [[Math.min(...ends), Math.max(...ends)]];
}
