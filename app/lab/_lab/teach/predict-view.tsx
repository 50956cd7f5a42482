'use client';

import { useEffect, useRef, useState } from 'react';
import {
  describeProblem,
  type Guess,
  isRight,
  type Predict,
  type PredictAnswer,
  type Scenario,
} from '../../../../simulations/index.ts';
import { Choices } from '../../../_prose/predict-choices.tsx';
import { Button } from '../../../_shell/button.tsx';
import { useActions, useLab } from '../state/context.tsx';
import { NumberGuess } from './number-guess.tsx';
import { OrderList } from './order-list.tsx';
import { firstGuess, guessText, pinnedAnswer, readGuess } from './pinned-answer.ts';
import styles from './teach-pane.module.css';
import { isVeiled, PREDICT } from './teaching.ts';
import { useKept } from './use-kept.ts';

/** The question; after the answer, what the run shows and why. */
export function PredictView({ scenario, predict }: { readonly scenario: Scenario; readonly predict: Predict }) {
  const [kept, keep] = useKept(scenario.id, PREDICT);
  const committed = readGuess(predict, kept);
  const [draft, setDraft] = useState<Guess | undefined>(() => firstGuess(predict));
  const veiled = useLab(isVeiled);
  const { teach, showAnswer, pause } = useActions();
  const answered = committed === undefined ? undefined : pinnedAnswer(scenario, predict);
  const answer = answered?.ok ? answered.answer : undefined;
  const told = useRef<HTMLDivElement>(null);
  const [justNow, setJustNow] = useState(false);
  useEffect(() => {
    if (justNow) showIn(told.current?.closest('section'), told.current);
  }, [justNow]);
  const commit = () => {
    if (draft === undefined) return;
    setJustNow(true);
    keep(guessText(draft));
    pause();
    showAnswer(predict);
  };
  const again = () => {
    setDraft(committed);
    setJustNow(false);
    keep(undefined);
  };
  return (
    <>
      <p className={styles.say}>{predict.question}</p>
      <Form predict={predict} guess={committed ?? draft} answer={answer} onGuess={setDraft} />
      <div ref={told} role="status">
        {committed !== undefined && answer !== undefined && (
          <Outcome predict={predict} guess={committed} answer={answer} />
        )}
        {answered?.ok === false &&
          answered.problems.map((problem) => <p key={problem.field}>{describeProblem(problem)}</p>)}
      </div>
      <p className={styles.acts}>
        {committed === undefined ? (
          <>
            <Button key="act" look="primary" aria-disabled={draft === undefined} onClick={commit}>
              Commit and see
            </Button>
            <Button onClick={() => teach(undefined)}>{veiled ? 'Skip' : 'Close'}</Button>
          </>
        ) : (
          <>
            <Button key="act" onClick={() => showAnswer(predict)}>
              Show it
            </Button>
            <Button onClick={again}>Answer again</Button>
            <Button onClick={() => teach(undefined)}>Close</Button>
          </>
        )}
      </p>
      {committed === undefined && draft === undefined && <p className={styles.hint}>Choose an answer first.</p>}
    </>
  );
}

/** Scrolls a pane so far that a part of it begins in its upper third. The page stays where it is. */
function showIn(pane: Element | null | undefined, part: HTMLElement | null): void {
  if (pane == null || part === null || pane.scrollHeight <= pane.clientHeight) return;
  const top = part.getBoundingClientRect().top - pane.getBoundingClientRect().top;
  if (top > pane.clientHeight / 3) pane.scrollBy({ top: top - pane.clientHeight / 3 });
}

interface FormProps {
  readonly predict: Predict;
  readonly guess: Guess | undefined;
  readonly answer: PredictAnswer | undefined;
  onGuess(guess: Guess): void;
}

function Form({ predict, guess, answer, onGuess }: FormProps) {
  const unit = useLab(
    ({ run }) => run?.metrics.find(({ id }) => predict.kind === 'number' && id === predict.metric)?.unit,
  );
  switch (predict.kind) {
    case 'choice': {
      const right = answer?.kind === 'choice' ? answer.option : undefined;
      return (
        <Choices
          choices={predict.options.map(({ id, text }) => ({ id, label: text, right: id === right }))}
          shown={guess?.kind === 'choice' ? guess.option : undefined}
          committed={answer !== undefined}
          onPick={(option) => onGuess({ kind: 'choice', option })}
        />
      );
    }
    case 'number':
      return (
        <NumberGuess
          predict={predict}
          unit={unit ?? 'count'}
          value={guess?.kind === 'number' ? guess.value : predict.min}
          answer={answer?.kind === 'number' ? answer.metric : undefined}
          onChange={(value) => onGuess({ kind: 'number', value })}
        />
      );
    case 'order':
      return (
        <OrderList
          items={predict.items}
          order={guess?.kind === 'order' ? guess.items : predict.items.map(({ id }) => id)}
          right={answer?.kind === 'order' ? answer.items.map(({ id }) => id) : undefined}
          onChange={(items) => onGuess({ kind: 'order', items })}
        />
      );
  }
}

function Outcome({ predict, guess, answer }: { predict: Predict; guess: Guess; answer: PredictAnswer }) {
  const right = isRight(predict, answer, guess);
  const optionOf = (id: string) =>
    predict.kind === 'choice' ? predict.options.find((one) => one.id === id) : undefined;
  const mine = guess.kind === 'choice' ? optionOf(guess.option) : undefined;
  const theirs = !right && answer.kind === 'choice' ? optionOf(answer.option) : undefined;
  return (
    <div className={styles.outcome} data-testid="predict-outcome" data-right={right}>
      <p>
        <b>{right ? 'Right.' : 'Not so.'}</b> {mine?.because}
      </p>
      {theirs !== undefined && (
        <p>
          <b>What happens.</b> {theirs.because}
        </p>
      )}
      {predict.because !== undefined && <p>{predict.because}</p>}
    </div>
  );
}
