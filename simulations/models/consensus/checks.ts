import type { Property } from '../model.ts';
import type { ConsensusKnobs } from './knobs.ts';
import { occurrences, paxosOccurrences, raftOccurrences, zabOccurrences } from './occurrences.ts';
import { leaderOutcomes, outcomes } from './outcomes.ts';
import { slotOutcomes } from './paxos/outcomes.ts';
import { invariants } from './raft/invariants.ts';
import { historyOutcomes } from './zab/outcomes.ts';

const [linearizable, ...otherOutcomes] = outcomes;

/** What only one of the protocols promises. */
function only(
  protocol: ConsensusKnobs['protocol'],
  properties: readonly Property<ConsensusKnobs>[],
): readonly Property<ConsensusKnobs>[] {
  return properties.map((property) => ({ ...property, applies: (knobs) => knobs.protocol === protocol }));
}

/** Every property of the model, the most telling first: what a reader sees as the list of verdicts. */
export const properties: readonly Property<ConsensusKnobs>[] = [
  linearizable!,
  ...only('raft', [...invariants, leaderOutcomes.raft]),
  ...only('paxos', [...slotOutcomes, leaderOutcomes.paxos]),
  ...only('zab', [...historyOutcomes, leaderOutcomes.zab]),
  ...otherOutcomes,
  ...occurrences,
  ...only('raft', raftOccurrences),
  ...only('paxos', paxosOccurrences),
  ...only('zab', zabOccurrences),
];
