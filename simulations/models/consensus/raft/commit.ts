import { extended } from '../../../kernel/copies.ts';
import { invariant } from '../../../kernel/invariant.ts';
import { note, send } from '../effects.ts';
import type { Command, Entry } from '../messages.ts';
import { quorumSize, reachedByQuorum } from '../quorum.ts';
import { commitTo } from './apply.ts';
import { entryAt, lastIndexOf } from './log.ts';
import { isJoint, leaveJoint, serversOf } from './membership.ts';
import {
  type Doing,
  ownOffice,
  placeIn,
  progressDraft,
  progressOf,
  regroupProgress,
  withProgress,
} from './progress.ts';
import { heartbeatAll, sendToAll } from './sending.ts';
import { type Office, type ServerContext, sync, withLog, withOffice } from './state.ts';

/** For entries that no client asked for. */
export const NO_REQUEST = { client: '', sequence: 0 } as const;

/** Appends to the leader's own log, writes it to disk, and sends it to everybody who waits for nothing else. */
export function appendOwn(
  context: ServerContext,
  command: Command,
  { client, sequence }: Pick<Entry, 'client' | 'sequence'>,
  doing: Doing,
): ServerContext {
  const { durable } = context;
  const { environment, effects } = doing;
  const index = lastIndexOf(durable) + 1;
  const { term, votedFor, snapshot } = durable;
  const log = extended(durable.log, [{ index, term, client, sequence, command }]);
  effects.push(note('log.appended', { from: index, to: index, term }));
  if (command.kind === 'members') {
    const next = regrouped(withLog(context, log, environment.host), index, doing);
    return sendToAll(afterOwnWrite(sync(next, effects), doing), doing);
  }
  const own = ownOffice(context, doing);
  own.durable = { term, votedFor, snapshot, log };
  return sendToAll(afterOwnWrite(sync(own, effects), doing), doing);
}

/** Without fsync the own entries count at once; with it, nothing has changed yet. */
function afterOwnWrite(context: ServerContext, doing: Doing): ServerContext {
  return context.volatile.settings.fsync ? context : countOwn(context, doing);
}

/** The group has changed: the leader sends to those who joined as well, and goes on sending to those who leave until that is committed. */
function regrouped(context: ServerContext, next: number, { environment }: Doing): ServerContext {
  const servers = serversOf(context.volatile.members);
  const { progress } = context.volatile.office!;
  return withOffice(context, { progress: regroupProgress(progress, servers, { next, clockUs: environment.clockUs }) });
}

/** The own disk has more: the leader counts itself like any other server. */
export function countOwn(context: ServerContext, doing: Doing): ServerContext {
  const { syncedIndex, office } = context.volatile;
  const at = placeIn(office!, doing.environment.host);
  const own = office!.progress[at];
  if (own === undefined || own.match >= syncedIndex) return context;
  const next = progressDraft(own);
  next.match = syncedIndex;
  return commitReached(withProgress(context, at, next, doing), doing);
}

/**
 * Commits what a quorum has on disk, as far as the last of it is of the leader's own term (paper, section 5.4.2); what lies before comes along. With
 * `anyTerm` entries of earlier terms are committed by counting too: figure 8 says why not.
 */
export function commitReached(context: ServerContext, doing: Doing): ServerContext {
  const { settings, members, commit, office } = context.volatile;
  // Most answers come when a majority has answered already, which takes no sorting to see.
  let ahead = 0;
  for (const { match } of office!.progress) if (match > commit) ahead++;
  return ahead < quorumSize(members.voters.length, settings.quorum) ? context : commitCounted(context, office!, doing);
}

function commitCounted(context: ServerContext, office: Office, doing: Doing): ServerContext {
  const { durable, volatile } = context;
  const { settings, members, commit } = volatile;
  const reached = reachedByQuorum(members, (server) => progressOf(office, server)?.match ?? 0, settings.quorum);
  const index = Math.min(reached, lastIndexOf(durable));
  if (index <= commit) return context;
  const isOwn = entryAt(durable, index)?.term === durable.term;
  if (!isOwn && settings.commitRule === 'currentTerm') return context;
  const committed = commitTo(ownOffice(context, doing), index, { effects: doing.effects, answers: true });
  return afterCommit(committed, commit, doing);
}

/** What follows when the group that stood in the log as a wish is committed. */
function afterCommit(context: ServerContext, before: number, doing: Doing): ServerContext {
  const { members, membersIndex, commit, office } = context.volatile;
  if (membersIndex <= before || membersIndex > commit) return context;
  if (isJoint(members)) {
    const left = leaveJoint(members);
    invariant(left.ok, 'a joint group that cannot be left');
    return appendOwn(context, { kind: 'members', members: left.members }, NO_REQUEST, doing);
  }
  // Those who leave are told before they are forgotten.
  const told = heartbeatAll(context, doing);
  const servers = serversOf(members);
  const progress = told.volatile.office!.progress.filter(({ server }) => servers.includes(server));
  const { change } = office!;
  if (change !== null) {
    doing.effects.push(send(change.client, { type: 'ChangeReply', sequence: change.sequence, refused: '' }));
  }
  return withOffice(told, { progress, change: null });
}
