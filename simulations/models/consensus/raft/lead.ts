import type { Environment } from '../../../kernel/behavior.ts';
import type { Draft } from '../../../kernel/copies.ts';
import { electionTimer, note, send } from '../effects.ts';
import type { AppendReply } from '../messages.ts';
import { reachedByQuorum } from '../quorum.ts';
import { appendOwn, commitReached, countOwn, NO_REQUEST } from './commit.ts';
import { findConflict, lastIndexOf } from './log.ts';
import { serversOf } from './membership.ts';
import {
  type Doing,
  doingIn,
  moved,
  ownOffice,
  placeIn,
  progressDraft,
  progressOf,
  stranger,
  withProgress,
} from './progress.ts';
import { settleReads } from './reads.ts';
import { heartbeatAll, sendNext } from './sending.ts';
import {
  type Office,
  type PersistToken,
  type Progress,
  remembering,
  type ServerContext,
  type ServerStep,
  synced,
  withOffice,
} from './state.ts';

/** Elected: begins the term with an entry of its own, because only with such an entry can it commit what earlier terms left (paper, section 8). */
export function takeOffice(context: ServerContext, _event: unknown, environment: Environment): ServerStep {
  const { durable, volatile } = context;
  const { host, clockUs } = environment;
  const next = lastIndexOf(durable) + 1;
  const own = { ...stranger(host, next, clockUs), match: volatile.syncedIndex, pace: 'stream' } as const;
  const others = serversOf(volatile.members).filter((server) => server !== host);
  const office: Office = {
    progress: [own, ...others.map((server) => stranger(server, next, clockUs))],
    firstIndex: next,
    round: 0,
    reads: [],
    change: null,
    transferee: '',
  };
  const elected = { durable, volatile: remembering(volatile, { office, leader: host }) };
  const doing = doingIn(environment);
  const { effects } = doing;
  effects.push(note('leader.elected', { term: durable.term, votes: volatile.granted }));
  effects.push({ type: 'timer.cancel', name: 'election' });
  effects.push({ type: 'timer.set', name: 'heartbeat', delayUs: volatile.settings.heartbeatUs });
  return { context: appendOwn(elected, { kind: 'noop' }, NO_REQUEST, doing), effects: effects.taken() };
}

/** The heartbeat timer rang. */
export function beat(context: ServerContext, _event: unknown, environment: Environment): ServerStep {
  const { heartbeatUs } = context.volatile.settings;
  const doing = doingIn(environment);
  doing.effects.push({ type: 'timer.set', name: 'heartbeat', delayUs: heartbeatUs });
  return { context: heartbeatAll(context, doing), effects: doing.effects.taken() };
}

/** Whether a majority has been silent for an election timeout: then somebody else may lead (dissertation, section 6.2). */
export function hasLostQuorum({ volatile }: ServerContext, _event: unknown, { host, clockUs }: Environment): boolean {
  const { settings, members, office } = volatile;
  if (!settings.checkQuorum || office === null) return false;
  const heardUs = reachedByQuorum(
    members,
    (server) => (server === host ? clockUs : (progressOf(office, server)?.heardUs ?? 0)),
    settings.quorum,
  );
  return clockUs - heardUs > settings.electionMinUs;
}

/** A follower's answer: moves its progress, commits what a majority has, sends what it lacks. */
export function countReply(context: ServerContext, event: AppendReply, environment: Environment): ServerStep {
  const office = context.volatile.office!;
  const at = placeIn(office, environment.from);
  if (at < 0) return {};
  const before = office.progress[at]!;
  const heard = progressDraft(before);
  heard.round = Math.max(before.round, event.round);
  heard.sentUs = Math.max(before.sentUs, event.sentUs);
  heard.heardUs = environment.clockUs;
  const doing = doingIn(environment);
  const after = event.success
    ? matched(context, at, heard, event, doing)
    : conflicted(context, at, heard, event, doing);
  return { context: settleReads(after, doing), effects: doing.effects.taken() };
}

function matched(
  context: ServerContext,
  at: number,
  one: Draft<Progress>,
  event: AppendReply,
  doing: Doing,
): ServerContext {
  const known = one.match;
  one.match = Math.max(known, event.index);
  one.next = Math.max(one.next, one.match + 1);
  one.pace = 'stream';
  const counted = withProgress(context, at, one, doing);
  const committed = one.match > known ? commitReached(counted, doing) : counted;
  // A committed change of the group may have ended this server's part in it.
  const led = committed.volatile.office!;
  const place = led.progress[at]?.server === one.server ? at : placeIn(led, one.server);
  if (place < 0) return committed;
  const isBehind = led.progress[place]!.next <= lastIndexOf(committed.durable);
  return handOver(isBehind ? sendNext(committed, place, doing) : committed, place, doing);
}

/** The follower lacks the entry before: looks further back, a term at a time. Late refusals say nothing new. */
function conflicted(
  context: ServerContext,
  at: number,
  before: Progress,
  event: AppendReply,
  doing: Doing,
): ServerContext {
  const expected = Math.max(before.next - 1, context.durable.snapshot.index);
  const isLate = event.refused <= before.match || (before.pace === 'wait' && event.refused !== expected);
  if (isLate) return withProgress(context, at, before, doing);
  const hint = findConflict(context.durable, event.index, event.hintTerm).index;
  const next = Math.max(before.match + 1, Math.min(event.refused, hint + 1));
  return sendNext(withProgress(context, at, moved(before, { next, pace: 'probe' }), doing), at, doing);
}

/** To a server that is to take over and has everything: now. */
export function handOver(context: ServerContext, at: number, { effects }: Doing): ServerContext {
  const { office } = context.volatile;
  const one = office!.progress[at]!;
  if (office!.transferee === one.server && one.match === lastIndexOf(context.durable)) {
    effects.push(send(one.server, { type: 'TimeoutNow', term: context.durable.term }));
  }
  return context;
}

type Persisted = { readonly type: 'disk.persisted'; readonly token: PersistToken };

/** The leader's own entries are on its disk. */
export function confirmOwn(context: ServerContext, { token }: Persisted, environment: Environment): ServerStep {
  const doing = doingIn(environment);
  if (token.reply !== null) doing.effects.push(send(token.to, token.reply));
  const known = synced(context, token, (before) => ownOffice(before, doing));
  return { context: settleReads(countOwn(known, doing), doing), effects: doing.effects.taken() };
}

/** Leads no longer: somebody is in a later term, or no majority answers, or the group goes on without it. */
export function leaveOffice({ durable, volatile }: ServerContext): ServerStep {
  const next = remembering(volatile, { office: null, leader: '' });
  return {
    context: { durable, volatile: next },
    effects: [
      { type: 'timer.cancel', name: 'heartbeat' },
      { type: 'timer.cancel', name: 'transfer' },
      electionTimer(volatile),
    ],
  };
}

/** Gives up a transfer that took too long. */
export function keepOffice({ durable, volatile }: ServerContext): ServerStep {
  return { context: withOffice({ durable, volatile }, { transferee: '' }) };
}
