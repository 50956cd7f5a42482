import { send } from '../effects.ts';
import { entriesFrom, termAt } from './log.ts';
import { type Doing, moved, ownOffice, progressDraft, withProgress } from './progress.ts';
import type { ServerContext } from './state.ts';

/** Sends what is new to every server that is not waited for. */
export function sendToAll(context: ServerContext, doing: Doing): ServerContext {
  const { progress } = context.volatile.office!;
  const { host } = doing.environment;
  let next = context;
  for (let at = 0; at < progress.length; at++) {
    const one = progress[at]!;
    if (one.server === host || one.pace === 'wait') continue;
    next = sendNext(next, at, doing);
  }
  return next;
}

/** The next entries for one server, or the snapshot when they are no longer in the log. */
export function sendNext(context: ServerContext, at: number, doing: Doing): ServerContext {
  const { environment, effects } = doing;
  const { durable, volatile } = context;
  const { round, progress } = volatile.office!;
  const one = progress[at]!;
  const { clockUs: sentUs } = environment;
  const { term, snapshot } = durable;
  if (one.next <= snapshot.index) {
    effects.push(send(one.server, { type: 'InstallSnapshot', term, snapshot, round, sentUs }));
    return withProgress(context, at, moved(one, { next: snapshot.index + 1, pace: 'wait' }), doing);
  }
  const entries = entriesFrom(durable, one.next, volatile.settings.batchMax);
  if (entries.length === 0) return context;
  const prevIndex = one.next - 1;
  const prevTerm = termAt(durable, prevIndex);
  const { commit } = volatile;
  const message = { type: 'AppendEntries', term, prevIndex, prevTerm, entries, commit, round, sentUs } as const;
  effects.push(send(one.server, message));
  const sent = progressDraft(one);
  if (one.pace === 'stream') sent.next += entries.length;
  else sent.pace = 'wait';
  return withProgress(context, at, sent, doing);
}

/** Tells every other server that the leader is there, and how far entries are committed. Begins a new round. */
export function heartbeatAll(context: ServerContext, doing: Doing): ServerContext {
  const { environment, effects } = doing;
  const { durable, volatile } = context;
  const office = volatile.office!;
  const round = office.round + 1;
  const { clockUs: sentUs, host } = environment;
  const { term, snapshot } = durable;
  for (const { server, next } of office.progress) {
    if (server === host) continue;
    const prevIndex = Math.max(next - 1, snapshot.index);
    const prevTerm = termAt(durable, prevIndex);
    const { commit } = volatile;
    effects.push(send(server, { type: 'Heartbeat', term, prevIndex, prevTerm, entries: [], commit, round, sentUs }));
  }
  const own = ownOffice(context, doing);
  own.volatile.office.round = round;
  return own;
}
