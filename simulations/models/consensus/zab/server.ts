import { setup } from 'xstate';
import type { Environment } from '../../../kernel/behavior.ts';
import { defineChart } from '../../../statechart/chart.ts';
import { wiring } from '../../../statechart/handler.ts';
import { flushTimer, redirected, refusedChange, send } from '../effects.ts';
import type * as Asked from '../messages.ts';
import { commandOf, type DataRequest, knownAnswer } from '../requests.ts';
import { countEarly, countVote, follow, hasDecided, joinAgain, look, lookAgain, tellLeader } from './election.ts';
import { accept, agree, answerPing, askHistory, deliver, takeOver } from './follower.ts';
import {
  admit,
  beat,
  beginSynchronisation,
  broadcast,
  confirmBroadcast,
  confirmOwn,
  countAck,
  countAgreement,
  countSynced,
  establish,
  hasLostQuorum,
  isAgreed,
  isBehind,
  isEstablished,
  prepareOffice,
  sendHistory,
  welcome,
} from './leader.ts';
import type * as Sent from './messages.ts';
import { askLeader, readHere, readLocally, readThere, waitFor } from './reads.ts';
import {
  awakeZab,
  type Doing,
  initialZab,
  recalling,
  synced,
  type ZabContext,
  type ZabInput,
  type ZabStep,
  type ZabToken,
} from './state.ts';

/**
 * Zab (Junqueira, Reed and Serafini, "Zab: High-performance broadcast for primary-backup systems", DSN 2011; what ZooKeeper does where the paper leaves it open, after
 * Medeiros, 2012). A primary sends transactions in an order, and everybody delivers them in that order, those of an earlier primary before those of a later one.
 *
 * A server that knows no leader is `looking`: votes go to the server with the latest epoch, then the longest history, and who sees a quorum for somebody follows, or
 * leads. Then three phases. `discovery`: followers say which epoch they agreed to last, the leader takes one above all, and a quorum agrees to nothing of an earlier epoch
 * any more. `synchronisation`: followers make their history the leader's; when a quorum has it on disk the epoch is established. `broadcast`: a transaction has a zxid,
 * the epoch and a counter; a follower takes proposals without gaps, in the leader's order, and the leader commits what a quorum has on disk. Whoever loses the
 * other side, a leader its quorum or a follower its leader, goes back to `looking`. `stopped`: before the start and while the host is down.
 *
 * Before it answers, a server has on disk what it answers: epochs and history. The knob `fsync` and the planted mistakes say where it does not.
 */

type Persisted = { readonly type: 'disk.persisted'; readonly token: ZabToken };
type Started = Asked.ProcessStarted | Asked.ProcessCrashed | Asked.ProcessRestarted;
type TimerEvent = { readonly type: 'timer.election' | 'timer.heartbeat' | 'timer.flush' };
type OperatorRequest = Asked.ChangeRequest | Asked.TransferRequest;
export type ZabEvent = DataRequest | OperatorRequest | Sent.ZabMessage | Started | Persisted | TimerEvent;

const { on, when } = wiring<ZabContext, ZabEvent>();

function start(context: ZabContext, event: unknown, environment: Environment): ZabStep {
  const { context: next, effects = [] } = look(context, event, environment);
  return { context: next!, effects: [...effects, ...flushTimer(context)] };
}

/** After a crash: what the disk holds is all there is. */
function wake({ durable, volatile }: ZabContext, event: unknown, environment: Environment): ZabStep {
  return start(awakeZab(durable, volatile.settings, environment.host), event, environment);
}

/** A state is on disk: whoever waited for it is answered. */
function confirm(context: ZabContext, { token }: Persisted): ZabStep {
  const { to, reply } = token;
  return { context: synced(context, token), effects: reply === null ? [] : [send(to, reply)] };
}

function flush(context: ZabContext): ZabStep {
  const { durable, volatile } = context;
  if (durable === volatile.flushed) return { effects: flushTimer(context) };
  const token: ZabToken = { to: '', reply: null, own: 'nothing', epoch: 0, currentEpoch: -1, index: 0 };
  return {
    context: { durable, volatile: recalling(volatile, { flushed: durable }) },
    effects: [{ type: 'disk.persist', token }, ...flushTimer(context)],
  };
}

function redirect({ volatile }: ZabContext, event: unknown, environment: Environment): ZabStep {
  return { effects: redirected(volatile, (event as { readonly sequence: number }).sequence, environment) };
}

function refuseOperator(_context: ZabContext, { sequence }: OperatorRequest, environment: Environment): ZabStep {
  return { effects: refusedChange(sequence, environment) };
}

