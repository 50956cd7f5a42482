import { invariant } from '../../kernel/invariant.ts';
import type { Search } from './search.ts';
import { sameState } from './state-table.ts';

/** One step of a path, in words. */
export interface PathStep {
  readonly action: string;
  /** The state to which it led. */
  readonly state: string;
}

/**
 * Walks a path of state numbers again, since the search keeps no actions: at each state the first action that leads on. Under symmetry
 * the numbers are those of representatives, so the walk starts at a real start and looks for a step to any state of the next kind.
 */
export function replay<S, A>(
  search: Search<S, A>,
  ids: readonly number[],
): { readonly start: string; readonly steps: readonly PathStep[] } {
  const { system, table, symmetry } = search;
  const idOf = (state: S): number => table.find(symmetry ? system.representative!(state) : state);
  const first = system.init().find((start) => idOf(start) === ids[0]);
  invariant(first !== undefined, 'a path begins at a start', { id: ids[0] });
  let state: S = first;
  const start = system.describeState(state);
  const steps: PathStep[] = [];
  for (const id of ids.slice(1)) {
    const taken = stepTo(search, state, (next) => idOf(next) === id);
    invariant(taken !== undefined, 'every step of a path can be taken again', { id });
    steps.push({ action: system.describeAction(taken.action, state), state: system.describeState(taken.next) });
    state = taken.next;
  }
  return { start, steps };
}

function stepTo<S, A>(
  { system }: Search<S, A>,
  state: S,
  isWanted: (next: S) => boolean,
): { readonly action: A; readonly next: S } | undefined {
  for (const action of system.actions(state)) {
    const next = system.next(state, action);
    if (next !== undefined && isWanted(next) && !sameState(system.codec, next, state)) return { action, next };
  }
  return undefined;
}
