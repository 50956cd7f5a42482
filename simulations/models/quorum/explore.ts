import type { Explorable } from '../explorable.ts';
import type { QuorumKnobs } from './knobs.ts';
import { configOf } from './topology.ts';
import type { Workload } from './workload.ts';

/** Without a clock: when time alone would start something (anti-entropy, hints), it is left out of the smallest configuration. */
export const explorable: Explorable<QuorumKnobs, Workload> = {
  knobs: { replicas: 3, readQuorum: 2, writeQuorum: 2, antiEntropyEvery: 0, hintAfter: 0 },
  workload: {
    script: {
      a: [{ f: 'write', via: 'r1' }],
      b: [
        { f: 'read', via: 'r1' },
        { f: 'read', via: 'r1' },
      ],
    },
  },
  workloadTimers: { client: ['next'] },
  judged: {
    linearizable: 'history',
    'monotonic-reads': 'history',
    'read-your-writes': 'history',
    'monotonic-writes': 'history',
    'writes-follow-reads': 'history',
    'no-lost-acknowledged-write': 'end',
    convergence: 'end',
  },
  timed: [],
  budgets: {},
  keptNotes: {},
  occurs: {},
  // Hints go to those that acknowledged, in the order in which they did.
  unordered: ({ hintAfter }) => (hintAfter > 0 ? ['answers', 'repairing'] : ['answers', 'repairing', 'acks']),
  unread: () => [],
  interchangeable(knobs, workload) {
    const { replicas } = configOf(knobs);
    // Rounds of anti-entropy and replayed hints follow the order of the ring.
    if (knobs.antiEntropyEvery > 0 || knobs.hintAfter > 0) return [];
    if (knobs.coordinatorAt === 'client') return [replicas];
    const coordinators = Object.values(workload.script ?? {}).flatMap((script) => script.map(({ via }) => via));
    // A coordinator that is drawn may be any of them.
    if (workload.script === undefined || coordinators.includes(undefined)) return [];
    return [replicas.filter((replica) => !coordinators.includes(replica))];
  },
  // A doubled request that finds its coordinator's host crashed in between starts it anew.
  reusesNames: ({ crashes, duplicates }) => crashes > 0 && duplicates > 0,
  fixes: [{ title: 'Blocking write-back', set: { readRepair: 'blocking' } }],
};
