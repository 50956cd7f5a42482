import type { Point } from '../../../simulations/index.ts';

/** Where hosts stand, and who speaks with whom. */
export interface CutGround {
  /** Ids of hosts, by index. */
  readonly hosts: readonly string[];
  /** Pairs of hosts, as `from * hosts + to`. */
  readonly links: ReadonlySet<number>;
  place(host: number): Point;
}

/** What a stroke cuts: the sides it parts, and the links between them, by index of the host. */
export interface CutLine {
  /** To the left of the stroke, as seen along it, then to the right. Hosts in the order of the run. */
  readonly sides: readonly [readonly string[], readonly string[]];
  readonly cut: readonly (readonly [number, number])[];
  /** True: nothing goes around the stroke, so every host stands on a side. False: only hosts whose links it crosses do. */
  readonly whole: boolean;
}

/**
 * What a straight stroke across the stage cuts. When it crosses every link between the hosts on its left and those on its right, it parts the
 * cluster; otherwise it cuts only the hosts at the ends of the links that it crosses from each other. Undefined: it crosses no link.
 */
export function cutLine(ground: CutGround, from: Point, to: Point): CutLine | undefined {
  const { hosts, place } = ground;
  const leftOf = hosts.map((_, host) => sideOf(from, to, place(host)) < 0);
  const between = pairsOf(ground).filter(([a, b]) => leftOf[a] !== leftOf[b]);
  const crossed = between.filter(([a, b]) => crosses(from, to, place(a), place(b)));
  if (crossed.length === 0) return undefined;
  const whole = crossed.length === between.length;
  const named = new Set(whole ? hosts.keys() : crossed.flat());
  const side = (left: boolean) => hosts.filter((_, host) => named.has(host) && leftOf[host] === left);
  const cut = between.filter(([a, b]) => named.has(a) && named.has(b));
  return { sides: [side(true), side(false)], cut, whole };
}

/** Each pair of hosts that speaks, once. */
function pairsOf({ hosts, links }: CutGround): readonly (readonly [number, number])[] {
  const pairs: (readonly [number, number])[] = [];
  for (const link of links) {
    const [a, b] = [Math.floor(link / hosts.length), link % hosts.length];
    if (a < b || !links.has(b * hosts.length + a)) pairs.push([a, b]);
  }
  return pairs;
}

/** Below 0 to the left of a line, as seen along it on the screen; above 0 to the right. */
function sideOf(from: Point, to: Point, [x, y]: Point): number {
  return (to[0] - from[0]) * (y - from[1]) - (to[1] - from[1]) * (x - from[0]);
}

/** Whether two stretches cross; `a` and `b` are known to lie on different sides of the first. */
function crosses(from: Point, to: Point, a: Point, b: Point): boolean {
  return sideOf(a, b, from) * sideOf(a, b, to) <= 0;
}

/** How near to a link a pointer must come, in px: a link is a target of twice this. */
const LINK_REACH = 12;

/** The link nearest to a point, as its two hosts, the nearer one first; undefined when none is near. */
export function nearestLink(ground: CutGround, at: Point): readonly [string, string] | undefined {
  const { hosts, place } = ground;
  let best: readonly [number, number] | undefined;
  let bestDistance = LINK_REACH;
  for (const [a, b] of pairsOf(ground)) {
    const distance = distanceTo(place(a), place(b), at);
    if (distance > bestDistance) continue;
    best = away(place(a), at) <= away(place(b), at) ? [a, b] : [b, a];
    bestDistance = distance;
  }
  return best === undefined ? undefined : [hosts[best[0]]!, hosts[best[1]]!];
}

function distanceTo(a: Point, b: Point, at: Point): number {
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
  const part = ((at[0] - a[0]) * dx + (at[1] - a[1]) * dy) / (dx * dx + dy * dy || 1);
  const within = Math.max(0, Math.min(1, part));
  return away([a[0] + dx * within, a[1] + dy * within], at);
}

function away(a: Point, b: Point): number {
  return Math.hypot(a[0] - b[0], a[1] - b[1]);
}
