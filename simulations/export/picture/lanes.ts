import type { Run } from '../../run/execute.ts';
import { type Cut, cutsOf, laneOrder, seamsOf } from './lane-order.ts';
import { runIndex } from './run-index.ts';

/** `lab`: the lab's pane, lanes 36 px apart. `figure`: a guide or a scenario, 26 px. `thumb`: a quarter of a page, 26 px, few words. */
export type SpaceTimeSize = 'lab' | 'figure' | 'thumb';

/** A host's lane. Lengths in px. */
export interface Lane {
  /** Index of the host in the run's topology. */
  readonly host: number;
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
}

/** All lanes of a run at one size. */
export interface Lanes {
  /** From top to bottom. */
  readonly lanes: readonly Lane[];
  /** By index of the host: its position among the lanes. */
  readonly positionOf: readonly number[];
  readonly seams: readonly LaneSeam[];
  readonly pitch: number;
  /** Height of a stratum and of an operation's bar. */
  readonly band: number;
  readonly bar: number;
  /** Where the lanes' field begins and ends, deepest slip included. */
  readonly top: number;
  readonly bottom: number;
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

/** Lays the lanes of a run out from `top` downwards. */
export function lanesOf(run: Run, size: SpaceTimeSize, top: number): Lanes {
  const { hosts } = runIndex(run);
  const cuts = cutsOf(run);
  const { order } = laneOrder(hosts, cuts);
  const metric = METRICS[size];
  const drawn = cuts.flatMap((cut) => (seamsOf(order, cut) ?? []).map((below) => ({ cut, below })));
  const torn = new Set(drawn.map(({ below }) => below));
  let y = top + MARGIN + metric.bar / 2;
  const lanes: Lane[] = order.map((host, position) => {
    const { id, shape } = hosts[host]!;
    if (position > 0) {
      const meets = hosts[order[position - 1]!]!.shape !== shape;
      y += metric.pitch + (meets ? CLIENT_GAP : 0) + (torn.has(position) ? SEAM_GAP : 0);
    }
    return { host, id, shape, y };
  });
  const seams = drawn.map(({ cut, below }) => ({ cut, below, y: (lanes[below - 1]!.y + lanes[below]!.y) / 2 }));
  const positionOf = hosts.map((_, host) => order.indexOf(host));
  const slip = deepestSlip(seams, metric.pitch / 2);
  return { lanes, positionOf, seams, ...metric, top, bottom: y + metric.bar / 2 + MARGIN + slip };
}

/** How far the lowest lane ever drops. */
function deepestSlip(seams: readonly LaneSeam[], throwPx: number): number {
  let deepest = 0;
  for (const { cut } of seams) {
    const open = seams.filter((other) => other.cut.fromUs <= cut.fromUs && other.cut.untilUs > cut.fromUs);
    deepest = Math.max(deepest, open.filter(({ cut: { oneWay } }) => !oneWay).length * throwPx);
  }
  return deepest;
}

/** Width in px within which a seam opens and closes. */
export const RAMP = 5;

/** The offset of a lane from its closed position at an x, while seams above it are open. */
export function slipAt(lanes: Lanes, position: number, x: number, scale: (us: number) => number): number {
  let slip = 0;
  for (const { cut, below } of lanes.seams) {
    if (cut.oneWay || position < below) continue;
    slip += opening(x, scale(cut.fromUs), scale(cut.untilUs)) * (lanes.pitch / 2);
  }
  return slip;
}

/** How far a seam is open at an x: from 0 to 1. */
export function opening(x: number, from: number, until: number): number {
  const ramp = Math.max(0.001, Math.min(RAMP, (until - from) / 2));
  return Math.max(0, Math.min(1, (x - from) / ramp, (until - x) / ramp));
}

/** Where a host's lane stands at an x. */
export function laneY(lanes: Lanes, host: number, x: number, scale: (us: number) => number): number {
  const position = lanes.positionOf[host]!;
  return lanes.lanes[position]!.y + slipAt(lanes, position, x, scale);
}

/** The corners of a lane's centre line between two x, slips included: the points at which it bends. */
export function laneLine(
  lanes: Lanes,
  position: number,
  span: { readonly from: number; readonly until: number },
  scale: (us: number) => number,
): readonly (readonly [x: number, y: number])[] {
  const bends: number[] = [span.from, span.until];
  for (const { cut, below } of lanes.seams) {
    if (cut.oneWay || position < below) continue;
    const [from, until] = [scale(cut.fromUs), scale(cut.untilUs)];
    const ramp = Math.min(RAMP, (until - from) / 2);
    bends.push(from, from + ramp, until - ramp, until);
  }
  const base = lanes.lanes[position]!.y;
  return [...new Set(bends)]
    .filter((x) => x >= span.from && x <= span.until)
    .sort((a, b) => a - b)
    .map((x) => [x, base + slipAt(lanes, position, x, scale)] as const);
}
