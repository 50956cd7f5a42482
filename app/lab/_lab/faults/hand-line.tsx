'use client';

import { faultTitle } from '../../../../simulations/index.ts';
import { useActions, useLab } from '../state/context.tsx';
import { formatTimeUnit, unitOf } from '../state/format.ts';
import styles from './hand-line.module.css';
import type { Hands } from './use-hands.ts';

export interface HandLineProps {
  readonly hands: Hands;
  /** Opens the options of the fault that was just made. */
  onOptions(): void;
}

/** At the foot of the stage: how to make faults by hand, then what the last one was, with the way back. */
export function HandLine({ hands, onOptions }: HandLineProps) {
  const { done, refused } = hands;
  const { undo } = useActions();
  const endUs = useLab((state) => state.run?.simulatedUs ?? 0);
  const timeUs = useLab((state) => state.branches[state.branch]?.atUs ?? 0);
  return (
    <div className={styles.line}>
      <p role="status" data-testid="hand-status">
        {refused ?? (done === undefined ? '' : wordsOf(done, formatTimeUnit(timeUs, unitOf(endUs))))}
      </p>
      {done === undefined && refused === undefined && (
        <p className={styles.hint}>
          <span className={styles.fine}>Drag across links to cut. Right-click or F on a host: faults.</span>
          <span className={styles.coarse}>Drag across links to cut. Hold a host: more faults.</span>
        </p>
      )}
      {done !== undefined && (
        <>
          {!done.ended && (
            <button type="button" onClick={onOptions} data-testid="hand-options">
              Options
            </button>
          )}
          <button type="button" onClick={undo} data-testid="hand-undo">
            Undo
          </button>
        </>
      )}
    </div>
  );
}

function wordsOf({ fault, ended }: NonNullable<Hands['done']>, at: string): string {
  return `${ended ? 'Ended' : 'Made'} at ${at}, on a branch: ${faultTitle(fault)}.`;
}
