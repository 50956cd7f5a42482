'use client';

import { useId } from 'react';
import type { Metric, Predict } from '../../../../simulations/index.ts';
import { formatAmount } from './amount.ts';
import styles from './number-guess.module.css';

type PredictNumber = Extract<Predict, { kind: 'number' }>;

export interface NumberGuessProps {
  readonly predict: PredictNumber;
  readonly unit: Metric['unit'];
  readonly value: number;
  /** What the run says; undefined while the question is open. */
  readonly answer: Metric | undefined;
  onChange(value: number): void;
}

/** Positions that the slider has. */
const STOPS = 100;

/** A guess on a scale; afterwards the answer stands beside it, with the stretch that counts as right. */
export function NumberGuess({ predict, unit, value, answer, onChange }: NumberGuessProps) {
  const id = useId();
  const { min, max, within } = predict;
  const share = (amount: number) => `${((amount - min) / (max - min)) * 100}%`;
  return (
    <div className={styles.guess}>
      <label htmlFor={id}>Your guess</label>
      <output className="data data-l" htmlFor={id}>
        {formatAmount(unit, value)}
      </output>
      <div className={styles.scale}>
        <span className={styles.base} />
        {answer !== undefined && (
          <>
            <span
              className={styles.right}
              style={{
                left: share(Math.max(min, answer.value - within * (max - min))),
                right: `calc(100% - ${share(Math.min(max, answer.value + within * (max - min)))})`,
              }}
            />
            <span className={styles.answer} style={{ left: share(answer.value) }} />
          </>
        )}
        <input
          id={id}
          type="range"
          min={0}
          max={STOPS}
          step={1}
          value={Math.round(((value - min) / (max - min)) * STOPS)}
          disabled={answer !== undefined}
          aria-valuetext={formatAmount(unit, value)}
          onChange={(event) => onChange(min + ((max - min) * Number(event.target.value)) / STOPS)}
        />
      </div>
      <p className={`data ${styles.ends}`} aria-hidden="true">
        <span>{formatAmount(unit, min)}</span>
        <span>{formatAmount(unit, max)}</span>
      </p>
      {answer !== undefined && (
        <p className={`data ${styles.told}`} data-testid="predict-number">
          run: {formatAmount(unit, answer.value)}; right within {formatAmount(unit, within * (max - min))}
        </p>
      )}
    </div>
  );
}
