import type { Run } from '../../run/execute.ts';
import { path, words } from './markup.ts';
import type { StagePacket } from './packets.ts';
import { crossPath, glyphPath, line, type Point } from './path.ts';
import { type Parting, STAGE } from './ring.ts';
import { runIndex } from './run-index.ts';
import { pointOn, seamPart, wayBetween } from './stage-links.ts';

/** What messages are placed on: the stage of a run at an instant. */
export interface PacketsOnStage {
  readonly run: Run;
  readonly packets: readonly StagePacket[];
  readonly parting: Parting | undefined;
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
}

/** Places messages: what lies behind them is solid, what lies ahead dotted; lost ones end in a cross. */
export function placePackets({ run, packets, parting, place }: PacketsOnStage): PlacedPackets {
  const { hosts } = runIndex(run);
  let [trails, tracks, faded, crosses, fadedCrosses] = ['', '', '', '', ''];
  const flying: { readonly at: Point; readonly packet: StagePacket }[] = [];
  for (const packet of packets) {
    const way = wayBetween(place(packet.from), place(packet.to), gapOf(hosts, packet));
    const at = pointOn(way, packet.part * stopOf(packet, way, parting));
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
  return { trails, tracks, faded, crosses, fadedCrosses, flying };
}

/** The messages of a moment: lines to lie under the hosts, glyphs and crosses over them. */
export function stagePackets(on: PacketsOnStage): { readonly lines: string; readonly glyphs: string } {
  const { trails, tracks, faded, crosses, fadedCrosses, flying } = placePackets(on);
  const glyphs = flying.map(({ at, packet }) => glyphOf(on.run, packet, at)).join('');
  return {
    lines: path('trail faded', faded) + path('trail', trails) + path('track', tracks),
    glyphs: path('cross faded', fadedCrosses) + path('cross', crosses) + glyphs,
  };
}

function glyphOf(run: Run, { type, held, duplicate }: StagePacket, at: Point): string {
  const mark = run.input.model.messages[type] ?? { glyph: 'triangle' as const, solid: false };
  const glyph = path(mark.solid ? 'solid' : 'hollow', glyphPath(mark.glyph, at, 5.2));
  if (!held && !duplicate) return glyph;
  return glyph + words('word cased', at[0] + 9, at[1] + 3.6, held ? 'held' : '\u00d72');
}

function gapOf(hosts: readonly { readonly shape: string }[], { from, to }: StagePacket): number {
  const client = hosts[from]?.shape === 'client' || hosts[to]?.shape === 'client';
  return client ? STAGE.client / 2 + 9 : STAGE.node + 3;
}

/** How far along its way a message comes at all. */
function stopOf({ lostAt, from }: StagePacket, way: readonly [Point, Point], parting: Parting | undefined): number {
  if (lostAt === 'host') return 1;
  if (lostAt === 'wire') return 0.6;
  if (lostAt !== 'cut') return 1;
  return (parting === undefined ? undefined : seamPart(way, parting, parting.side[from]!)) ?? 0.5;
}
