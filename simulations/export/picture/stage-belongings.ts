import type { SceneNode } from '../../models/scene.ts';
import { around, type Box, covered, type Disc, type Taken } from './boxes.ts';
import { chipWidth } from './markup.ts';
import { type Point, tenth } from './path.ts';
import { STAGE } from './ring.ts';
import { wordPx } from './strata-paths.ts';
import { formatCount } from './time-axis.ts';

/** A host where it stands on the stage. */
export interface StageHost {
  readonly node: SceneNode;
  readonly at: Point;
  /** Unit vector away from the centre of the ring. */
  readonly outward: Point;
  /** When it went down or was paused, in microseconds. */
  readonly since: number | undefined;
}

/** Where a host stands, whatever it says. */
export interface StandingHost {
  readonly node: Pick<SceneNode, 'host' | 'shape'>;
  readonly at: Point;
  readonly outward: Point;
}

/** What belongs to a host, and where it is drawn. Heights of words are those of their baselines. */
export interface Belongings {
  /** The version that it has on disk. */
  readonly chip:
    | { readonly x: number; readonly y: number; readonly width: number; readonly height: number }
    | undefined;
  /** Votes counted: so many squares, then the words. More than nine votes have no squares and are told as numbers. */
  readonly gauge:
    | {
        readonly x: number;
        readonly y: number;
        readonly width: number;
        readonly squares: number;
        readonly text: string;
      }
    | undefined;
  /** What it says of itself. */
  readonly remark:
    | { readonly x: number; readonly y: number; readonly text: string; readonly anchor: 'start' | 'middle' | 'end' }
    | undefined;
}

/** Width of a square of a gauge with the gap to the next, in px. */
export const GAUGE_PITCH = 9;

const CHIP_HEIGHT = 17;
/** Half the width of a letter of a client's name, with a little room, in px. */
const NAME_HALF = 4.5;
/** From the middle of a host to the words beside it at least, in px. */
const BESIDE = 24;
/** The ring around a selected replica, and around a selected client's square: their room is kept, so that no words move when one is selected. */
const RING = STAGE.node + 7;
const CLIENT_RING = STAGE.client / 2 + 5;
/** Words keep this far from everything else, in px. */
export const WORD_GAP = 3;
const LINE = 13;
/** What a line takes up above its baseline, and below it, in px. */
const ASCENT = 10;
const DESCENT = 3;
/** What is written keeps this far from the sides, and from the foot, where the lab says how faults are made. */
const EDGE = 4;
const FOOT = 12;
/** More than nine squares would not be counted by eye. */
const SQUARES_MAX = 9;

/**
 * Lays out what belongs to each host: on the side that faces away from the ring, or wherever around the host it keeps clear of every host, every
 * version and all that was placed before. `kept` is taken already.
 */
export function placeBelongings(hosts: readonly StageHost[], kept: readonly Box[] = []): readonly Belongings[] {
  const chips = hosts.map(chipOf);
  const chipBoxes = chips.flatMap((chip) => (chip === undefined ? [] : [boxOf(chip)]));
  const boxes = [...kept, ...hosts.flatMap(clientBoxes), ...chipBoxes];
  const taken = { boxes, discs: hosts.flatMap(ringsOf) };
  return hosts.map((host, index) => {
    const lines = linesOf(host.node, host.since);
    const placed = lines.length === 0 ? [] : bestOf(host, lines, taken);
    boxes.push(...placed.map(({ box }) => box));
    const gauge = placed.find(({ line }) => line.gauge !== undefined);
    const remark = placed.find(({ line }) => line.gauge === undefined);
    return {
      chip: chips[index],
      gauge:
        gauge === undefined
          ? undefined
          : { x: tenth(gauge.box.left), y: tenth(gauge.y), width: gauge.line.width, ...gauge.line.gauge! },
      remark:
        remark === undefined
          ? undefined
          : { x: tenth(remark.x), y: tenth(remark.y), text: remark.line.text, anchor: remark.anchor },
    };
  });
}

/** What words keep clear of wherever a host stands, whether it is selected or not, and whether it has a version or not. */
export function hostsTaken(hosts: readonly StandingHost[]): Taken {
  const chips = hosts.flatMap((host) => (host.node.shape === 'replica' ? [chipRoom(host)] : []));
  return { boxes: [...hosts.flatMap(clientBoxes), ...chips], discs: hosts.flatMap(ringsOf) };
}

