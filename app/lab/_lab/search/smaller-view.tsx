'use client';

import { useEffect, useMemo } from 'react';
import { formatCount, type ShrinkProgress } from '../../../../simulations/index.ts';
import { Button } from '../../../_shell/button.tsx';
import { useActions } from '../state/context.tsx';
import { plural } from '../state/format.ts';
import { findingOf } from './jobs.ts';
import { NothingViolated } from './nothing-violated.tsx';
import prompt from './prompt.module.css';
import { useSearch, useSearchHandle } from './search-context.tsx';
import { SmallRun } from './small-run.tsx';
import styles from './smaller-view.module.css';
import { useViolation } from './use-violation.ts';

/** The smallest run that still violates the check in view. Looked for as soon as the reader comes here. */
export function SmallerView() {
  const { property, subject } = useViolation();
  const smaller = useSearch((state) => state.smaller);
  const { actions, store } = useSearchHandle();
  const { pause } = useActions();
  const finding = useMemo(() => findingOf(smaller, subject.key), [smaller, subject]);
  useFirst(() => {
    pause();
    if (property !== undefined && store.getState().smaller.running === undefined && isOpen(finding.kind))
      actions.shrink(property);
  });
  if (property === undefined) return <NothingViolated />;
  switch (finding.kind) {
    case 'running':
      return <Progress progress={finding.progress} onCancel={actions.cancelShrink} />;
    case 'ended':
      if (finding.outcome.ok) return <SmallRun report={finding.outcome.result} />;
      return <Start words={finding.outcome.message} onStart={() => actions.shrink(property)} />;
    case 'none':
    case 'elsewhere': {
      const other =
        finding.kind === 'elsewhere' ? ` The last result is of another run (${finding.subject.title}).` : '';
      return <Start words={`${WHAT}${other}`} onStart={() => actions.shrink(property)} />;
    }
  }
}

const WHAT =
  'Leaves out operations, faults, processes and chance, as long as the run still violates this check and the fix still mends it.';

function isOpen(kind: ReturnType<typeof findingOf>['kind']): boolean {
  return kind === 'none' || kind === 'elsewhere';
}

/** Does something once, when the view is opened. */
function useFirst(act: () => void): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: later changes are the reader's to answer.
  useEffect(act, []);
}

function Start({ words, onStart }: { readonly words: string; onStart(): void }) {
  return (
    <div className={prompt.prompt}>
      <p>{words}</p>
      <Button onClick={onStart} data-testid="shrink">
        Make this run smaller
      </Button>
    </div>
  );
}

function Progress({ progress, onCancel }: { readonly progress: ShrinkProgress | undefined; onCancel(): void }) {
  return (
    <div className={prompt.prompt}>
      <p>{WHAT}</p>
      <p className={styles.progress}>
        <progress value={progress?.runs ?? 0} max={progress?.runsMax ?? 1} aria-label="Runs spent" />
        <span className="data" data-testid="shrink-progress">
          {progress === undefined
            ? 'starting'
            : `${plural(progress.runs, 'run')} of at most ${formatCount(progress.runsMax)}, ${plural(progress.events, 'event')} so far; ${progress.stage}`}
        </span>
      </p>
      <Button onClick={onCancel} data-testid="shrink-cancel">
        Cancel
      </Button>
    </div>
  );
}
