import type { Effect, Environment } from '../../../kernel/behavior.ts';
import { electionTimer, note, send } from '../effects.ts';
import { reachedByQuorum } from '../quorum.ts';
import type { Asked } from '../requests.ts';
import { lastSlot } from '../slots.ts';
import { commitTo, transactionNote } from './deliver.ts';
import { syncedCounter } from './follower.ts';
import { differenceTo, withTransaction } from './history.ts';
import type { Ack, AckEpoch, AckNewLeader, CEpoch, NewLeader, Pong, Transaction } from './messages.ts';
import { othersOf, pingAll } from './pings.ts';
import { settleReads } from './reads.ts';
import {
  compareZxid,
  type Doing,
  type Durable,
  type Follower,
  inOffice,
  isQuorum,
  lastZxid,
  type Office,
  recalling,
  sync,
  synced,
  withFollower,
  type ZabContext,
  type ZabStep,
  type ZabToken,
} from './state.ts';

/** A quorum wants this server: it waits for followers, and counts those that came early. */
export function prepareOffice(context: ZabContext, _event: unknown, environment: Environment): ZabStep {
  const { durable, volatile } = context;
  const { host, clockUs: heardUs } = environment;
  const followers = volatile.settings.servers.map((server): Follower => {
    const said = volatile.early.find((one) => one.server === server)?.acceptedEpoch ?? -1;
    const acceptedEpoch = server === host ? durable.acceptedEpoch : said;
    return { server, acceptedEpoch, agreed: false, last: null, synced: false, counter: 0, round: 0, heardUs };
  });
  const office: Office = { epoch: 0, followers, counter: 0, round: 0 };
  const next = { durable, volatile: recalling(volatile, { office, leader: host }) };
  const began = note('election.began', { term: durable.acceptedEpoch + 1, word: 'epoch' });
  const doing: Doing = { environment, effects: [electionTimer(volatile), began] };
  return { context: chooseEpoch(next, doing), effects: doing.effects };
}

/** Phase 1 (step l.1.1): a follower has come. Once a quorum has said which epochs it agreed to, the next one is above them all. */
export function welcome(context: ZabContext, { acceptedEpoch }: CEpoch, environment: Environment): ZabStep {
  const { from } = environment;
  const { epoch } = context.volatile.office!;
  const doing: Doing = { environment, effects: [] };
  const known = withFollower(context, from, { acceptedEpoch, heardUs: environment.clockUs });
  if (epoch === 0) return { context: chooseEpoch(known, doing), effects: doing.effects };
  return { context: known, effects: [send(from, { type: 'NewEpoch', epoch })] };
}

function chooseEpoch(context: ZabContext, { environment, effects }: Doing): ZabContext {
  const { host } = environment;
  const { followers } = context.volatile.office!;
  const came = followers.filter(({ acceptedEpoch }) => acceptedEpoch >= 0);
  if (!isQuorum(came.length, context.volatile.settings)) return context;
  const epoch = 1 + came.reduce((most, { acceptedEpoch }) => Math.max(most, acceptedEpoch), 0);
  const { currentEpoch, snapshot, log } = context.durable;
  const begun = inOffice(context, { epoch });
  effects.push(note('epoch.accepted', { epoch, leader: host }));
  for (const { server } of came) if (server !== host) effects.push(send(server, { type: 'NewEpoch', epoch }));
  const agreed = { durable: { acceptedEpoch: epoch, currentEpoch, snapshot, log }, volatile: begun.volatile };
  const waits = context.volatile.settings.fsync && context.volatile.settings.votePersist;
  return waits ? sync(agreed, effects, { own: 'epoch' }) : withFollower(agreed, host, { agreed: true });
}

/** Whether a follower knows of more than this leader: a later epoch, or a longer history. Then the leader must not go on. */
export function isBehind({ durable, volatile }: ZabContext, event: AckEpoch): boolean {
  if (event.epoch !== volatile.office!.epoch) return false;
  if (event.currentEpoch !== durable.currentEpoch) return event.currentEpoch > durable.currentEpoch;
  return compareZxid(event.last, lastZxid(durable)) > 0;
}

/** A follower has agreed to the epoch, or says again where its history ends. */
export function countAgreement(context: ZabContext, event: AckEpoch, { from, clockUs }: Environment): ZabStep {
  const before = context.volatile.office!.followers.find(({ server }) => server === from);
  const agreed = event.counts || before?.agreed === true;
  return { context: withFollower(context, from, { agreed, last: event.last, heardUs: clockUs }) };
}

