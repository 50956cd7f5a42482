import { useEffect, useRef, useState } from 'react';
import type { LinkCompare } from '../../../../simulations/index.ts';
import { useLab, useLabStore } from '../state/context.tsx';
import { inPieces } from '../state/pieces.ts';
import { type ComparisonState, comparisonInPieces, type MadeBeside } from './comparison.ts';

/** The last result, and how much of the next is done, from 0 to 1; undefined: nothing is being made. */
export interface ComparisonView {
  readonly result: ComparisonState;
  readonly share: number | undefined;
}

/** Runs what stands beside and compares, in pieces between which the page answers. The last result stays until the next is there. */
export function useComparison(beside: LinkCompare): ComparisonView {
  const store = useLabStore();
  const run = useLab((state) => state.run);
  const branches = useLab((state) => state.branches);
  const branch = useLab((state) => state.branch);
  const key = useLab((state) => state.focus.key);
  const [view, setView] = useState<ComparisonView>({ result: { kind: 'working' }, share: 0 });
  const made = useRef<MadeBeside | undefined>(undefined);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the tree and the key are read from the store; they say when to read again.
  useEffect(() => {
    const done = (result: ComparisonState) => setView({ result, share: undefined });
    const work = comparisonInPieces(store.getState(), beside, made.current, (next) => {
      made.current = next;
    });
    return inPieces(work, {
      onShare: (share) => setView(({ result }) => ({ result, share })),
      onDone: done,
      onError: (error) => done({ kind: 'failed', message: error instanceof Error ? error.message : String(error) }),
    });
  }, [store, beside, run, branches, branch, key]);
  return view;
}
