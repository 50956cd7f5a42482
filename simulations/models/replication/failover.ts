import { setup } from 'xstate';
import type { Effect, Environment } from '../../kernel/behavior.ts';
import { type Draft, withEntry } from '../../kernel/copies.ts';
import { defineChart } from '../../statechart/chart.ts';
import { wiring } from '../../statechart/handler.ts';
import type * as Sent from './messages.ts';
import { cancel, note, send, timer } from './node-state.ts';
import { comparePositions, type Position } from './wal.ts';

/**
 * The failover monitor decides who leads, one epoch after the other. It cannot tell a dead leader from a slow or an unreachable one: all it
 * has is that no heartbeat came for `suspectAfter`. After a last wait (`suspect`) it acts as if the leader were gone, and what happens
 * when it is not depends on fencing.
 *
 * `fencing`: the old leader is told to stop, and the monitor goes on when it has said so, or when its lease must have run out. The lease is
 * as long as `suspectAfter` and counts from the sending of a heartbeat that the monitor has answered, so it is over when the
 * suspicion begins, as long as the two clocks run at the same speed to within one heartbeat. Without fencing there is neither, and two
 * nodes may take writes at once: split brain.
 *
 * `promoting`: the nodes are asked for the ends of their logs, and thereby promise to take nothing from earlier epochs. To meet every
 * entry that `k` followers have acknowledged, the monitor must hear from all nodes but `k`; among them the log with the latest epoch, and
 * then the highest LSN, has them all. With `promote: any` the first to answer is taken. Each attempt has an epoch of its own, on the
 * monitor's disk before anybody hears of it. The monitor itself is one process: who watches it is left out.
 */

type MonitorInput = { readonly config: Sent.Config; readonly clients: readonly string[] };

/** `leader` null: an attempt for this epoch is under way. */
type Durable = { readonly epoch: number; readonly leader: string | null };
type Volatile = {
  readonly input: MonitorInput;
  /** Who may hold a lease from before this attempt; null: that is not known. */
  readonly former: string | null;
  /** When a lease was last renewed, as far as this monitor can tell. */
  readonly heardUs: number;
  /** By node, the end of its log. */
  readonly positions: Readonly<Record<string, Position>>;
  readonly chosen: string | null;
};
export type MonitorContext = { readonly durable: Durable; readonly volatile: Volatile };
type MonitorStep = { readonly context?: MonitorContext; readonly effects?: readonly Effect[] };

type Persisted = { readonly type: 'disk.persisted'; readonly token: number };
type TimerEvent = {
  readonly type: 'timer.suspect' | 'timer.confirm' | 'timer.fence' | 'timer.collect' | 'timer.attempt';
};
type MonitorEvent =
  | Sent.Heartbeat
  | Sent.FenceAck
  | Sent.AskReply
  | Sent.WhoLeads
  | Sent.ProcessStarted
  | Sent.ProcessCrashed
  | Sent.ProcessRestarted
  | Persisted
  | TimerEvent;

const { on, when } = wiring<MonitorContext, MonitorEvent>();

function initialMonitor(input: MonitorInput): MonitorContext {
  const leader = input.config.nodes[0]!;
  return {
    durable: { epoch: 1, leader },
    volatile: { input, former: null, heardUs: 0, positions: {}, chosen: null },
  };
}

/** A copy that its maker may still change. */
function draftOf(before: Volatile): Draft<Volatile> {
  return {
    input: before.input,
    former: before.former,
    heardUs: before.heardUs,
    positions: before.positions,
    chosen: before.chosen,
  };
}

function remembering(before: Volatile, change: Partial<Volatile>): Volatile {
  return Object.assign(draftOf(before), change);
}

/** Whom an attempt asks: with fencing everybody, because the old leader may be back and have the most. */
function askedNodes({ volatile }: MonitorContext): readonly string[] {
  const { nodes, fencing } = volatile.input.config;
  return fencing ? nodes : nodes.filter((node) => node !== volatile.former);
}