type Persisted = { readonly type: 'disk.persisted'; readonly token: ZabToken };

/** The leader's own part is on its disk: it counts itself like any other server. */
export function confirmOwn(context: ZabContext, { token }: Persisted, environment: Environment): ZabStep {
  const { host } = environment;
  const doing: Doing = { environment, effects: token.reply === null ? [] : [send(token.to, token.reply)] };
  const known = synced(context, token);
  const isOwn = token.epoch === context.volatile.office!.epoch;
  if (isOwn && token.own === 'epoch') {
    return { context: withFollower(known, host, { agreed: true }), effects: doing.effects };
  }
  const isSynced = isOwn && token.own === 'history' ? withFollower(known, host, { synced: true }) : known;
  return { context: isSynced, effects: doing.effects };
}

/** While it broadcasts, what its disk has counts towards the commit. */
export function confirmBroadcast(context: ZabContext, event: Persisted, environment: Environment): ZabStep {
  const { context: known, effects = [] } = confirmOwn(context, event, environment);
  const doing: Doing = { environment, effects: [...effects] };
  return { context: commitReached(known!, doing), effects: doing.effects };
}

/** Whether a quorum has agreed to the epoch. */
export function isAgreed({ volatile: { office, settings } }: ZabContext): boolean {
  return isQuorum(office!.followers.filter(({ agreed }) => agreed).length, settings);
}

/** Phase 2 (step l.2.1): the leader's history is the epoch's initial one; followers get what makes theirs the same. */
export function beginSynchronisation(context: ZabContext, _event: unknown, environment: Environment): ZabStep {
  const { host } = environment;
  const { acceptedEpoch, snapshot, log } = context.durable;
  const effects: Effect[] = [];
  const durable: Durable = { acceptedEpoch, currentEpoch: acceptedEpoch, snapshot, log };
  const volatile = recalling(context.volatile, { base: lastSlot(durable) });
  const written = sync({ durable, volatile }, effects, { own: 'history' });
  const next = volatile.settings.fsync ? written : withFollower(written, host, { synced: true });
  for (const { server, last } of othersOf(next, host)) {
    if (last !== null) effects.push(send(server, newLeader(next, last)));
  }
  return { context: next, effects };
}

function newLeader({ durable, volatile }: ZabContext, last: Follower['last']): NewLeader {
  const { epoch, counter } = volatile.office!;
  if (!volatile.settings.epochSync) {
    const nothing = { after: last!, snapshot: null, entries: [], counter: 0 };
    return { type: 'NewLeader', epoch, synchronises: false, ...nothing };
  }
  const { after, snapshot, entries } = differenceTo(durable, last!);
  return { type: 'NewLeader', epoch, synchronises: true, after, snapshot, entries, counter };
}

/** A follower that came late, or that missed something: the history as it is now. */
export function sendHistory(context: ZabContext, event: AckEpoch, environment: Environment): ZabStep {
  const { from, clockUs } = environment;
  const known = withFollower(context, from, { last: event.last, heardUs: clockUs });
  return { context: known, effects: [send(from, newLeader(known, event.last))] };
}

/** A follower has the leader's history on disk. */
export function countSynced(context: ZabContext, event: AckNewLeader, environment: Environment): ZabStep {
  const { from, clockUs } = environment;
  const { counter } = event;
  return { context: withFollower(context, from, { synced: true, counter, heardUs: clockUs }) };
}

/** Whether a quorum has the leader's history. */
export function isEstablished({ volatile: { office, settings } }: ZabContext): boolean {
  return isQuorum(office!.followers.filter((one) => one.synced).length, settings);
}

/** The end of phase 2 (step l.2.2): the epoch is this leader's. Its initial history is committed, and new transactions may come. */
export function establish(context: ZabContext, _event: unknown, environment: Environment): ZabStep {
  const { durable, volatile } = context;
  const { epoch, followers } = volatile.office!;
  const votes = followers.filter((one) => one.synced).map(({ server }) => server);
  const effects: Effect[] = [
    note('leader.elected', { term: epoch, votes, word: 'epoch' }),
    { type: 'timer.cancel', name: 'election' },
    { type: 'timer.set', name: 'heartbeat', delayUs: volatile.settings.heartbeatUs },
  ];
  for (const { server, synced: has } of othersOf(context, environment.host)) {
    if (has) effects.push(send(server, { type: 'Commit', epoch, counter: 0 }));
  }
  return { context: commitTo({ durable, volatile }, 0, { effects, answers: true }), effects };
}

