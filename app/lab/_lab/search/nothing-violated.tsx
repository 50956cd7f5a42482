'use client';

import { Button } from '../../../_shell/button.tsx';
import { useActions, useLab, useLabStore } from '../state/context.tsx';
import styles from './prompt.module.css';
import { useViolation } from './use-violation.ts';

/** The verdict in view is not violated: the ways to one that is. */
export function NothingViolated() {
  const store = useLabStore();
  const { shown } = useViolation();
  const violated = useLab((state) => state.run?.verdicts.find(({ verdict }) => verdict.status === 'violated'));
  const { showVerdict } = useActions();
  return (
    <div className={styles.prompt}>
      <p>
        {shown === undefined ? 'Nothing is violated' : `The verdict in view (${shown.title}) is not a violation`}
        {violated === undefined ? ', and this run violates no other check.' : '.'}
      </p>
      {violated === undefined ? (
        <Button onClick={() => store.setState({ searching: 'seeds' })}>Find a violation</Button>
      ) : (
        <Button onClick={() => showVerdict(violated.id)}>Show the violated check: {violated.title}</Button>
      )}
    </div>
  );
}
