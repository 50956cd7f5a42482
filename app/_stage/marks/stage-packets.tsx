import type { Run } from '../../../simulations/index.ts';
import type { StagePacket } from '../layout/packets.ts';
import { crossPath, glyphPath, line, type Point } from '../layout/path.ts';
import type { Parting } from '../layout/ring.ts';
import { STAGE } from '../layout/ring.ts';
import { runIndex } from '../layout/run-index.ts';
import ink from './ink.module.css';
import styles from './stage.module.css';
import { pointOn, seamPart, wayBetween } from './stage-links.ts';

export interface StagePacketsProps {
  readonly run: Run;
  readonly packets: readonly StagePacket[];
  readonly parting: Parting | undefined;
  place(host: number): Point;
}

/** What is drawn of messages, placed for one instant. */
interface Drawn {
  readonly trails: string;
  readonly tracks: string;
  readonly faded: string;
  readonly crosses: string;
  readonly fadedCrosses: string;
  readonly flying: readonly { readonly at: Point; readonly packet: StagePacket }[];
}

/** Places messages: what lies behind them is solid, what lies ahead dotted; lost ones end in a cross. */
export function drawPackets({ run, packets, parting, place }: StagePacketsProps): Drawn {
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

/** The lines of messages, under the hosts. */
export function PacketLines({ drawn }: { drawn: Drawn }) {
  return (
    <g>
      <path className={`${styles.trail} ${styles.faded}`} d={drawn.faded} />
      <path className={styles.trail} d={drawn.trails} />
      <path className={styles.track} d={drawn.tracks} />
    </g>
  );
}

/** Their glyphs and crosses, over the hosts. */
export function PacketGlyphs({ run, drawn }: { run: Run; drawn: Drawn }) {
  return (
    <g>
      <path className={`${ink.cross} ${styles.faded}`} d={drawn.fadedCrosses} />
      <path className={ink.cross} d={drawn.crosses} />
      {drawn.flying.map(({ at, packet }) => {
        const mark = run.input.model.messages[packet.type] ?? { glyph: 'triangle' as const, solid: false };
        return (
          <g key={packet.key}>
            <path
              className={`${styles.packet} ${mark.solid ? ink.glyphSolid : ink.glyphHollow}`}
              d={glyphPath(mark.glyph, at, 5.2)}
            />
            {(packet.held || packet.duplicate) && (
              <text className={`${ink.word} ${ink.cased}`} x={at[0] + 9} y={at[1] + 3.6}>
                {packet.held ? 'held' : '\u00d72'}
              </text>
            )}
          </g>
        );
      })}
    </g>
  );
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
