import { setup } from 'xstate';
import type { Effect, Environment } from '../../kernel/behavior.ts';
import { defineChart } from '../../statechart/chart.ts';
import { guard, wiring } from '../../statechart/handler.ts';
import type * as Sent from './messages.ts';
import {
  holding,
  initialRegion,
  knowing,
  type PersistToken,
  peerOf,
  type RegionContext,
  type RegionStep,
  remembering,
  send,
  tickSoon,
} from './region-state.ts';
import { isBacklogEmpty, replicate, trimmed } from './replicate.ts';
import { answerRead, grantRights, takeBatch, takeState, takeUpdate, wallUs } from './take.ts';
import { purge, purgeTimer } from './tombstones.ts';
import { joinVectors } from './vectors.ts';

/**
 * A region takes writes on its own word: it applies them, puts them on its disk, acknowledges them, and tells the other regions later. That
 * is what makes it fast, and what lets two regions acknowledge writes that know nothing of each other. Nobody ever decides between
 * them; each region merges what it hears into what it has, and because the merge does not depend on order or repetition, regions that
 * have heard the same hold the same. Whether they hold what was acknowledged is another question, and up to the merge: see datum.ts.
 *
 * What a region took is its log, numbered; a version vector says how much of each region's log is in the store. A batch names the vector
 * that it builds on, and a region that lacks some of it refuses the batch and says what it has, so that lost, repeated and overtaken
 * batches all end the same way: the sender goes back to what is acknowledged.
 *
 * `isolated` means that some receiver has been silent for three rounds; the region serves its clients as before, which is the point of
 * all this. `draining`: it is heard again, and the backlog is on its way. After a restart a region is `catchingUp` and serves
 * nobody until every other region has told it what it has: its disk may be an old backup, and a number that it gave to a write before must
 * never be given to another one.
 */

type Persisted = { readonly type: 'disk.persisted'; readonly token: PersistToken };
type TimerEvent = { readonly type: 'timer.replicate' | 'timer.purge' | 'timer.resume' };
export type RegionEvent =
  | Sent.Read
  | Sent.Update
  | Sent.Replicate
  | Sent.Ack
  | Sent.Resume
  | Sent.State
  | Sent.RightsRequest
  | Sent.ProcessStarted
  | Sent.ProcessCrashed
  | Sent.ProcessRestarted
  | Persisted
  | TimerEvent;

const { on } = wiring<RegionContext, RegionEvent>();

function acknowledge(
  { durable, volatile }: RegionContext,
  event: Persisted,
  { self, clockUs }: Environment,
): RegionStep {
  const synced = volatile.writing[0] ?? durable;
  const writing = volatile.writing.slice(1);
  const effects: Effect[] = event.token === null ? [] : [send(event.token.to, event.token.reply)];
  const next = remembering(volatile, { synced, writing });
  return {
    context: { durable, volatile: isBacklogEmpty(next, self) ? next : tickSoon(next, clockUs, effects) },
    effects,
  };
}

/** Another region says what it has. A refusal is taken at its word, even where it has less than it had. */
function advance({ durable, volatile }: RegionContext, event: Sent.Ack, environment: Environment): RegionStep {
  const { from, self, clockUs } = environment;
  const before = peerOf(volatile, from);
  const known = event.refused ? event.vector : joinVectors(before.known, event.vector);
  const sent = event.refused ? event.vector : joinVectors(before.sent, known);
  const silent = volatile.silent.filter((name) => name !== from);
  const heard = remembering(volatile, { silent, peers: knowing(volatile, from, { known, sent, waitingUs: -1 }) });
  const effects: Effect[] = [];
  if (!isBacklogEmpty(heard, self)) {
    const next = tickSoon(heard, clockUs, effects);
    return { context: { durable: holding(durable, trimmed(durable, next, self)), volatile: next }, effects };
  }
  if (heard.tickUs > 0) effects.push({ type: 'timer.cancel', name: 'replicate' });
  const idle = remembering(heard, { tickUs: 0 });
  return { context: { durable: holding(durable, trimmed(durable, idle, self)), volatile: idle }, effects };
}

/** Another region is back: from now on it has what it says, and gets all that this one has. */
function welcome({ durable, volatile }: RegionContext, event: Sent.Resume, { from }: Environment): RegionStep {
  const { vector, life } = event;
  const peers = knowing(volatile, from, { known: vector, sent: vector, waitingUs: -1, life });
  const { store, clock } = durable;
  const state = send(from, { type: 'State', vector: durable.vector, store, clock });
  return { context: { durable, volatile: remembering(volatile, { peers }) }, effects: [state] };
}

