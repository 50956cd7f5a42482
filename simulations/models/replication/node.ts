import { setup } from 'xstate';
import type { Environment } from '../../kernel/behavior.ts';
import { defineChart } from '../../statechart/chart.ts';
import { wiring } from '../../statechart/handler.ts';
import {
  applyFlushed,
  askAgain,
  fits,
  flushed,
  follow,
  followSender,
  inStep,
  joins,
  promise,
  receive,
  rejectStale,
  rejoin,
  retryJoin,
  rewind,
  yieldTo,
} from './follower.ts';
import {
  acceptWrite,
  admit,
  allCommitted,
  beat,
  beatInWaiting,
  beginEpoch,
  countAck,
  degrade,
  leaseHeld,
  loseLease,
  noteFlush,
  openAsLeader,
  remind,
  renewLease,
  reopen,
  settle,
  ship,
  takeOver,
} from './leader.ts';
import type * as Sent from './messages.ts';
import { initialNode, type NodeContext, type NodeInput, type PersistToken } from './node-state.ts';
import { refuse, serveRead } from './reads.ts';

/**
 * A node holds a copy of one log. The leader of an epoch is the only one that adds to it: a write becomes an entry at the next LSN, goes to
 * the leader's disk, then, in order, to the followers; it is committed when the leader's disk has it and as many followers as the mode asks
 * for have acknowledged it. Asynchronous: none. A client hears of its write when it is committed, so what it was told can
 * be lost only with the disks that had it, or with the decision to go on from one that had not.
 *
 * Everything a follower holds is a prefix of its leader's log. A node that comes to a new leader says what it has (`Join`); where the two
 * histories part, it must cut off its own end (`Rewind`, as pg_rewind does) before it is sent the rest. What is cut off may have been
 * acknowledged: that is the loss of asynchronous failover, and it is exactly the tail that the new leader had not received.
 *
 * Who leads is decided by the failover monitor, see failover.ts. An epoch is a promise: a node that has answered for epoch 2 takes no
 * entry of epoch 1 any more. A new leader begins with a record of its own epoch and serves nothing (`promoting`) until the log up to
 * that record is as safe as the mode asks, because only then does it know what is committed. With fencing a leader holds a lease that the
 * monitor renews with every heartbeat; when it runs out the leader is `fenced`: it accepts nothing and acknowledges nothing.
 */

type Persisted = { readonly type: 'disk.persisted'; readonly token: PersistToken };
type TimerEvent = {
  readonly type:
    | 'timer.heartbeat'
    | 'timer.remind'
    | 'timer.ship'
    | 'timer.lease'
    | 'timer.degrade'
    | 'timer.apply'
    | 'timer.join';
};
type NodeEvent =
  | Sent.Write
  | Sent.Read
  | Sent.Append
  | Sent.AppendAck
  | Sent.Join
  | Sent.Rewind
  | Sent.HeartbeatAck
  | Sent.Fence
  | Sent.Ask
  | Sent.Promote
  | Sent.NewLeader
  | Sent.ProcessStarted
  | Sent.ProcessCrashed
  | Sent.ProcessRestarted
  | Persisted
  | TimerEvent;

const { on, when } = wiring<NodeContext, NodeEvent>();

type Numbered = Extract<NodeEvent, { readonly epoch: number }>;

function mayServe(context: NodeContext, event: Sent.Read, { clockUs }: Environment): boolean {
  return event.at === 'any' || leaseHeld(context, clockUs);
}

/** A node that has promised a later epoch, or hears of one, stops whatever it did in the earlier. */
const later = {
  Ask: { guard: 'isLater', target: '#node.follower.catchingUp', actions: 'promise' },
  Fence: { guard: 'isLater', target: '#node.follower.catchingUp', actions: 'yieldTo' },
  NewLeader: { guard: 'isLater', target: '#node.follower.catchingUp', actions: 'follow' },
} as const;

