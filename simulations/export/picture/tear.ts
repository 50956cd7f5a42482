import type { Box } from './boxes.ts';
import { line, type Point } from './path.ts';
import { between, type Parting, partingOf, type RingLayout, STAGE } from './ring.ts';
import { seedOf } from './seam-paths.ts';
import { barbsAlong, downOf, raySeam, sectorOutline, stageSeam } from './stage-seam.ts';

/** A straight line at which messages stop. */
export interface Rim {
  readonly at: Point;
  /** Unit vector. */
  readonly along: Point;
  /** False: it begins at `at`. */
  readonly endless: boolean;
}

/** A part of a torn stage. */
export interface Piece {
  /** How far it slid, in px. */
  readonly shift: Point;
  /** What to clip the stage with; '' when nothing slides. */
  readonly outline: string;
  /** The torn edge of this piece, before it slid. */
  readonly edge: string;
  /** Where messages that leave it are lost, after it slid. */
  readonly rims: readonly Rim[];
}

/**
 * A cut drawn as a tear through the stage. A two-way cut slides the pieces apart; a one-way cut leaves them where they are, and the line
 * has barbs on the side whose messages are lost.
 */
export interface Tear {
  readonly apart: boolean;
  readonly pieces: readonly Piece[];
  /** The piece that each host stands on, by index of the host. */
  readonly side: readonly number[];
  /** Path of the barbs; '' for a two-way cut. */
  readonly barbs: string;
  /** What it takes up, as boxes along it: words that lie on them are hard to read. */
  readonly gap: readonly Box[];
}

/** What of a cut its picture needs: sides as indexes of hosts. */
export interface TornCut {
  readonly id: string;
  readonly sides: readonly (readonly number[])[];
  readonly oneWay: boolean;
}

/** How far the pieces slide apart: across the seam, and along it. In px. */
const APART = 7.2;
const ALONG = 4.5;
/** Messages stop this much before the edge. */
const SHORT = 2.5;

/**
 * The tear of a cut; undefined when the picture cannot show it as one: its sides are no arcs of the ring, or it leaves a replica alone, which
 * speaks with every side.
 */
export function tearOf(layout: RingLayout, cut: TornCut): Tear | undefined {
  const { ring } = layout;
  const sides = cut.sides.filter((side) => side.some((host) => ring.includes(host)));
  if (sides.length < 2 || ring.some((host) => !sides.some((side) => side.includes(host)))) return undefined;
  if (cut.oneWay) return sides[0] === cut.sides[0] ? oneWayTear(layout, sides, cut.id) : undefined;
  return sides.length === 2 ? halves(layout, sides, cut.id) : sectors(layout, sides, cut.id);
}

function halves(layout: RingLayout, sides: TornCut['sides'], id: string): Tear | undefined {
  const parting = partingOf(layout, sides);
  if (parting === undefined) return undefined;
  const { from, across } = parting;
  const down = downOf(parting);
  const seam = stageSeam(parting, seedOf(id));
  const pieces = ([-1, 1] as const).map((side, at): Piece => {
    // The first side sinks while the other rises, as along a fault.
    const shift: Point = [side * (across[0] * APART - down[0] * ALONG), side * (across[1] * APART - down[1] * ALONG)];
    const off = side * (APART + SHORT);
    const rim: Rim = { at: [from[0] + across[0] * off, from[1] + across[1] * off], along: down, endless: true };
    return { shift, outline: seam.halves[at]!, edge: seam.profile, rims: [rim] };
  });
  return { apart: true, pieces, side: sidesOf(parting), barbs: '', gap: gapAlong(seam.points) };
}

function oneWayTear(layout: RingLayout, [first, ...others]: TornCut['sides'], id: string): Tear | undefined {
  const parting = partingOf(layout, [first!, others.flat()]);
  if (parting === undefined) return undefined;
  const { from, across } = parting;
  const seam = stageSeam(parting, seedOf(id));
  const along = downOf(parting);
  const rim: Rim = { at: [from[0] - across[0] * SHORT, from[1] - across[1] * SHORT], along, endless: true };
  return {
    apart: false,
    pieces: [
      { shift: [0, 0], outline: '', edge: seam.profile, rims: [rim] },
      { shift: [0, 0], outline: '', edge: '', rims: [] },
    ],
    side: sidesOf(parting),
    barbs: barbsAlong(seam.points, [-across[0], -across[1]]),
    gap: gapAlong(seam.points),
  };
}

