import type { Run } from '../../run/execute.ts';
import { type Cut, cutsOf, laneOrder, seamsBetween } from './lane-order.ts';
import { type LaneView, laneRows, PLAIN_LANES } from './lane-view.ts';
import { runIndex } from './run-index.ts';

/** `lab`: the lab's pane, lanes 36 px apart. `figure`: a guide or a scenario, 26 px. `thumb`: a quarter of a page, 26 px, few words. */
export type SpaceTimeSize = 'lab' | 'figure' | 'thumb';

/** A lane: that of one host, or of several that share it. Lengths in px. */
export interface Lane {
  /** Index of the host in the run's topology; of several, the first. */
  readonly host: number;
  /** Every host on it. */
  readonly hosts: readonly number[];
  /** The host's id; of several, a range: `r1-r5`. */
  readonly id: string;
  readonly shape: 'replica' | 'client';
  /** Where its centre line stands while no cut is open. */
  readonly y: number;
}

/** A cut that can be drawn as a seam: `below` lanes stand above it. */
export interface LaneSeam {
  readonly cut: Cut;
  readonly below: number;
  /** Centre line between the two sides while the seam is closed: its standing edge. */
  readonly y: number;
  /** Whether the lanes below drop: nothing passes at all, and each side stands together. */
  readonly slips: boolean;
}

/** All lanes of a run at one size. */
export interface Lanes {
  /** From top to bottom. */
  readonly lanes: readonly Lane[];
  /** By index of the host: its position among the lanes; -1 for a hidden one, which has no place. */
  readonly positionOf: readonly number[];
  /** By index of the host: how far from its lane's centre it is drawn, and how high its stratum and its bars are. */
  readonly slices: readonly Slice[];
  readonly seams: readonly LaneSeam[];
  readonly pitch: number;
  /** Height of a stratum and of an operation's bar on a lane of one host. */
  readonly band: number;
  readonly bar: number;
  /** Where the lanes' field begins and ends, deepest slip included. */
  readonly top: number;
  readonly bottom: number;
}

/** The part of a lane that is one host's: all of it, or a slice. Lengths in px. */
export interface Slice {
  readonly offset: number;
  readonly band: number;
  readonly bar: number;
}

/** Sizes in px. A seam's throw is half the pitch. */
const METRICS: Readonly<Record<SpaceTimeSize, { pitch: number; band: number; bar: number }>> = {
  lab: { pitch: 36, band: 13, bar: 20 },
  figure: { pitch: 26, band: 10, bar: 18 },
  thumb: { pitch: 26, band: 10, bar: 18 },
};
/** How much wider the gap is where a client's bars meet the replicas, and where a seam will run. */
const CLIENT_GAP = 4.5;
const SEAM_GAP = 6;
/** Above the first and below the last bar there is room for the mark of a witness. */
const MARGIN = 8;
/** How much of its pitch the hosts of a folded lane share, and the most that one of them takes. */
const FOLD_SHARE = 0.72;
const SLICE_MAX = 8;

/** The closest that lanes stand to fit into a room, and the least that words on a stratum and on a bar need. Lengths in px. */
const LEAST = { pitch: 24, band: 11, bar: 16 };

/** Lays the lanes of a run out from `top` downwards. They move together, within reason, where they would not end above `bottomMax`. */
export function lanesOf(
  run: Run,
  size: SpaceTimeSize,
  top: number,
  view: LaneView = PLAIN_LANES,
  bottomMax: number = Number.POSITIVE_INFINITY,
): Lanes {
  const plain = laidOut(run, METRICS[size], top, view);
  if (plain.bottom <= bottomMax) return plain;
  const { pitch, band, bar } = METRICS[size];
  // Gaps and margins keep their size: only what grows with the pitch gives way, the throw of the seams included.
  const pitches = (plain.lanes.at(-1)?.y ?? 0) - (plain.lanes[0]?.y ?? 0) + deepestSlip(plain.seams, pitch / 2);
  const scale = Math.max(LEAST.pitch / pitch, 1 - (plain.bottom - bottomMax) / Math.max(1, pitches));
  const metric = {
    pitch: Math.floor(pitch * scale * 2) / 2,
    band: Math.max(LEAST.band, Math.round(band * scale)),
    bar: Math.max(LEAST.bar, Math.round(bar * scale)),
  };
  return laidOut(run, metric, top, view);
}

type Metric = (typeof METRICS)[SpaceTimeSize];

