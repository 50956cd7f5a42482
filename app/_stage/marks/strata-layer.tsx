import { memo } from 'react';
import { type SeamPaths, type SeamWords, SIDES_GAP, type StrataPaths, tenth } from '../../../simulations/index.ts';
import type { Frame } from '../layout/frame.ts';
import { fillOf } from './fills.ts';
import ink from './ink.module.css';
import styles from './space-time.module.css';

export interface LaneLayerProps {
  readonly frame: Frame;
  readonly paths: StrataPaths;
  readonly seams: readonly SeamPaths[];
}

const AGES = ['gone', 'old', 'prev', 'new'] as const;

/** What each host has on disk over time, its outages, and the seams between the lanes. Words come in a layer of their own. */
export const StrataLayer = memo(function StrataLayer({ frame, paths, seams }: LaneLayerProps) {
  return (
    <g>
      <path className={ink.lane} d={paths.bare} />
      {AGES.map((age) => (
        <g key={age} style={{ fill: fillOf(frame.id, age) }}>
          {paths.lit[age] !== '' && <path d={paths.lit[age]} />}
          {paths.dim[age] !== '' && <path className={styles.concurrent} d={paths.dim[age]} />}
        </g>
      ))}
      <path className={styles.bandEdge} d={paths.edges} />
      {paths.down !== '' && <path className={styles.down} d={paths.down} />}
      {paths.paused !== '' && <path className={styles.paused} d={paths.paused} />}
      {paths.tears !== '' && <path className={styles.tear} d={paths.tears} />}
      {seams.map((seam) => (
        <g key={seam.id}>
          <path className={ink.gap} d={seam.gap} />
          <path className={`${ink.edge} ${ink.standing}`} d={seam.standing} />
          <path className={ink.edge} d={seam.dropped + seam.barbs} />
        </g>
      ))}
    </g>
  );
});

/** Version labels on the strata. Over the messages, so that they stay legible. */
export const VersionsLayer = memo(function VersionsLayer({ labels }: Pick<StrataPaths, 'labels'>) {
  return labels.map(({ key, x, y, text, age }) => (
    <text key={key} className={`${styles.bandWord} ${ink[`on-${age}`]}`} x={x} y={y}>
      {text}
    </text>
  ));
});

/** Words on the lanes, and in the gap of a cut. Over the playhead too, which would strike them out. */
export const LaneWordsLayer = memo(function LaneWordsLayer({
  notes,
  seams,
}: Pick<StrataPaths, 'notes'> & Pick<LaneLayerProps, 'seams'>) {
  return (
    <g>
      {notes.map(({ key, x, y, text, anchor }) => (
        <text key={key} className={`${ink.word} ${ink.cased}`} x={x} y={y} textAnchor={anchor}>
          {text}
        </text>
      ))}
      {seams.map(({ id, words }) => words !== undefined && <SeamWordsMark key={id} words={words} />)}
    </g>
  );
});

/** On a ground of the gap: where there is no place without messages, these end beside the words. */
function SeamWordsMark({ words: { x, y, title, sides, width } }: { readonly words: SeamWords }) {
  return (
    <g data-testid="seam-words">
      <rect className={ink.gap} x={tenth(x - width - 3)} y={tenth(y - 8.5)} width={tenth(width + 6)} height="11" />
      <text className={`${ink.word} ${styles.sides}`} x={tenth(x)} y={tenth(y)} textAnchor="end">
        {title}
        {sides !== '' && <tspan dx={SIDES_GAP}>{sides}</tspan>}
      </text>
    </g>
  );
}