/** How many nodes must have answered so that one of them has every acknowledged entry; asynchronously no number is enough, and one will do. */
function answersNeeded({ nodes, acksNeeded, promote }: Sent.Config): number {
  return promote === 'any' || acksNeeded === 0 ? 1 : Math.max(1, nodes.length - acksNeeded);
}

function watch({ durable, volatile }: MonitorContext, _event: MonitorEvent, { clockUs }: Environment): MonitorStep {
  const next = { durable, volatile: remembering(volatile, { heardUs: clockUs }) };
  return { context: next, effects: [timer('suspect', volatile.input.config.suspectAfterUs)] };
}

/** A heartbeat of the leader: watches on, and renews its lease. */
function hear(context: MonitorContext, event: Sent.Heartbeat, environment: Environment): MonitorStep {
  const { epoch, sentUs } = event;
  const step = watch(context, event, environment);
  const effects = [...(step.effects ?? []), send(environment.from, { type: 'HeartbeatAck', epoch, sentUs })];
  return { context: step.context ?? context, effects };
}

/** The node that is about to lead needs its lease to begin. */
function grant(
  { durable, volatile }: MonitorContext,
  event: Sent.Heartbeat,
  { from, clockUs }: Environment,
): MonitorStep {
  const { epoch, sentUs } = event;
  return {
    context: { durable, volatile: remembering(volatile, { heardUs: clockUs }) },
    effects: [send(from, { type: 'HeartbeatAck', epoch, sentUs })],
  };
}

/** Back from a crash in the middle of an attempt: whoever was chosen may have got a lease just before it. */
function wake({ durable, volatile }: MonitorContext, _event: MonitorEvent, { clockUs }: Environment): MonitorStep {
  return { context: { durable, volatile: remembering(volatile, { heardUs: clockUs }) } };
}

/** Tells who leads. */
function tell({ durable }: MonitorContext, _event: MonitorEvent, { from }: Environment): MonitorStep {
  return { effects: [send(from, { type: 'NewLeader', epoch: durable.epoch, leader: durable.leader })] };
}

/** A leader of an earlier epoch is still at it. */
function stop({ durable, volatile }: MonitorContext, _event: Sent.Heartbeat, { from }: Environment): MonitorStep {
  if (!volatile.input.config.fencing) return {};
  return { effects: [send(from, { type: 'Fence', epoch: durable.epoch })] };
}

function suspect({ durable, volatile }: MonitorContext): MonitorStep {
  const data = { epoch: durable.epoch, leader: durable.leader, heardUs: volatile.heardUs };
  return {
    effects: [note('leader.suspected', data), timer('confirm', volatile.input.config.heartbeatEveryUs)],
  };
}

/** Begins an attempt: its epoch goes to disk before anybody hears of it. */
function attempt({ durable, volatile }: MonitorContext): MonitorStep {
  const epoch = durable.epoch + 1;
  const { fencing } = volatile.input.config;
  const former = durable.leader ?? (fencing ? volatile.chosen : null) ?? volatile.former;
  const next = {
    durable: { epoch, leader: null },
    volatile: remembering(volatile, { former, positions: {}, chosen: null }),
  };
  return { context: next, effects: [{ type: 'disk.persist', token: epoch }, cancel('suspect'), cancel('collect')] };
}

/** Tells the old leader to stop, and waits for its word or until its lease must be over, with one heartbeat to spare. */
function fence({ durable, volatile }: MonitorContext, _event: Persisted, { clockUs }: Environment): MonitorStep {
  const { nodes, suspectAfterUs, heartbeatEveryUs } = volatile.input.config;
  const leaseLeftUs = Math.max(0, volatile.heardUs + suspectAfterUs - clockUs);
  const fenced = volatile.former === null ? nodes : [volatile.former];
  const effects = fenced.map((node) => send(node, { type: 'Fence', epoch: durable.epoch }));
  return { effects: [...effects, timer('fence', leaseLeftUs + heartbeatEveryUs)] };
}

