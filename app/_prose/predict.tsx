'use client';

import { usePathname } from 'next/navigation';
import { type ReactNode, useState, useSyncExternalStore } from 'react';
import { Button } from '../_shell/button.tsx';
import styles from './predict.module.css';
import { Choices } from './predict-choices.tsx';
import {
  type CommitDetail,
  commitEvent,
  readPrediction,
  subscribeToPredictions,
  writePrediction,
} from './predictions.ts';
import { SectionHeading } from './section.tsx';
import { sectionHeadings } from './section-headings.js';

/** One thing that may happen. */
export interface Choice {
  /** Stable name under which the answer is kept, such as "only-new". */
  readonly id: string;
  readonly label: ReactNode;
  /** Whether the run shows this. */
  readonly right?: boolean;
  /** Why it is right, or what is wrong about it. Shown after committing: the chosen one's and the right one's. */
  readonly because: ReactNode;
}

export interface PredictProps {
  /** The question, as Markdown. */
  readonly children: ReactNode;
  readonly choices: readonly Choice[];
  /** Names the prediction within its page, in storage and in the event. Also the anchor. Default "predict". */
  readonly id?: string;
  /** Default "Predict". */
  readonly title?: string;
  /** Words of the main button. Default "Commit and run". */
  readonly action?: string;
  /** The sentence beside it. Default: that the run starts when the button is pressed. */
  readonly hint?: string;
  /** Called on a commit, beside the `faultline:commit` event on `document`. */
  readonly onCommit?: (detail: CommitDetail) => void;
}

/**
 * A question before a run. Committing keeps the answer in this browser, shows which was right and why, and fires
 * `faultline:commit`, at which the figure that belongs to it may start to play. A kept answer shows again on the next
 * visit, and nothing starts by itself then.
 */
export function Predict(props: PredictProps) {
  const { children, choices, id = sectionHeadings.Predict!.id, title = sectionHeadings.Predict!.title } = props;
  const [committed, keep] = usePrediction(id, choices);
  const [picked, setPicked] = useState<string>();
  const shown = committed ?? picked;

  const commit = () => {
    const choice = choices.find((candidate) => candidate.id === picked);
    if (choice === undefined) return;
    keep(choice.id);
    const detail: CommitDetail = { predict: id, choice: choice.id, right: choice.right === true };
    props.onCommit?.(detail);
    document.dispatchEvent(new CustomEvent(commitEvent, { detail }));
  };
  const takeBack = () => {
    setPicked(committed);
    keep(undefined);
  };

  return (
    <section className={styles.predict} aria-labelledby={id}>
      <SectionHeading id={id}>{title}</SectionHeading>
      {children}
      <Choices choices={choices} shown={shown} committed={committed !== undefined} onPick={setPicked} />
      <div role="status">{committed !== undefined && <Outcome choices={choices} chosen={committed} />}</div>
      <p className={styles.act}>
        {committed === undefined ? (
          <Button key="act" look="primary" size="large" aria-disabled={picked === undefined} onClick={commit}>
            {props.action ?? 'Commit and run'}
          </Button>
        ) : (
          <Button key="act" size="large" onClick={takeBack}>
            Answer again
          </Button>
        )}
        <span className={styles.hint}>{hintOf(props, { picked, committed })}</span>
      </p>
    </section>
  );
}

function hintOf(props: PredictProps, { picked, committed }: { picked?: string; committed?: string }): string {
  if (committed !== undefined) return 'Your answer stays in this browser.';
  if (picked === undefined) return 'Choose an answer first.';
  return props.hint ?? 'The run starts when you press it, never by itself.';
}

/** The committed choice and the setter. On the server, and until React has taken over, nothing is committed. */
function usePrediction(id: string, choices: readonly Choice[]) {
  const guide = usePathname();
  const kept = useSyncExternalStore(
    subscribeToPredictions,
    () => readPrediction(guide, id),
    () => undefined,
  );
  // A choice that the guide no longer offers counts as none.
  const committed = choices.some((choice) => choice.id === kept) ? kept : undefined;
  return [committed, (choice: string | undefined) => writePrediction(guide, id, choice)] as const;
}

/** Why the chosen answer is wrong, where it is, and why the right one is right. */
function Outcome({ choices, chosen }: { choices: readonly Choice[]; chosen: string }) {
  const mine = choices.find(({ id }) => id === chosen);
  if (mine === undefined) return null;
  const others = mine.right ? [] : choices.filter(({ right }) => right);
  return (
    <div className={styles.outcome}>
      <p>
        <b>{mine.right ? 'Right.' : 'Not so.'}</b> {mine.because}
      </p>
      {others.map(({ id, because }) => (
        <p key={id}>
          <b>What happens.</b> {because}
        </p>
      ))}
    </div>
  );
}
