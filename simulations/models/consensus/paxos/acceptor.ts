import type { Environment } from '../../../kernel/behavior.ts';
import { electionTimer, note, send } from '../effects.ts';
import type { Entry } from '../messages.ts';
import { entryIn, sameValue, withEntry } from '../slots.ts';
import { hear, learnUpTo } from './learner.ts';
import type { Accept, Prepare, Promised } from './messages.ts';
import { type Durable, type PaxosContext, type PaxosStep, recalling, refuse, sync } from './state.ts';

/** What this acceptor has accepted from a slot on, and its snapshot where that slot lies inside it. */
function promiseOf({ snapshot, log }: Durable, { ballot, from }: Prepare): Promised {
  const accepted: Entry[] = [];
  for (const entry of log) if (entry !== null && entry.index >= from) accepted.push(entry);
  return { type: 'Promise', ballot, accepted, snapshot: from <= snapshot.index ? snapshot : null };
}

/**
 * Phase 1b (Paxos Made Simple, section 2.2): promises to accept nothing of a lower ballot any more, and says what it has accepted. The promise is on
 * disk before it is given, or a crash makes the acceptor break it.
 */
export function considerPrepare(context: PaxosContext, event: Prepare, environment: Environment): PaxosStep {
  const { durable, volatile } = context;
  const { from } = environment;
  if (event.ballot < durable.promised) return refuse(context, event, environment);
  const { snapshot, log } = durable;
  const reply = promiseOf(durable, event);
  const isOnDisk = event.ballot === durable.promised && volatile.syncedBallot >= event.ballot;
  if (isOnDisk) return { effects: [send(from, reply)] };
  const effects = [electionTimer(volatile), note('promise.given', { ballot: event.ballot, proposer: from })];
  const next = {
    durable: { promised: event.ballot, snapshot, log },
    volatile: recalling(volatile, { leader: '', seen: Math.max(volatile.seen, event.ballot) }),
  };
  if (volatile.settings.votePersist) return { context: sync(next, effects, { to: from, reply }), effects };
  effects.push(send(from, reply));
  return { context: next, effects };
}

/** An acceptor that has just heard the leader does not listen to others, so that a server that was cut off disturbs nobody. Safety does not depend on it. */
export function ignoresProposers({ volatile }: PaxosContext, _event: Prepare, environment: Environment): boolean {
  const { settings, leader, heardUs } = volatile;
  const { from, host, clockUs } = environment;
  if (!settings.checkQuorum || from === host || leader === '' || leader === from) return false;
  return leader === host || clockUs - heardUs < settings.electionMinUs;
}

/** Phase 2b: accepts unless it has promised a higher ballot. It is on disk before anybody hears of it. */
export function considerAccept(context: PaxosContext, event: Accept, environment: Environment): PaxosStep {
  if (event.ballot < context.durable.promised) return refuse(context, event, environment);
  const { ballot, entry, commit } = event;
  const { index } = entry;
  const { from: to, host } = environment;
  const { durable, volatile } = context;
  const reply = { type: 'Accepted', ballot, index } as const;
  const effects = to === host ? [] : [electionTimer(volatile)];
  const heard = to === host ? context : hear(context, ballot, environment);
  // A slot inside the snapshot is chosen, and the proposal can only be for the same value.
  if (index <= durable.snapshot.index) return { context: heard, effects: [...effects, send(to, reply)] };
  const before = entryIn(durable, index);
  if (before !== undefined && !sameValue(before, entry)) {
    effects.push(note('log.truncated', { from: index, to: index, term: ballot }));
  }
  effects.push(note('log.appended', { from: index, to: index, term: ballot }));
  const accepting: PaxosContext = {
    durable: { promised: ballot, snapshot: durable.snapshot, log: withEntry(durable, entry) },
    volatile: heard.volatile,
  };
  const learnt = to === host ? accepting : learnUpTo(accepting, { ballot, commit }, effects);
  return { context: sync(learnt, effects, { to, reply }), effects };
}