/** After a restart: what the disk holds is all there is. */
function wake(context: RegionContext, environment: Environment, unanswered: readonly string[]): RegionStep {
  const { durable, volatile } = context;
  const life = Math.max(1, environment.clockUs);
  const effects: Effect[] = unanswered.map((name) => send(name, { type: 'Resume', vector: durable.vector, life }));
  if (unanswered.length > 0) {
    effects.push({ type: 'timer.set', name: 'resume', delayUs: volatile.config.retransmitUs });
  }
  const timer = purgeTimer(durable.store, volatile.config, wallUs(volatile, environment));
  if (timer !== undefined) effects.push(timer);
  const awake = remembering(volatile, { synced: durable, life, unanswered });
  const ticking = unanswered.length > 0 ? awake : tickSoon(awake, environment.clockUs, effects);
  return { context: { durable, volatile: ticking }, effects };
}

function askOthers(context: RegionContext, _event: Sent.ProcessRestarted, environment: Environment): RegionStep {
  const { regions } = context.volatile.config;
  return wake(
    context,
    environment,
    regions.filter((name) => name !== environment.self),
  );
}

function askAgain({ durable, volatile }: RegionContext): RegionStep {
  const { unanswered, life, config } = volatile;
  const effects: Effect[] = unanswered.map((name) => send(name, { type: 'Resume', vector: durable.vector, life }));
  effects.push({ type: 'timer.set', name: 'resume', delayUs: config.retransmitUs });
  return { effects };
}

const peering = {
  Replicate: { actions: 'takeBatch' },
  Ack: { actions: 'advance' },
  Resume: { actions: 'welcome' },
  State: { actions: 'takeState' },
  'timer.replicate': { actions: 'replicate' },
  'timer.purge': { actions: 'purgeTombstones' },
  'disk.persisted': { actions: 'acknowledge' },
  'process.crashed': 'down',
} as const;

const serving = {
  ...peering,
  Read: { actions: 'answerRead' },
  Put: { actions: 'takeUpdate' },
  Del: { actions: 'takeUpdate' },
  RightsRequest: { actions: 'grantRights' },
} as const;

export const regionMachine = setup({
  types: {
    context: {} as RegionContext,
    events: {} as RegionEvent,
    input: {} as Sent.Config,
  },
  actions: {
    answerRead: on(answerRead),
    takeUpdate: on(takeUpdate),
    grantRights: on(grantRights),
    takeBatch: on(takeBatch),
    takeState: on(takeState),
    advance: on(advance),
    welcome: on(welcome),
    replicate: on(replicate),
    acknowledge: on(acknowledge),
    purgeTombstones: on((context, _event: TimerEvent, environment) =>
      purge(context, wallUs(context.volatile, environment)),
    ),
    askOthers: on(askOthers),
    askAgain: on(askAgain),
    trustDisk: on((context, _event: Sent.ProcessRestarted, environment) => wake(context, environment, [])),
  },
  guards: {
    someoneSilent: guard<RegionContext, RegionEvent>(({ volatile }) => volatile.silent.length > 0),
    everyoneHeard: guard<RegionContext, RegionEvent>(({ volatile }) => volatile.silent.length === 0),
    backlogEmpty: guard<RegionContext, RegionEvent>(({ volatile }, _event, { self }) => isBacklogEmpty(volatile, self)),
    everyoneAnswered: guard<RegionContext, RegionEvent>(({ volatile }) => volatile.unanswered.length === 0),
    trustsDisk: guard<RegionContext, RegionEvent>(({ volatile }) => volatile.config.mistake === 'reuse-sequence'),
  },
}).createMachine({
  id: 'region',
  context: ({ input }) => initialRegion(input),
  initial: 'accepting',
  states: {
    accepting: {
      on: serving,
      always: { guard: 'someoneSilent', target: 'isolated' },
    },
    isolated: {
      on: serving,
      always: { guard: 'everyoneHeard', target: 'draining' },
    },
    draining: {
      on: serving,
      always: [
        { guard: 'someoneSilent', target: 'isolated' },
        { guard: 'backlogEmpty', target: 'accepting' },
      ],
    },
    catchingUp: {
      on: { ...peering, 'timer.resume': { actions: 'askAgain' } },
      always: { guard: 'everyoneAnswered', target: 'draining' },
    },
    down: {
      on: {
        'process.restarted': [
          { guard: 'trustsDisk', target: 'draining', actions: 'trustDisk' },
          { target: 'catchingUp', actions: 'askOthers' },
        ],
      },
    },
  },
});

export const regionChart = defineChart(regionMachine);
