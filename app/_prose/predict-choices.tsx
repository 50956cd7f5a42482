'use client';

import { type ReactNode, useId } from 'react';
import { Verdict } from '../_shell/verdict-mark.tsx';
import styles from './predict.module.css';

export interface ChoicesProps {
  readonly choices: readonly { readonly id: string; readonly label: ReactNode; readonly right?: boolean }[];
  /** The one that is picked or was committed. */
  readonly shown: string | undefined;
  /** Afterwards nothing can be picked, and right and wrong are marked. */
  readonly committed: boolean;
  readonly onPick: (id: string) => void;
}

/** The answers to choose from. */
export function Choices({ choices, shown, committed, onPick }: ChoicesProps) {
  const name = useId();
  return (
    <fieldset className={styles.choices}>
      <legend className="sr">Your prediction</legend>
      {choices.map(({ id, label, right = false }) => (
        <label key={id} className={styles.choice}>
          <input
            type="radio"
            name={name}
            value={id}
            checked={id === shown}
            disabled={committed}
            onChange={() => onPick(id)}
          />
          <span>{label}</span>
          <span className={styles.tags}>
            {id === shown && <span className="data">your answer</span>}
            {committed && (id === shown || right) && (
              <Verdict status={right ? 'ok' : 'violated'}>{right ? 'right' : 'wrong'}</Verdict>
            )}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
