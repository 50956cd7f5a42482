import type { Explorable } from '../explorable.ts';
import type { ReplicationKnobs } from './knobs.ts';
import type { Workload } from './workload.ts';

/** Whether anything waits for a time to pass: a lease, a lag, patience with followers. */
function measuresTime({ fencing, lagMax, mode }: ReplicationKnobs): boolean {
  return fencing || lagMax > 0 || mode === 'semi';
}

/**
 * A leader, a follower, the failover monitor, and one client. A lease is a length of time, which exploration does not know: fencing is off, and that
 * two nodes may lead at once is not judged. What is left to show is the log: what a leader acknowledged is in the log of whoever leads after it.
 */
export const explorable: Explorable<ReplicationKnobs, Workload> = {
  knobs: { followers: 1, mode: 'sync', fencing: false, lagMin: 0, lagMax: 0 },
  workload: { script: { a: [{ f: 'write' }, { f: 'read' }] } },
  workloadTimers: { client: ['next'] },
  judged: {
    'no-lost-acknowledged-write': 'state',
    'contract-kept': 'history',
    'read-your-writes': 'history',
    'monotonic-reads': 'history',
    'consistent-prefix': 'history',
    linearizable: 'history',
  },
  timed: ['one-unfenced-leader'],
  // One failover takes two: the leader is suspected, and the suspicion confirmed.
  budgets: { timers: 2 },
  keptNotes: {},
  occurs: {},
  unordered: () => [],
  unread: (knobs) => [
    'startedAtUs',
    ...(measuresTime(knobs) ? [] : ['heardUs', 'sentUs', 'leaseUntilUs', 'sinceUs', 'atUs']),
  ],
  // Of equally long logs the first node's is taken.
  interchangeable: () => [],
  reusesNames: () => false,
  fixes: [
    { title: 'Every follower acknowledges first', set: { mode: 'sync' } },
    { title: 'The freshest log is promoted', set: { promote: 'freshest' } },
  ],
};
