'use client';

import type { NamedVerdict } from '../../../../simulations/index.ts';
import { Button } from '../../../_shell/button.tsx';
import { useActions, useLab, useLabStore } from '../state/context.tsx';
import type { SearchView } from '../state/store.ts';
import styles from './verdict-actions.module.css';

/** What can be asked of the verdict in view: why, and in how small a run; of one that holds, on which seed it does not. */
export function VerdictActions({ shown }: { readonly shown: NamedVerdict | undefined }) {
  const store = useLabStore();
  const ready = useLab((state) => state.phase.kind === 'ready');
  const { pause } = useActions();
  const violated = shown?.verdict.status === 'violated';
  const acts: readonly (readonly [SearchView, string])[] = violated
    ? [
        ['explain', 'Explain'],
        ['smaller', 'Make it smaller'],
        ['seeds', 'How often'],
      ]
    : [['seeds', 'Find a violation']];
  const open = (searching: SearchView) => {
    pause();
    store.setState({ searching });
  };
  return (
    <div className={styles.acts}>
      {acts.map(([view, name]) => (
        <Button key={view} disabled={!ready} data-search={view} onClick={() => open(view)}>
          {name}
        </Button>
      ))}
    </div>
  );
}