/** Three sides and more: each an arc of the ring, torn off along rays from the centre. */
function sectors(layout: RingLayout, sides: TornCut['sides'], id: string): Tear | undefined {
  const { ring, at } = layout;
  const [cx, cy] = STAGE.centre;
  const sideOf = (host: number) => sides.findIndex((side) => side.includes(host));
  const begins = ring.flatMap((host, position) => (sideOf(host) === sideOf(ring.at(position - 1)!) ? [] : [position]));
  if (begins.length !== sides.length) return undefined;
  const rays = begins.map((position, number) => {
    const [x, y] = between(layout, position);
    return { angle: Math.atan2(y - cy, x - cx), points: raySeam([x, y], seedOf(id) + number) };
  });
  const bySide: Piece[] = [];
  const spans = rays.map((ray, number) => {
    const next = rays[(number + 1) % rays.length]!;
    const span = (next.angle - ray.angle + 4 * Math.PI) % (2 * Math.PI);
    const middle = ray.angle + span / 2;
    const shift: Point = [Math.cos(middle) * APART, Math.sin(middle) * APART];
    const side = sideOf(ring[begins[number]!]!);
    const rim = (angle: number): Rim => {
      const reach = APART + 2 * SHORT;
      const start: Point = [cx + Math.cos(middle) * reach, cy + Math.sin(middle) * reach];
      return { at: start, along: [Math.cos(angle), Math.sin(angle)], endless: false };
    };
    bySide[side] = {
      shift,
      outline: sectorOutline(ray, { ...next, angle: ray.angle + span }),
      edge: line([...ray.points.toReversed(), ...next.points.slice(1)]),
      rims: [rim(ray.angle), rim(next.angle)],
    };
    return { side, from: ray.angle, span };
  });
  const within = ([x, y]: Point) => {
    const angle = Math.atan2(y - cy, x - cx);
    return spans.find(({ from, span }) => (angle - from + 4 * Math.PI) % (2 * Math.PI) <= span)?.side ?? 0;
  };
  const side = at.map((point, host) => (sideOf(host) >= 0 ? sideOf(host) : within(point)));
  const gap = rays.flatMap(({ points }) => gapAlong(points));
  return { apart: true, pieces: bySide, side, barbs: '', gap };
}

/** A box for each part of a seam from tooth to tooth, both torn edges included. */
function gapAlong(points: readonly Point[]): readonly Box[] {
  return points.slice(1).map(([x, y], at) => {
    const [fromX, fromY] = points[at]!;
    const [left, right] = [Math.min(x, fromX) - APART, Math.max(x, fromX) + APART];
    return { left, right, top: Math.min(y, fromY), bottom: Math.max(y, fromY) };
  });
}

function sidesOf({ side }: Parting): readonly number[] {
  return side.map((which) => (which === -1 ? 0 : 1));
}

/** Where a way that leaves a piece meets the first of its rims, as a part of the way; undefined when it meets none. */
export function rimPart([from, to]: readonly [Point, Point], rims: readonly Rim[]): number | undefined {
  let first: number | undefined;
  for (const { at, along, endless } of rims) {
    const distance = ([x, y]: Point) => (x - at[0]) * -along[1] + (y - at[1]) * along[0];
    const [start, end] = [distance(from), distance(to)];
    if (start * end >= 0) continue;
    const part = start / (start - end);
    const [x, y] = [from[0] + (to[0] - from[0]) * part, from[1] + (to[1] - from[1]) * part];
    if (!endless && (x - at[0]) * along[0] + (y - at[1]) * along[1] < 0) continue;
    if (first === undefined || part < first) first = part;
  }
  return first;
}

/** Where a host stands now. */
export function placeOf(layout: RingLayout, tear: Tear | undefined, host: number): Point {
  const [x, y] = layout.at[host]!;
  const [dx, dy] = tear?.pieces[tear.side[host]!]?.shift ?? [0, 0];
  return [x + dx, y + dy];
}
