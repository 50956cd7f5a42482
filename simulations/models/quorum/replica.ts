import { setup } from 'xstate';
import type { Effect, Environment } from '../../kernel/behavior.ts';
import { withEntry } from '../../kernel/copies.ts';
import { defineChart } from '../../statechart/chart.ts';
import { guard, wiring } from '../../statechart/handler.ts';
import { merkleTree, rangeOf } from './merkle.ts';
import type * as Sent from './messages.ts';
import { mintCell, startCoordinator } from './requests.ts';
import {
  type Arrival,
  cellsOf,
  type Durable,
  initialReplica,
  type PersistToken,
  persist,
  purge,
  purgeTimer,
  type ReplicaContext,
  type ReplicaStep,
  remembering,
  type StoredHint,
  send,
  takeIn,
} from './store.ts';
import { type Cells, mergeCells } from './versions.ts';

/**
 * A replica keeps versions, answers for them, and decides nothing. It takes in whatever is newer (a write, a repair, a replayed
 * hint, a stream of anti-entropy: all the same to it), acknowledges only what its disk holds, and answers reads only from
 * what its disk holds. So a crash can take back neither an acknowledgement nor an answer, and what it holds never
 * goes backwards. All that the cluster promises beyond that is made by quorums: see coordinator.ts.
 *
 * `up` and `rejoining` serve alike, as in Dynamo and Cassandra: a replica that was away answers from its old disk at
 * once. While `rejoining` it has told the others that it is back, so that they replay the hints they hold for it. `down` is
 * what a crash leaves; nothing is delivered there.
 */

type Persisted = { readonly type: 'disk.persisted'; readonly token: PersistToken };
type TimerEvent = { readonly type: 'timer.hints' | 'timer.purge' | 'timer.rejoin' };
export type ReplicaEvent =
  | Sent.ReadRequest
  | Sent.WriteRequest
  | Sent.RWrite
  | Sent.RRead
  | Sent.Repair
  | Sent.Hint
  | Sent.HintReplay
  | Sent.HintReplayAck
  | Sent.Rejoin
  | Sent.RejoinAck
  | Sent.TreeRead
  | Sent.RangesRead
  | Sent.MerkleRoot
  | Sent.MerkleStream
  | Sent.ProcessStarted
  | Sent.ProcessCrashed
  | Sent.ProcessRestarted
  | Persisted
  | TimerEvent;

/** How long a returning replica waits for the others before it counts as up, in microseconds. */
const REJOIN_US = 1_000_000;

const { on } = wiring<ReplicaContext, ReplicaEvent>();

/** A client's request: starts a coordinator for it on this host, once. */
function beginRequest(
  context: ReplicaContext,
  event: Sent.ReadRequest | Sent.WriteRequest,
  environment: Environment,
): ReplicaStep {
  const { durable, volatile } = context;
  const client = environment.from;
  const { sequence, key } = event;
  if (sequence <= (volatile.served[client] ?? 0)) return {};
  const { config } = volatile;
  const served = withEntry(volatile.served, client, sequence);
  if (event.type === 'Read') {
    const effects = [startCoordinator({ config, client, sequence, key, cell: null })];
    return { context: { durable, volatile: remembering(volatile, { served }) }, effects };
  }
  const { cell, clock } = mintCell(event, client, {
    config,
    node: environment.host,
    clockUs: environment.clockUs,
    clock: volatile.clock,
    minted: volatile.minted,
  });
  const next = { durable, volatile: remembering(volatile, { served, clock, minted: volatile.minted + 1 }) };
  return { context: next, effects: [startCoordinator({ config, client, sequence, key, cell })] };
}

/** A hint counts as this node's own version for readers that had to turn to a spare. */
function readable(durable: Durable, key: string): Cells {
  let cells = cellsOf(durable, key);
  for (const hint of durable.hints) if (hint.key === key) cells = mergeCells(cells, [hint.cell]);
  return cells;
}

function answerRead({ volatile }: ReplicaContext, event: Sent.RRead, environment: Environment): ReplicaStep {
  const isSpare = volatile.config.spares.includes(environment.host);
  const cells = isSpare ? readable(volatile.synced, event.key) : cellsOf(volatile.synced, event.key);
  return { effects: [send(environment.from, { type: 'RResp', cells })] };
}

function applyWrite(context: ReplicaContext, event: Sent.RWrite, environment: Environment): ReplicaStep {
  const token = { to: environment.from, reply: { type: 'RAck' } };
  const arrival: Arrival = { key: event.key, cells: [event.cell], meeting: 'merge' };
  return takeIn(context, [arrival], { clockUs: environment.clockUs, token });
}

