'use client';

import { type ReactNode, useState } from 'react';

export interface FoldProps {
  /** Whether it stands open until the reader decides. When this changes, it decides again. */
  readonly open: boolean;
  readonly summary: ReactNode;
  readonly summaryClass?: string;
  /** What is inside; asked for only while it is open, because a branch of a long run's state may hold thousands of lines. */
  children(): ReactNode;
}

/** Something that unfolds. */
export function Fold({ open: given, summary, summaryClass, children }: FoldProps) {
  const [choice, choose] = useState({ open: given, given });
  const open = choice.given === given ? choice.open : given;
  return (
    <details open={open} onToggle={(event) => choose({ open: event.currentTarget.open, given })}>
      <summary className={summaryClass}>{summary}</summary>
      {open && children()}
    </details>
  );
}
