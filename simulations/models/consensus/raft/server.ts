import { setup } from 'xstate';
import type { Environment } from '../../../kernel/behavior.ts';
import { defineChart } from '../../../statechart/chart.ts';
import { wiring } from '../../../statechart/handler.ts';
import { electionTimer, flushTimer, send } from '../effects.ts';
import type * as Sent from '../messages.ts';
import { answersLocally } from './apply.ts';
import {
  adoptTerm,
  askPreVotes,
  beginCampaign,
  considerPreVote,
  considerVote,
  countOwnVote,
  countVote,
  ignoresCandidates,
  resultOf,
  takeOver,
} from './election.ts';
import { acceptEntries, installSnapshot, refuseStale } from './follow.ts';
import { beat, confirmOwn, countReply, hasLostQuorum, keepOffice, leaveOffice, takeOffice } from './lead.ts';
import { isJoint } from './membership.ts';
import { readLocally } from './reads.ts';
import { beginTransfer, canTransfer, changeMembers, propose, redirect, refuseTransfer } from './requests.ts';
import {
  awake,
  enterTerm,
  initialServer,
  type PersistToken,
  remembering,
  type ServerContext,
  type ServerInput,
  type ServerStep,
  synced,
} from './state.ts';

/**
 * Raft (Ongaro and Ousterhout, "In Search of an Understandable Consensus Algorithm", ATC 2014; Ongaro's dissertation, 2014). One server per host keeps a
 * log; a leader decides what goes into it.
 *
 * Time is cut into terms. A `follower` that hears no leader for an election timeout asks for votes: first, as a `preCandidate`, whether it could win at
 * all, then as a `candidate` of the next term. A server votes once in a term, and only for a candidate whose log is at least as up-to-date as its own; so at
 * most one candidate gets a majority, and whoever gets it has every committed entry. The `leader` appends what clients ask for, sends it to the others, and
 * counts an entry of its own term as committed once a majority has it on disk: any later majority contains somebody who has it and refuses to vote for
 * anybody who lacks it. A follower's log is made equal to the leader's, from the first entry on which they differ.
 *
 * `transferring` is a leader that hands over: it takes no requests until the other leads or time is up. A `learner` receives entries and does not vote; a
 * `removed` server has learnt that the group goes on without it. `stopped` is a server before its start and while its host is down.
 *
 * Before it answers, a server has on disk what it answers (term, vote, log): paper, figure 2. The knob `fsync` and the planted mistakes say where it does not.
 */

type Persisted = { readonly type: 'disk.persisted'; readonly token: PersistToken };
type TimerEvent = { readonly type: 'timer.election' | 'timer.heartbeat' | 'timer.transfer' | 'timer.flush' };
export type ServerEvent =
  | Sent.ReadRequest
  | Sent.WriteRequest
  | Sent.CasRequest
  | Sent.ChangeRequest
  | Sent.TransferRequest
  | Sent.VoteRequest
  | Sent.VoteReply
  | Sent.Append
  | Sent.AppendReply
  | Sent.InstallSnapshot
  | Sent.TimeoutNow
  | Sent.ProcessStarted
  | Sent.ProcessCrashed
  | Sent.ProcessRestarted
  | Persisted
  | TimerEvent;

const { on, when } = wiring<ServerContext, ServerEvent>();

function start(context: ServerContext): ServerStep {
  return { effects: [electionTimer(context.volatile), ...flushTimer(context)] };
}

/** After a crash: what the disk holds is all there is. With leases, it may have promised silence to a leader, so it keeps it for as long as that could last. */
function wake(context: ServerContext, _event: unknown, { host, clockUs }: Environment): ServerStep {
  const { settings } = context.volatile;
  const { durable, volatile } = awake(context.durable, settings, host);
  const kept = settings.read === 'lease' ? remembering(volatile, { heardUs: clockUs }) : volatile;
  const next = { durable, volatile: kept };
  return { context: next, effects: [electionTimer(kept), ...flushTimer(next)] };
}

/** A state is on disk: whoever waited for it is answered. */
function confirm(context: ServerContext, { token }: Persisted): ServerStep {
  const { to, reply } = token;
  return { context: synced(context, token), effects: reply === null ? [] : [send(to, reply)] };
}

function flush(context: ServerContext): ServerStep {
  const { durable, volatile } = context;
  if (durable === volatile.flushed) return { effects: flushTimer(context) };
  const token: PersistToken = { to: '', reply: null, campaign: false, term: 0, index: 0, logTerm: 0 };
  return {
    context: { durable, volatile: remembering(volatile, { flushed: durable }) },
    effects: [{ type: 'disk.persist', token }, ...flushTimer(context)],
  };
}

const isLater = ({ durable }: ServerContext, event: Sent.VoteReply): boolean => event.term > durable.term;
const outside = ({ volatile: { place, members, membersIndex, commit } }: ServerContext): boolean =>
  place === 'outside' && membersIndex > 0 && membersIndex <= commit && !isJoint(members);

