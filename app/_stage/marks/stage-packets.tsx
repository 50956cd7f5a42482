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

/** Their glyphs, crosses and words, over the hosts. Glyphs of one look are one path: a frame with hundreds of messages stays cheap. */
export function PacketGlyphs({ run, drawn }: { run: Run; drawn: PlacedPackets }) {
  let [solid, hollow] = ['', ''];
  for (const { at, packet } of drawn.flying) {
    const mark = run.input.model.messages[packet.type];
    const glyph = glyphPath(mark?.glyph ?? 'triangle', at, 5.2);
    if (mark?.solid === true) solid += glyph;
    else hollow += glyph;
  }
  return (
    <g data-testid="packets" data-count={drawn.flying.length}>
      <path className={`${ink.cross} ${styles.faded}`} d={drawn.fadedCrosses} />
      <path className={ink.cross} d={drawn.crosses} />
      <path className={`${styles.packet} ${ink.glyphHollow}`} d={hollow} />
      <path className={`${styles.packet} ${ink.glyphSolid}`} d={solid} />
      {drawn.words.map(({ key, at, text, anchor }) => (
        <text
          key={key}
          className={`${ink.word} ${ink.cased} ${styles.packetWord}`}
          x={at[0]}
          y={at[1]}
          textAnchor={anchor}
        >
          {text}
        </text>
      ))}
    </g>
  );
}
