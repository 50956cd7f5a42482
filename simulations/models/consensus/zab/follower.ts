import type { Effect, Environment, Message } from '../../../kernel/behavior.ts';
import { electionTimer, note, send } from '../effects.ts';
import { lastSlot, sameValue } from '../slots.ts';
import { commitTo } from './deliver.ts';
import { endIn, madeAlike, withTransaction } from './history.ts';
import type { AckEpoch, Commit, NewEpoch, NewLeader, Ping, Propose, Transaction, Zxid } from './messages.ts';
import { type Durable, lastZxid, recalling, sync, type Volatile, type ZabContext, type ZabStep } from './state.ts';

/** What a follower says of itself in phase 1. */
function ackEpoch({ acceptedEpoch: epoch, currentEpoch }: Durable, counts: boolean, last: Zxid): AckEpoch {
  return { type: 'AckEpoch', epoch, counts, currentEpoch, last };
}

/**
 * Phase 1 (DSN 2011, step f.1.2): agrees to the new epoch, and so to nothing of an earlier one. That is on disk before it is said. To an epoch that it
 * had agreed to before it agrees no second time: another leader may count the first.
 */
export function agree(context: ZabContext, { epoch }: NewEpoch, { from: to }: Environment): ZabStep {
  const { durable, volatile } = context;
  const { acceptedEpoch, currentEpoch, snapshot, log } = durable;
  const timers: readonly Effect[] = [{ type: 'timer.cancel', name: 'heartbeat' }, electionTimer(volatile)];
  if (epoch === acceptedEpoch) {
    return { effects: [...timers, send(to, ackEpoch(durable, false, lastZxid(durable)))] };
  }
  const effects: Effect[] = [...timers, note('epoch.accepted', { epoch, leader: to })];
  const next = { durable: { acceptedEpoch: epoch, currentEpoch, snapshot, log }, volatile };
  const reply = ackEpoch(next.durable, true, lastZxid(durable));
  if (volatile.settings.votePersist) return { context: sync(next, effects, { to, reply }), effects };
  effects.push(send(to, reply));
  return { context: next, effects };
}

/**
 * Phase 2 (step f.2.1): takes over the leader's history. Whatever the leader lacks goes. A follower of that epoch already, whom a proposal has reached earlier than
 * this, keeps what it has. The mistake that a knob plants: the leader sends no history, and the follower goes on with its own.
 */
export function takeOver(context: ZabContext, event: NewLeader, { from: to }: Environment): ZabStep {
  const { durable, volatile } = context;
  const { epoch, counter } = event;
  const taken = event.synchronises ? alike(durable, event) : { history: durable, base: lastSlot(durable) };
  if (taken === undefined) {
    // It has nothing to go on with: all of it, please.
    return { effects: [send(to, ackEpoch(durable, false, { epoch: 0, counter: 0 }))] };
  }
  const { acceptedEpoch } = durable;
  const { snapshot, log } = taken.history;
  const effects: Effect[] = [electionTimer(volatile), ...changeNotes(durable, log, epoch)];
  const now: Durable = { acceptedEpoch, currentEpoch: epoch, snapshot, log };
  const next = { durable: now, volatile: withHistory(volatile, durable, now, taken.base, effects) };
  const reply: Message = { type: 'AckNewLeader', epoch, counter };
  const written = sync(next, effects, { to, reply });
  return { context: commitTo(written, written.volatile.committed, { effects, answers: false }), effects };
}

interface Alike {
  readonly history: Pick<Durable, 'snapshot' | 'log'>;
  /** Where it ends, without the proposals of the epoch under way. */
  readonly base: number;
}

function alike(durable: Durable, event: NewLeader): Alike | undefined {
  const end = durable.currentEpoch === event.epoch ? endIn(durable, event) : -1;
  if (end >= 0) return { history: durable, base: end - event.counter };
  const history = madeAlike(durable, event);
  return history === undefined ? undefined : { history, base: lastSlot(history) - event.counter };
}