/** What every server does, whatever else it is. */
const always = {
  'process.crashed': 'stopped',
  PreVote: { actions: 'considerPreVote' },
  'timer.flush': { actions: 'flush' },
} as const;

/** An answer from a later term to what this server asked when it led or stood for election: every server takes that term over (paper, figure 2). */
const late = { guard: 'isLater', actions: 'enterLater' } as const;

/** What a server does that does not lead. */
const following = {
  ...always,
  Read: [{ guard: 'answersLocally', actions: 'readLocally' }, { actions: 'redirect' }],
  Write: { actions: 'redirect' },
  Cas: { actions: 'redirect' },
  ChangeMembers: { actions: 'redirect' },
  Transfer: { actions: 'redirect' },
  RequestVote: [{ guard: 'ignoresCandidates' }, { actions: 'considerVote' }],
  AppendEntries: { actions: 'acceptEntries' },
  Heartbeat: { actions: 'acceptEntries' },
  InstallSnapshot: { actions: 'installSnapshot' },
  VoteReply: late,
  AppendReply: late,
  HeartbeatReply: late,
  SnapshotReply: late,
  'disk.persisted': { actions: 'confirm' },
} as const;

const overtaken = { guard: 'isLater', target: 'follower', actions: 'adoptTerm' } as const;

/** What a server does that stands for election. */
const standing = {
  ...following,
  RequestVote: [
    { guard: 'ignoresCandidates' },
    { guard: 'isLater', target: 'follower', actions: 'considerVote' },
    { actions: 'considerVote' },
  ],
  AppendEntries: [
    { guard: 'isStale', actions: 'refuseStale' },
    { target: 'follower', actions: 'acceptEntries' },
  ],
  Heartbeat: [
    { guard: 'isStale', actions: 'refuseStale' },
    { target: 'follower', actions: 'acceptEntries' },
  ],
  InstallSnapshot: [
    { guard: 'isStale', actions: 'refuseStale' },
    { target: 'follower', actions: 'installSnapshot' },
  ],
  VoteReply: overtaken,
  AppendReply: overtaken,
  HeartbeatReply: overtaken,
  SnapshotReply: overtaken,
} as const;

const replied = [
  { guard: 'isLater', target: 'follower', actions: ['leaveOffice', 'adoptTerm'] },
  { guard: 'isOfTerm', actions: 'countReply' },
] as const;
const deposed = (action: 'acceptEntries' | 'installSnapshot') =>
  [
    { guard: 'isLater', target: 'follower', actions: ['leaveOffice', action] },
    { guard: 'isStale', actions: 'refuseStale' },
  ] as const;

/** What a leader does, whether it hands over or not. */
const leading = {
  ...always,
  AppendReply: replied,
  HeartbeatReply: replied,
  SnapshotReply: replied,
  AppendEntries: deposed('acceptEntries'),
  Heartbeat: deposed('acceptEntries'),
  InstallSnapshot: deposed('installSnapshot'),
  RequestVote: [
    { guard: 'ignoresCandidates' },
    { guard: 'isLater', target: 'follower', actions: ['leaveOffice', 'considerVote'] },
    { actions: 'considerVote' },
  ],
  VoteReply: { guard: 'isLater', target: 'follower', actions: ['leaveOffice', 'adoptTerm'] },
  'disk.persisted': { actions: 'confirmOwn' },
  'timer.heartbeat': [{ guard: 'hasLostQuorum', target: 'follower', actions: 'leaveOffice' }, { actions: 'beat' }],
} as const;

