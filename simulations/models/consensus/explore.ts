import { hostNames } from '../host-names.ts';
import {
  COMMON_JUDGED,
  COMMON_NOTES,
  type ConsensusForm,
  entryApplied,
  leaderReplaced,
  named,
  termOf,
} from './explore-parts.ts';
import type { ConsensusKnobs } from './knobs.ts';
import { paxosForm } from './paxos/explore.ts';
import { zabForm } from './zab/explore.ts';

/** With these, servers measure how long ago something was: then it matters to a state. */
function measuresTime({ preVote, checkQuorum, read }: ConsensusKnobs): boolean {
  return preVote || checkQuorum || read === 'lease';
}

/**
 * Raft: three servers and no client. Without a clock a leader that was heard once is heard for ever, so whoever relies on that (pre-vote, check quorum,
 * leases) is left out; what is left is the algorithm of the paper's figure 2. Reads go through the log. How many elections there can be is
 * bounded by the timers that may fire.
 */
export const explorable: ConsensusForm = {
  knobs: { servers: 3, preVote: false, checkQuorum: false, read: 'log' },
  workload: { script: {} },
  workloadTimers: { client: ['next'] },
  judged: COMMON_JUDGED,
  timed: [],
  budgets: { timers: 2 },
  keptNotes: COMMON_NOTES,
  occurs: {
    'leader-replaced': leaderReplaced,
    // Whoever appends in a term that somebody else leads has the entry from there.
    'entry-replicated': ({ kept, now }) =>
      named(now, 'log.appended').some(({ host, data }) => {
        const leaders = named(kept, 'leader.elected').filter((note) => {
          return termOf(note.data) === termOf(data);
        });
        return leaders.length > 0 && leaders.every((leader) => leader.host !== host);
      }),
    'entry-applied': entryApplied,
  },
  unordered: () => ['granted', 'refused', 'votes', 'voters', 'progress'],
  unread: (knobs) => [
    'startedAtUs',
    ...(measuresTime(knobs) ? [] : ['heardUs', 'sentUs']),
    // Rounds of heartbeats are counted for reads that ask whether the leader still leads.
    ...(knobs.read === 'readIndex' || measuresTime(knobs) ? [] : ['round']),
  ],
  // A client that gets no answer asks the servers in their order.
  interchangeable: ({ servers, spares }, { script }) =>
    script !== undefined && spares === 0 && Object.values(script).every((operations) => operations.length === 0)
      ? [hostNames('r', servers)]
      : [],
  reusesNames: () => false,
  fixes: [
    { title: 'A majority decides', set: { quorum: 'majority' } },
    { title: 'Votes on disk', set: { votePersist: true } },
    { title: 'Wait for the disk', set: { fsync: true } },
    { title: 'Only entries of the own term', set: { commitRule: 'currentTerm' } },
  ],
  forms: { knob: 'protocol', of: { paxos: paxosForm, zab: zabForm } },
};