/** What a new history changes in memory: where the epoch begins, how much of it is on disk, and what a snapshot brings. */
function withHistory(volatile: Volatile, before: Durable, now: Durable, base: number, effects: Effect[]): Volatile {
  const { snapshot, log } = now;
  const shared = snapshot === before.snapshot ? Math.min(before.log.length, log.length) : 0;
  let same = 0;
  while (same < shared && log[same] === before.log[same]) same++;
  const syncedIndex = Math.min(volatile.syncedIndex, snapshot.index + same);
  if (snapshot.index <= volatile.commit) return recalling(volatile, { base, syncedIndex, expected: 0 });
  const { index: commit, term, counter, machine } = snapshot;
  effects.push(note('snapshot.installed', { index: commit, term, counter }));
  return recalling(volatile, { base, syncedIndex, expected: 0, commit, machine });
}

/** Notes on what a history loses and gets. */
function changeNotes({ log: before }: Durable, log: readonly Transaction[], term: number): readonly Effect[] {
  const byIndex = new Map(log.map((entry) => [entry.index, entry]));
  const isKept = (entry: Transaction): boolean => {
    const other = byIndex.get(entry.index);
    return other?.term === entry.term && other.counter === entry.counter && sameValue(entry, other);
  };
  const first = log[0]?.index ?? Number.POSITIVE_INFINITY;
  const lost = before.filter((entry) => entry.index >= first && !isKept(entry));
  const known = new Set(before.filter(isKept).map(({ index }) => index));
  const fresh = log.filter(({ index }) => !known.has(index));
  const cut = log.length === 0 ? before : lost;
  return [
    ...(cut.length > 0 ? [note('log.truncated', { from: cut[0]!.index, to: cut.at(-1)!.index, term })] : []),
    ...(fresh.length > 0 ? [note('log.appended', { from: fresh[0]!.index, to: fresh.at(-1)!.index, term })] : []),
  ];
}

/** The last proposal of the current epoch in a history. */
const ownCounter = ({ durable, volatile }: ZabContext): number => Math.max(0, lastSlot(durable) - volatile.base);

/** How much of the current epoch's proposals the disk has. */
export function syncedCounter({ volatile: { syncedIndex, base } }: ZabContext): number {
  return Math.max(0, syncedIndex - base);
}

/** Phase 3 (step f.3.2): a proposal is next in the history, or it is not taken: the order of a primary has no gaps. It is on disk before it is acknowledged. */
export function accept(context: ZabContext, { epoch, entry }: Propose, { from: to }: Environment): ZabStep {
  const { durable, volatile } = context;
  const effects: Effect[] = [electionTimer(volatile)];
  const expected = ownCounter(context) + 1;
  if (entry.counter > expected) return { effects };
  if (entry.counter < expected) {
    return { effects: [...effects, send(to, { type: 'Ack', epoch, counter: syncedCounter(context) })] };
  }
  const { acceptedEpoch, currentEpoch, snapshot } = durable;
  const log = withTransaction(durable, entry);
  const { index } = log.at(-1)!;
  effects.push(note('log.appended', { from: index, to: index, term: epoch }));
  const next = { durable: { acceptedEpoch, currentEpoch, snapshot, log }, volatile };
  const reply: Message = { type: 'Ack', epoch, counter: entry.counter };
  const written = sync(next, effects, { to, reply });
  return { context: commitTo(written, volatile.committed, { effects, answers: false }), effects };
}

/** Step f.3.3, and the end of phase 2: what is committed is delivered. */
export function deliver(context: ZabContext, { counter }: Commit): ZabStep {
  const effects: Effect[] = [electionTimer(context.volatile)];
  return { context: commitTo(context, counter, { effects, answers: false }), effects };
}

/** The leader is there. A follower that lacks what the leader had proposed a ping ago has missed it, and asks for the difference. */
export function answerPing(context: ZabContext, event: Ping, { from: to }: Environment): ZabStep {
  const { epoch, counter, commit, round } = event;
  const effects: Effect[] = [electionTimer(context.volatile)];
  const told = commitTo(context, commit, { effects, answers: false });
  effects.push(send(to, { type: 'Pong', epoch, counter: syncedCounter(told), round }));
  const { durable, volatile } = told;
  if (ownCounter(told) < volatile.expected) effects.push(send(to, ackEpoch(durable, false, lastZxid(durable))));
  if (volatile.expected === counter) return { context: told, effects };
  return { context: { durable, volatile: recalling(volatile, { expected: counter }) }, effects };
}

/** A ping of a leader whose history has not arrived: it was lost. */
export function askHistory({ durable }: ZabContext, _event: Ping, { from }: Environment): ZabStep {
  return { effects: [send(from, ackEpoch(durable, false, lastZxid(durable)))] };
}
