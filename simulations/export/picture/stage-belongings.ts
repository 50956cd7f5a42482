import type { SceneNode } from '../../models/scene.ts';
import { around, type Box, overlap } from './boxes.ts';
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
/** From the middle of a host to the words beside it, in px. */
const BESIDE = 24;
const LINE = 13;
/** What is written keeps this far from the sides, and from the foot, where the lab says how faults are made. */
const EDGE = 4;
const FOOT = 12;
/** More than nine squares would not be counted by eye. */
const SQUARES_MAX = 9;

/**
 * Lays out what belongs to each host: on the side that faces away from the ring, or wherever around the host it covers no other host, no client and
 * nothing that was placed before. `kept` is taken already.
 */
export function placeBelongings(hosts: readonly StageHost[], kept: readonly Box[] = []): readonly Belongings[] {
  const taken = [...kept, ...hosts.flatMap(boxesOf)];
  const chips = hosts.map(chipOf);
  for (const chip of chips)
    if (chip !== undefined)
      taken.push({ left: chip.x, right: chip.x + chip.width, top: chip.y, bottom: chip.y + chip.height });
  return hosts.map((host, index) => {
    const lines = linesOf(host.node, host.since);
    const placed = lines.length === 0 ? [] : bestOf(host, lines, taken);
    taken.push(...placed.map(({ box }) => box));
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

/** What a host itself covers: its circle or square, and a long name under it. */
function boxesOf({ node, at }: StageHost): readonly Box[] {
  if (node.shape === 'replica') return [around(at, STAGE.node)];
  const half = STAGE.client / 2 + 3;
  const [x, y] = at;
  const middle = clientNameX(node.host, x);
  const wide = NAME_HALF * node.host.length;
  const name = { left: middle - wide, right: middle + wide, top: y, bottom: y + half + 14 };
  return node.host.length > 3 ? [around(at, half), name] : [around(at, half)];
}

/** The middle of the name of a client whose square stands at `x`, in px: a long name keeps off the sides of the stage. */
export function clientNameX(host: string, x: number): number {
  const wide = NAME_HALF * host.length;
  return Math.max(wide, Math.min(STAGE.width - wide, x));
}

/** True for a host at the top, whose version stands beside its upper half. */
const isHigh = (outward: Point): boolean => outward[1] < -0.6;
const facesRight = (outward: Point): boolean => outward[0] >= -0.05;

/** The room for a version of three letters beside a host, whether it has one or not. */
export function chipRoom(host: Pick<StageHost, 'at' | 'outward'>): Box {
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

/** The first of the places that covers nothing, or else the one that covers least. */
function bestOf(host: StageHost, lines: readonly Line[], taken: readonly Box[]): readonly PlacedLine[] {
  let best: readonly PlacedLine[] = [];
  let least = Number.POSITIVE_INFINITY;
  for (const { anchor, y } of placesFor(host, lines.length)) {
    const placed = lines.map((line, at) => placeLine(line, { x: host.at[0], y: y + at * LINE, anchor }));
    let covered = 0;
    for (const { box } of placed) {
      if (box.top < 2 || box.bottom > STAGE.height - FOOT) covered += LINE * (box.right - box.left);
      for (const other of taken) covered += overlap(box, other);
    }
    if (covered === 0) return placed;
    if (covered < least) [best, least] = [placed, covered];
  }
  return best;
}

/** Where lines may stand around a host, what is liked best first: the side of their words that faces the host, and the first baseline. */
function placesFor({ at: [, y], outward }: StageHost, count: number) {
  const right = facesRight(outward);
  const [same, other] = right ? (['start', 'end'] as const) : (['end', 'start'] as const);
  const more = (count - 1) * LINE;
  const liked = isHigh(outward) ? y + (right ? 3 : 6) - more / 2 : outward[1] < 0.35 && !right ? y - 24 - more : y + 19;
  const [under, above, level] = [y + 32, y - 24 - more, y + 4 - more / 2];
  return [
    { anchor: same, y: liked },
    { anchor: 'middle', y: under },
    { anchor: same, y: y + 19 },
    { anchor: same, y: above },
    { anchor: 'middle', y: above },
    { anchor: same, y: level },
    { anchor: same, y: under },
    { anchor: other, y: y + 19 },
    { anchor: other, y: above },
    { anchor: other, y: level },
    { anchor: other, y: under },
  ] as const;
}

function placeLine(
  line: Line,
  { x, y, anchor }: { readonly x: number; readonly y: number; readonly anchor: PlacedLine['anchor'] },
): PlacedLine {
  const { width } = line;
  const wanted = anchor === 'middle' ? x - width / 2 : anchor === 'start' ? x + BESIDE : x - BESIDE - width;
  const left = Math.max(EDGE, Math.min(STAGE.width - width - EDGE, wanted));
  const box = { left, right: left + width, top: y - 10, bottom: y + 3 };
  if (left !== wanted) return { line, x: left, y, anchor: 'start', box };
  return { line, x: anchor === 'start' ? left : anchor === 'end' ? box.right : x, y, anchor, box };
}