/** The same while it broadcasts: the follower may deliver what is committed, and it counts from now on. */
export function admit(context: ZabContext, event: AckNewLeader, environment: Environment): ZabStep {
  const { context: known } = countSynced(context, event, environment);
  const { epoch } = known!.volatile.office!;
  const { committed: counter } = known!.volatile;
  const doing: Doing = { environment, effects: [send(environment.from, { type: 'Commit', epoch, counter })] };
  return { context: commitReached(known!, doing), effects: doing.effects };
}

/** Phase 3 (step l.3.1): gives a client's command the next zxid of this epoch, and sends it to whoever has the history before it, in this order. */
export function broadcast(context: ZabContext, { client, sequence, command }: Asked, doing: Doing): ZabContext {
  const { durable, volatile } = context;
  const { epoch } = volatile.office!;
  const counter = volatile.office!.counter + 1;
  const entry: Transaction = { index: lastSlot(durable) + 1, term: epoch, client, sequence, command, counter };
  const { acceptedEpoch, currentEpoch, snapshot } = durable;
  const { effects, environment } = doing;
  effects.push(note('log.appended', { from: entry.index, to: entry.index, term: epoch }), transactionNote(entry));
  for (const { server, last } of othersOf(context, environment.host)) {
    if (last !== null) effects.push(send(server, { type: 'Propose', epoch, entry }));
  }
  const log = withTransaction(durable, entry);
  const proposed = inOffice({ durable: { acceptedEpoch, currentEpoch, snapshot, log }, volatile }, { counter });
  const written = sync(proposed, effects);
  return volatile.settings.fsync ? written : commitReached(written, doing);
}

/** Commits, in order, what a quorum has on disk (step l.3.2). */
function commitReached(context: ZabContext, doing: Doing): ZabContext {
  const { settings, office, committed } = context.volatile;
  const { epoch, followers } = office!;
  const { host } = doing.environment;
  const reached = (server: string): number => {
    const one = followers.find((follower) => follower.server === server);
    if (one?.synced !== true) return -1;
    return server === host ? syncedCounter(context) : one.counter;
  };
  const counter = reachedByQuorum({ voters: settings.servers, outgoing: [] }, reached, settings.quorum);
  if (counter <= committed) return context;
  for (const { server, synced: has } of othersOf(context, host)) {
    if (has) doing.effects.push(send(server, { type: 'Commit', epoch, counter }));
  }
  return commitTo(context, counter, { effects: doing.effects, answers: true });
}

/** A follower has more on disk. */
export function countAck(context: ZabContext, event: Ack | Pong, environment: Environment): ZabStep {
  const { from, clockUs: heardUs } = environment;
  const before = context.volatile.office!.followers.find(({ server }) => server === from);
  if (before === undefined || !before.synced) return {};
  const counter = Math.max(before.counter, event.counter);
  const round = event.type === 'Pong' ? Math.max(before.round, event.round) : before.round;
  const doing: Doing = { environment, effects: [] };
  const known = withFollower(context, from, { counter, round, heardUs });
  return { context: settleReads(commitReached(known, doing), doing), effects: doing.effects };
}

/** The heartbeat timer rang. */
export function beat(context: ZabContext, _event: unknown, environment: Environment): ZabStep {
  const { heartbeatUs } = context.volatile.settings;
  const effects: Effect[] = [{ type: 'timer.set', name: 'heartbeat', delayUs: heartbeatUs }];
  return { context: pingAll(context, { environment, effects }), effects };
}

/** Whether a quorum has been silent for an election timeout: without it a leader is none. */
export function hasLostQuorum({ volatile }: ZabContext, _event: unknown, { host, clockUs }: Environment): boolean {
  const { settings, office } = volatile;
  const heard = (server: string): number =>
    server === host ? clockUs : (office!.followers.find((one) => one.server === server)?.heardUs ?? 0);
  const heardUs = reachedByQuorum({ voters: settings.servers, outgoing: [] }, heard, settings.quorum);
  return clockUs - heardUs > settings.electionMinUs;
}
