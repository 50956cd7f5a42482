import type { Message } from '../../../kernel/behavior.ts';
import type { ExploredProcess } from '../../explorable.ts';
import {
  COMMON_JUDGED,
  COMMON_NOTES,
  type ConsensusForm,
  clientIgnores,
  entryApplied,
  leaderReplaced,
  NOBODY_LATE,
  unreadTimes,
} from '../explore-parts.ts';
import type { Durable, PaxosContext } from './state.ts';

const ANSWERS: ReadonlySet<string> = new Set(['Promise', 'Accepted', 'Nack']);

/** A proposer does nothing about promises that it has enough of, nor about what concerns a ballot that it has left for good: one that is on its disk. */
function ignores(process: ExploredProcess, { message }: { readonly message: Message }): boolean {
  if (process.role === 'client') return clientIgnores(process, message);
  const { office, commit } = (process.context as PaxosContext).volatile;
  const disk = process.disk as Durable;
  const { type, ballot, index, promised } = message as Message & Record<'ballot' | 'index' | 'promised', number>;
  if (!ANSWERS.has(type)) return false;
  if (type === 'Nack') return promised <= disk.promised;
  if (office?.ballot !== ballot) return ballot <= disk.promised;
  return type === 'Promise'
    ? process.state === 'steady' && ballot <= disk.promised
    : type === 'Accepted' && index <= commit;
}

/**
 * Three acceptors, two of them proposers, and a client at each of those, which writes once. What is explored begins when r1 leads; how many ballots there can be is bounded by
 * the timers that may fire. Ballots belong to servers, so none may stand for another. Without a clock nobody is late: proposals are not sent again, and no leader takes
 * itself for cut off.
 */
export const paxosForm: ConsensusForm = {
  knobs: { servers: 3, checkQuorum: false, read: 'log', ...NOBODY_LATE },
  workload: { script: { a: [{ f: 'write', via: 'r1' }], b: [{ f: 'write', via: 'r2' }] } },
  workloadTimers: { client: ['next'] },
  silent: ({ id }, timer) => timer !== 'next' && (timer !== 'election' || id === 'r3'),
  prologue: { until: 'leader.elected', works: false },
  ignores,
  judged: { ...COMMON_JUDGED, 'one-value-per-slot': 'notes' },
  timed: [],
  budgets: { timers: 2 },
  keptNotes: { ...COMMON_NOTES, 'slot.chosen': 1 },
  occurs: { 'ballot-succeeded': leaderReplaced, 'entry-applied': entryApplied },
  unordered: () => ['promised', 'found', 'accepted', 'peers', 'votes'],
  // Rounds of heartbeats are counted for reads that ask whether the leader still leads.
  unread: (knobs) => [...unreadTimes(knobs), ...(knobs.read === 'readIndex' ? [] : ['round'])],
  interchangeable: () => [],
  reusesNames: () => false,
  fixes: [
    { title: 'A majority decides', set: { quorum: 'majority' } },
    { title: 'Promises on disk', set: { votePersist: true } },
    { title: 'Adopt what was accepted', set: { adoptAccepted: true } },
    { title: 'Wait for the disk', set: { fsync: true } },
  ],
};
