import { memo } from 'react';
import type { InkPaths, MessagePaths } from '../../../simulations/index.ts';
import { DensityLayer } from './density-layer.tsx';
import ink from './ink.module.css';
import styles from './space-time.module.css';

/** Messages as arrows on one time scale; the cause chain of the selection under a marker. */
export const MessageLayer = memo(function MessageLayer({ paths }: { paths: MessagePaths }) {
  return (
    <g>
      {paths.marker !== '' && <path className={ink.marker} d={paths.marker} />}
      {/* A key of its own for each kind: what takes the place of the other comes in by a fade. */}
      {paths.density !== undefined && <DensityLayer key="density" paths={paths.density} />}
      <g key={paths.density === undefined ? 'arrows' : 'chain'} className={styles.arrives}>
        <Ink paths={paths.dim} className={styles.dimInk} />
        <Ink paths={paths.lit} />
      </g>
      <path className={`${ink.line} ${styles.chain}`} d={paths.chain.lines + paths.chain.late} />
      <path className={styles.chainHead} d={paths.chain.heads + paths.chain.hollowHeads} />
      <path className={ink.held} d={paths.chain.held} />
    </g>
  );
});

/** What is said of single messages: how long one was held, that one came twice. Over the playhead, which would strike it out. */
export const MessageWordsLayer = memo(function MessageWordsLayer({ notes }: Pick<MessagePaths, 'notes'>) {
  return notes.map(({ step, x, y, text }) => (
    <text key={step} className={`${ink.word} ${ink.cased}`} x={x} y={y} textAnchor="middle">
      {text}
    </text>
  ));
});

function Ink({ paths, className }: { paths: InkPaths; className?: string }) {
  const look = (base: string | undefined, more?: string) => [base, more, className].filter(Boolean).join(' ');
  return (
    <>
      {paths.lines !== '' && <path className={look(ink.line)} d={paths.lines} />}
      {paths.late !== '' && <path className={look(ink.line, styles.late)} d={paths.late} />}
      {paths.held !== '' && <path className={look(ink.held)} d={paths.held} />}
      {paths.heads !== '' && <path className={look(ink.head)} d={paths.heads} />}
      {paths.hollowHeads !== '' && <path className={look(ink.hollowHead)} d={paths.hollowHeads} />}
      {paths.crosses !== '' && (
        <path className={`${ink.cross} ${className === undefined ? '' : styles.dimCross}`} d={paths.crosses} />
      )}
    </>
  );
}

/** What hosts sent, as glyphs on their lanes. */
export const GlyphLayer = memo(function GlyphLayer({ glyphs }: { glyphs: MessagePaths['glyphs'] }) {
  const looks = [...glyphs].map(([look, d]) => ({ look, d, words: look.split(' ') }));
  return (
    <>
      {(['dim', 'lit'] as const).map((light) => (
        <g key={light} className={light === 'dim' ? styles.dimGlyphs : undefined}>
          {looks
            .filter(({ words }) => words[2] === light)
            .map(({ look, d, words }) => (
              <path
                key={look}
                className={words[1] === 'solid' ? ink.glyphSolid : ink.glyphHollow}
                data-solid={words[1] === 'solid' || undefined}
                d={d}
              />
            ))}
        </g>
      ))}
    </>
  );
});
