import { glyphPath, type PlacedPackets, type Run } from '../../../simulations/index.ts';
import ink from './ink.module.css';
import styles from './stage.module.css';

/** The lines of messages, under the hosts. */
export function PacketLines({ drawn }: { drawn: PlacedPackets }) {
  return (
    <g>
      <path className={`${styles.trail} ${styles.faded}`} d={drawn.faded} />
      <path className={styles.trail} d={drawn.trails} />
      <path className={styles.track} d={drawn.tracks} />
    </g>
  );
}

/** Their glyphs and crosses, over the hosts. */
export function PacketGlyphs({ run, drawn }: { run: Run; drawn: PlacedPackets }) {
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
