import { memo } from 'react';
import type { SeamPaths, StrataPaths } from '../../../simulations/index.ts';
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

/** Version labels on the strata, words on the lanes, the sides of a cut in its gap. Over the messages, so that they stay legible. */
export const LaneWordsLayer = memo(function LaneWordsLayer({
  paths: { labels, notes },
  seams,
}: Omit<LaneLayerProps, 'frame'>) {
  return (
    <g>
      {labels.map(({ key, x, y, text, age }) => (
        <text key={key} className={`${styles.bandWord} ${ink[`on-${age}`]}`} x={x} y={y}>
          {text}
        </text>
      ))}
      {notes.map(({ key, x, y, text, anchor }) => (
        <text key={key} className={`${ink.word} ${ink.cased}`} x={x} y={y} textAnchor={anchor}>
          {text}
        </text>
      ))}
      {seams.map(
        ({ id, label }) =>
          label !== undefined && (
            <text key={id} className={`${ink.word} ${styles.sides}`} x={label.x} y={label.y} textAnchor="end">
              {label.title}
              {label.sides !== '' && <tspan dx="8">{label.sides}</tspan>}
            </text>
          ),
      )}
    </g>
  );
});
