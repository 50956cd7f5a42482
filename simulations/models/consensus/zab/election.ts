import type { Effect, Environment } from '../../../kernel/behavior.ts';
import { electionTimer, note, send } from '../effects.ts';
import type { CEpoch, Notification, Vote } from './messages.ts';
import { compareZxid, isQuorum, ownVote, recalling, type Volatile, type ZabContext, type ZabStep } from './state.ts';

/** Whether a vote is for a better leader: the later epoch, then the longer history, then the greater place in the group. */
function isBetter(one: Vote, other: Vote, { settings: { servers } }: Volatile): boolean {
  if (one.epoch !== other.epoch) return one.epoch > other.epoch;
  const order = compareZxid(one.last, other.last);
  return order !== 0 ? order > 0 : servers.indexOf(one.leader) > servers.indexOf(other.leader);
}

function notify({ settings, round, vote }: Volatile, host: string): readonly Effect[] {
  const message: Notification = { type: 'Notification', round, vote, looking: true };
  return settings.servers.filter((server) => server !== host).map((server) => send(server, message));
}

/** Tells the others again, since messages may be lost. */
function lookTimer({ settings: { heartbeatUs } }: Volatile): Effect {
  return { type: 'timer.set', name: 'election', delayUs: [heartbeatUs, 2 * heartbeatUs] };
}

/** No leader: a new round of the election, in which this server first votes for itself. Gives up whatever it was doing for anybody. */
export function look({ durable, volatile }: ZabContext, _event: unknown, { host }: Environment): ZabStep {
  const vote = ownVote(durable, host);
  const next = recalling(volatile, {
    round: volatile.round + 1,
    vote,
    votes: [{ server: host, leader: host }],
    early: [],
    leader: '',
    base: -1,
    committed: -1,
    expected: 0,
    reads: [],
    office: null,
  });
  return {
    context: { durable, volatile: next },
    effects: [
      note('looking.began', { round: next.round }),
      { type: 'timer.cancel', name: 'heartbeat' },
      lookTimer(next),
      ...notify(next, host),
    ],
  };
}

/** Still no quorum for anybody. */
export function lookAgain({ volatile }: ZabContext, _event: unknown, { host }: Environment): ZabStep {
  return { effects: [lookTimer(volatile), ...notify(volatile, host)] };
}

/** Another server looks as well: takes over its vote if that is for a better leader, and tells everybody. A later round begins anew. */
export function countVote(context: ZabContext, event: Notification, { host, from }: Environment): ZabStep {
  const { durable, volatile } = context;
  const { round, vote } = event;
  if (round < volatile.round) {
    const message: Notification = { type: 'Notification', round: volatile.round, vote: volatile.vote, looking: true };
    return { effects: [send(from, message)] };
  }
  const isNew = round > volatile.round;
  const before = isNew ? ownVote(durable, host) : volatile.vote;
  const best = isBetter(vote, before, volatile) ? vote : before;
  const others = isNew ? [] : volatile.votes.filter(({ server }) => server !== from && server !== host);
  const votes = [...others, { server: host, leader: best.leader }, { server: from, leader: vote.leader }];
  const next = recalling(volatile, { round, vote: best, votes });
  const isTold = isNew || best !== volatile.vote;
  return { context: { durable, volatile: next }, effects: isTold ? notify(next, host) : [] };
}

/** A follower has decided before this server has heard as much: that is a vote, too. */
export function countEarly({ durable, volatile }: ZabContext, event: CEpoch, { host, from }: Environment): ZabStep {
  const { acceptedEpoch } = event;
  const early = [...volatile.early.filter(({ server }) => server !== from), { server: from, acceptedEpoch }];
  const votes = [...volatile.votes.filter(({ server }) => server !== from), { server: from, leader: host }];
  return { context: { durable, volatile: recalling(volatile, { early, votes }) } };
}

/** Whether a quorum wants whom this server wants. */
export function hasDecided({ volatile: { votes, vote, settings } }: ZabContext): boolean {
  return isQuorum(votes.filter(({ leader }) => leader === vote.leader).length, settings);
}

/** Somebody looks for a leader, or takes this server for one that it is not; it names the one it has. */
export function tellLeader(context: ZabContext, _event: unknown, { from }: Environment): ZabStep {
  const { round, leader, vote } = context.volatile;
  const known: Vote = { leader, epoch: vote.epoch, last: vote.last };
  return { effects: [send(from, { type: 'Notification', round, vote: known, looking: false })] };
}

/** Follows the leader that the election, or that leader itself, has named. */
export function follow(context: ZabContext, event: unknown, environment: Environment): ZabStep {
  const { durable, volatile } = context;
  const { type, looking } = event as Partial<Notification>;
  const leader = type === 'Notification' && looking === false ? environment.from : volatile.vote.leader;
  const next = { durable, volatile: recalling(volatile, { leader }) };
  return { context: next, effects: [electionTimer(volatile), ...joinEffects(next)] };
}

function joinEffects({ durable, volatile }: ZabContext): readonly Effect[] {
  const { leader, settings } = volatile;
  return [
    { type: 'timer.set', name: 'heartbeat', delayUs: settings.heartbeatUs },
    send(leader, { type: 'CEpoch', acceptedEpoch: durable.acceptedEpoch }),
  ];
}

/** The leader has not answered yet: phase 1 again. */
export function joinAgain(context: ZabContext): ZabStep {
  return { effects: joinEffects(context) };
}