export const serverMachine = setup({
  types: { context: {} as ServerContext, events: {} as ServerEvent, input: {} as ServerInput },
  actions: {
    start: on(start),
    wake: on(wake),
    confirm: on(confirm),
    flush: on(flush),
    askPreVotes: on(askPreVotes),
    beginCampaign: on(beginCampaign),
    takeOver: on(takeOver),
    countOwnVote: on(countOwnVote),
    considerPreVote: on(considerPreVote),
    considerVote: on(considerVote),
    countVote: on(countVote),
    adoptTerm: on(adoptTerm),
    enterLater: on((context, { term }: Sent.VoteReply) => ({ context: enterTerm(context, term) })),
    waitAgain: on(({ volatile }) => ({ effects: [electionTimer(volatile)] })),
    takeOffice: on(takeOffice),
    leaveOffice: on(leaveOffice),
    keepOffice: on(keepOffice),
    acceptEntries: on(acceptEntries),
    installSnapshot: on(installSnapshot),
    refuseStale: on(refuseStale),
    countReply: on(countReply),
    confirmOwn: on(confirmOwn),
    beat: on(beat),
    propose: on(propose),
    readLocally: on(readLocally),
    redirect: on(redirect),
    changeMembers: on(changeMembers),
    beginTransfer: on(beginTransfer),
    refuseTransfer: on(refuseTransfer),
  },
  guards: {
    isVoter: when(({ volatile }) => volatile.place === 'voter'),
    isLearner: when(({ volatile }) => volatile.place === 'learner'),
    isOutside: when(outside),
    cannotVote: when(({ volatile }) => volatile.place !== 'voter'),
    asksFirst: when(({ volatile }) => volatile.settings.preVote),
    isWon: when((context, _event, { host }) => resultOf(context, host) === 'won'),
    isLost: when((context, _event, { host }) => resultOf(context, host) === 'lost'),
    isLater: when(isLater),
    isStale: when(({ durable }, event: Sent.Append) => event.term < durable.term),
    isOfTerm: when(({ durable }, event: Sent.AppendReply) => event.term === durable.term),
    isOfNextTerm: when(({ durable }, event: Sent.VoteReply) => event.granted && event.term === durable.term + 1),
    isRefusal: when((context, event: Sent.VoteReply) => !event.granted && !isLater(context, event)),
    hasLostQuorum: when(hasLostQuorum),
    ignoresCandidates: when(ignoresCandidates),
    answersLocally: when(answersLocally),
    canTransfer: when(canTransfer),
  },
}).createMachine({
  id: 'server',
  context: ({ input }) => initialServer(input),
  initial: 'stopped',
  states: {
    stopped: {
      on: {
        'process.started': [
          { guard: 'isVoter', target: 'follower', actions: 'start' },
          { target: 'learner', actions: 'start' },
        ],
        'process.restarted': { target: 'follower', actions: 'wake' },
      },
    },
    follower: {
      on: {
        ...following,
        TimeoutNow: { guard: 'isOfTerm', target: 'candidate', actions: 'takeOver' },
        'timer.election': [
          { guard: 'cannotVote', actions: 'waitAgain' },
          { guard: 'asksFirst', target: 'preCandidate', actions: 'askPreVotes' },
          { target: 'candidate', actions: 'beginCampaign' },
        ],
      },
      always: [
        { guard: 'isOutside', target: 'removed' },
        { guard: 'isLearner', target: 'learner' },
      ],
    },
    preCandidate: {
      on: {
        ...standing,
        PreVoteReply: [
          { guard: 'isOfNextTerm', actions: 'countVote' },
          { guard: 'isRefusal', actions: 'countVote' },
          { guard: 'isLater', target: 'follower', actions: 'adoptTerm' },
        ],
        'timer.election': { actions: 'askPreVotes' },
      },
      always: [
        { guard: 'isWon', target: 'candidate', actions: 'beginCampaign' },
        { guard: 'isLost', target: 'follower' },
      ],
    },
    candidate: {
      on: {
        ...standing,
        VoteReply: [
          { guard: 'isLater', target: 'follower', actions: 'adoptTerm' },
          { guard: 'isOfTerm', actions: 'countVote' },
        ],
        'disk.persisted': { actions: 'countOwnVote' },
        'timer.election': [
          { guard: 'asksFirst', target: 'preCandidate', actions: 'askPreVotes' },
          { actions: 'beginCampaign' },
        ],
      },
      always: [
        { guard: 'isWon', target: 'leader', actions: 'takeOffice' },
        { guard: 'isLost', target: 'follower' },
      ],
    },
    leader: {
      on: {
        ...leading,
        Read: [{ guard: 'answersLocally', actions: 'readLocally' }, { actions: 'propose' }],
        Write: { actions: 'propose' },
        Cas: { actions: 'propose' },
        ChangeMembers: { actions: 'changeMembers' },
        Transfer: [
          { guard: 'canTransfer', target: 'transferring', actions: 'beginTransfer' },
          { actions: 'refuseTransfer' },
        ],
      },
      always: { guard: 'isOutside', target: 'removed', actions: 'leaveOffice' },
    },
    transferring: {
      on: {
        ...leading,
        Read: [{ guard: 'answersLocally', actions: 'readLocally' }, { actions: 'redirect' }],
        Write: { actions: 'redirect' },
        Cas: { actions: 'redirect' },
        ChangeMembers: { actions: 'redirect' },
        Transfer: { actions: 'redirect' },
        'timer.transfer': { target: 'leader', actions: 'keepOffice' },
      },
      always: { guard: 'isOutside', target: 'removed', actions: 'leaveOffice' },
    },
    learner: {
      on: following,
      always: [
        { guard: 'isVoter', target: 'follower', actions: 'waitAgain' },
        { guard: 'isOutside', target: 'removed' },
      ],
    },
    removed: {
      on: following,
      always: [
        { guard: 'isVoter', target: 'follower', actions: 'waitAgain' },
        { guard: 'isLearner', target: 'learner' },
      ],
    },
  },
});

export const serverChart = defineChart(serverMachine);