/** A client's request at the leader: becomes a transaction, unless the session has its answer already or a read has a shorter way. */
function take(context: ZabContext, event: DataRequest, environment: Environment): ZabStep {
  const { settings, machine } = context.volatile;
  if (event.type === 'Read' && settings.read !== 'log') return readHere(context, event, environment);
  const { from: client } = environment;
  const known = knownAnswer(machine, event, client);
  if (known !== undefined) return { effects: known };
  const doing: Doing = { environment, effects: [] };
  const next = broadcast(context, { client, sequence: event.sequence, command: commandOf(event) }, doing);
  return { context: next, effects: doing.effects };
}

type OfEpoch = Extract<Sent.ZabMessage, { readonly epoch: number }>;

const isFromLeader = ({ volatile }: ZabContext, _event: unknown, { from }: Environment): boolean =>
  from === volatile.leader;
const isAgreedEpoch = (context: ZabContext, { epoch }: OfEpoch, environment: Environment): boolean =>
  isFromLeader(context, undefined, environment) && epoch === context.durable.acceptedEpoch;
const hasHistory = (context: ZabContext, event: OfEpoch, environment: Environment): boolean =>
  isAgreedEpoch(context, event, environment) &&
  event.epoch === context.durable.currentEpoch &&
  context.volatile.base >= 0;
const isOwnEpoch = ({ volatile }: ZabContext, { epoch }: OfEpoch): boolean => epoch === volatile.office!.epoch;

/** What every server does, whatever else it is. */
const always = {
  'process.crashed': 'stopped',
  ChangeMembers: { actions: 'refuseOperator' },
  Transfer: { actions: 'refuseOperator' },
  'timer.flush': { actions: 'flush' },
} as const;

/** Requests of clients where nothing can be done about them. */
const elsewhere = {
  Read: { actions: 'redirect' },
  Write: { actions: 'redirect' },
  Cas: { actions: 'redirect' },
} as const;

/** Who has a leader, or is one, tells those who look for one. */
const placed = { Notification: { guard: 'isLooking', actions: 'tellLeader' } } as const;

