import { type ConsensusKnobs, knobs } from './knobs.ts';

/** Combinations that make no sense, as [knob, what to do]. */
export function constraints(values: ConsensusKnobs): readonly (readonly [knob: string, problem: string])[] {
  const problems: [string, string][] = [];
  const { electionMin, electionMax, heartbeat, latencyMin, latencyMax, persistMin, persistMax, read, checkQuorum } =
    values;
  if (electionMin > electionMax) {
    problems.push([
      'electionMin',
      `The shortest election timeout (${electionMin} us) is above the longest (${electionMax} us); lower it.`,
    ]);
  }
  if (heartbeat >= electionMin) {
    problems.push([
      'heartbeat',
      `Heartbeats every ${heartbeat} us come too late for an election timeout of ${electionMin} us; make them more frequent.`,
    ]);
  }
  if (latencyMin > latencyMax) {
    problems.push([
      'latencyMin',
      `The shortest latency (${latencyMin} us) is above the longest (${latencyMax} us); lower it.`,
    ]);
  }
  if (persistMin > persistMax) {
    problems.push([
      'persistMin',
      `The shortest time to persist (${persistMin} us) is above the longest (${persistMax} us); lower it.`,
    ]);
  }
  if (read === 'lease' && !checkQuorum) {
    problems.push([
      'read',
      'A lease holds only where whoever hears a leader ignores candidates: switch checkQuorum on, or take another way to read.',
    ]);
  }
  return [...problems, ...foreign(values)];
}

/** Knobs of one protocol that stand differently than by default while another is chosen: they would do nothing. */
const ONLY = {
  preVote: ['raft'],
  commitRule: ['raft'],
  membership: ['raft'],
  spares: ['raft'],
  singleChangeGuard: ['raft'],
  leaseIgnoresDrift: ['raft'],
  window: ['paxos'],
  adoptAccepted: ['paxos'],
  epochSync: ['zab'],
} as const satisfies Partial<Record<keyof ConsensusKnobs, readonly ConsensusKnobs['protocol'][]>>;

function foreign(values: ConsensusKnobs): readonly (readonly [knob: string, problem: string])[] {
  const { protocol, read } = values;
  const problems: [string, string][] = [];
  for (const [knob, protocols] of Object.entries(ONLY) as [keyof typeof ONLY, readonly string[]][]) {
    const { default: usual } = knobs[knob];
    if (protocols.includes(protocol) || values[knob] === usual) continue;
    problems.push([
      knob,
      `It means nothing with the protocol ${protocol}, only with ${protocols.join(' and ')}: set it to ${String(usual)}, or choose another protocol.`,
    ]);
  }
  if (read === 'lease' && protocol !== 'raft') {
    problems.push(['read', `Leases are built for raft alone, not for ${protocol}: take another way to read.`]);
  }
  return problems;
}
