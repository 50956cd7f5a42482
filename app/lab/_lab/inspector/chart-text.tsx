import { type ChartDescription, type ChartTransition, formatCount } from '../../../../simulations/index.ts';
import { To } from '../../../_shell/to.tsx';
import type { ChartLight } from '../../../_stage/marks/statechart.tsx';
import { fullLabel } from '../../../_stage/marks/statechart-words.ts';
import styles from './statecharts.module.css';

export interface ChartTextProps {
  readonly chart: ChartDescription;
  readonly light: ChartLight;
}

/** A chart as a list: state, event [guard] / handlers, target. */
export function ChartText({ chart, light }: ChartTextProps) {
  return (
    <ol className={styles.text}>
      {chart.transitions.map((transition, place) => {
        const count = light.counts?.get(place) ?? 0;
        const name = [light.taken.has(place) && styles.taken, light.failed.has(place) && styles.failed];
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a transition's place is its name.
          <li key={place} className={name.filter(Boolean).join(' ')}>
            <Sentence transition={transition} />
            {light.taken.has(place) && <b> taken</b>}
            {light.failed.has(place) && <b> guard failed</b>}
            {count > 0 && (
              <span className={styles.count}>
                {formatCount(count)}
                <span className="sr"> so far</span>
              </span>
            )}
          </li>
        );
      })}
    </ol>
  );
}

function Sentence({ transition }: { readonly transition: ChartTransition }) {
  const { source, target } = transition;
  return (
    <span>
      {source === '' ? 'any state' : source} <To /> {fullLabel(transition)} <To /> {target ?? 'stays'}
    </span>
  );
}
