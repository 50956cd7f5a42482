import { flagKnob, integerKnob, type KnobValues } from '../../models/knob.ts';
import { defineSpec, type System } from '../explore/spec.ts';
import {
  type Action,
  aborted,
  actionsOf,
  committed,
  describeActionOf,
  low,
  managerOf,
  nextOf,
  representativeOf,
  type State,
  UNDECIDED,
} from './two-phase-commit-steps.ts';

/*
 * Two-phase commit. A transaction is spread over resource managers, which must all commit it or all abort it. While a manager works it may
 * still abort on its own. Once it has prepared it has given that right away: it told the coordinator that it is ready, and from then on only
 * the coordinator decides. The coordinator commits when it has heard from all of them, and may abort at any time before.
 *
 * Messages are kept in a set and never removed, so they may be late, be delivered in any order and more than once, and "lost" is the
 * same as "not yet delivered".
 *
 * Two knobs plant what the protocol forbids or cannot stand. A manager that has prepared and commits without waiting to be told breaks
 * agreement. A coordinator that stops before it decides blocks every manager that has prepared: none of them can ever find out.
 *
 * After Gray and Lamport, "Consensus on Transaction Commit" (2006), section 3 and module TwoPhase.
 */

const knobs = {
  resourceManagers: integerKnob({
    label: 'Resource managers',
    symbol: 'n',
    explain: 'How many managers take part. Each one multiplies the states by about six.',
    group: 'size',
    min: 1,
    max: 10,
    default: 3,
  }),
  coordinatorMayStop: flagKnob({
    label: 'Coordinator may stop',
    explain: 'The coordinator may crash for good before it decides: managers that have prepared then wait for ever.',
    group: 'faults',
    default: false,
  }),
  commitsAlone: flagKnob({
    label: 'Managers commit alone',
    explain: 'A mistake: a manager that has prepared may commit without having been told.',
    group: 'mistake',
    default: false,
  }),
};

function systemOf(values: KnobValues<typeof knobs>): System<State, Action> {
  const count = values.resourceManagers;
  const all = Array.from({ length: count }, (_, manager) => manager);
  const everyone = low(4 ** count - 1);
  return {
    init: () => [{ managers: 0, coordinator: UNDECIDED, messages: 0, received: 0 }],
    actions: (state) => actionsOf(state, values),
    next: nextOf,
    codec: {
      kind: 'words',
      words: 2,
      write(state, into, at) {
        into[at] = state.managers | (state.received << 20);
        into[at + 1] = state.messages | (state.coordinator << 16);
      },
      read: (from, at) => ({
        managers: from[at]! & 0xfffff,
        received: from[at]! >>> 20,
        messages: from[at + 1]! & 0xffff,
        coordinator: from[at + 1]! >>> 16,
      }),
    },
    representative: (state) => representativeOf(state, count),
    properties: [
      {
        kind: 'always',
        id: 'consistent',
        title: 'no manager has committed while another has aborted',
        holds: (state) => committed(state) === 0 || aborted(state) === 0,
      },
      {
        kind: 'sometimes',
        id: 'commit-agreement',
        title: 'all managers have committed',
        holds: (state) => committed(state) === everyone,
      },
      {
        kind: 'sometimes',
        id: 'abort-agreement',
        title: 'all managers have aborted',
        holds: (state) => aborted(state) === everyone,
      },
      {
        kind: 'eventually',
        id: 'decided',
        title: 'every manager has committed or aborted',
        holds: (state) => low(state.managers >>> 1) === everyone,
      },
    ],
    describeAction: describeActionOf,
    describeState: (state) =>
      `managers ${all.map((manager) => ['working', 'prepared', 'committed', 'aborted'][managerOf(state, manager)]).join(', ')}; ` +
      `coordinator ${['undecided', 'committed', 'aborted', 'stopped'][state.coordinator]}, ` +
      `heard from ${
        all
          .filter((manager) => state.received & (1 << manager))
          .map((m) => m + 1)
          .join(', ') || 'nobody'
      }`,
  };
}

export const twoPhaseCommit = defineSpec({
  id: 'two-phase-commit',
  title: 'Two-phase commit',
  summary:
    'All commit or all abort, as long as nobody who has prepared decides alone; and nobody can wait out a stopped coordinator.',
  source:
    'Gray and Lamport, Consensus on Transaction Commit (2006). Counts: tlaplus/Examples transaction_commit/TwoPhase, Stateright examples/2pc.rs.',
  knobs,
  constraints: () => [],
  system: systemOf,
  expectsViolated: ({ coordinatorMayStop, commitsAlone }) => (coordinatorMayStop && !commitsAlone ? ['decided'] : []),
});
