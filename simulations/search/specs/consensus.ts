import { integerKnob, type KnobValues } from '../../models/knob.ts';
import { defineSpec, type System } from '../explore/spec.ts';

/*
 * Consensus: what Paxos has to achieve, without saying how. There is a set of chosen values. The only step is to choose one value while none is
 * chosen. Checked, as its source does, from every state in which at most one value is chosen, to show that a step never leads out of them.
 *
 * After Lamport, module Consensus of the Paxos specifications.
 */

const knobs = {
  values: integerKnob({
    label: 'Values',
    explain: 'How many values may be chosen from.',
    group: 'size',
    min: 1,
    max: 26,
    default: 3,
  }),
};

/** The chosen values. */
type State = readonly number[];

function systemOf({ values }: KnobValues<typeof knobs>): System<State, number> {
  const all = Array.from({ length: values }, (_, value) => value);
  const nameOf = (value: number): string => String.fromCharCode(97 + value);
  return {
    init: () => [[], ...all.map((value) => [value])],
    actions: (chosen) => (chosen.length === 0 ? all : []),
    next: (_, value) => [value],
    codec: { kind: 'text', key: (chosen) => chosen.join() },
    representative: (chosen) => (chosen.length === 0 ? chosen : [0]),
    properties: [
      {
        kind: 'always',
        id: 'agreement',
        title: 'at most one value is chosen',
        holds: (chosen) => chosen.length <= 1,
      },
      { kind: 'sometimes', id: 'chosen-once', title: 'a value is chosen', holds: (chosen) => chosen.length === 1 },
      { kind: 'eventually', id: 'chosen', title: 'a value is chosen', holds: (chosen) => chosen.length > 0 },
    ],
    describeAction: (value) => `${nameOf(value)} is chosen`,
    describeState: (chosen) => `chosen: ${chosen.map(nameOf).join(', ') || 'nothing'}`,
  };
}

export const consensus = defineSpec({
  id: 'consensus',
  title: 'Consensus',
  summary: 'What any consensus protocol has to achieve: at most one value is ever chosen.',
  source: 'Lamport, module Consensus. Counts: tlaplus/Examples Paxos/MCConsensus.',
  knobs,
  constraints: () => [],
  system: systemOf,
  expectsViolated: () => [],
});