/** All that the belongings of hosts take up. */
export function belongingsBoxes(belongings: readonly Belongings[]): readonly Box[] {
  return belongings.flatMap(({ chip, gauge, remark }) => [
    ...(chip === undefined ? [] : [boxOf(chip)]),
    ...(gauge === undefined ? [] : [lineBox(gauge.x, gauge.y, gauge.width)]),
    ...(remark === undefined ? [] : [remarkBox(remark)]),
  ]);
}

/** The ground under a remark: between its letters nothing shows, which would read as another one. */
export function remarkGround(remark: NonNullable<Belongings['remark']>) {
  const { left, right, top } = remarkBox(remark);
  return { x: tenth(left - WORD_GAP), y: top, width: tenth(right - left + 2 * WORD_GAP), height: LINE };
}

function remarkBox({ x, y, text, anchor }: NonNullable<Belongings['remark']>): Box {
  const width = wordPx(text);
  return lineBox(anchor === 'start' ? x : anchor === 'end' ? x - width : x - width / 2, y, width);
}

function boxOf({ x, y, width, height }: NonNullable<Belongings['chip']>): Box {
  return { left: x, right: x + width, top: y, bottom: y + height };
}

/** What a line of words takes up. */
export function lineBox(left: number, y: number, width: number): Box {
  return { left, right: left + width, top: y - ASCENT, bottom: y + DESCENT };
}

/** The circle of a replica, with room for the ring of a selection. */
function ringsOf({ node, at }: StandingHost): readonly Disc[] {
  return node.shape === 'replica' ? [{ at, radius: RING }] : [];
}

/** The square of a client, with room for the frame of a selection, and a long name under it. */
function clientBoxes({ node, at }: StandingHost): readonly Box[] {
  if (node.shape === 'replica') return [];
  const [x, y] = at;
  const middle = clientNameX(node.host, x);
  const wide = NAME_HALF * node.host.length;
  const name = { left: middle - wide, right: middle + wide, top: y, bottom: y + STAGE.client / 2 + 17 };
  return node.host.length > 3 ? [around(at, CLIENT_RING), name] : [around(at, CLIENT_RING)];
}

/** The middle of the name of a client whose square stands at `x`, in px: a long name keeps off the sides of the stage. */
export function clientNameX(host: string, x: number): number {
  const wide = NAME_HALF * host.length;
  return Math.max(wide, Math.min(STAGE.width - wide, x));
}

/** True for a host at the top, whose version stands beside its upper half. */
const isHigh = (outward: Point): boolean => outward[1] < -0.6;
const facesRight = (outward: Point): boolean => outward[0] >= -0.05;

/** The room for a version of three letters beside a host. */
function chipRoom(host: Pick<StageHost, 'at' | 'outward'>): Box {
  const { x, y, width, height } = chipAt(host, chipWidth('v12') + 6);
  return { left: x, right: x + width, top: y, bottom: y + height };
}

function chipOf({ node, ...host }: StageHost): Belongings['chip'] {
  return node.version === undefined ? undefined : chipAt(host, chipWidth(node.version.label) + 6);
}

function chipAt(
  { at: [x, y], outward }: Pick<StageHost, 'at' | 'outward'>,
  width: number,
): NonNullable<Belongings['chip']> {
  const [offset, lift] = isHigh(outward) ? [22, -22] : [25, 0];
  const left = facesRight(outward) ? x + offset : x - offset - width;
  return { x: tenth(left), y: tenth(y + lift - CHIP_HEIGHT / 2), width, height: CHIP_HEIGHT };
}

interface Line {
  readonly text: string;
  readonly width: number;
  readonly gauge?: { readonly squares: number; readonly text: string };
}

function linesOf(node: SceneNode, since: number | undefined): readonly Line[] {
  const { gauge } = node;
  const lines: Line[] = [];
  if (gauge !== undefined) {
    const squares = gauge.need <= SQUARES_MAX ? gauge.need : 0;
    const text = squares > 0 ? gauge.label : `${gauge.have} of ${gauge.need} ${gauge.label}`;
    lines.push({ text, width: squares * GAUGE_PITCH + 4 + wordPx(text), gauge: { squares, text } });
  }
  const remark = remarkOf(node, since);
  if (remark !== undefined) lines.push({ text: remark, width: wordPx(remark) });
  return lines;
}

