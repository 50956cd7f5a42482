import { setup } from 'xstate';
import type { Effect, Environment } from '../../kernel/behavior.ts';
import { withEntry } from '../../kernel/copies.ts';
import { defineChart } from '../../statechart/chart.ts';
import { guard, wiring } from '../../statechart/handler.ts';
import type * as Sent from './messages.ts';
import { mintCell, startCoordinator } from './requests.ts';
import { send } from './store.ts';
import {
  type Cells,
  type Clocks,
  chosenCell,
  contextOf,
  HYBRID_ZERO,
  type HybridClock,
  joinClocks,
  NO_CLOCKS,
  seeCells,
  type Version,
} from './versions.ts';

/**
 * A client works through a script, one operation at a time. When no answer comes in time it gives up: the operation's outcome is unknown
 * (`info`), because the write may have taken effect, or may still, and the client goes on with the next.
 *
 * It remembers what it has seen, as client libraries do: the highest hybrid clock, which it sends with each request, and per key
 * the version vector of its last read, which a write sends as its context. A read that returns siblings gives the history
 * the one whose `write` sorts last; the next write of this client then replaces them all.
 *
 * With `coordinatorAt: client` it starts the coordinator on its own host, like a smart driver, and there is no hop in between.
 */

export type ClientInput = {
  readonly config: Sent.Config;
  readonly coordinatorAt: Sent.CoordinatorAt;
  readonly script: readonly Sent.ScriptedOperation[];
};

export type Session = {
  readonly input: ClientInput;
  /** How many operations have begun: the number of the latest. */
  readonly sequence: number;
  readonly startedAtUs: number;
  readonly clock: HybridClock;
  readonly contexts: Readonly<Record<string, Clocks>>;
};

export type ClientContext = { readonly durable: null; readonly volatile: Session };
type ClientStep = { readonly context?: ClientContext; readonly effects?: readonly Effect[] };
type TimerEvent = { readonly type: 'timer.next' | 'timer.request' };
export type ClientEvent =
  | Sent.ReadReply
  | Sent.WriteReply
  | Sent.ProcessStarted
  | Sent.ProcessRestarted
  | Sent.ProcessCrashed
  | TimerEvent;

const { on } = wiring<ClientContext, ClientEvent>();

const kept = (volatile: Session): ClientContext => ({ durable: null, volatile });

/** A session with some of it changed; `progressed` says why field by field. */
function after(before: Session, change: Partial<Session>): Session {
  return {
    input: before.input,
    sequence: change.sequence ?? before.sequence,
    startedAtUs: change.startedAtUs ?? before.startedAtUs,
    clock: change.clock ?? before.clock,
    contexts: change.contexts ?? before.contexts,
  };
}

/** The timer for the next operation; nothing when the script is done. */
function nextTimer(session: Session, clockUs: number): Effect | undefined {
  const operation = session.input.script[session.sequence];
  if (operation === undefined) return undefined;
  const delayUs = Math.max(operation.waitUs, session.startedAtUs + operation.atUs - clockUs);
  return { type: 'timer.set', name: 'next', delayUs };
}

function start({ volatile }: ClientContext, _event: Sent.ProcessStarted, { clockUs }: Environment): ClientStep {
  const session = after(volatile, { startedAtUs: clockUs });
  const next = nextTimer(session, clockUs);
  return { context: kept(session), effects: next === undefined ? [] : [next] };
}

function invoke({ volatile }: ClientContext, _event: TimerEvent, environment: Environment): ClientStep {
  const operation = volatile.input.script[volatile.sequence]!;
  const { f, key, value } = operation;
  const sequence = volatile.sequence + 1;
  const begin: Effect = { type: 'client.invoke', operation: sequence, f, key, input: f === 'write' ? value : null };
  const timer: Effect = { type: 'timer.set', name: 'request', delayUs: volatile.input.config.requestTimeoutUs };
  const request = requestOf(volatile, operation, sequence);
  if (volatile.input.coordinatorAt === 'replica') {
    return { context: kept(after(volatile, { sequence })), effects: [begin, timer, send(operation.via, request)] };
  }
  const { effect, clock } = coordinate(volatile, request, environment);
  return { context: kept(after(volatile, { sequence, clock })), effects: [begin, timer, effect] };
}

function requestOf(
  { clock: seen, contexts }: Session,
  { f, key, value }: Sent.ScriptedOperation,
  sequence: number,
): Sent.ReadRequest | Sent.WriteRequest {
  if (f === 'read') return { type: 'Read', sequence, key, seen };
  return { type: f === 'delete' ? 'Delete' : 'Write', sequence, key, value, seen, context: contexts[key] ?? NO_CLOCKS };
}

