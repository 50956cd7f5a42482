import type { ActiveFault } from '../../kernel/faults.ts';
import type { Box } from './boxes.ts';
import { barBoxes, type CutNote, placeNote } from './cut-note.ts';
import { line, type Point } from './path.ts';
import type { RingLayout } from './ring.ts';
import { hostsTaken } from './stage-belongings.ts';
import { pointOn, wayBetween } from './stage-links.ts';
import { placeOf, type Tear, tearOf } from './tear.ts';
import { formatCount } from './time-axis.ts';

/** The cuts in force as the stage draws them: one as a tear, the others as bars across their links. */
export interface StageCuts {
  readonly tear: Tear | undefined;
  /** The fault that the tear shows. */
  readonly torn: ActiveFault | undefined;
  /** Path of the bars; '' when there are none. */
  readonly bars: string;
  /** What stands beside the tear or a bar. */
  readonly note: CutNote | undefined;
  /** What all of it takes up, for the words of hosts to keep off. */
  readonly kept: readonly Box[];
}

/** What the cuts are drawn on. */
export interface CutStage {
  readonly layout: RingLayout;
  /** Ids of hosts, by index. */
  readonly hosts: readonly string[];
  /** Pairs of hosts that speak with each other, as `from * hosts + to`. */
  readonly links: ReadonlySet<number>;
}

/** Half the length of a bar, half the gap between the two of a two-way cut, and the length of a barb, in px. */
const BAR = { half: 6, gap: 2, barb: 4.5 };

/** Lays out the cuts among faults in force. The latest two-way cut that can tear the picture does, or else the latest one-way cut. */
export function stageCuts(stage: CutStage, faults: readonly ActiveFault[]): StageCuts {
  const { layout, hosts } = stage;
  const cuts = faults.flatMap((active) => {
    const { action, id } = active.fault;
    if (action.do !== 'cut') return [];
    const sides = active.sides.map((side) => side.map((host) => hosts.indexOf(host)));
    return [{ active, id, sides, oneWay: action.oneWay }];
  });
  const tears = cuts.map((cut) => ({ cut, tear: tearOf(layout, cut) })).filter(({ tear }) => tear !== undefined);
  const shown = tears.findLast(({ tear }) => tear?.apart) ?? tears.at(-1);
  const tear = shown?.tear;
  let bars = '';
  const middles: Point[] = [];
  const drawn = new Set<number>();
  for (const cut of cuts) {
    for (const [from, to] of blockedLinks(stage, cut)) {
      if (isTorn(tear, cut === shown?.cut, from, to)) continue;
      const both = !cut.oneWay;
      const link = both ? Math.min(from, to) * hosts.length + Math.max(from, to) : -1 - (from * hosts.length + to);
      if (drawn.has(link)) continue;
      drawn.add(link);
      const way = wayBetween(placeOf(layout, tear, from), placeOf(layout, tear, to));
      bars += barOn(way, both);
      middles.push(pointOn(way, 0.5));
    }
  }
  const first = shown?.cut ?? cuts[0];
  const standing = hosts.map((host, index) => ({
    node: { host, shape: layout.ring.includes(index) ? ('replica' as const) : ('client' as const) },
    at: placeOf(layout, tear, index),
    outward: layout.outward[index]!,
  }));
  const gap = tear?.gap ?? [];
  const note = first === undefined ? undefined : placeNote(noteOf(first), { gap, bars: middles }, hostsTaken(standing));
  const kept = [...(note === undefined ? [] : [note.box]), ...gap, ...barBoxes(middles)];
  return { tear, torn: shown?.cut.active, bars, note, kept };
}

function noteOf({ active, oneWay }: { readonly active: ActiveFault; readonly oneWay: boolean }): string {
  return `cut at ${formatCount(Math.round(active.sinceUs / 1000))} ms${oneWay ? ', one way' : ''}`;
}

interface CutSides {
  readonly sides: readonly (readonly number[])[];
  readonly oneWay: boolean;
}

/** The links in use that a cut blocks, in the direction of the messages that it loses. */
function blockedLinks({ hosts, links }: CutStage, { sides, oneWay }: CutSides): readonly (readonly [number, number])[] {
  const sideOf = (host: number) => sides.findIndex((side) => side.includes(host));
  const blocked: (readonly [number, number])[] = [];
  for (const link of links) {
    const [from, to] = [Math.floor(link / hosts.length), link % hosts.length];
    const [a, b] = [sideOf(from), sideOf(to)];
    if (a < 0 || b < 0 || a === b || (oneWay && a !== 0)) continue;
    blocked.push([from, to]);
  }
  return blocked;
}

/** Whether the tear already says that the link is cut. */
function isTorn(tear: Tear | undefined, own: boolean, from: number, to: number): boolean {
  if (tear === undefined || tear.side[from] === tear.side[to]) return false;
  return tear.apart || own;
}

/** Two bars across the middle of a way; of a one-way cut one, with barbs towards the sender whose messages are lost. */
function barOn([from, to]: readonly [Point, Point], both: boolean): string {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const long = Math.hypot(dx, dy) || 1;
  const [ux, uy] = [dx / long, dy / long];
  const [x, y] = [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2];
  const point = (along: number, across: number): Point => [x + ux * along - uy * across, y + uy * along + ux * across];
  const across = (along: number) => line([point(along, -BAR.half), point(along, BAR.half)]);
  if (both) return across(-BAR.gap) + across(BAR.gap);
  const barb = (off: number) => line([point(0, off), point(-BAR.barb, off)]);
  return across(0) + barb(-BAR.half + 1.5) + barb(BAR.half - 1.5);
}
