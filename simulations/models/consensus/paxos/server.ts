import { setup } from 'xstate';
import type { Environment } from '../../../kernel/behavior.ts';
import { defineChart } from '../../../statechart/chart.ts';
import { wiring } from '../../../statechart/handler.ts';
import { electionTimer, flushTimer, redirected, refusedChange, send } from '../effects.ts';
import type * as Asked from '../messages.ts';
import { commandOf, type DataRequest, knownAnswer } from '../requests.ts';
import { considerAccept, considerPrepare, ignoresProposers } from './acceptor.ts';
import { hearHeartbeat, learn, teach } from './learner.ts';
import type * as Sent from './messages.ts';
import {
  askAgain,
  askPromises,
  beat,
  countAccepted,
  countPromise,
  hasPromises,
  leaveOffice,
  openBallot,
  propose,
  takeOffice,
} from './proposer.ts';
import { beginRead, countHeartbeat, hasLostQuorum, readLocally } from './reads.ts';
import {
  awakePaxos,
  type Doing,
  initialPaxos,
  type PaxosContext,
  type PaxosInput,
  type PaxosStep,
  type PaxosToken,
  recalling,
} from './state.ts';

/**
 * Multi-Paxos (Lamport, "Paxos Made Simple", 2001, sections 2 and 3; what it leaves open follows van Renesse and Altinbuken, "Paxos Made Moderately
 * Complex", 2015). Every server is proposer, acceptor and learner at once. The states are the proposer's; acceptor and learner are the same in each.
 *
 * The log is a row of slots, and each slot is decided by itself. A proposal is a value with a ballot, a number that no two servers share. Phase 1: the proposer asks the
 * acceptors to promise that they will accept nothing of a lower ballot; each says what it has accepted so far. Phase 2: with the promises of a majority it
 * proposes, in each slot, the value of the highest ballot that it was told of, or its own where it was told of none. A value that a majority has
 * accepted in one ballot is chosen: any later ballot hears of it from somebody, and proposes nothing else.
 *
 * Phase 1 does not depend on values, so a leader that everybody leaves in peace does it once for all slots (`phase1`), and then needs phase 2 alone for each command
 * (`steady`). Slots are decided in any order, and applied in the order of the log. Gaps that an earlier leader left are filled with no-ops. An `idle`
 * server proposes nothing; when it hears no leader for an election timeout it tries a ballot of its own. `stopped`: before the start and while the host is down.
 *
 * Before it answers, a server has on disk what it answers: promises and accepted proposals. The knob `fsync` and the planted mistakes say where it does not.
 */

type Persisted = { readonly type: 'disk.persisted'; readonly token: PaxosToken };
type Started = Asked.ProcessStarted | Asked.ProcessCrashed | Asked.ProcessRestarted;
type TimerEvent = { readonly type: 'timer.election' | 'timer.heartbeat' | 'timer.flush' };
type OperatorRequest = Asked.ChangeRequest | Asked.TransferRequest;
export type PaxosEvent = DataRequest | OperatorRequest | Sent.PaxosMessage | Started | Persisted | TimerEvent;

const { on, when } = wiring<PaxosContext, PaxosEvent>();

function start(context: PaxosContext): PaxosStep {
  return { effects: [electionTimer(context.volatile), ...flushTimer(context)] };
}

/** After a crash: what the disk holds is all there is. */
function wake(context: PaxosContext): PaxosStep {
  const next = awakePaxos(context.durable, context.volatile.settings);
  return { context: next, effects: start(next).effects! };
}

/** A state is on disk: whoever waited for it is answered. */
function confirm({ durable, volatile }: PaxosContext, { token }: Persisted): PaxosStep {
  const { to, reply, ballot } = token;
  const effects = reply === null ? [] : [send(to, reply)];
  if (ballot <= volatile.syncedBallot) return { effects };
  return { context: { durable, volatile: recalling(volatile, { syncedBallot: ballot }) }, effects };
}

function flush(context: PaxosContext): PaxosStep {
  const { durable, volatile } = context;
  if (durable === volatile.flushed) return { effects: flushTimer(context) };
  const token: PaxosToken = { to: '', reply: null, opens: false, ballot: durable.promised };
  return {
    context: { durable, volatile: recalling(volatile, { flushed: durable }) },
    effects: [{ type: 'disk.persist', token }, ...flushTimer(context)],
  };
}

function redirect({ volatile }: PaxosContext, event: unknown, environment: Environment): PaxosStep {
  return { effects: redirected(volatile, (event as { readonly sequence: number }).sequence, environment) };
}

function refuseOperator(_context: PaxosContext, { sequence }: OperatorRequest, environment: Environment): PaxosStep {
  return { effects: refusedChange(sequence, environment) };
}

/** A client's request at the leader: gets the next slot, unless the session has its answer already or a read has a shorter way. */
function take(context: PaxosContext, event: DataRequest, environment: Environment): PaxosStep {
  const { settings, machine } = context.volatile;
  if (event.type === 'Read' && settings.read !== 'log') return beginRead(context, event, environment);
  const { from: client } = environment;
  const known = knownAnswer(machine, event, client);
  if (known !== undefined) return { effects: known };
  const doing: Doing = { environment, effects: [] };
  const next = propose(context, { client, sequence: event.sequence, command: commandOf(event) }, doing);
  return { context: next, effects: doing.effects };
}

