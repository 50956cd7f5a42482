import type { Effect, Environment, Message } from '../../../kernel/behavior.ts';
import { electionTimer, note, send } from '../effects.ts';
import type { TimeoutNow, VoteReply, VoteRequest } from '../messages.ts';
import { type VoteResult, voteResult } from '../quorum.ts';
import { isUpToDate, lastIndexOf, lastTermOf } from './log.ts';
import { serversOf } from './membership.ts';
import {
  enterTerm,
  hearsLeader,
  type PersistToken,
  remembering,
  type ServerContext,
  type ServerStep,
  sync,
  synced,
} from './state.ts';

const NOBODY: readonly string[] = [];

/** Everybody else whose vote counts. */
function otherVoters({ volatile }: ServerContext, host: string): readonly string[] {
  const { voters, outgoing } = volatile.members;
  return serversOf({ voters, outgoing, learners: NOBODY, learnersNext: NOBODY }).filter((server) => server !== host);
}

function requests(
  context: ServerContext,
  host: string,
  request: Pick<VoteRequest, 'type' | 'term' | 'transfer'>,
): readonly Effect[] {
  const { durable } = context;
  const { type, term, transfer } = request;
  const message = { type, term, lastIndex: lastIndexOf(durable), lastTerm: lastTermOf(durable), transfer };
  return otherVoters(context, host).map((server) => send(server, message));
}

/** Asks whether an election could be won, in the term that it would have, without entering it (dissertation, section 9.6). */
export function askPreVotes(context: ServerContext, _event: unknown, { host }: Environment): ServerStep {
  const { durable, volatile } = context;
  const next = { durable, volatile: remembering(volatile, { leader: '', granted: [host], refused: NOBODY }) };
  const asked = requests(next, host, { type: 'PreVote', term: durable.term + 1, transfer: false });
  return { context: next, effects: [electionTimer(volatile), ...asked] };
}

/**
 * Enters a new term, votes for itself and asks the others. Its own vote counts when it is on disk, and without it nobody wins: so the others can be
 * asked at the same time, and a candidate that crashes before has not been elected (dissertation, section 10.2.1, does the same with entries).
 */
function campaign(context: ServerContext, host: string, transfer: boolean): ServerStep {
  const { snapshot, log, term } = context.durable;
  const durable = { term: term + 1, votedFor: host, snapshot, log };
  const volatile = remembering(context.volatile, { leader: '', granted: NOBODY, refused: NOBODY });
  const effects: Effect[] = [electionTimer(volatile), note('election.began', { term: term + 1, transfer })];
  const next = { durable, volatile };
  effects.push(...requests(next, host, { type: 'RequestVote', term: term + 1, transfer }));
  const { fsync, votePersist } = volatile.settings;
  const waits = fsync && votePersist;
  return { context: waits ? sync(next, effects, { campaign: true }) : granting(next, host), effects };
}

function granting({ durable, volatile }: ServerContext, host: string): ServerContext {
  return { durable, volatile: remembering(volatile, { granted: [...volatile.granted, host] }) };
}

/** Nobody leads, as far as this server knows: it stands for election. */
export function beginCampaign(context: ServerContext, _event: unknown, { host }: Environment): ServerStep {
  return campaign(context, host, false);
}

/** The leader hands over: no pre-vote, no waiting. */
export function takeOver(context: ServerContext, _event: TimeoutNow, { host }: Environment): ServerStep {
  return campaign(context, host, true);
}

type Persisted = { readonly type: 'disk.persisted'; readonly token: PersistToken };

/** The candidate's vote for itself is on disk: it counts. An answer of an earlier state goes out as well. */
export function countOwnVote(context: ServerContext, { token }: Persisted, { host }: Environment): ServerStep {
  const known = synced(context, token);
  const { to, reply, term, campaign } = token;
  const next = campaign && term === context.durable.term ? granting(known, host) : known;
  return { context: next, effects: reply === null ? [] : [send(to, reply)] };
}

function refusal(type: VoteReply['type'], term: number): Message {
  return { type, term, granted: false };
}

/** Whether this server would vote for such a candidate if there were an election. */
export function considerPreVote(context: ServerContext, event: VoteRequest, environment: Environment): ServerStep {
  const { durable, volatile } = context;
  const granted =
    event.term > durable.term &&
    volatile.office === null &&
    !hearsLeader(volatile, environment) &&
    isUpToDate(durable, event.lastTerm, event.lastIndex);
  const reply = granted ? { type: 'PreVoteReply', term: event.term, granted } : refusal('PreVoteReply', durable.term);
  return { effects: [send(environment.from, reply)] };
}

/**
 * A vote (paper, sections 5.2 and 5.4.1): the first candidate of a term whose log is at least as up-to-date gets it, and nobody else. The vote is on
 * disk before it is given, or the term can have two leaders. With `checkQuorum` a server that hears a leader does not listen to candidates.
 */
export function considerVote(context: ServerContext, event: VoteRequest, environment: Environment): ServerStep {
  const { from } = environment;
  if (event.term < context.durable.term) return { effects: [send(from, refusal('VoteReply', context.durable.term))] };
  const isNew = event.term > context.durable.term;
  const before = isNew ? enterTerm(context, event.term) : context;
  const { durable, volatile } = before;
  const { term, votedFor, snapshot, log } = durable;
  const isFree = votedFor === null || votedFor === from;
  const effects: Effect[] = [];
  if (!isFree || !isUpToDate(durable, event.lastTerm, event.lastIndex)) {
    const reply = refusal('VoteReply', term);
    if (!isNew) return { effects: [send(from, reply)] };
    return { context: sync(before, effects, { to: from, reply }), effects };
  }
  effects.push(electionTimer(volatile), note('vote.granted', { term, candidate: from }));
  const next = { durable: { term, votedFor: from, snapshot, log }, volatile };
  const reply: Message = { type: 'VoteReply', term, granted: true };
  if (volatile.settings.votePersist) return { context: sync(next, effects, { to: from, reply }), effects };
  effects.push(send(from, reply));
  return { context: next, effects };
}

/** A candidate that is not listened to gets no answer at all, and its term changes nothing. */
export function ignoresCandidates({ volatile }: ServerContext, event: VoteRequest, environment: Environment): boolean {
  if (!volatile.settings.checkQuorum || event.transfer) return false;
  return volatile.office !== null || hearsLeader(volatile, environment);
}

/** Counts a vote, or a refusal. */
export function countVote({ durable, volatile }: ServerContext, event: VoteReply, { from }: Environment): ServerStep {
  const { granted, refused } = volatile;
  const change = event.granted ? { granted: [...granted, from] } : { refused: [...refused, from] };
  return { context: { durable, volatile: remembering(volatile, change) } };
}

/** How the votes that have been counted decide. Nobody wins without the own vote. */
export function resultOf({ volatile }: ServerContext, host: string): VoteResult {
  const result = voteResult(volatile.members, volatile, volatile.settings.quorum);
  return result === 'won' && !volatile.granted.includes(host) ? 'pending' : result;
}

/** Somebody is in a later term: this server enters it, and is a follower there. */
export function adoptTerm(context: ServerContext, event: VoteReply): ServerStep {
  return { context: enterTerm(context, event.term), effects: [electionTimer(context.volatile)] };
}
