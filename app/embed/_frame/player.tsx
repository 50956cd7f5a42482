import { useRef } from 'react';
import { PairTransport } from '../../_embed/pair-transport.tsx';
import { usePlayhead } from '../../_embed/use-playhead.ts';
import { useWidth } from '../../_stage/marks/use-width.ts';
import styles from './embed.module.css';
import type { EmbedView } from './open.ts';
import { narration, Side } from './side.tsx';

// This module brings the engine and the drawing with it: embed.tsx loads it once the frame stands.

export { openEmbed } from './open.ts';

/** Wider than this, a single run is drawn with the lab's lanes. */
const WIDE_PX = 560;

/** The runs of a page and the transport that moves them. */
export function Player({ view }: { readonly view: EmbedView }) {
  const { sides, stopsUs } = view;
  const playhead = usePlayhead(view);
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box, 760);
  const pair = sides.length > 1;
  const wide = !pair && width >= WIDE_PX;
  const { nowUs, passed, playing, play, pause, goTo } = playhead;
  return (
    <main id="main" className={styles.player} tabIndex={-1}>
      <div ref={box} className={pair ? `${styles.runs} ${styles.pair}` : styles.runs}>
        {sides.map((side, at) => (
          <Side key={at === 0 ? 'run' : 'beside'} view={view} side={side} nowUs={nowUs} wide={wide} />
        ))}
      </div>
      <div className={styles.transport}>
        <PairTransport
          playhead={playhead}
          name={pair ? 'Both runs' : 'The run'}
          playWord={pair ? 'Play both' : 'Play'}
          stops={stopsUs.length}
          status={`${passed} of ${stopsUs.length} steps`}
          spoken={sides.map((side) => narration(side, nowUs)).join(' ')}
          onPlay={playing ? pause : play}
          onGoTo={goTo}
        />
      </div>
    </main>
  );
}
