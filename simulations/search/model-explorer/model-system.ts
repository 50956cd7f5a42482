import type { System } from '../explore/spec.ts';
import type { Action } from './action.ts';
import { describeAction } from './describe.ts';
import type { Moves } from './moves.ts';
import type { State } from './state.ts';
import type { Symmetry } from './symmetry.ts';
import type { Watch } from './watch.ts';

/** A model as a graph of states. `onBroken` is told of each claim when the first state that breaks it is met. */
export function modelSystem(options: {
  readonly moves: Moves;
  readonly watch: Watch;
  readonly symmetry: Symmetry | undefined;
  onBroken(property: string): void;
}): System<State, Action> {
  const { moves, watch, symmetry, onBroken } = options;
  const { words } = moves.layout;
  const actionOf = (action: Action) => describeAction(action, moves.tables);
  return {
    init() {
      const { state, outcomes } = moves.start();
      outcomes.forEach((outcome, host) => {
        watch.step({ host }, outcome, state);
      });
      return [state];
    },
    actions: (state) => moves.actions(state),
    next(state, action) {
      const outcome = moves.outcome(state, action);
      const after = moves.next(state, action, outcome);
      watch.step(action, outcome, after);
      return after;
    },
    codec: {
      kind: 'words',
      words,
      write(state, into, at) {
        for (let word = 0; word < words; word++) into[at + word] = state[word]!;
      },
      read(from, at) {
        const state: number[] = [];
        for (let word = 0; word < words; word++) state.push(from[at + word]!);
        return state;
      },
    },
    ...(symmetry !== undefined && { representative: (state: State) => symmetry.representative(state) }),
    properties: watch.claims.map((claim) => ({
      kind: 'always',
      id: claim.property.id,
      title: claim.property.title,
      holds(state) {
        const holds = watch.holds(claim, state);
        if (!holds) onBroken(claim.property.id);
        return holds;
      },
    })),
    describeAction: actionOf,
    describeState: (state) => state.join(' '),
  };
}
