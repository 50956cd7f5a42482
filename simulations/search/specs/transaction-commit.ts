import { integerKnob, type KnobValues } from '../../models/knob.ts';
import { defineSpec, type System } from '../explore/spec.ts';

/*
 * Transaction commit: what two-phase commit has to achieve, without saying how. There is no coordinator and there are no messages; each resource
 * manager sees the states of all others at once. It may prepare; commit when all are prepared or committed; abort when nobody has committed.
 * Any protocol that lets managers take only these steps keeps them from disagreeing.
 *
 * After Gray and Lamport, "Consensus on Transaction Commit" (2006), section 2 and module TCommit.
 */

const knobs = {
  resourceManagers: integerKnob({
    label: 'Resource managers',
    symbol: 'n',
    explain: 'How many managers take part.',
    group: 'size',
    min: 1,
    max: 12,
    default: 3,
  }),
};

const NAMES = ['working', 'prepared', 'committed', 'aborted'] as const;
const [WORKING, PREPARED, COMMITTED, ABORTED] = [0, 1, 2, 3];

/** One digit a manager. */
type State = readonly number[];
interface Action {
  readonly manager: number;
  readonly to: number;
}

function actionsOf(state: State): Action[] {
  const mayCommit = state.every((is) => is === PREPARED || is === COMMITTED);
  const mayAbort = !state.includes(COMMITTED);
  return state.flatMap((is, manager) => {
    const found: Action[] = [];
    if (is === WORKING) found.push({ manager, to: PREPARED });
    if (is === PREPARED && mayCommit) found.push({ manager, to: COMMITTED });
    if ((is === WORKING || is === PREPARED) && mayAbort) found.push({ manager, to: ABORTED });
    return found;
  });
}

function systemOf({ resourceManagers }: KnobValues<typeof knobs>): System<State, Action> {
  return {
    init: () => [Array.from({ length: resourceManagers }, () => WORKING)],
    actions: actionsOf,
    next: (state, { manager, to }) => state.with(manager, to),
    codec: {
      kind: 'words',
      words: 1,
      write(state, into, at) {
        into[at] = state.reduce((word, is) => (word << 2) | is, 0);
      },
      read: (from, at) =>
        Array.from({ length: resourceManagers }, (_, i) => (from[at]! >>> (2 * (resourceManagers - 1 - i))) & 3),
    },
    representative: (state) => state.toSorted((a, b) => a - b),
    properties: [
      {
        kind: 'always',
        id: 'consistent',
        title: 'no manager has committed while another has aborted',
        holds: (state) => !(state.includes(COMMITTED) && state.includes(ABORTED)),
      },
      {
        kind: 'sometimes',
        id: 'commit-agreement',
        title: 'all managers have committed',
        holds: (state) => state.every((is) => is === COMMITTED),
      },
      {
        kind: 'sometimes',
        id: 'abort-agreement',
        title: 'all managers have aborted',
        holds: (state) => state.every((is) => is === ABORTED),
      },
      {
        kind: 'eventually',
        id: 'decided',
        title: 'every manager has committed or aborted',
        holds: (state) => state.every((is) => is === COMMITTED || is === ABORTED),
      },
    ],
    describeAction: ({ manager, to }) => `manager ${manager + 1} ${['', 'prepares', 'commits', 'aborts'][to]}`,
    describeState: (state) => `managers ${state.map((is) => NAMES[is]).join(', ')}`,
  };
}

export const transactionCommit = defineSpec({
  id: 'transaction-commit',
  title: 'Transaction commit',
  summary: 'What any atomic commitment protocol has to achieve: no manager commits while another aborts.',
  source:
    'Gray and Lamport, Consensus on Transaction Commit (2006). Counts: tlaplus/Examples transaction_commit/TCommit.',
  knobs,
  constraints: () => [],
  system: systemOf,
  expectsViolated: () => [],
});
