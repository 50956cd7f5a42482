import type { DiagramFrame } from './frame.ts';
import { type LaneSeam, RAMP, slipAt } from './lanes.ts';
import { tenth } from './path.ts';
import { horizontalPath, type SeamPoint, seamPath } from './seam.ts';
import { type SeamWords, seamWords } from './seam-words.ts';

/** A seam across the lanes as path data. */
export interface SeamPaths {
  readonly id: string;
  readonly gap: string;
  readonly standing: string;
  readonly dropped: string;
  /** Of a one-way cut: teeth on the side that is no longer heard. */
  readonly barbs: string;
  /** Undefined where none would fit. */
  readonly words: SeamWords | undefined;
}

/** Longer seams are drawn around the field only. */
const LENGTH_MAX = 4000;

/** The open seams of a frame's window. */
export function seamPaths(frame: DiagramFrame): readonly SeamPaths[] {
  const { fromUs, untilUs, lanes } = frame;
  return lanes.seams
    .filter(({ cut }) => cut.fromUs < untilUs && cut.untilUs > fromUs)
    .map((seam) => drawSeam(frame, seam))
    .filter((seam): seam is SeamPaths => seam !== undefined);
}

function drawSeam(frame: DiagramFrame, seam: LaneSeam): SeamPaths | undefined {
  const { cut } = seam;
  const throwPx = frame.lanes.pitch / 2;
  const from = Math.max(frame.x(cut.fromUs), frame.left - LENGTH_MAX / 4);
  const until = Math.min(frame.x(cut.untilUs), frame.right + LENGTH_MAX / 4);
  if (until - from < 2 * RAMP)
    return until < frame.left || from > frame.right ? undefined : notch(frame, seam, from, until);
  // Seams above this one have dropped its standing edge as well.
  const y = seam.y + slipAbove(frame, seam, (from + until) / 2);
  const { standing, dropped } = seamPath({
    length: until - from,
    throwPx,
    seed: seedOf(cut.id),
    stepMin: 4,
    stepMax: 12,
  });
  const inside = dropped.filter(({ along }) => along > RAMP && along < until - from - RAMP);
  const start: SeamPoint = { along: 0, across: 0 };
  const end: SeamPoint = { along: until - from, across: 0 };
  const below = [
    start,
    { along: RAMP, across: throwPx },
    ...inside,
    { along: until - from - RAMP, across: throwPx },
    end,
  ];
  const edge = [start, ...standing.slice(1, -1), end];
  if (!seam.slips) {
    const standing = horizontalPath(edge, from, y);
    const barbs = cut.oneWay ? barbsOf(frame, seam, { from, until, y }) : '';
    return { id: keyOf(seam), gap: '', standing, dropped: '', barbs, words: undefined };
  }
  return {
    id: keyOf(seam),
    barbs: '',
    gap: `${horizontalPath([...edge, ...below.toReversed()], from, y)}Z`,
    standing: horizontalPath(edge, from, y),
    dropped: horizontalPath(below, from, y),
    words: seamWords(frame, { id: cut.id, from, until, y: y + throwPx / 2 + 3.4 }),
  };
}

function keyOf({ cut, below }: LaneSeam): string {
  return `${cut.id} ${cut.fromUs} ${below}`;
}

/** A cut too short to tear the lanes: a jag where it is, at least as wide as its line. */
function notch(frame: DiagramFrame, seam: LaneSeam, from: number, until: number): SeamPaths {
  const y = seam.y + slipAbove(frame, seam, from);
  const end = Math.max(until, from + 2);
  const d = `M${tenth(from)} ${tenth(y - 5)}L${tenth(end)} ${tenth(y - 1)}L${tenth(from)} ${tenth(y + 1)}L${tenth(end)} ${tenth(y + 5)}`;
  return { id: keyOf(seam), gap: '', standing: d, dropped: '', barbs: '', words: undefined };
}

/** Distance between two barbs, and their length, in px. */
const BARB_EVERY = 14;
const BARB = 5;

/** Short strokes on the side of the hosts whose messages are lost: the first side of the cut. */
function barbsOf(
  frame: DiagramFrame,
  { cut, below }: LaneSeam,
  { from, until, y }: { readonly from: number; readonly until: number; readonly y: number },
): string {
  const above = frame.lanes.lanes[below - 1]!.hosts.some((host) => cut.sides[0]!.includes(host));
  let d = '';
  for (let x = from + BARB_EVERY / 2; x < until; x += BARB_EVERY) {
    if (x > frame.left && x < frame.right) d += `M${tenth(x)} ${tenth(y)}l${BARB} ${above ? -BARB : BARB}`;
  }
  return d;
}

function slipAbove(frame: DiagramFrame, seam: LaneSeam, x: number): number {
  return seam.below === 0 ? 0 : slipAt(frame.lanes, seam.below - 1, x, frame.x);
}

/** The same cut always has the same profile. */
export function seedOf(id: string): number {
  let seed = 16;
  for (let at = 0; at < id.length; at++) seed = (Math.imul(seed, 31) + id.charCodeAt(at)) | 0;
  return seed;
}
