import { choiceKnob, flagKnob, integerKnob, type KnobValues } from '../../models/knob.ts';
import { defineSpec, type System } from '../explore/spec.ts';
import { type Actor, type ActorsAction, type ActorsState, actorSystem } from './actors/actor-system.ts';

/*
 * Ping and pong: two actors count together. The first sends ping 0; the second answers each ping that equals its own count with a pong and counts
 * one up; the first answers each pong that equals its count with the next ping and counts one up. An old message is ignored, so that copies do
 * no harm, and the counts are never further than one apart. A message that is lost is never sent again: one loss, and the game is over. That
 * is the smallest case of a safety property that survives a bad network and a liveness property that does not.
 *
 * After Stateright, src/actor/actor_test_util.rs.
 */

const knobs = {
  countMax: integerKnob({
    label: 'Highest count',
    explain: 'States in which a count is higher are not visited.',
    group: 'size',
    min: 1,
    max: 6,
    default: 5,
  }),
  network: choiceKnob({
    label: 'Network',
    explain: 'How messages travel.',
    group: 'network',
    options: [
      { value: 'duplicating', label: 'Duplicating', explain: 'In any order, each as often as it likes.' },
      { value: 'non-duplicating', label: 'Not duplicating', explain: 'In any order, each once.' },
      { value: 'ordered', label: 'Ordered', explain: 'In the order in which they were sent, each once.' },
    ],
    default: 'duplicating',
  }),
  lossy: flagKnob({
    label: 'Lossy',
    explain: 'Whether messages may be lost.',
    group: 'network',
    default: true,
  }),
};

interface Message {
  readonly type: 'ping' | 'pong';
  readonly count: number;
}

type State = ActorsState<number, Message, null>;

function player(opponent: number | undefined): Actor<number, Message> {
  return {
    start: () => ({
      state: 0,
      sends: opponent === undefined ? [] : [{ to: opponent, message: { type: 'ping', count: 0 } }],
    }),
    receive(state, from, { type, count }) {
      if (count !== state) return undefined;
      const message: Message = type === 'ping' ? { type: 'pong', count } : { type: 'ping', count: count + 1 };
      return { state: state + 1, sends: [{ to: from, message }] };
    },
  };
}

function systemOf({ countMax, network, lossy }: KnobValues<typeof knobs>): System<State, ActorsAction<Message>> {
  const reached = ({ actors }: State): boolean => actors.includes(countMax);
  return actorSystem<number, Message, null>({
    actors: [player(1), player(undefined)],
    network,
    lossy,
    history: { initial: null, sent: () => null, received: () => null },
    withinBoundary: ({ actors }) => actors.every((count) => count <= countMax),
    properties: [
      {
        kind: 'always',
        id: 'within-one',
        title: 'the two counts are at most one apart',
        holds: ({ actors: [first, second] }) => Math.abs(first! - second!) <= 1,
      },
      { kind: 'sometimes', id: 'can-reach-max', title: `a count of ${countMax} is reached`, holds: reached },
      { kind: 'eventually', id: 'must-reach-max', title: `a count of ${countMax} is reached`, holds: reached },
    ],
    nameOf: (actor) => ['the first', 'the second'][actor]!,
    describeMessage: ({ type, count }) => `${type} ${count}`,
    describeActor: (count) => String(count),
  });
}

export const pingPong = defineSpec({
  id: 'ping-pong',
  title: 'Ping and pong',
  summary: 'Two actors count together: copies do no harm, one lost message ends the game.',
  source: 'Stateright, src/actor/actor_test_util.rs and the counts in src/actor/model.rs.',
  knobs,
  constraints: () => [],
  system: systemOf,
  expectsViolated: ({ lossy }) => (lossy ? ['must-reach-max'] : []),
});
