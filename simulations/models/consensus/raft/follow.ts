import type { Effect, Environment, Message } from '../../../kernel/behavior.ts';
import type { Gathering } from '../../../kernel/copies.ts';
import { electionTimer, note, send } from '../effects.ts';
import type { Append, AppendReply, InstallSnapshot } from '../messages.ts';
import { commitTo } from './apply.ts';
import { findConflict, firstNew, lastIndexOf, replaceFrom, termAt } from './log.ts';
import { placeOf } from './membership.ts';
import { gather } from './progress.ts';
import {
  type Durable,
  enterTerm,
  type OwnContext,
  ownCopy,
  regrouped,
  remembering,
  type ServerContext,
  type ServerStep,
  sync,
  withLog,
} from './state.ts';

/** Heard from the leader of the term, which may be a new one. */
function heard(context: ServerContext, term: number, environment: Environment): OwnContext {
  const own = ownCopy(term > context.durable.term ? enterTerm(context, term) : context);
  own.volatile.leader = environment.from;
  own.volatile.heardUs = environment.clockUs;
  return own;
}

/** What a reply says beside its type, its term and what it brings back. */
type Said = Pick<AppendReply, 'success' | 'index' | 'hintTerm' | 'refused'>;

const accepted = (index: number): Said => ({ success: true, index, hintTerm: 0, refused: 0 });

function replyTo(event: Append | InstallSnapshot, term: number, said: Said): Message {
  const { success, index, hintTerm, refused } = said;
  const { type, round, sentUs } = event;
  const reply = type === 'InstallSnapshot' ? 'SnapshotReply' : type === 'Heartbeat' ? 'HeartbeatReply' : 'AppendReply';
  return { type: reply, term, success, index, hintTerm, refused, round, sentUs };
}

/** A leader of an earlier term is told of the later one. */
export function refuseStale(
  context: ServerContext,
  event: Append | InstallSnapshot,
  environment: Environment,
): ServerStep {
  const { term } = context.durable;
  const said: Said = { success: false, index: 0, hintTerm: 0, refused: 0 };
  return { effects: [send(environment.from, replyTo(event, term, said))] };
}

/**
 * AppendEntries (paper, figure 2): refuses entries that do not continue the own log, and says where to look instead; else replaces what conflicts,
 * and answers when the disk has it. A heartbeat is the same without entries.
 */
export function acceptEntries(context: ServerContext, event: Append, environment: Environment): ServerStep {
  if (event.term < context.durable.term) return refuseStale(context, event, environment);
  const { from: to } = environment;
  const own = heard(context, event.term, environment);
  const { durable } = own;
  const effects = gather();
  effects.push(electionTimer(own.volatile));
  const { prevIndex, prevTerm, entries } = event;
  if (prevIndex > durable.snapshot.index && termAt(durable, prevIndex) !== prevTerm) {
    const { index, term } = findConflict(durable, prevIndex, prevTerm);
    const said: Said = { success: false, index, hintTerm: term, refused: prevIndex };
    return answerWhenSynced(own, to, replyTo(event, durable.term, said), effects);
  }
  const lastNew = prevIndex + entries.length;
  const isNew = append(own, event, environment.host, effects);
  const commit = Math.min(event.commit, lastNew);
  const next = commit > own.volatile.commit ? commitTo(own, commit, { effects, answers: false }) : own;
  if (isNew) {
    const reply = replyTo(event, durable.term, accepted(lastNew));
    return { context: sync(next, effects, { to, reply }), effects: effects.taken() };
  }
  // Only what the disk has counts for the leader; a write under way will say the rest.
  const index = Math.min(lastNew, Math.max(next.volatile.syncedIndex, next.durable.snapshot.index));
  return answerWhenSynced(next, to, replyTo(event, durable.term, accepted(index)), effects);
}

/** Nothing is answered in a term that a crash could make this server forget. */
function answerWhenSynced(context: ServerContext, to: string, reply: Message, effects: Gathering<Effect>): ServerStep {
  if (context.volatile.syncedTerm !== context.durable.term) {
    return { context: sync(context, effects, { to, reply }), effects: effects.taken() };
  }
  effects.push(send(to, reply));
  return { context, effects: effects.taken() };
}

/** Takes over the new ones among the entries of a leader. False: there are none. */
function append(own: OwnContext, { entries }: Append, host: string, effects: Gathering<Effect>): boolean {
  const { durable, volatile } = own;
  const at = firstNew(durable, entries);
  if (at === entries.length) return false;
  const fresh = at === 0 ? entries : entries.slice(at);
  const from = fresh[0]!.index;
  const last = lastIndexOf(durable);
  const { term, votedFor, snapshot } = durable;
  if (from <= last) effects.push(note('log.truncated', { from, to: last, term }));
  effects.push(note('log.appended', { from, to: fresh[fresh.length - 1]!.index, term }));
  volatile.syncedIndex = Math.min(volatile.syncedIndex, from - 1);
  const changesGroup = from <= volatile.membersIndex || fresh.some(({ command }) => command.kind === 'members');
  own.durable = { term, votedFor, snapshot, log: replaceFrom(durable, fresh) };
  if (changesGroup) own.volatile = regrouped(own, host);
  return true;
}

/** InstallSnapshot (paper, section 7): takes the place of everything up to its index. What follows it in the own log stays if it fits. */
export function installSnapshot(context: ServerContext, event: InstallSnapshot, environment: Environment): ServerStep {
  if (event.term < context.durable.term) return refuseStale(context, event, environment);
  const { from: to, host } = environment;
  const { durable, volatile } = heard(context, event.term, environment);
  const { snapshot } = event;
  const effects = gather();
  effects.push(electionTimer(volatile));
  if (snapshot.index <= volatile.commit) {
    const index = Math.min(volatile.commit, Math.max(volatile.syncedIndex, durable.snapshot.index));
    return answerWhenSynced({ durable, volatile }, to, replyTo(event, durable.term, accepted(index)), effects);
  }
  const fits = termAt(durable, snapshot.index) === snapshot.term;
  const log = fits ? durable.log.slice(snapshot.index - durable.snapshot.index) : [];
  effects.push(note('snapshot.installed', { index: snapshot.index, term: snapshot.term }));
  const next: Durable = { term: durable.term, votedFor: durable.votedFor, snapshot, log };
  const moved = remembering(volatile, {
    commit: snapshot.index,
    machine: snapshot.machine,
    members: snapshot.members,
    membersIndex: snapshot.index,
    place: placeOf(snapshot.members, host),
    syncedIndex: fits ? volatile.syncedIndex : Math.min(volatile.syncedIndex, snapshot.index - 1),
  });
  const regrouped = withLog({ durable: next, volatile: moved }, log, host);
  const reply = replyTo(event, durable.term, accepted(snapshot.index));
  return { context: sync(regrouped, effects, { to, reply }), effects: effects.taken() };
}