function laidOut(run: Run, metric: Metric, top: number, view: LaneView): Lanes {
  const { hosts } = runIndex(run);
  const cuts = cutsOf(run);
  const rows = laneRows(run, laneOrder(hosts, cuts).order, view);
  const drawn = cuts.flatMap((cut) => seamsBetween(rows, cut).map((seam) => ({ cut, ...seam })));
  const torn = new Set(drawn.map(({ below }) => below));
  let y = top + MARGIN + metric.bar / 2;
  const lanes: Lane[] = rows.map(({ hosts: of, title }, position) => {
    const { shape } = hosts[of[0]!]!;
    if (position > 0) {
      const meets = hosts[rows[position - 1]!.hosts[0]!]!.shape !== shape;
      y += metric.pitch + (meets ? CLIENT_GAP : 0) + (torn.has(position) ? SEAM_GAP : 0);
    }
    return { host: of[0]!, hosts: of, id: title, shape, y };
  });
  const seams = drawn.map((seam) => ({ ...seam, y: (lanes[seam.below - 1]!.y + lanes[seam.below]!.y) / 2 }));
  const positionOf = hosts.map((_, host) => rows.findIndex((row) => row.hosts.includes(host)));
  const slices = hosts.map((_, host) => sliceOf(rows[positionOf[host]!]?.hosts ?? [host], host, metric));
  const slip = deepestSlip(seams, metric.pitch / 2);
  return { lanes, positionOf, slices, seams, ...metric, top, bottom: y + metric.bar / 2 + MARGIN + slip };
}

function sliceOf(of: readonly number[], host: number, metric: Metric): Slice {
  if (of.length === 1) return { offset: 0, band: metric.band, bar: metric.bar };
  const high = Math.min(SLICE_MAX, (metric.pitch * FOLD_SHARE) / of.length);
  const offset = (of.indexOf(host) - (of.length - 1) / 2) * high;
  return { offset, band: Math.max(1.5, high - 1.5), bar: Math.max(1.5, high - 1) };
}

/** How far the lowest lane ever drops. */
function deepestSlip(seams: readonly LaneSeam[], throwPx: number): number {
  let deepest = 0;
  for (const { cut } of seams) {
    const open = seams.filter((other) => other.cut.fromUs <= cut.fromUs && other.cut.untilUs > cut.fromUs);
    deepest = Math.max(deepest, open.filter(({ slips }) => slips).length * throwPx);
  }
  return deepest;
}

/** Width in px within which a seam opens and closes. */
export const RAMP = 5;

/** The offset of a lane from its closed position at an x, while seams above it are open. */
export function slipAt(lanes: Lanes, position: number, x: number, scale: (us: number) => number): number {
  let slip = 0;
  for (const { cut, below, slips } of lanes.seams) {
    if (!slips || position < below) continue;
    slip += opening(x, scale(cut.fromUs), scale(cut.untilUs)) * (lanes.pitch / 2);
  }
  return slip;
}

/** How far into the field the heads of lanes look: the last bit of a cut at its edge, or a short one there, does not move them. */
const HEAD_LOOKS = 1 / 12;

/** Where the head of each lane stands, from top to bottom: at the height at which its line begins, seen a twelfth into the field. In px. */
export function headsY(
  lanes: Lanes,
  { left, right }: { readonly left: number; readonly right: number },
  scale: (us: number) => number,
): readonly number[] {
  const x = left + (right - left) * HEAD_LOOKS;
  return lanes.lanes.map(({ y }, position) => y + slipAt(lanes, position, x, scale));
}

/** How far a seam is open at an x: from 0 to 1. */
export function opening(x: number, from: number, until: number): number {
  const ramp = Math.max(0.001, Math.min(RAMP, (until - from) / 2));
  return Math.max(0, Math.min(1, (x - from) / ramp, (until - x) / ramp));
}

/** Where a host stands at an x: on its lane, or on its slice of it. A hidden host stands nowhere: ask `positionOf` first. */
export function laneY(lanes: Lanes, host: number, x: number, scale: (us: number) => number): number {
  const position = lanes.positionOf[host]!;
  return lanes.lanes[position]!.y + lanes.slices[host]!.offset + slipAt(lanes, position, x, scale);
}

/** The corners of a host's centre line between two x, slips included: the points at which it bends. */
export function laneLine(
  lanes: Lanes,
  host: number,
  span: { readonly from: number; readonly until: number },
  scale: (us: number) => number,
): readonly (readonly [x: number, y: number])[] {
  const position = lanes.positionOf[host]!;
  const base = lanes.lanes[position]!.y + lanes.slices[host]!.offset;
  const bends: number[] = [span.from, span.until];
  for (const { cut, below, slips } of lanes.seams) {
    if (!slips || position < below) continue;
    const [from, until] = [scale(cut.fromUs), scale(cut.untilUs)];
    if (until < span.from || from > span.until) continue;
    const ramp = Math.min(RAMP, (until - from) / 2);
    bends.push(from, from + ramp, until - ramp, until);
  }
  if (bends.length === 2) {
    return [
      [span.from, base],
      [span.until, base],
    ];
  }
  return [...new Set(bends)]
    .filter((x) => x >= span.from && x <= span.until)
    .sort((a, b) => a - b)
    .map((x) => [x, base + slipAt(lanes, position, x, scale)] as const);
}
