import { type Cut, laneOrder } from './lane-order.ts';
import type { Point } from './path.ts';

/** Sizes of the stage in px; the picture is drawn at this size and scaled as a whole. */
export const STAGE = { width: 400, height: 330, centre: [200, 168] as Point, radius: 112, node: 18, client: 26 };

/** Where hosts stand. */
export interface RingLayout {
  /** By index of the host. */
  readonly at: readonly Point[];
  /** Replicas, in order around the ring. */
  readonly ring: readonly number[];
  /** Direction from the centre to each host, for chips and gauges; by index of the host. */
  readonly outward: readonly Point[];
}

/** The middle of the first side faces this way: a seam then runs a little aslant from top right to bottom left. */
const FIRST_SIDE_ANGLE = (198 * Math.PI) / 180;

/**
 * Replicas on a ring, in the order of their lanes, so that the sides of a cut are arcs; clients outside, to the left those whose
 * lanes stand above the replicas, to the right the others. The first cut of the run decides how the ring is turned.
 */
export function ringLayout(
  hosts: readonly { readonly shape: 'replica' | 'client' }[],
  cuts: readonly Cut[],
): RingLayout {
  const { order, above } = laneOrder(hosts, cuts);
  const ring = order.filter((host) => hosts[host]!.shape === 'replica');
  const turn = (2 * Math.PI) / Math.max(1, ring.length);
  const first = cuts.find(({ sides }) => sides.length > 1);
  const inFirst = ring.filter((host) => first?.sides[0]?.includes(host)).length;
  const arc = inFirst === 0 ? Math.floor(ring.length / 2) : inFirst;
  const start = FIRST_SIDE_ANGLE - ((arc - 1) / 2) * turn;
  const at: Point[] = hosts.map(() => STAGE.centre);
  ring.forEach((host, position) => {
    const angle = start + position * turn;
    at[host] = [STAGE.centre[0] + STAGE.radius * Math.cos(angle), STAGE.centre[1] + STAGE.radius * Math.sin(angle)];
  });
  placeClients(at, order.slice(0, above), 28);
  placeClients(
    at,
    order.slice(above).filter((host) => hosts[host]!.shape === 'client'),
    STAGE.width - 28,
  );
  return { at, ring, outward: at.map(away) };
}

/** A column of clients, from the bottom up. */
function placeClients(at: Point[], clients: readonly number[], x: number): void {
  const pitch = Math.min(52, 250 / Math.max(1, clients.length));
  clients.forEach((host, position) => {
    at[host] = [x, 282 - position * pitch];
  });
}

function away([x, y]: Point): Point {
  const [dx, dy] = [x - STAGE.centre[0], y - STAGE.centre[1]];
  const long = Math.hypot(dx, dy) || 1;
  return [dx / long, dy / long];
}

/** A straight line that parts the ring: two points on it, and the direction from the first side to the other. */
export interface Parting {
  readonly from: Point;
  readonly to: Point;
  /** Unit vector across the line, towards the other side. */
  readonly across: Point;
  /** By index of the host: -1 on the first side, 1 on the other. */
  readonly side: readonly (-1 | 1)[];
}

/**
 * The line between one side of a cut and everything else; undefined when that side is not one arc of the ring. Clients go with their
 * side, and where a cut leaves them alone, with whatever half of the picture they stand in.
 */
export function partingOf(layout: RingLayout, sides: readonly (readonly number[])[]): Parting | undefined {
  const { ring, at } = layout;
  const inFirst = ring.map((host) => sides[0]?.includes(host) ?? false);
  const count = inFirst.filter(Boolean).length;
  if (count === 0 || count === ring.length) return undefined;
  const begins = inFirst.flatMap((inside, position) => (inside && !inFirst.at(position - 1) ? [position] : []));
  if (begins.length !== 1) return undefined;
  const ends = [between(layout, begins[0]!), between(layout, begins[0]! + count)].sort((a, b) => a[1] - b[1]);
  const [from, to] = ends as [Point, Point];
  const long = Math.hypot(to[0] - from[0], to[1] - from[1]) || 1;
  let across: Point = [(to[1] - from[1]) / long, -(to[0] - from[0]) / long];
  const distance = (point: Point) => (point[0] - from[0]) * across[0] + (point[1] - from[1]) * across[1];
  const firstHost = ring[begins[0]!]!;
  if (distance(at[firstHost]!) > 0) across = [-across[0], -across[1]];
  return {
    from,
    to,
    across,
    side: at.map((point, host) => {
      const listed = sides.findIndex((hosts) => hosts.includes(host));
      if (listed >= 0) return listed === 0 ? -1 : 1;
      return distance(point) < 0 ? -1 : 1;
    }),
  };
}

/** The point of the ring half way between the replica at a position and the one before it. */
export function between({ ring, at }: RingLayout, position: number): Point {
  // An arc that passes the end of the ring goes on at its beginning.
  const place = position % ring.length;
  const [a, b] = [at[ring.at(place - 1)!]!, at[ring[place]!]!];
  const [dx, dy] = [(a[0] + b[0]) / 2 - STAGE.centre[0], (a[1] + b[1]) / 2 - STAGE.centre[1]];
  // The middle of the arc that runs clockwise from one to the other: the chord's own middle says nothing when they face each other.
  const opposite = Math.hypot(dx, dy) < 1;
  const direction = opposite ? turned(away(a)) : away([STAGE.centre[0] + dx, STAGE.centre[1] + dy]);
  return [STAGE.centre[0] + direction[0] * STAGE.radius, STAGE.centre[1] + direction[1] * STAGE.radius];
}

/** A quarter turn clockwise on the screen. */
function turned([x, y]: Point): Point {
  return [-y, x];
}
