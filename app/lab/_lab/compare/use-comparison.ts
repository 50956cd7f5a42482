import { useEffect, useState } from 'react';
import {
  type Comparison,
  compareRuns,
  type LinkCompare,
  type Problem,
  type Run,
} from '../../../../simulations/index.ts';
import { runSetup } from '../../../_run/setup.ts';
import { besideNames, besideSetup } from '../state/beside.ts';
import { useLab, useLabStore } from '../state/context.tsx';
import type { LabState } from '../state/store.ts';

/** Two runs, what they are called, and what sets them apart. `a` is the run in view. */
export interface Compared {
  readonly a: Run;
  readonly b: Run;
  readonly names: readonly [a: string, b: string];
  readonly comparison: Comparison;
}

/** What came of putting a run beside the one in view. */
export type ComparisonState =
  | { readonly kind: 'working' }
  | { readonly kind: 'refused'; readonly problems: readonly Problem[] }
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'ready'; readonly compared: Compared };

/** Runs what stands beside and compares, after the page has been drawn: a long run takes a moment. The last result stays until the next is there. */
export function useComparison(beside: LinkCompare): ComparisonState {
  const store = useLabStore();
  const run = useLab((state) => state.run);
  const branches = useLab((state) => state.branches);
  const branch = useLab((state) => state.branch);
  const key = useLab((state) => state.focus.key);
  const [result, setResult] = useState<ComparisonState>({ kind: 'working' });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the tree and the key are read from the store; they say when to read again.
  useEffect(() => {
    const timer = setTimeout(() => setResult(compared(store.getState(), beside)), 0);
    return () => clearTimeout(timer);
  }, [store, beside, run, branches, branch, key]);
  return result;
}

function compared(state: LabState, beside: LinkCompare): ComparisonState {
  const { run: a, applied, focus } = state;
  const setup = besideSetup(state, applied, beside);
  if (a === undefined || setup === undefined) return { kind: 'working' };
  const outcome = runSetup(state, setup);
  if (outcome.kind !== 'run') return outcome;
  const names = besideNames(state, applied, beside);
  const [one, other] = beside.kind === 'seed' ? names : names.map((name) => `“${name}”`);
  const options = { names: [one!, other!] as const, ...(focus.key !== '' && { key: focus.key }) };
  return { kind: 'ready', compared: { a, b: outcome.run, names, comparison: compareRuns(a, outcome.run, options) } };
}
