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
import type { Durable, Follower, ZabContext } from './state.ts';

const FROM_LEADER: ReadonlySet<string> = new Set(['NewEpoch', 'NewLeader', 'Propose', 'Commit', 'Ping']);
const TO_LEADER: ReadonlySet<string> = new Set(['AckEpoch', 'AckNewLeader', 'Ack', 'Pong', 'Sync']);
const NOBODY: readonly never[] = [];

/** Down, a server has its disk and nothing else. With a leader, how the votes went is of no use to anybody; nor is, to a leader, what its followers said in phases that are over. */
function settled({ role, state, context }: ExploredProcess): unknown {
  if (role !== 'zabServer' || state === 'looking') return context;
  const { durable, volatile } = context as ZabContext;
  if (state === 'stopped') return { durable };
  const led = { ...volatile, vote: null, votes: NOBODY, early: NOBODY };
  if (state !== 'leader.broadcast') return { durable, volatile: led };
  const followers = volatile.office!.followers.map((one) => inBroadcast(one, volatile.committed));
  return { durable, volatile: { ...led, office: { ...volatile.office, followers } } };
}

function inBroadcast({ server, last, synced, counter }: Follower, committed: number): unknown {
  return { server, isSent: last !== null, synced, counter: Math.max(counter, committed) };
}

/**
 * A leader does nothing about answers of an epoch that is not its own any more, and a follower nothing about what comes from an epoch before the one that it has agreed to.
 * What is not on disk yet may be forgotten.
 */
function ignores(
  process: ExploredProcess,
  { from, message }: { readonly from: string; readonly message: Message },
): boolean {
  if (process.role === 'client') return clientIgnores(process, message);
  const { office } = (process.context as ZabContext).volatile;
  const { acceptedEpoch } = process.disk as Durable;
  const { type, epoch, counter } = message as Message & { readonly epoch: number; readonly counter: number };
  if (FROM_LEADER.has(type)) return epoch < acceptedEpoch;
  if (!TO_LEADER.has(type)) return false;
  if (office?.epoch !== epoch) return epoch <= acceptedEpoch;
  const follower = office.followers.find(({ server }) => server === from);
  return type === 'Ack' && follower?.synced === true && follower.counter >= counter;
}

/**
 * Three servers and one client, which writes twice. What is explored begins with the first broadcast, of r2 with both others behind it; a later epoch begins when a server
 * comes back from a crash, or r1 gives up on its leader: how often is bounded. An election is settled at once, in any order of its messages: whom it makes a
 * leader is no matter of safety. The order of servers decides between equal histories, so none may stand for another. Without a clock nobody is late: no leader takes
 * itself for cut off, and nothing is sent again.
 */
export const zabForm: ConsensusForm = {
  knobs: { servers: 3, read: 'log', ...NOBODY_LATE },
  workload: { script: { a: [{ f: 'write', via: 'r2' }, { f: 'write' }] } },
  workloadTimers: { client: ['next'] },
  prompt: ['Notification'],
  silent: ({ id }, timer) => timer !== 'next' && (timer !== 'election' || id !== 'r1'),
  prologue: { until: 'transaction.broadcast', works: true },
  settled,
  ignores,
  judged: { ...COMMON_JUDGED, prefix: 'notes' },
  timed: [],
  budgets: { timers: 1, crashes: 1 },
  keptNotes: { ...COMMON_NOTES, 'transaction.broadcast': 1 },
  occurs: { 'epoch-succeeded': leaderReplaced, 'entry-applied': entryApplied },
  unordered: () => ['votes', 'early', 'followers', 'reads'],
  unread: unreadTimes,
  interchangeable: () => [],
  reusesNames: () => false,
  fixes: [
    { title: 'A majority decides', set: { quorum: 'majority' } },
    { title: 'Epochs on disk', set: { votePersist: true } },
    { title: 'Synchronise histories', set: { epochSync: true } },
    { title: 'Wait for the disk', set: { fsync: true } },
  ],
};
