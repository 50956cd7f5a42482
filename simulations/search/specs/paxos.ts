import { flagKnob, integerKnob, type KnobValues } from '../../models/knob.ts';
import { defineSpec, type System } from '../explore/spec.ts';
import {
  type Action,
  actionsOf,
  initial,
  isChosen,
  key,
  nextOf,
  permutations,
  type Size,
  type State,
} from './paxos-steps.ts';

/*
 * Paxos as Lamport specifies it: acceptors and messages, no clients and no leaders. Anyone may start a ballot (1a). An acceptor that hears of
 * a ballot newer than any it knows promises to take part in no older one and says what it voted for last (1b). Once a quorum has promised, a
 * value may be proposed in that ballot (2a): the one of the newest vote that the quorum told of, or any value if it told of none. An acceptor
 * that has not promised otherwise votes for it (2b). A value is chosen when a quorum has voted for it in one ballot.
 *
 * The planted mistake proposes any value, whatever the quorum told: then two ballots may choose two values.
 *
 * After Lamport, "Paxos Made Simple" (2001), and module Paxos of the specifications in tlaplus/Examples.
 */

const knobs = {
  acceptors: integerKnob({
    label: 'Acceptors',
    symbol: 'N',
    explain: 'How many acceptors there are; a quorum is a smallest majority of them.',
    group: 'size',
    min: 1,
    max: 5,
    default: 3,
  }),
  values: integerKnob({
    label: 'Values',
    explain: 'How many values may be proposed.',
    group: 'size',
    min: 1,
    max: 3,
    default: 2,
  }),
  ballots: integerKnob({
    label: 'Ballots',
    explain: 'How many ballots may be started.',
    group: 'size',
    min: 1,
    max: 3,
    default: 2,
  }),
  ignoresVotes: flagKnob({
    label: 'Proposals ignore votes',
    explain: 'A mistake: any value may be proposed in a ballot, whatever its quorum has voted for before.',
    group: 'mistake',
    default: false,
  }),
};

function systemOf(values: KnobValues<typeof knobs>): System<State, Action> {
  const size: Size = { ...values, isSafe: !values.ignoresVotes };
  const allValues = Array.from({ length: values.values }, (_, value) => value);
  const nameOf = (value: number): string => `v${value + 1}`;
  const chosen = (state: State): number[] => allValues.filter((value) => isChosen(state, size, value));
  const symmetries = permutations(size);
  return {
    init: () => [initial(size)],
    actions: (state) => actionsOf(state, size),
    next: nextOf,
    codec: { kind: 'text', key },
    representative: (state) =>
      symmetries.map((permute) => permute(state)).reduce((least, one) => (key(one) < key(least) ? one : least)),
    properties: [
      {
        kind: 'always',
        id: 'agreement',
        title: 'at most one value is chosen',
        holds: (state) => chosen(state).length <= 1,
      },
      { kind: 'sometimes', id: 'chosen', title: 'a value is chosen', holds: (state) => chosen(state).length > 0 },
    ],
    describeAction({ type, ballot, acceptor, value }) {
      if (type === '1a') return `ballot ${ballot} is started`;
      if (type === '2a') return `${nameOf(value)} is proposed in ballot ${ballot}`;
      return `acceptor ${acceptor + 1} ${type === '1b' ? 'promises' : 'votes'} in ballot ${ballot}`;
    },
    describeState: (state) =>
      `acceptors ${state.acceptors
        .map(({ promised, votedIn, votedFor }) =>
          promised === -1
            ? 'idle'
            : `at ballot ${promised}${votedIn === -1 ? '' : `, voted ${nameOf(votedFor)} in ${votedIn}`}`,
        )
        .join('; ')}; chosen ${chosen(state).map(nameOf).join(', ') || 'nothing'}`,
  };
}

export const paxos = defineSpec({
  id: 'paxos',
  title: 'Paxos',
  summary: 'Ballots that respect earlier votes choose at most one value.',
  source:
    'Lamport, Paxos Made Simple (2001). Counts: tlaplus/Examples Paxos/MCPaxos and PaxosHowToWinATuringAward/MCPaxosTiny.',
  knobs,
  constraints: () => [],
  system: systemOf,
  expectsViolated: () => [],
});
