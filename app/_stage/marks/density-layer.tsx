import type { DensityPaths } from '../../../simulations/index.ts';
import styles from './density-layer.module.css';
import ink from './ink.module.css';

/** From few messages to many. */
const GRADES = ['one', 'two', 'four', 'eight', 'sixteen'] as const;

/** A window with more than can be drawn one by one: how many events on each lane, how many messages between lanes, and every loss. */
export function DensityLayer({ paths }: { readonly paths: DensityPaths }) {
  const { traffic, litTraffic, events, litEvents, lost, stopped } = paths;
  return (
    <g className={styles.density} data-testid="density">
      <g className={litTraffic.length > 0 ? styles.dim : undefined}>
        <Traffic grades={traffic} />
        <path className={styles.events} d={events} />
      </g>
      <Traffic grades={litTraffic} />
      {litEvents !== '' && <path className={styles.events} d={litEvents} />}
      {lost + stopped !== '' && <path className={`${ink.cross} ${styles.lost}`} d={lost + stopped} />}
    </g>
  );
}

function Traffic({ grades }: { readonly grades: readonly string[] }) {
  return grades.map((d, grade) => d !== '' && <path key={GRADES[grade]} className={styles[GRADES[grade]!]} d={d} />);
}