/** Asks the nodes that have not said where their logs end. */
function ask(context: MonitorContext): MonitorStep {
  const { durable, volatile } = context;
  const { config } = volatile.input;
  const silent = askedNodes(context).filter((node) => volatile.positions[node] === undefined);
  const effects: Effect[] = silent.map((node) => send(node, { type: 'Ask', epoch: durable.epoch }));
  effects.push(cancel('fence'), timer('collect', config.heartbeatEveryUs));
  return { effects };
}

/** The first question of an attempt, which may take a while. */
function askFirst(context: MonitorContext): MonitorStep {
  const { config } = context.volatile.input;
  const attemptUs = 2 * Math.max(config.suspectAfterUs, config.joinEveryUs);
  return { effects: [...(ask(context).effects ?? []), timer('attempt', attemptUs)] };
}

function count({ durable, volatile }: MonitorContext, event: Sent.AskReply, { from }: Environment): MonitorStep {
  if (volatile.positions[from] !== undefined) return {};
  const positions = withEntry(volatile.positions, from, event.position);
  return { context: { durable, volatile: remembering(volatile, { positions }) } };
}

/** Makes one of the nodes that answered the leader of the epoch. */
function appoint({ durable, volatile }: MonitorContext): MonitorStep {
  const { positions, former, input } = volatile;
  const answered = Object.keys(positions);
  let chosen = answered[0]!;
  if (input.config.promote === 'freshest') {
    // Of equally long logs the first node's, so that luck on the way to the monitor decides nothing.
    const candidates = input.config.nodes.filter((node) => positions[node] !== undefined);
    chosen = candidates[0]!;
    for (const node of candidates) if (comparePositions(positions[node]!, positions[chosen]!) > 0) chosen = node;
  }
  const data = { epoch: durable.epoch, leader: chosen, former, positions };
  const effects: Effect[] = [
    note('leader.chosen', data),
    cancel('collect'),
    send(chosen, { type: 'Promote', epoch: durable.epoch }),
  ];
  return { context: { durable, volatile: remembering(volatile, { chosen }) }, effects };
}

/** The new leader serves: tells the clients. */
function announce(
  { durable, volatile }: MonitorContext,
  _event: MonitorEvent,
  { from, clockUs }: Environment,
): MonitorStep {
  const { epoch } = durable;
  const effects: Effect[] = volatile.input.clients.map((client) =>
    send(client, { type: 'NewLeader', epoch, leader: from }),
  );
  effects.push({ type: 'disk.persist', token: epoch }, cancel('attempt'));
  effects.push(timer('suspect', volatile.input.config.suspectAfterUs));
  return {
    context: { durable: { epoch, leader: from }, volatile: remembering(volatile, { heardUs: clockUs }) },
    effects,
  };
}

const watching = {
  Heartbeat: [
    { guard: 'isOfLeader', target: 'watching', actions: 'hear' },
    { guard: 'isEarlier', actions: 'tell' },
  ],
  'timer.suspect': { target: 'suspect', actions: 'suspect' },
  WhoLeads: { actions: 'tell' },
  'process.crashed': 'down',
} as const;

