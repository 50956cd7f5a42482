'use client';

import { type FormEvent, useEffect, useRef, useState } from 'react';
import { TITLE_MAX } from '../state/branching.ts';
import { useActions, useLab } from '../state/context.tsx';
import { formatTime, unitOf } from '../state/format.ts';
import { useMedia } from '../state/hooks.ts';
import type { LabBranch } from '../state/tree.ts';
import styles from './branch-row.module.css';
import type { TreeRow } from './tree-lanes.ts';

export interface BranchRowProps {
  readonly row: TreeRow;
  readonly branch: LabBranch;
  readonly title: string;
  readonly parentTitle: string | undefined;
  readonly current: boolean;
}

/** A branch: its mark in the tree, its name, the moment at which it left, and what can be done with it. */
export function BranchRow({ row, branch, title, parentTitle, current }: BranchRowProps) {
  const [renaming, setRenaming] = useState(false);
  const { index } = row;
  const { showBranch, pause } = useActions();
  const endUs = useLab((state) => state.run?.simulatedUs ?? 0);
  const unit = unitOf(endUs);
  const left =
    parentTitle === undefined ? '' : `, left “${parentTitle}” at ${formatTime(branch.atUs, unit)} ${unit.name}`;
  const press = () => {
    if (current) return setRenaming(true);
    pause();
    showBranch(index);
  };
  return (
    <li className={`${styles.row} ${current ? styles.current : ''}`} data-branch={index}>
      <TreeMark row={row} current={current} />
      {renaming ? (
        <Rename index={index} title={title} onDone={() => setRenaming(false)} />
      ) : (
        <button
          type="button"
          className={styles.title}
          aria-current={current || undefined}
          aria-label={current ? `${title}, in view. Rename` : `Show ${title}${left}`}
          title={current ? `${title}: rename` : `${title}${left}`}
          onClick={press}
        >
          {title}
        </button>
      )}
      <span className={`data ${styles.at}`}>{parentTitle === undefined ? '' : formatTime(branch.atUs, unit)}</span>
      <Tools index={index} title={title} current={current} />
    </li>
  );
}

interface ToolsProps {
  readonly index: number;
  readonly title: string;
  readonly current: boolean;
}

function Tools({ index, title, current }: ToolsProps) {
  const beside = useLab((state) => state.beside?.kind === 'branch' && state.beside.branch === index);
  const { compareWith, removeBranch } = useActions();
  return (
    <span className={styles.tools}>
      {!current && (
        <button
          type="button"
          aria-label={`Compare with ${title}`}
          title="Compare with the run in view"
          aria-pressed={beside}
          onClick={() => compareWith(beside ? undefined : { kind: 'branch', branch: index })}
        >
          <svg width="14" height="12" viewBox="0 0 14 12" aria-hidden="true">
            <path d="M0 6H4L7 2H14M4 6L7 10H14" />
          </svg>
        </button>
      )}
      {index > 0 && (
        <button type="button" aria-label={`Delete ${title}`} title="Delete" onClick={() => removeBranch(index)}>
          <svg width="10" height="10" viewBox="0 0 10 10" aria-hidden="true">
            <path d="M2 2l6 6M8 2l-6 6" />
          </svg>
        </button>
      )}
    </span>
  );
}

function Rename({ index, title, onDone }: { readonly index: number; readonly title: string; onDone(): void }) {
  const { renameBranch } = useActions();
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.select(), []);
  const save = (event?: FormEvent) => {
    event?.preventDefault();
    const typed = field.current?.value ?? title;
    if (typed !== title) renameBranch(index, typed);
    onDone();
  };
  return (
    <form className={styles.rename} onSubmit={save}>
      <input
        ref={field}
        aria-label="Name of the branch; empty: after what was changed"
        defaultValue={title}
        maxLength={TITLE_MAX}
        onBlur={() => save()}
        onKeyDown={(event) => event.key === 'Escape' && onDone()}
      />
    </form>
  );
}

const COLUMN_PX = 12;
/** Height of a row; where fingers press it is higher. */
const ROW_PX = { wide: 28, narrow: 44 } as const;

/** The lines of the tree at a row, and the run's own mark: filled when it is in view. */
function TreeMark({ row, current }: { readonly row: TreeRow; readonly current: boolean }) {
  const { depth, passing, open } = row;
  const height = useMedia('(max-width: 900px)') ? ROW_PX.narrow : ROW_PX.wide;
  const x = (column: number) => 7 + column * COLUMN_PX;
  const middle = height / 2;
  const lines = [
    ...passing.filter((column) => column !== depth - 1).map((column) => `M${x(column)} 0V${height}`),
    ...(depth === 0 ? [] : [`M${x(depth - 1)} 0V${middle - 6}L${x(depth) - 4} ${middle}`]),
    ...(passing.includes(depth - 1) ? [`M${x(depth - 1)} 0V${height}`] : []),
    ...(open ? [`M${x(depth)} ${middle + 4}V${height}`] : []),
  ];
  return (
    <svg
      className={styles.mark}
      width={x(depth) + 8}
      height={height}
      viewBox={`0 0 ${x(depth) + 8} ${height}`}
      aria-hidden="true"
    >
      <path className={styles.line} d={lines.join('')} />
      <circle className={current ? styles.here : styles.there} cx={x(depth)} cy={middle} r="4" />
    </svg>
  );
}