function applyRepair(context: ReplicaContext, event: Sent.Repair, environment: Environment): ReplicaStep {
  const resurrects = context.volatile.config.mistake === 'repair-resurrects-delete';
  const token = event.acknowledge ? { to: environment.from, reply: { type: 'RepairAck' } } : null;
  const arrival: Arrival = { key: event.key, cells: event.cells, meeting: resurrects ? 'over tombstones' : 'merge' };
  return takeIn(context, [arrival], { clockUs: environment.clockUs, token });
}

function applyReplay(context: ReplicaContext, event: Sent.HintReplay, environment: Environment): ReplicaStep {
  const overwrites = context.volatile.config.mistake === 'hint-overwrites-newer';
  const token = { to: environment.from, reply: { type: 'HintReplayAck', write: event.cell.write } };
  const arrival: Arrival = { key: event.key, cells: [event.cell], meeting: overwrites ? 'overwrite' : 'merge' };
  return takeIn(context, [arrival], { clockUs: environment.clockUs, token });
}

function keepHint(context: ReplicaContext, event: Sent.Hint, environment: Environment): ReplicaStep {
  const { durable, volatile } = context;
  const { target, key, cell } = event;
  const token = { to: environment.from, reply: { type: 'HintAck', target } };
  const known = durable.hints.some((hint) => hint.target === target && hint.cell.write === cell.write);
  const hints = known ? durable.hints : [...durable.hints, { target, key, cell, sinceUs: environment.clockUs }];
  const effects: Effect[] = durable.hints.length === 0 ? [hintTimer(context)] : [];
  return persist({ durable: { store: durable.store, hints }, volatile }, token, effects);
}

const hintTimer = ({ volatile }: ReplicaContext): Effect => ({
  type: 'timer.set',
  name: 'hints',
  delayUs: volatile.config.hintEveryUs,
});

const replay = ({ target, key, cell }: StoredHint): Effect => send(target, { type: 'HintReplay', key, cell });

/** Tries every hint again and forgets those that are too old: from then on only anti-entropy can deliver them. */
function replayHints(context: ReplicaContext, _event: TimerEvent, environment: Environment): ReplicaStep {
  const { durable, volatile } = context;
  const { hintTtlUs } = volatile.config;
  const hints = durable.hints.filter((hint) => environment.clockUs - hint.sinceUs < hintTtlUs);
  const effects: Effect[] = hints.map(replay);
  if (hints.length > 0) effects.push(hintTimer(context));
  if (hints.length === durable.hints.length) return { effects };
  return persist({ durable: { store: durable.store, hints }, volatile }, null, effects);
}

function dropHint(context: ReplicaContext, event: Sent.HintReplayAck, environment: Environment): ReplicaStep {
  const { durable, volatile } = context;
  const hints = durable.hints.filter((hint) => hint.target !== environment.from || hint.cell.write !== event.write);
  if (hints.length === durable.hints.length) return {};
  return persist({ durable: { store: durable.store, hints }, volatile }, null, []);
}

function acknowledge(context: ReplicaContext, event: Persisted): ReplicaStep {
  const { durable, volatile } = context;
  const synced = volatile.writing[0] ?? durable;
  const writing = volatile.writing.slice(1);
  const effects = event.token === null ? [] : [send(event.token.to, event.token.reply)];
  return { context: { durable, volatile: remembering(volatile, { synced, writing }) }, effects };
}

/** After a crash: what the disk holds is all there is. Sets the timers again and asks the others for hints. */
function announce(context: ReplicaContext, _event: Sent.ProcessRestarted, environment: Environment): ReplicaStep {
  const { durable, volatile } = context;
  const { config } = volatile;
  const unanswered = [...config.replicas, ...config.spares].filter((host) => host !== environment.host);
  const effects: Effect[] = unanswered.map((host) => send(host, { type: 'Rejoin' }));
  effects.push({ type: 'timer.set', name: 'rejoin', delayUs: REJOIN_US });
  if (durable.hints.length > 0) effects.push(hintTimer(context));
  const timer = purgeTimer(durable.store, config, environment.clockUs);
  if (timer !== undefined) effects.push(timer);
  const served = servedBefore(durable);
  return { context: { durable, volatile: remembering(volatile, { synced: durable, served, unanswered }) }, effects };
}

/** What the disk still tells about requests that were begun before the crash: at least those whose writes it holds. */
function servedBefore({ store }: Durable): Readonly<Record<string, number>> {
  const served: Record<string, number> = {};
  for (const cell of Object.values(store).flat()) {
    const client = cell.write.replace(/\d+$/, '');
    served[client] = Math.max(served[client] ?? 0, Number(cell.write.slice(client.length)));
  }
  return served;
}

