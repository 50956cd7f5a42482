import type { LinkCompare } from '../../../../simulations/index.ts';
import { besideSetup, besideWithout } from './beside.ts';
import { changed } from './change.ts';
import { applied } from './enter.ts';
import type { LabState, LabStore } from './store.ts';
import { branchTitle, type Tree, withoutBranch } from './tree.ts';

/** Going about the tree of runs, and putting one of them beside another. */
export interface BranchActions {
  /** Brings a branch into view, at the moment in view. */
  showBranch(index: number): void;
  /** Gives a branch a name; '' takes it back. */
  renameBranch(index: number, title: string): void;
  /** Takes a branch away; those that left it now leave its parent. Can be taken back with `restoreBranch` until the next change. */
  removeBranch(index: number): void;
  restoreBranch(): void;
  /** Puts another run beside the one in view; undefined ends it. */
  compareWith(beside: LinkCompare | undefined): void;
  /** Brings what stands beside into view, and what is in view beside it. */
  swapBeside(): void;
}

/** Names are at most this long: a link holds them. */
export const TITLE_MAX = 80;

export function branchActions(store: LabStore): BranchActions {
  const { setState } = store;
  return {
    showBranch: (index) => setState((state) => shown(state, state, index)),
    renameBranch: (index, title) =>
      setState(({ branches }) => {
        const named = title.trim().slice(0, TITLE_MAX);
        return { branches: branches.with(index, { ...branches[index]!, title: named === '' ? undefined : named }) };
      }),
    removeBranch: (index) => setState((state) => removed(state, index)),
    restoreBranch: () =>
      setState((state) => {
        const { dropped } = state;
        if (dropped === undefined) return {};
        return { ...shown(state, dropped, dropped.branch), beside: dropped.beside, dropped: undefined };
      }),
    compareWith: (beside) => setState({ beside, besideStep: undefined }),
    swapBeside: () => setState(swapped),
  };
}

/** The state with a branch of a tree in view. Its fault script has its own past, so there is nothing to undo. */
function shown(state: LabState, { branches }: Tree, index: number): Partial<LabState> {
  const result = applied(state, branches[index]!.setup);
  if (result.applied === undefined) return result;
  const { beside } = state;
  const covered = beside?.kind === 'branch' && beside.branch === index;
  return {
    ...result,
    branches: branches.with(index, { ...branches[index]!, setup: result.applied }),
    branch: index,
    undone: [],
    redone: [],
    verdict: undefined,
    besideStep: undefined,
    // What stood beside is now in view: the two change places.
    beside: covered ? { kind: 'branch', branch: state.branch } : beside,
  };
}

function removed(state: LabState, index: number): Partial<LabState> {
  if (index === 0 || state.branches[index] === undefined) return {};
  const dropped = {
    branches: state.branches,
    branch: state.branch,
    beside: state.beside,
    title: branchTitle(state, state.branches, index),
  };
  const tree = withoutBranch(state, index);
  const beside = besideWithout(state.beside, index);
  if (index !== state.branch) return { ...tree, dropped, beside };
  // The comparison would be of a run with itself.
  const left = beside?.kind === 'branch' && beside.branch === tree.branch ? undefined : beside;
  return { ...shown({ ...state, beside: left }, tree, tree.branch), dropped };
}

/** Nothing is lost on the way: a choice that would take a run away from those that left it makes a branch. */
function swapped(state: LabState): Partial<LabState> {
  const { beside } = state;
  const other = beside === undefined ? undefined : besideSetup(state, state.applied, beside);
  if (beside === undefined || other === undefined) return {};
  if (beside.kind === 'branch') return shown(state, state, beside.branch);
  const { variant, seed, set } = other;
  return { ...changed(state, 'choice', { variant, seed, set }), besideStep: undefined, verdict: undefined };
}