const isLater = ({ volatile }: PaxosContext, event: Sent.Prepare | Sent.Accept | Sent.Heartbeat): boolean =>
  event.ballot > volatile.office!.ballot;

/** What every server does as an acceptor and as a learner, whatever it does as a proposer. */
const always = {
  'process.crashed': 'stopped',
  LearnRequest: { actions: 'teach' },
  ChangeMembers: { actions: 'refuseOperator' },
  Transfer: { actions: 'refuseOperator' },
  'timer.flush': { actions: 'flush' },
} as const;

const asked = [{ guard: 'answersLocally', actions: 'readLocally' }, { actions: 'redirect' }] as const;

/** Requests of clients at a server that does not lead. */
const elsewhere = { Read: asked, Write: { actions: 'redirect' }, Cas: { actions: 'redirect' } } as const;

/** Whoever has a ballot of its own gives way to a higher one. */
const contending = {
  Prepare: [
    { guard: 'ignoresProposers' },
    { guard: 'isLater', target: 'idle', actions: ['leaveOffice', 'considerPrepare'] },
    { actions: 'considerPrepare' },
  ],
  Accept: [
    { guard: 'isLater', target: 'idle', actions: ['leaveOffice', 'considerAccept'] },
    { actions: 'considerAccept' },
  ],
  Heartbeat: [
    { guard: 'isLater', target: 'idle', actions: ['leaveOffice', 'hearHeartbeat'] },
    { actions: 'hearHeartbeat' },
  ],
  Nack: { guard: 'isRefusal', target: 'idle', actions: 'leaveOffice' },
} as const;

export const paxosMachine = setup({
  types: { context: {} as PaxosContext, events: {} as PaxosEvent, input: {} as PaxosInput },
  actions: {
    start: on(start),
    wake: on(wake),
    confirm: on(confirm),
    flush: on(flush),
    redirect: on(redirect),
    refuseOperator: on(refuseOperator),
    considerPrepare: on(considerPrepare),
    considerAccept: on(considerAccept),
    hearHeartbeat: on(hearHeartbeat),
    teach: on(teach),
    learn: on(learn),
    openBallot: on(openBallot),
    askPromises: on(askPromises),
    askAgain: on(askAgain),
    countPromise: on(countPromise),
    takeOffice: on(takeOffice),
    leaveOffice: on(leaveOffice),
    take: on(take),
    countAccepted: on(countAccepted),
    countHeartbeat: on(countHeartbeat),
    beat: on(beat),
    readLocally: on(readLocally),
  },
  guards: {
    isLater: when(isLater),
    isRefusal: when(({ volatile }, event: Sent.Nack) => event.promised > volatile.office!.ballot),
    isOwn: when(({ volatile }, event: Sent.HeartbeatReply) => event.ballot === volatile.office!.ballot),
    hasPromises: when(hasPromises),
    hasLostQuorum: when(hasLostQuorum),
    ignoresProposers: when(ignoresProposers),
    answersLocally: when(({ volatile }) => volatile.settings.read === 'local'),
  },
}).createMachine({
  id: 'paxosServer',
  context: ({ input }) => initialPaxos(input),
  initial: 'stopped',
  states: {
    stopped: {
      on: {
        'process.started': { target: 'idle', actions: 'start' },
        'process.restarted': { target: 'idle', actions: 'wake' },
      },
    },
    idle: {
      on: {
        ...always,
        ...elsewhere,
        Prepare: [{ guard: 'ignoresProposers' }, { actions: 'considerPrepare' }],
        Accept: { actions: 'considerAccept' },
        Heartbeat: { actions: 'hearHeartbeat' },
        Learn: { actions: 'learn' },
        'disk.persisted': { actions: 'confirm' },
        'timer.election': { target: 'phase1', actions: 'openBallot' },
      },
    },
    phase1: {
      on: {
        ...always,
        ...elsewhere,
        ...contending,
        Learn: { actions: 'learn' },
        Promise: { actions: 'countPromise' },
        'disk.persisted': { actions: ['confirm', 'askPromises'] },
        'timer.election': { actions: 'askAgain' },
      },
      always: { guard: 'hasPromises', target: 'steady', actions: 'takeOffice' },
    },
    steady: {
      on: {
        ...always,
        ...contending,
        Read: [{ guard: 'answersLocally', actions: 'readLocally' }, { actions: 'take' }],
        Write: { actions: 'take' },
        Cas: { actions: 'take' },
        Accepted: { actions: 'countAccepted' },
        HeartbeatReply: { guard: 'isOwn', actions: 'countHeartbeat' },
        'disk.persisted': { actions: 'confirm' },
        'timer.heartbeat': [{ guard: 'hasLostQuorum', target: 'idle', actions: 'leaveOffice' }, { actions: 'beat' }],
      },
    },
  },
});

export const paxosChart = defineChart(paxosMachine);