function answerRejoin({ durable }: ReplicaContext, _event: Sent.Rejoin, environment: Environment): ReplicaStep {
  const hints = durable.hints.filter((hint) => hint.target === environment.from);
  return { effects: [send(environment.from, { type: 'RejoinAck' }), ...hints.map(replay)] };
}

function countRejoin(
  { durable, volatile }: ReplicaContext,
  _event: Sent.RejoinAck,
  environment: Environment,
): ReplicaStep {
  const unanswered = volatile.unanswered.filter((host) => host !== environment.from);
  return { context: { durable, volatile: remembering(volatile, { unanswered }) } };
}

function answerTree({ volatile }: ReplicaContext, _event: Sent.TreeRead, environment: Environment): ReplicaStep {
  return { effects: [send(environment.from, { type: 'Tree', tree: merkleTree(volatile.synced.store) })] };
}

function answerRoot({ volatile }: ReplicaContext, event: Sent.MerkleRoot, environment: Environment): ReplicaStep {
  const tree = merkleTree(volatile.synced.store);
  return { effects: [send(environment.from, { type: 'MerkleRange', tree: tree[0] === event.root ? [] : tree })] };
}

function entriesOf(durable: Durable, ranges: readonly number[]): Sent.Entries {
  const keys = Object.keys(durable.store).filter((key) => ranges.includes(rangeOf(key)));
  return keys.map((key) => ({ key, cells: durable.store[key]! }));
}

function answerRanges({ volatile }: ReplicaContext, event: Sent.RangesRead, environment: Environment): ReplicaStep {
  return { effects: [send(environment.from, { type: 'Ranges', entries: entriesOf(volatile.synced, event.ranges) })] };
}

function exchange(context: ReplicaContext, event: Sent.MerkleStream, environment: Environment): ReplicaStep {
  const arrivals = event.entries.map(({ key, cells }): Arrival => ({ key, cells, meeting: 'merge' }));
  const step = takeIn(context, arrivals, { clockUs: environment.clockUs, token: null });
  if (!event.exchange) return step;
  const own = entriesOf(context.volatile.synced, event.ranges);
  const answer = send(environment.from, { type: 'MerkleStream', ranges: event.ranges, entries: own, exchange: false });
  return { context: step.context, effects: [...(step.effects ?? []), answer] };
}

const serving = {
  Read: { actions: 'beginRequest' },
  Write: { actions: 'beginRequest' },
  Delete: { actions: 'beginRequest' },
  RRead: { actions: 'answerRead' },
  RWrite: { actions: 'applyWrite' },
  'disk.persisted': { actions: 'acknowledge' },
  Repair: { actions: 'applyRepair' },
  Hint: { actions: 'keepHint' },
  HintReplay: { actions: 'applyReplay' },
  HintReplayAck: { actions: 'dropHint' },
  'timer.hints': { actions: 'replayHints' },
  'timer.purge': { actions: 'purgeTombstones' },
  Rejoin: { actions: 'answerRejoin' },
  TreeRead: { actions: 'answerTree' },
  RangesRead: { actions: 'answerRanges' },
  MerkleRoot: { actions: 'answerRoot' },
  MerkleStream: { actions: 'exchange' },
  'process.crashed': 'down',
} as const;

export const replicaMachine = setup({
  types: {
    context: {} as ReplicaContext,
    events: {} as ReplicaEvent,
    input: {} as Sent.Config,
  },
  actions: {
    beginRequest: on(beginRequest),
    answerRead: on(answerRead),
    applyWrite: on(applyWrite),
    applyRepair: on(applyRepair),
    keepHint: on(keepHint),
    applyReplay: on(applyReplay),
    dropHint: on(dropHint),
    replayHints: on(replayHints),
    purgeTombstones: on((context, _event: TimerEvent, environment) => purge(context, environment.clockUs)),
    acknowledge: on(acknowledge),
    announce: on(announce),
    answerRejoin: on(answerRejoin),
    countRejoin: on(countRejoin),
    answerTree: on(answerTree),
    answerRoot: on(answerRoot),
    answerRanges: on(answerRanges),
    exchange: on(exchange),
  },
  guards: {
    everyoneAnswered: guard<ReplicaContext, ReplicaEvent>(({ volatile }) => volatile.unanswered.length === 0),
  },
}).createMachine({
  id: 'replica',
  context: ({ input }) => initialReplica(input),
  initial: 'up',
  states: {
    up: { on: serving },
    down: { on: { 'process.restarted': { target: 'rejoining', actions: 'announce' } } },
    rejoining: {
      on: { ...serving, RejoinAck: { actions: 'countRejoin' }, 'timer.rejoin': 'up' },
      always: { guard: 'everyoneAnswered', target: 'up' },
    },
  },
});

export const replicaChart = defineChart(replicaMachine);
