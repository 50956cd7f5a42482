'use client';

import { useMemo } from 'react';
import { PaneHead } from '../parts/pane-head.tsx';
import { useActions, useLab, useLabStore } from '../state/context.tsx';
import { plural } from '../state/format.ts';
import { branchTitle } from '../state/tree.ts';
import { BranchRow } from './branch-row.tsx';
import styles from './branches-panel.module.css';
import { lanesOfTree } from './tree-lanes.ts';

/** The runs that the reader keeps, as a tree: each with what was changed and when it left. Nothing while there is but one. */
export function BranchesPanel() {
  const branches = useLab((state) => state.branches);
  const branch = useLab((state) => state.branch);
  const dropped = useLab((state) => state.dropped);
  const store = useLabStore();
  const { restoreBranch } = useActions();
  const rows = useMemo(() => lanesOfTree(branches), [branches]);
  const titles = useMemo(
    () => branches.map((_, index) => branchTitle(store.getState(), branches, index)),
    [branches, store],
  );
  if (branches.length < 2 && dropped === undefined) return null;
  return (
    <section className={styles.panel} aria-labelledby="branches-head">
      <PaneHead id="branches-head" title="Branches" detail={plural(branches.length, 'run')} />
      <ol className={styles.list} data-testid="branches">
        {rows.map((row) => (
          <BranchRow
            key={row.index}
            row={row}
            branch={branches[row.index]!}
            title={titles[row.index]!}
            parentTitle={row.parent === undefined ? undefined : titles[row.parent]}
            current={row.index === branch}
          />
        ))}
      </ol>
      <p className={styles.dropped} role="status">
        {dropped !== undefined && (
          <>
            <span>Deleted “{dropped.title}”.</span>
            <button type="button" onClick={restoreBranch} data-testid="branch-restore">
              Undo
            </button>
          </>
        )}
      </p>
    </section>
  );
}
