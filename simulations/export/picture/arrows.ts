import { type Lanes, laneY, opening, type Slice } from './lanes.ts';
import type { Point } from './path.ts';
import type { Flight } from './run-index.ts';

/** A message as it is drawn. Coordinates in px. */
export interface Arrow {
  readonly flight: Flight;
  /** Straight pieces of the line, from sender to end. */
  readonly points: readonly Point[];
  /** The flat stretch of a message held on the wire. */
  readonly held: readonly [Point, Point] | undefined;
  readonly end: 'head' | 'late' | 'cross';
}

/** Whether both ends of a message stand in the picture, on different lanes: what passes within a folded lane is not drawn. */
export function isBetweenLanes(lanes: Lanes, from: number, to: number): boolean {
  const [sender, receiver] = [lanes.positionOf[from]!, lanes.positionOf[to]!];
  return sender >= 0 && receiver >= 0 && sender !== receiver;
}

/** Lays a message out: from the sender's lane to the edge of the receiver's, or to where it was lost. */
export function arrowOf(flight: Flight, lanes: Lanes, scale: (us: number) => number): Arrow {
  const from = anchor(flight.from, scale(flight.sentUs), { lanes, scale });
  // A message lost half way would have arrived after twice the time.
  const arrivalUs = flight.halfWay ? 2 * flight.endUs - flight.sentUs : flight.endUs;
  const to = anchor(flight.to, scale(arrivalUs), { lanes, scale });
  const sign = Math.sign(to.y - from.y) || 1;
  const start: Point = [scale(flight.sentUs), from.client ? from.y + (sign * from.slice.bar) / 2 : from.y];
  const tip: Point = [scale(arrivalUs), to.y - (sign * (to.client ? to.slice.bar : to.slice.band)) / 2];
  switch (flight.lostTo) {
    case 'cut': {
      const at = seamOn(start, tip, { lanes, scale, down: sign > 0 });
      // Under way when the cut began, it got as far as the receiver's lane.
      if (at === undefined) return { flight, ...heldLine(flight, start, tip, scale), end: 'cross' };
      return { flight, points: [start, at], held: undefined, end: 'cross' };
    }
    case 'chance':
      return { flight, points: [start, between(start, tip, 0.6)], held: undefined, end: 'cross' };
    case 'down':
      return { flight, points: [start, [tip[0], to.y - sign]], held: undefined, end: 'cross' };
    default:
      return { flight, ...heldLine(flight, start, tip, scale), end: flight.lostTo === 'gone' ? 'late' : 'head' };
  }
}

function anchor(
  host: number,
  x: number,
  { lanes, scale }: { readonly lanes: Lanes; scale(us: number): number },
): { readonly y: number; readonly client: boolean; readonly slice: Slice } {
  const client = lanes.lanes[lanes.positionOf[host]!]!.shape === 'client';
  return { y: laneY(lanes, host, x, scale), client, slice: lanes.slices[host]! };
}

function heldLine(
  flight: Flight,
  start: Point,
  tip: Point,
  scale: (us: number) => number,
): Pick<Arrow, 'points' | 'held'> {
  const heldPx = scale(flight.heldUs) - scale(0);
  if (flight.heldUs === 0 || heldPx < 6) return { points: [start, tip], held: undefined };
  const y = (start[1] + tip[1]) / 2;
  const moving = tip[0] - start[0] - heldPx;
  const from: Point = [start[0] + moving / 2, y];
  const until: Point = [from[0] + heldPx, y];
  return { points: [start, from, until, tip], held: [from, until] };
}

/** Where a line meets the near edge of the first open seam on its way. */
function seamOn(
  start: Point,
  tip: Point,
  { lanes, scale, down }: { readonly lanes: Lanes; scale(us: number): number; readonly down: boolean },
): Point | undefined {
  let best: Point | undefined;
  for (const { cut, y, slips } of lanes.seams) {
    const edge = down || !slips ? y : y + lanes.pitch / 2;
    const part = (edge - start[1]) / (tip[1] - start[1]);
    if (!(part > 0 && part < 1)) continue;
    const at = between(start, tip, part);
    if (opening(at[0], scale(cut.fromUs), scale(cut.untilUs)) === 0) continue;
    if (best === undefined || Math.abs(at[1] - start[1]) < Math.abs(best[1] - start[1])) best = at;
  }
  return best;
}

function between(start: Point, tip: Point, part: number): Point {
  return [start[0] + (tip[0] - start[0]) * part, start[1] + (tip[1] - start[1]) * part];
}