export const monitorMachine = setup({
  types: { context: {} as MonitorContext, events: {} as MonitorEvent, input: {} as MonitorInput },
  actions: {
    watch: on(watch),
    hear: on(hear),
    grant: on(grant),
    wake: on(wake),
    tell: on(tell),
    stop: on(stop),
    suspect: on(suspect),
    attempt: on(attempt),
    fence: on(fence),
    ask: on(ask),
    askFirst: on(askFirst),
    count: on(count),
    appoint: on(appoint),
    announce: on(announce),
  },
  guards: {
    isOfLeader: when(({ durable }, event: Sent.Heartbeat, { from }) => {
      return event.epoch === durable.epoch && from === durable.leader;
    }),
    isOfChosen: when(({ durable, volatile }, event: Sent.Heartbeat, { from }) => {
      return event.epoch === durable.epoch && from === volatile.chosen;
    }),
    isServing: when(({ durable, volatile }, event: Sent.Heartbeat, { from }) => {
      return event.serving && event.epoch === durable.epoch && from === volatile.chosen;
    }),
    isOfFormer: when(({ durable, volatile }, event: Sent.FenceAck, { from }) => {
      return event.epoch === durable.epoch && from === volatile.former;
    }),
    isCurrent: when(({ durable }, event: Sent.AskReply) => event.epoch === durable.epoch),
    isOnDisk: when(({ durable }, event: Persisted) => event.token === durable.epoch),
    isEarlier: when(({ durable }, event: Sent.Heartbeat) => event.epoch < durable.epoch),
    isMidway: when(({ durable }) => durable.leader === null),
    isMidwayFencing: when(({ durable, volatile }) => durable.leader === null && volatile.input.config.fencing),
    fences: when(({ volatile }) => volatile.input.config.fencing),
    hasEnough: when(({ volatile }) => {
      const enough = Object.keys(volatile.positions).length >= answersNeeded(volatile.input.config);
      return volatile.chosen === null && enough;
    }),
    hasAll: when((context: MonitorContext) => {
      const { positions, chosen, input } = context.volatile;
      const answers = Object.keys(positions).length;
      const wanted = input.config.promote === 'any' ? 1 : askedNodes(context).length;
      return chosen === null && answers >= wanted;
    }),
    isUndecided: when(({ volatile }) => volatile.chosen === null),
  },
}).createMachine({
  id: 'failover',
  context: ({ input }) => initialMonitor(input),
  initial: 'down',
  states: {
    down: {
      on: {
        'process.started': { target: 'watching', actions: 'watch' },
        'process.restarted': [
          { guard: 'isMidwayFencing', target: 'fencing', actions: ['wake', 'attempt'] },
          { guard: 'isMidway', target: 'promoting', actions: ['wake', 'attempt'] },
          { target: 'watching', actions: 'watch' },
        ],
      },
    },
    watching: { on: watching },
    suspect: {
      on: {
        Heartbeat: [
          { guard: 'isOfLeader', target: 'watching', actions: 'hear' },
          { guard: 'isEarlier', actions: 'tell' },
        ],
        'timer.confirm': [
          { guard: 'fences', target: 'fencing', actions: 'attempt' },
          { target: 'promoting', actions: 'attempt' },
        ],
        WhoLeads: { actions: 'tell' },
        'process.crashed': 'down',
      },
    },
    fencing: {
      on: {
        'disk.persisted': { guard: 'isOnDisk', actions: 'fence' },
        FenceAck: { guard: 'isOfFormer', target: 'promoting', actions: 'askFirst' },
        'timer.fence': { target: 'promoting', actions: 'askFirst' },
        Heartbeat: { guard: 'isEarlier', actions: 'stop' },
        'process.crashed': 'down',
      },
    },
    promoting: {
      on: {
        'disk.persisted': { guard: 'isOnDisk', actions: 'askFirst' },
        AskReply: { guard: 'isCurrent', actions: 'count' },
        'timer.collect': [
          { guard: 'hasEnough', actions: 'appoint' },
          { guard: 'isUndecided', actions: 'ask' },
        ],
        'timer.attempt': [{ guard: 'fences', target: 'fencing', actions: 'attempt' }, { actions: 'attempt' }],
        Heartbeat: [
          { guard: 'isServing', target: 'done', actions: ['grant', 'announce'] },
          { guard: 'isOfChosen', actions: 'grant' },
          { guard: 'isEarlier', actions: 'stop' },
        ],
        'process.crashed': 'down',
      },
      always: { guard: 'hasAll', actions: 'appoint' },
    },
    done: { on: watching },
  },
});

export const monitorChart = defineChart(monitorMachine);
