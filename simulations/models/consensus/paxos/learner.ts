import type { Effect, Environment } from '../../../kernel/behavior.ts';
import { electionTimer, note, send } from '../effects.ts';
import type { Entry, StoreSnapshot } from '../messages.ts';
import { answerOf } from '../requests.ts';
import { entryIn, isSnapshotDue, withEntry } from '../slots.ts';
import { applyEntry } from '../store.ts';
import type { Heartbeat, Learn, LearnRequest } from './messages.ts';
import { type Durable, ownerOf, type PaxosContext, type PaxosStep, recalling, refuse, sync } from './state.ts';

/** Applies the value of the next slot, which is chosen; a leader answers the client. Puts slots away as a snapshot now and then. */
export function applyNext(
  context: PaxosContext,
  entry: Entry,
  { effects, answers }: { readonly effects: Effect[]; readonly answers: boolean },
): PaxosContext {
  const { durable, volatile } = context;
  const { index, term, client, sequence, command } = entry;
  let { machine } = volatile;
  let executed = false;
  if (client !== '') {
    const applied = applyEntry(machine, entry);
    ({ machine, executed } = applied);
    if (answers) effects.push(answerOf(entry, applied.result));
  }
  effects.push(note('entry.applied', { index, term, client, sequence, executed, kind: command.kind }));
  return snapshotIfDue({ durable, volatile: recalling(volatile, { commit: index, machine }) }, effects);
}

/** Slots that are applied need no acceptor any more: whoever asks for them gets the state that they led to. */
function snapshotIfDue(context: PaxosContext, effects: Effect[]): PaxosContext {
  const { durable, volatile } = context;
  const { commit, settings } = volatile;
  const { snapshot, log, promised } = durable;
  if (!isSnapshotDue(durable, commit, settings)) return context;
  const machine = settings.snapshotSessions ? volatile.machine : { cells: volatile.machine.cells, sessions: [] };
  const term = entryIn(durable, commit)?.term ?? snapshot.term;
  effects.push(note('snapshot.taken', { index: commit, term }));
  const next: Durable = {
    promised,
    snapshot: { index: commit, term, machine },
    log: log.slice(commit - snapshot.index),
  };
  return sync({ durable: next, volatile }, effects);
}

/** Takes over the state that a chosen prefix led to. What was accepted after it stays. */
export function installSnapshot(context: PaxosContext, snapshot: StoreSnapshot, effects: Effect[]): PaxosContext {
  const { durable, volatile } = context;
  if (snapshot.index <= volatile.commit) return context;
  const { promised, log } = durable;
  const next: Durable = { promised, snapshot, log: log.slice(snapshot.index - durable.snapshot.index) };
  effects.push(note('snapshot.installed', { index: snapshot.index, term: snapshot.term }));
  const { index: commit, machine } = snapshot;
  return sync({ durable: next, volatile: recalling(volatile, { commit, machine }) }, effects);
}

/** Somebody leads with that ballot. */
export function hear({ durable, volatile }: PaxosContext, ballot: number, { clockUs }: Environment): PaxosContext {
  const leader = ownerOf(ballot, volatile.settings);
  const seen = Math.max(volatile.seen, ballot);
  return { durable, volatile: recalling(volatile, { leader, heardUs: clockUs, seen }) };
}

/**
 * Every slot up to `commit` is chosen. Where this acceptor has accepted the leader's own proposal for the slot, it knows the value, since a ballot has
 * one for each slot; an older proposal tells nothing, so there it stops.
 */
export function learnUpTo(
  context: PaxosContext,
  { ballot, commit }: { readonly ballot: number; readonly commit: number },
  effects: Effect[],
): PaxosContext {
  let next = context;
  for (let index = context.volatile.commit + 1; index <= commit; index++) {
    const entry = entryIn(next.durable, index);
    if (entry === undefined || entry.term !== ballot) break;
    next = applyNext(next, entry, { effects, answers: false });
  }
  return next;
}

/** The leader is there. Asks it for chosen values that this learner has no way to know. */
export function hearHeartbeat(context: PaxosContext, event: Heartbeat, environment: Environment): PaxosStep {
  if (event.ballot < context.durable.promised) return refuse(context, event, environment);
  const { ballot, round, commit } = event;
  const effects: Effect[] = [electionTimer(context.volatile)];
  const next = learnUpTo(hear(context, ballot, environment), { ballot, commit }, effects);
  effects.push(send(environment.from, { type: 'HeartbeatReply', ballot, round }));
  const known = next.volatile.commit;
  if (known < commit) effects.push(send(environment.from, { type: 'LearnRequest', ballot, from: known + 1 }));
  return { context: next, effects };
}

/** Tells a learner what is chosen, as far as this server knows. */
export function teach({ durable, volatile }: PaxosContext, event: LearnRequest, { from: to }: Environment): PaxosStep {
  const { commit, settings } = volatile;
  const { ballot, from } = event;
  if (from > commit) return {};
  const isOld = from <= durable.snapshot.index;
  const start = isOld ? durable.snapshot.index + 1 : from;
  const end = Math.min(commit, start + settings.batchMax - 1);
  const entries: Entry[] = [];
  for (let index = start; index <= end; index++) entries.push(entryIn(durable, index)!);
  const snapshot = isOld ? durable.snapshot : null;
  return { effects: [send(to, { type: 'Learn', ballot, entries, snapshot, commit })] };
}

/** Chosen values, whatever the ballot that they were learnt in: what is chosen stays chosen. */
export function learn(context: PaxosContext, event: Learn, { from }: Environment): PaxosStep {
  const { snapshot, entries, commit, ballot } = event;
  const effects: Effect[] = [];
  let next = snapshot === null ? context : installSnapshot(context, snapshot, effects);
  for (const entry of entries) {
    if (entry.index !== next.volatile.commit + 1) continue;
    const { promised, snapshot: base } = next.durable;
    const known: Durable = { promised, snapshot: base, log: withEntry(next.durable, entry) };
    next = applyNext({ durable: known, volatile: next.volatile }, entry, { effects, answers: false });
  }
  if (next === context) return {};
  const known = next.volatile.commit;
  if (known < commit) effects.push(send(from, { type: 'LearnRequest', ballot, from: known + 1 }));
  return { context: next, effects };
}