function remarkOf({ status, remark, shape }: SceneNode, since: number | undefined): string | undefined {
  const at = since === undefined ? '' : ` since ${formatCount(Math.round(since / 1000))} ms`;
  if (status === 'down') return `down${at}`;
  if (status === 'paused') return `paused${at}`;
  // What a client waits for is its coordinator's gauge; in words it is in the text form.
  return shape === 'client' ? undefined : remark;
}

interface PlacedLine {
  readonly line: Line;
  readonly x: number;
  readonly y: number;
  readonly anchor: 'start' | 'middle' | 'end';
  readonly box: Box;
}

/** The first of the places that stands clear of everything, or else the one that covers least. */
function bestOf(host: StageHost, lines: readonly Line[], taken: Taken): readonly PlacedLine[] {
  let best: readonly PlacedLine[] = [];
  let least = Number.POSITIVE_INFINITY;
  for (const { anchor, y } of placesFor(host, lines.length)) {
    const beside = besideAt(host, y, lines.length);
    const placed = lines.map((line, at) => placeLine(line, { x: host.at[0], y: y + at * LINE, anchor, beside }));
    let cost = 0;
    for (const { box } of placed) {
      if (box.top < 2 || box.bottom > STAGE.height - FOOT) cost += LINE * (box.right - box.left);
      // To lie on something is worse than to come near it.
      cost += covered(box, taken, WORD_GAP) + 8 * covered(box, taken, 0);
    }
    if (cost === 0) return placed;
    if (cost < least) [best, least] = [placed, cost];
  }
  return best;
}

/** How far from the middle of a host lines that begin at a height stand beside it: as near as its ring lets them. */
function besideAt({ at, node }: StageHost, y: number, count: number): number {
  const clear = (node.shape === 'replica' ? RING : CLIENT_RING) + WORD_GAP;
  const [top, bottom] = [y - ASCENT, y + (count - 1) * LINE + DESCENT];
  const off = Math.max(top - at[1], 0, at[1] - bottom);
  if (node.shape === 'client') return off >= clear ? BESIDE : Math.max(BESIDE, clear);
  return Math.max(BESIDE, Math.sqrt(Math.max(0, clear * clear - off * off)));
}

/** Where lines may stand around a host, what is liked best first: the side of their words that faces the host, and the first baseline. */
function placesFor({ at: [, y], outward }: StageHost, count: number) {
  const right = facesRight(outward);
  const [same, other] = right ? (['start', 'end'] as const) : (['end', 'start'] as const);
  const more = (count - 1) * LINE;
  // Clear of the ring of a selection, and of a version that stands level with the host.
  const [under, above] = [y + RING + WORD_GAP + ASCENT, y - RING - WORD_GAP - DESCENT - more];
  const [low, high, level] = [y + 22, y - 24 - more, y + 4 - more / 2];
  const liked = isHigh(outward) ? y + (right ? 3 : 6) - more / 2 : outward[1] < 0.35 && !right ? high : low;
  return [
    { anchor: same, y: liked },
    { anchor: same, y: low },
    { anchor: same, y: high },
    { anchor: 'middle', y: under },
    { anchor: 'middle', y: above },
    { anchor: same, y: level },
    { anchor: same, y: under },
    { anchor: same, y: above },
    { anchor: other, y: low },
    { anchor: other, y: high },
    { anchor: other, y: level },
    { anchor: other, y: under },
    { anchor: other, y: above },
    { anchor: same, y: low + LINE },
    { anchor: same, y: high - LINE },
    { anchor: other, y: low + LINE },
    { anchor: other, y: high - LINE },
  ] as const;
}

function placeLine(
  line: Line,
  {
    x,
    y,
    anchor,
    beside,
  }: { readonly x: number; readonly y: number; readonly anchor: PlacedLine['anchor']; readonly beside: number },
): PlacedLine {
  const { width } = line;
  const wanted = anchor === 'middle' ? x - width / 2 : anchor === 'start' ? x + beside : x - beside - width;
  const left = Math.max(EDGE, Math.min(STAGE.width - width - EDGE, wanted));
  const box = lineBox(left, y, width);
  if (left !== wanted) return { line, x: left, y, anchor: 'start', box };
  return { line, x: anchor === 'start' ? left : anchor === 'end' ? box.right : x, y, anchor, box };
}