/** What whoever has the highest epoch does whether or not it may serve. */
const leading = {
  ...later,
  Append: { guard: 'isLater', target: '#node.follower.catchingUp', actions: 'followSender' },
  Join: { actions: 'admit' },
  'timer.heartbeat': { actions: 'beatInWaiting' },
  'timer.remind': { actions: 'remind' },
  'timer.ship': { actions: 'ship' },
} as const;

const following = {
  ...later,
  Ask: { guard: 'mayPromise', target: '#node.follower.catchingUp', actions: 'promise' },
  NewLeader: { guard: 'isNotEarlier', target: '#node.follower.catchingUp', actions: 'follow' },
  Promote: { guard: 'isCurrent', target: '#node.promoting', actions: 'beginEpoch' },
  Write: { actions: 'refuse' },
  Read: [{ guard: 'mayBeOld', actions: 'serveRead' }, { actions: 'refuse' }],
  'disk.persisted': { actions: 'flushed' },
  'timer.apply': { actions: 'applyFlushed' },
} as const;

export const nodeMachine = setup({
  types: { context: {} as NodeContext, events: {} as NodeEvent, input: {} as NodeInput },
  actions: {
    openAsLeader: on((context, _event: Sent.ProcessStarted, environment) => openAsLeader(context, environment)),
    reopen: on((context, _event: Sent.ProcessRestarted, environment) => reopen(context, environment)),
    rejoin: on((context, _event: Sent.ProcessRestarted, environment) => rejoin(context, environment)),
    beginEpoch: on(beginEpoch),
    takeOver: on((context, _event: NodeEvent, environment) => takeOver(context, environment)),
    acceptWrite: on(acceptWrite),
    serveRead: on(serveRead),
    refuse: on((context, event: Sent.Write | Sent.Read, environment) => refuse(context, event, environment)),
    noteFlush: on((context, event: Persisted, environment) => noteFlush(context, event.token, environment)),
    ship: on((context, _event: TimerEvent, environment) => ship(context, environment.clockUs)),
    countAck: on(countAck),
    settle: on((context, _event: NodeEvent, environment) => settle(context, environment.clockUs)),
    degrade: on(degrade),
    admit: on(admit),
    beat: on((context, _event: TimerEvent, environment) => beat(context, environment)),
    beatInWaiting: on((context, _event: TimerEvent, environment) => beatInWaiting(context, environment)),
    remind: on((context, _event: TimerEvent, environment) => remind(context, environment)),
    renewLease: on(renewLease),
    loseLease: on(loseLease),
    receive: on(receive),
    inStep: on(inStep),
    flushed: on((context, event: Persisted, environment) => flushed(context, event.token, environment)),
    applyFlushed: on((context, _event: TimerEvent, environment) => applyFlushed(context, environment)),
    follow: on(follow),
    followSender: on(followSender),
    askAgain: on(askAgain),
    rejectStale: on(rejectStale),
    promise: on(promise),
    yieldTo: on(yieldTo),
    rewind: on(rewind),
    retryJoin: on(retryJoin),
  },
  guards: {
    leads: when(({ durable }) => durable.leads),
    leadsUnfenced: when(({ durable, volatile }) => durable.leads && !volatile.config.fencing),
    isLater: when(({ durable }, event: Numbered) => event.epoch > durable.epoch),
    isEarlier: when(({ durable }, event: Numbered) => event.epoch < durable.epoch),
    isCurrent: when(({ durable }, event: Numbered) => event.epoch === durable.epoch),
    isNotEarlier: when(({ durable }, event: Numbered) => event.epoch >= durable.epoch),
    mayPromise: when(({ durable }, event: Sent.Ask) => {
      return event.epoch > durable.epoch || (event.epoch === durable.epoch && durable.leader === null);
    }),
    leaseHeld: when((context, _event: NodeEvent, { clockUs }) => leaseHeld(context, clockUs)),
    renewsLease: when(
      ({ durable, volatile }, event: Sent.HeartbeatAck, { clockUs }) =>
        event.epoch === durable.epoch && event.sentUs + volatile.config.suspectAfterUs > clockUs,
    ),
    mayServe: when(mayServe),
    mayBeOld: when((_context, event: Sent.Read) => event.at === 'any'),
    fits: when((context, event: Sent.Append, { from }) => fits(context, event, from)),
    joins: when((context, event: Sent.Append, { from }) => joins(context, event, from)),
    isOfLeader: when(({ durable }, event: Sent.Rewind, { from }) => {
      return event.epoch === durable.epoch && from === durable.leader && event.lsn < durable.wal.length;
    }),
    ready: when((context, _event: NodeEvent, { clockUs }) => allCommitted(context) && leaseHeld(context, clockUs)),
  },
}).createMachine({
  id: 'node',
  context: ({ input }) => initialNode(input),
  initial: 'down',
  on: { 'process.crashed': '.down' },
  states: {
    down: {
      on: {
        'process.started': [
          { guard: 'leads', target: 'leader.active', actions: 'openAsLeader' },
          { target: 'follower.streaming' },
        ],
        'process.restarted': [
          { guard: 'leadsUnfenced', target: 'promoting', actions: 'reopen' },
          { guard: 'leads', target: 'leader.fenced', actions: 'reopen' },
          { target: 'follower.catchingUp', actions: 'rejoin' },
        ],
      },
    },
    follower: {
      initial: 'catchingUp',
      on: following,
      states: {
        catchingUp: {
          on: {
            Append: [
              { guard: 'isLater', actions: 'followSender' },
              { guard: 'joins', target: 'streaming', actions: ['receive', 'inStep'] },
              { guard: 'isEarlier', actions: 'rejectStale' },
            ],
            Rewind: { guard: 'isOfLeader', actions: 'rewind' },
            'timer.join': { actions: 'retryJoin' },
          },
        },
        streaming: {
          on: {
            Append: [
              { guard: 'isLater', target: 'catchingUp', actions: 'followSender' },
              { guard: 'fits', actions: 'receive' },
              { guard: 'isEarlier', actions: 'rejectStale' },
              { target: 'catchingUp', actions: 'askAgain' },
            ],
          },
        },
      },
    },
    promoting: {
      on: {
        ...leading,
        Write: { actions: 'refuse' },
        Read: { actions: 'refuse' },
        AppendAck: { actions: 'countAck' },
        HeartbeatAck: { guard: 'isCurrent', actions: 'renewLease' },
        'disk.persisted': { actions: 'noteFlush' },
        'timer.degrade': { actions: 'degrade' },
      },
      always: { guard: 'ready', target: 'leader.active', actions: 'takeOver' },
    },
    leader: {
      initial: 'active',
      on: leading,
      states: {
        active: {
          on: {
            Write: [
              { guard: 'leaseHeld', actions: 'acceptWrite' },
              { target: 'fenced', actions: ['loseLease', 'refuse'] },
            ],
            Read: [
              { guard: 'mayServe', actions: 'serveRead' },
              { target: 'fenced', actions: ['loseLease', 'refuse'] },
            ],
            AppendAck: [
              { guard: 'leaseHeld', actions: ['countAck', 'settle'] },
              { target: 'fenced', actions: ['loseLease', 'countAck'] },
            ],
            'disk.persisted': [
              { guard: 'leaseHeld', actions: ['noteFlush', 'settle'] },
              { target: 'fenced', actions: ['loseLease', 'noteFlush'] },
            ],
            'timer.degrade': [
              { guard: 'leaseHeld', actions: ['degrade', 'settle'] },
              { target: 'fenced', actions: 'loseLease' },
            ],
            'timer.lease': { target: 'fenced', actions: 'loseLease' },
            'timer.heartbeat': { actions: 'beat' },
            HeartbeatAck: { guard: 'isCurrent', actions: 'renewLease' },
          },
        },
        fenced: {
          on: {
            Write: { actions: 'refuse' },
            Read: [{ guard: 'mayBeOld', actions: 'serveRead' }, { actions: 'refuse' }],
            AppendAck: { actions: 'countAck' },
            'disk.persisted': { actions: 'noteFlush' },
            HeartbeatAck: { guard: 'renewsLease', target: '#node.promoting', actions: 'renewLease' },
          },
        },
      },
    },
  },
});

export const nodeChart = defineChart(nodeMachine);
