import type { ChartDescription, ChartRound, StepTrace } from '../../../../simulations/index.ts';
import { To } from '../../../_shell/to.tsx';
import { briefLabel, eventWords } from '../../../_stage/marks/statechart-words.ts';
import styles from './statecharts.module.css';

export interface ReactionListProps {
  readonly chart: ChartDescription;
  /** Undefined: nothing has happened to the process yet. */
  readonly trace: StepTrace | undefined;
}

/** What a process did with an event: every transition that it tried, in order, whose guard failed, what it took and what ran. */
export function ReactionList({ chart, trace }: ReactionListProps) {
  return (
    <ol className={styles.reaction} aria-label="Transitions tried">
      {trace?.reaction.rounds.map((round, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rounds have no other name than their order.
        <Round key={at} chart={chart} round={round} event={trace.event.type} />
      ))}
    </ol>
  );
}

interface RoundProps {
  readonly chart: ChartDescription;
  readonly round: ChartRound;
  readonly event: string;
}

function Round({ chart, round, event }: RoundProps) {
  const { attempts, byEvent, from, to, handlers } = round;
  if (attempts.length === 0) {
    return (
      <li>
        <Mark held={false} />
        <span>
          {byEvent ? event : eventWords(undefined)}: {from} has no transition for it
        </span>
      </li>
    );
  }
  return attempts.map(({ transition, held }) => {
    const definition = chart.transitions[transition]!;
    const target = definition.target ?? from;
    return (
      <li key={transition} data-held={held}>
        <Mark held={held} />
        <span>
          <b>{briefLabel(definition)}</b> <To /> {held ? to : target}
          {held && to === from && ', stays'}
          {!held && <em>, guard failed</em>}
          {held && handlers.length > 0 && <span className={styles.ran}> ran {handlers.join(', ')}</span>}
        </span>
      </li>
    );
  });
}

/** A disc for what was taken, a cross for what was not. */
function Mark({ held }: { readonly held: boolean }) {
  return (
    <svg className={styles.mark} viewBox="0 0 10 10" width="10" height="10" aria-hidden="true">
      {held ? <circle cx="5" cy="5" r="3.5" /> : <path d="M1.8 1.8L8.2 8.2M8.2 1.8L1.8 8.2" />}
    </svg>
  );
}
