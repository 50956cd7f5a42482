import { invariant } from '../../kernel/invariant.ts';
import { pathTo } from '../explore/liveness.ts';
import type { Search } from '../explore/search.ts';
import type { Action } from './action.ts';
import type { State } from './state.ts';

/** The steps of a shortest path to a state of a search. Under symmetry they lead to a state of the same kind, without any renaming on the way. */
export function walkTo(found: Search<State, Action>, id: number): readonly Action[] {
  const { system, table, symmetry, parents } = found;
  const idOf = (state: State): number => table.find(symmetry ? system.representative!(state) : state);
  let state = system.init()[0]!;
  const taken: Action[] = [];
  for (const next of pathTo(id, (of) => parents.at(of)).slice(1)) {
    const step = system.actions(state).find((action) => idOf(system.next(state, action)!) === next);
    invariant(step !== undefined, 'every step of a path can be taken again', { id: next });
    state = system.next(state, step)!;
    taken.push(step);
  }
  return taken;
}