export const zabMachine = setup({
  types: { context: {} as ZabContext, events: {} as ZabEvent, input: {} as ZabInput },
  actions: {
    start: on(start),
    wake: on(wake),
    confirm: on(confirm),
    flush: on(flush),
    redirect: on(redirect),
    refuseOperator: on(refuseOperator),
    look: on(look),
    lookAgain: on(lookAgain),
    countVote: on(countVote),
    countEarly: on(countEarly),
    tellLeader: on(tellLeader),
    follow: on(follow),
    joinAgain: on(joinAgain),
    agree: on(agree),
    takeOver: on(takeOver),
    accept: on(accept),
    deliver: on(deliver),
    answerPing: on(answerPing),
    askHistory: on(askHistory),
    prepareOffice: on(prepareOffice),
    welcome: on(welcome),
    countAgreement: on(countAgreement),
    confirmOwn: on(confirmOwn),
    confirmBroadcast: on(confirmBroadcast),
    beginSynchronisation: on(beginSynchronisation),
    sendHistory: on(sendHistory),
    countSynced: on(countSynced),
    establish: on(establish),
    admit: on(admit),
    countAck: on(countAck),
    beat: on(beat),
    take: on(take),
    readLocally: on(readLocally),
    askLeader: on(askLeader),
    readThere: on(readThere),
    waitFor: on(waitFor),
  },
  guards: {
    isLooking: when((_context, { looking }: Sent.Notification) => looking),
    isItsLeader: when((_context, { looking, vote }: Sent.Notification, { from }) => !looking && vote.leader === from),
    followsOther: when((context, event: Sent.Notification, environment) => {
      return isFromLeader(context, event, environment) && !event.looking && event.vote.leader !== environment.from;
    }),
    hasDecidedOnItself: when(
      (context, _event, { host }) => hasDecided(context) && context.volatile.vote.leader === host,
    ),
    hasDecided: when(hasDecided),
    isFromLeader: when(isFromLeader),
    isStale: when(({ durable }, { epoch }: Sent.NewEpoch) => epoch < durable.acceptedEpoch),
    isAgreedEpoch: when(isAgreedEpoch),
    hasHistory: when(hasHistory),
    isBehind: when(isBehind),
    isOwnEpoch: when(isOwnEpoch),
    isAgreed: when((context) => context.volatile.office!.epoch > 0 && isAgreed(context)),
    isEstablished: when(isEstablished),
    hasLostQuorum: when(hasLostQuorum),
    answersLocally: when(({ volatile }) => volatile.settings.read === 'local'),
    asksLeader: when(({ volatile }) => volatile.settings.read === 'readIndex'),
  },
}).createMachine({
  id: 'zabServer',
  context: ({ input }) => initialZab(input),
  initial: 'stopped',
  states: {
    stopped: {
      on: {
        'process.started': { target: 'looking', actions: 'start' },
        'process.restarted': { target: 'looking', actions: 'wake' },
      },
    },
    looking: {
      on: {
        ...always,
        ...elsewhere,
        Notification: [
          { guard: 'isLooking', actions: 'countVote' },
          { guard: 'isItsLeader', target: 'follower', actions: 'follow' },
        ],
        CEpoch: { actions: 'countEarly' },
        'disk.persisted': { actions: 'confirm' },
        'timer.election': { actions: 'lookAgain' },
      },
      always: [
        { guard: 'hasDecidedOnItself', target: 'leader', actions: 'prepareOffice' },
        { guard: 'hasDecided', target: 'follower', actions: 'follow' },
      ],
    },
    follower: {
      on: {
        ...always,
        ...placed,
        ...elsewhere,
        CEpoch: { actions: 'tellLeader' },
        'disk.persisted': { actions: 'confirm' },
        'timer.election': { target: 'looking', actions: 'look' },
      },
      initial: 'discovery',
      states: {
        discovery: {
          on: {
            Notification: [
              { guard: 'followsOther', target: '#zabServer.looking', actions: 'look' },
              { guard: 'isLooking', actions: 'tellLeader' },
            ],
            NewEpoch: [{ guard: 'isStale' }, { guard: 'isFromLeader', target: 'synchronisation', actions: 'agree' }],
            'timer.heartbeat': { actions: 'joinAgain' },
          },
        },
        synchronisation: {
          on: {
            NewLeader: { guard: 'isAgreedEpoch', actions: 'takeOver' },
            Propose: { guard: 'hasHistory', actions: 'accept' },
            Commit: { guard: 'hasHistory', target: 'broadcast', actions: 'deliver' },
            Ping: [
              { guard: 'hasHistory', target: 'broadcast', actions: 'answerPing' },
              { guard: 'isAgreedEpoch', actions: 'askHistory' },
            ],
          },
        },
        broadcast: {
          on: {
            Read: [
              { guard: 'answersLocally', actions: 'readLocally' },
              { guard: 'asksLeader', actions: 'askLeader' },
              { actions: 'redirect' },
            ],
            Synced: { guard: 'hasHistory', actions: 'waitFor' },
            NewLeader: { guard: 'isAgreedEpoch', actions: 'takeOver' },
            Propose: { guard: 'hasHistory', actions: 'accept' },
            Commit: { guard: 'hasHistory', actions: 'deliver' },
            Ping: { guard: 'hasHistory', actions: 'answerPing' },
          },
        },
      },
    },
    leader: {
      on: {
        ...always,
        ...placed,
        ...elsewhere,
        CEpoch: { actions: 'welcome' },
        'timer.election': { target: 'looking', actions: 'look' },
      },
      initial: 'discovery',
      states: {
        discovery: {
          on: {
            AckEpoch: [
              { guard: 'isBehind', target: '#zabServer.looking', actions: 'look' },
              { guard: 'isOwnEpoch', actions: 'countAgreement' },
            ],
            'disk.persisted': { actions: 'confirmOwn' },
          },
          always: { guard: 'isAgreed', target: 'synchronisation', actions: 'beginSynchronisation' },
        },
        synchronisation: {
          on: {
            AckEpoch: { guard: 'isOwnEpoch', actions: 'sendHistory' },
            AckNewLeader: { guard: 'isOwnEpoch', actions: 'countSynced' },
            'disk.persisted': { actions: 'confirmOwn' },
          },
          always: { guard: 'isEstablished', target: 'broadcast', actions: 'establish' },
        },
        broadcast: {
          on: {
            Read: [{ guard: 'answersLocally', actions: 'readLocally' }, { actions: 'take' }],
            Write: { actions: 'take' },
            Cas: { actions: 'take' },
            AckEpoch: { guard: 'isOwnEpoch', actions: 'sendHistory' },
            AckNewLeader: { guard: 'isOwnEpoch', actions: 'admit' },
            Ack: { guard: 'isOwnEpoch', actions: 'countAck' },
            Pong: { guard: 'isOwnEpoch', actions: 'countAck' },
            Sync: { guard: 'isOwnEpoch', actions: 'readThere' },
            'disk.persisted': { actions: 'confirmBroadcast' },
            'timer.heartbeat': [
              { guard: 'hasLostQuorum', target: '#zabServer.looking', actions: 'look' },
              { actions: 'beat' },
            ],
          },
        },
      },
    },
  },
});

export const zabChart = defineChart(zabMachine);
