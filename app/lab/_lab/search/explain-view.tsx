'use client';

import { useEffect, useMemo } from 'react';
import type { Explanation } from '../../../../simulations/index.ts';
import { unbroken } from '../../../_prose/rehype-no-break.js';
import { Button } from '../../../_shell/button.tsx';
import { StoryMark } from '../../../_stage/marks/story-mark.tsx';
import { useActions, useLab, useLabStore } from '../state/context.tsx';
import { told, untold } from '../state/story.ts';
import { EventList } from './event-list.tsx';
import styles from './explain-view.module.css';
import { findingOf } from './jobs.ts';
import { NothingViolated } from './nothing-violated.tsx';
import prompt from './prompt.module.css';
import { useSearch, useSearchHandle } from './search-context.tsx';
import { useViolation } from './use-violation.ts';

/** Why the run in view violates the check in view: the few events on which it depends. The diagram lights them while this is open. */
export function ExplainView() {
  const { property, subject } = useViolation();
  const explains = useSearch((state) => state.explains);
  const { actions, store } = useSearchHandle();
  const finding = useMemo(() => findingOf(explains, subject.key), [explains, subject]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the view is opened; later changes are the reader's to answer.
  useEffect(() => {
    const isNew = finding.kind === 'none' || finding.kind === 'elsewhere';
    if (property !== undefined && isNew && store.getState().explains.running === undefined) actions.explain(property);
  }, []);
  if (property === undefined) return <NothingViolated />;
  switch (finding.kind) {
    case 'running':
      return <p className={styles.wait}>Running what would have happened without each fault and each message.</p>;
    case 'ended':
      if (finding.outcome.ok) return <Explained explanation={finding.outcome.result} />;
      return <Start words={finding.outcome.message} onStart={() => actions.explain(property)} />;
    case 'none':
    case 'elsewhere': {
      const words =
        finding.kind === 'none' ? WHAT : `The last explanation is of another run (${finding.subject.title}).`;
      return <Start words={words} onStart={() => actions.explain(property)} />;
    }
  }
}

const WHAT = 'Finds the few events on which this violation depends.';

function Start({ words, onStart }: { readonly words: string; onStart(): void }) {
  return (
    <div className={prompt.prompt}>
      <p>{words}</p>
      <Button onClick={onStart} data-testid="explain">
        Explain this run
      </Button>
    </div>
  );
}

function Explained({ explanation }: { readonly explanation: Explanation }) {
  useStory(explanation);
  const { sentence, events } = explanation;
  return (
    <div className={styles.explained}>
      <div>
        <p className={styles.sentence} data-testid="explanation">
          {unbroken(sentence)}
        </p>
        {events.length === 0 ? (
          <p className="quiet">
            It is a figure of the whole run, so no event stands out. The comparison shows the run beside another
            variant.
          </p>
        ) : (
          <Legend events={events} />
        )}
      </div>
      <EventList events={events} />
    </div>
  );
}

function Legend({ events }: Pick<Explanation, 'events'>) {
  const needed = events.some(({ necessary }) => necessary === true);
  const decided = needed || events.some(({ decisive }) => decisive);
  return (
    <ul className={styles.legend} aria-label="Marks">
      <Sign event={{ role: 'cause', necessary: null }}>happened</Sign>
      <Sign event={{ role: 'absence', necessary: null }}>did not arrive, or not in time</Sign>
      {needed && <Sign event={{ role: 'cause', necessary: true }}>needed: without it, no violation</Sign>}
      {!decided && <li>No single event decides it: without any one of them the run still violates the check.</li>}
    </ul>
  );
}

/** Lights the explanation in the diagram, and gives the look back when it is closed. */
function useStory(explanation: Explanation): void {
  const lab = useLabStore();
  const run = useLab((state) => state.run);
  const { pause } = useActions();
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new run, even of the same setup, is told anew.
  useEffect(() => {
    pause();
    lab.setState((state) => told(state, explanation));
    return () => lab.setState(untold);
  }, [lab, pause, run, explanation]);
}

function Sign({
  event,
  children,
}: {
  readonly event: Parameters<typeof StoryMark>[0]['event'];
  readonly children: string;
}) {
  return (
    <li>
      <svg width="16" height="16" viewBox="-9 -9 18 18" aria-hidden="true">
        <StoryMark event={event} />
      </svg>
      {children}
    </li>
  );
}