/** Starts the coordinator on the client's own host. */
function coordinate(
  { input, clock }: Session,
  request: Sent.ReadRequest | Sent.WriteRequest,
  { self: client, host: node, clockUs }: Environment,
): { readonly effect: Effect; readonly clock: HybridClock } {
  const { config } = input;
  const { sequence, key } = request;
  if (request.type === 'Read')
    return { effect: startCoordinator({ config, client, sequence, key, cell: null }), clock };
  const minted = mintCell(request, client, { config, node, clockUs, clock, minted: sequence });
  return { effect: startCoordinator({ config, client, sequence, key, cell: minted.cell }), clock: minted.clock };
}

/** What a history entry says of its version: the write that made it, and how it compares. Siblings count as all that they have seen. */
export type OperationVersion = { readonly write: string; readonly version: Version };

function versionOf(cells: Cells): OperationVersion | null {
  const cell = chosenCell(cells);
  if (cell === undefined) return null;
  return { write: cell.write, version: cells.length === 1 ? cell.version : { clocks: contextOf(cells) } };
}

const CANCEL: Effect = { type: 'timer.cancel', name: 'request' };

function finish(session: Session, effect: Effect, clockUs: number): ClientStep {
  const next = nextTimer(session, clockUs);
  return {
    context: kept(session),
    effects: next === undefined ? [CANCEL, effect] : [CANCEL, effect, next],
  };
}

function remember(session: Session, key: string, cells: Cells): Session {
  if (session.input.config.version === 'wall') return session;
  if (session.input.config.version === 'hlc') return after(session, { clock: seeCells(session.clock, cells) });
  const context = joinClocks(session.contexts[key] ?? NO_CLOCKS, contextOf(cells));
  return after(session, { contexts: withEntry(session.contexts, key, context) });
}

function completeRead({ volatile }: ClientContext, event: Sent.ReadReply, { clockUs }: Environment): ClientStep {
  const { key } = volatile.input.script[volatile.sequence - 1]!;
  const cell = chosenCell(event.cells);
  const effect: Effect = {
    type: 'client.complete',
    operation: event.sequence,
    outcome: 'ok',
    output: cell?.value ?? null,
    version: versionOf(event.cells),
  };
  return finish(remember(volatile, key, event.cells), effect, clockUs);
}

function completeWrite({ volatile }: ClientContext, event: Sent.WriteReply, { clockUs }: Environment): ClientStep {
  const { key } = volatile.input.script[volatile.sequence - 1]!;
  const effect: Effect = {
    type: 'client.complete',
    operation: event.sequence,
    outcome: 'ok',
    output: null,
    version: versionOf([event.cell]),
  };
  return finish(remember(volatile, key, [event.cell]), effect, clockUs);
}

function giveUp({ volatile }: ClientContext, _event: TimerEvent, { clockUs }: Environment): ClientStep {
  const effect: Effect = { type: 'client.complete', operation: volatile.sequence, outcome: 'info', output: null };
  const next = nextTimer(volatile, clockUs);
  return { effects: next === undefined ? [effect] : [effect, next] };
}

export const clientMachine = setup({
  types: { context: {} as ClientContext, events: {} as ClientEvent, input: {} as ClientInput },
  actions: {
    start: on(start),
    invoke: on(invoke),
    completeRead: on(completeRead),
    completeWrite: on(completeWrite),
    giveUp: on(giveUp),
  },
  guards: {
    isCurrent: guard<ClientContext, ClientEvent>(
      ({ volatile }, event) => (event as Sent.ReadReply | Sent.WriteReply).sequence === volatile.sequence,
    ),
  },
}).createMachine({
  id: 'client',
  context: ({ input }) => ({
    durable: null,
    volatile: { input, sequence: 0, startedAtUs: 0, clock: HYBRID_ZERO, contexts: {} },
  }),
  initial: 'idle',
  states: {
    idle: {
      on: {
        'process.started': { actions: 'start' },
        'timer.next': { target: 'waiting', actions: 'invoke' },
      },
    },
    waiting: {
      on: {
        ReadReply: { guard: 'isCurrent', target: 'idle', actions: 'completeRead' },
        WriteReply: { guard: 'isCurrent', target: 'idle', actions: 'completeWrite' },
        'timer.request': { target: 'idle', actions: 'giveUp' },
      },
    },
  },
});

export const clientChart = defineChart(clientMachine);
