import type { Value } from '../../kernel/value.ts';
import type { NoteView } from '../../kernel/view.ts';
import type { Explorable } from '../explorable.ts';
import type { ConsensusKnobs } from './knobs.ts';
import type { Workload } from './workload.ts';

const named = (notes: readonly NoteView[], name: string): readonly NoteView[] =>
  notes.filter((note) => note.name === name);

/** `leader.elected` and `log.appended` notes say in which term. */
const termOf = (data: Value): number => (data as { readonly term: number }).term;

/** With these, servers measure how long ago something was: then it matters to a state. */
function measuresTime({ preVote, checkQuorum, read }: ConsensusKnobs): boolean {
  return preVote || checkQuorum || read === 'lease';
}

/**
 * Three servers and one client. Without a clock a leader that was heard once is heard for ever, so whoever relies on that (pre-vote, check quorum,
 * leases) is left out; what is left is the algorithm of the paper's figure 2. Reads go through the log. How many elections there can be is
 * bounded by the timers that may fire.
 */
export const explorable: Explorable<ConsensusKnobs, Workload> = {
  knobs: { servers: 3, preVote: false, checkQuorum: false, read: 'log' },
  workload: { script: {} },
  workloadTimers: { client: ['next'] },
  judged: {
    linearizable: 'history',
    'read-your-writes': 'history',
    'monotonic-reads': 'history',
    'election-safety': 'notes',
    'state-machine-safety': 'notes',
    'exactly-once': 'notes',
  },
  timed: [],
  budgets: { timers: 2 },
  // Two elections of one server in one term are a clash; that an entry is applied again after a restart is none.
  keptNotes: { 'leader.elected': 2, 'entry.applied': 1 },
  occurs: {
    'leader-replaced': ({ kept, now }) =>
      named(now, 'leader.elected').length > 0 &&
      named(now, 'entry.applied').length === 0 &&
      named(kept, 'entry.applied').length > 0,
    // Whoever appends in a term that somebody else leads has the entry from there.
    'entry-replicated': ({ kept, now }) =>
      named(now, 'log.appended').some(({ host, data }) => {
        const leaders = named(kept, 'leader.elected').filter((note) => {
          return termOf(note.data) === termOf(data);
        });
        return leaders.length > 0 && leaders.every((leader) => leader.host !== host);
      }),
    'entry-applied': ({ kept }) => new Set(named(kept, 'entry.applied').map(({ host }) => host)).size > 1,
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
      ? [Array.from({ length: servers }, (_, index) => `r${index + 1}`)]
      : [],
  reusesNames: () => false,
  fixes: [
    { title: 'A majority decides', set: { quorum: 'majority' } },
    { title: 'Votes on disk', set: { votePersist: true } },
    { title: 'Wait for the disk', set: { fsync: true } },
    { title: 'Only entries of the own term', set: { commitRule: 'currentTerm' } },
  ],
};
