import type { Run } from '../../run/execute.ts';
import type { Box } from './boxes.ts';
import { path, words } from './markup.ts';
import type { StagePacket } from './packets.ts';
import { crossPath, glyphPath, line, type Point } from './path.ts';
import { STAGE } from './ring.ts';
import { runIndex } from './run-index.ts';
import { placeWords, type StageWords } from './stage-labels.ts';
import { pointOn, wayBetween } from './stage-links.ts';
import { rimPart, type Tear } from './tear.ts';

/** What messages are placed on: the stage of a run at an instant. */
export interface PacketsOnStage {
  readonly run: Run;
  readonly packets: readonly StagePacket[];
  readonly tear: Tear | undefined;
  /** What words of hosts and cuts take up. Default: nothing is written yet. */
  readonly written?: readonly Box[];
  place(host: number): Point;
}

/** The messages of an instant as path data, with those that show a glyph. */
export interface PlacedPackets {
  readonly trails: string;
  readonly tracks: string;
  readonly faded: string;
  readonly crosses: string;
  readonly fadedCrosses: string;
  readonly flying: readonly { readonly at: Point; readonly packet: StagePacket }[];
  /** What they carry, where there is room, and whether they are held or duplicates. */
  readonly words: readonly StageWords[];
}

/** Places messages: what lies behind them is solid, what lies ahead dotted; lost ones end in a cross. */
export function placePackets({ run, packets, tear, written, place }: PacketsOnStage): PlacedPackets {
  const { hosts } = runIndex(run);
  let [trails, tracks, faded, crosses, fadedCrosses] = ['', '', '', '', ''];
  const flying: { readonly at: Point; readonly packet: StagePacket }[] = [];
  for (const packet of packets) {
    const way = wayBetween(place(packet.from), place(packet.to), gapOf(hosts, packet));
    const at = pointOn(way, packet.part * stopOf(packet, way, tear));
    if (packet.over) {
      faded += line([way[0], at]);
      fadedCrosses += crossPath(at, 3.8);
      continue;
    }
    trails += line([way[0], at]);
    if (packet.lostAt === undefined) tracks += line([at, way[1]]);
    // At the seam the glyph gives way to the cross.
    if (packet.lostAt !== undefined && packet.part > 0.97) crosses += crossPath(at, 3.8);
    else flying.push({ at, packet });
  }
  const words = wordsOf(
    flying,
    hosts.map((_, host) => place(host)),
    written,
  );
  return { trails, tracks, faded, crosses, fadedCrosses, flying, words };
}

/** Messages nearer than this stand on top of one another, in px. */
const ONE_PLACE = 6;

function wordsOf(
  flying: PlacedPackets['flying'],
  hosts: readonly Point[],
  words: readonly Box[] | undefined,
): readonly StageWords[] {
  const labelled = flying.flatMap(({ at, packet }, index) => {
    const { key, label } = packet;
    const state = stateOf(packet);
    if (label === undefined && (state === undefined || isSaidBeside(flying, index))) return [];
    const text = [label, state].filter((word) => word !== undefined).join(' ');
    return [{ key, at, text, needed: state !== undefined }];
  });
  return placeWords(labelled, { glyphs: flying.map(({ at }) => at), hosts, words });
}

function stateOf({ held, duplicate }: StagePacket): string | undefined {
  return held ? 'held' : duplicate ? '\u00d72' : undefined;
}

/** Of messages in one state at one place, one says it: the first that carries something, or else the first. */
function isSaidBeside(flying: PlacedPackets['flying'], index: number): boolean {
  const { at, packet } = flying[index]!;
  return flying.some((other, place) => {
    if (place === index || stateOf(other.packet) !== stateOf(packet)) return false;
    if (Math.hypot(other.at[0] - at[0], other.at[1] - at[1]) >= ONE_PLACE) return false;
    return other.packet.label !== undefined || place < index;
  });
}

/** The messages of a moment: lines to lie under the hosts, glyphs and crosses over them. */
export function stagePackets(on: PacketsOnStage): { readonly lines: string; readonly glyphs: string } {
  const { trails, tracks, faded, crosses, fadedCrosses, flying, words: beside } = placePackets(on);
  const drawn = flying.map(({ at, packet }) => glyphOf(on.run, packet, at)).join('');
  const told = beside.map(({ at: [x, y], text, anchor }) => words('word cased', x, y, text, anchor)).join('');
  return {
    lines: path('trail faded', faded) + path('trail', trails) + path('track', tracks),
    glyphs: path('cross faded', fadedCrosses) + path('cross', crosses) + drawn + told,
  };
}

function glyphOf(run: Run, { type }: StagePacket, at: Point): string {
  const mark = run.input.model.messages[type] ?? { glyph: 'triangle' as const, solid: false };
  return path(mark.solid ? 'solid' : 'hollow', glyphPath(mark.glyph, at, 5.2));
}

function gapOf(hosts: readonly { readonly shape: string }[], { from, to }: StagePacket): number {
  const client = hosts[from]?.shape === 'client' || hosts[to]?.shape === 'client';
  return client ? STAGE.client / 2 + 9 : STAGE.node + 3;
}

/** How far along its way a message comes at all. */
function stopOf({ lostAt, from }: StagePacket, way: readonly [Point, Point], tear: Tear | undefined): number {
  if (lostAt === 'host') return 1;
  if (lostAt === 'wire') return 0.6;
  if (lostAt !== 'cut') return 1;
  // A cut that does not tear the picture is drawn across the middle of its links.
  return (tear === undefined ? undefined : rimPart(way, tear.pieces[tear.side[from]!]!.rims)) ?? 0.5;
}
