import { setup } from 'xstate';
import type { Effect, Environment } from '../../kernel/behavior.ts';
import type { OperationName } from '../../kernel/history.ts';
import type { Value } from '../../kernel/value.ts';
import { defineChart } from '../../statechart/chart.ts';
import { guard, wiring } from '../../statechart/handler.ts';
import type { OperationVersion } from './history.ts';
import type * as Sent from './messages.ts';
import { send } from './region-state.ts';
import { joinVectors, NO_VECTOR, type Vector } from './vectors.ts';

/**
 * A client lives beside one region and works through a script there, one operation at a time. When no answer comes in time it gives up: the
 * outcome is unknown (`info`), because the write may have been taken, and the client goes on with the next. A refusal is
 * certain (`fail`): the region did nothing.
 *
 * Of a key with siblings it keeps what it has read, and sends it with its next write, which then replaces exactly that.
 */

export type ClientInput = {
  readonly requestTimeoutUs: number;
  readonly script: readonly Sent.ScriptedOperation[];
};

export type Session = {
  readonly input: ClientInput;
  /** How many operations have begun: the number of the latest. */
  readonly sequence: number;
  readonly startedAtUs: number;
  readonly contexts: Readonly<Record<string, Vector>>;
};

export type ClientContext = { readonly durable: null; readonly volatile: Session };
type ClientStep = { readonly context?: ClientContext; readonly effects?: readonly Effect[] };
type TimerEvent = { readonly type: 'timer.next' | 'timer.request' };
type Reply = Sent.ReadReply | Sent.UpdateReply | Sent.Refusal;
export type ClientEvent = Reply | Sent.ProcessStarted | TimerEvent;

const { on } = wiring<ClientContext, ClientEvent>();

/** What the history calls an act: adding an item and counting are appends, removing one is a delete. */
export function historyName(act: Sent.Act | undefined): OperationName {
  if (act === undefined) return 'read';
  if (act.do === 'write') return 'write';
  return act.do === 'add' || act.do === 'count' ? 'append' : 'delete';
}

function historyInput(act: Sent.Act | undefined): Value {
  if (act === undefined || act.do === 'delete') return null;
  if (act.do === 'write') return act.value;
  return act.do === 'count' ? act.amount : act.item;
}

/** The timer for the next operation; nothing when the script is done. */
function nextTimer(session: Session, clockUs: number): readonly Effect[] {
  const operation = session.input.script[session.sequence];
  if (operation === undefined) return [];
  const delayUs = Math.max(operation.waitUs, session.startedAtUs + operation.atUs - clockUs);
  return [{ type: 'timer.set', name: 'next', delayUs }];
}

function start({ volatile }: ClientContext, _event: Sent.ProcessStarted, { clockUs }: Environment): ClientStep {
  const { input, sequence, contexts } = volatile;
  const session: Session = { input, sequence, startedAtUs: clockUs, contexts };
  return { context: { durable: null, volatile: session }, effects: nextTimer(session, clockUs) };
}

function invoke({ volatile }: ClientContext): ClientStep {
  const { input, startedAtUs, contexts } = volatile;
  const { act, key, via } = input.script[volatile.sequence]!;
  const sequence = volatile.sequence + 1;
  const effects: Effect[] = [
    { type: 'client.invoke', operation: sequence, f: historyName(act), key, input: historyInput(act) },
    { type: 'timer.set', name: 'request', delayUs: input.requestTimeoutUs },
    send(via, requestOf(volatile, act, key, sequence)),
  ];
  return { context: { durable: null, volatile: { input, sequence, startedAtUs, contexts } }, effects };
}

function requestOf(
  { contexts }: Session,
  act: Sent.Act | undefined,
  key: string,
  sequence: number,
): Sent.Read | Sent.Update {
  if (act === undefined) return { type: 'Read', sequence, key };
  const isDown = act.do === 'remove' || act.do === 'delete' || (act.do === 'count' && act.amount < 0);
  return { type: isDown ? 'Del' : 'Put', sequence, key, act, context: contexts[key] ?? NO_VECTOR };
}

/** Ends the operation under way, keeps what was read or written, and waits for the next. */
function finish(session: Session, context: Vector, effect: Effect, clockUs: number): ClientStep {
  const { input, sequence, startedAtUs, contexts } = session;
  const { key } = input.script[sequence - 1]!;
  const known = contexts[key] ?? NO_VECTOR;
  const joined = joinVectors(known, context);
  const next: Session = {
    input,
    sequence,
    startedAtUs,
    contexts: joined === known ? contexts : { ...contexts, [key]: joined },
  };
  const effects: Effect[] = [{ type: 'timer.cancel', name: 'request' }, effect, ...nextTimer(next, clockUs)];
  return { context: { durable: null, volatile: next }, effects };
}

function completeRead({ volatile }: ClientContext, event: Sent.ReadReply, { clockUs }: Environment): ClientStep {
  const { sequence, value, touched, siblings, context } = event;
  const version: OperationVersion = { touched, siblings };
  const effect: Effect = { type: 'client.complete', operation: sequence, outcome: 'ok', output: value, version };
  return finish(volatile, context, effect, clockUs);
}

function completeUpdate({ volatile }: ClientContext, event: Sent.UpdateReply, environment: Environment): ClientStep {
  const { sequence, origin, seq, context } = event;
  const version: OperationVersion = {
    touched: { [origin]: { seq, write: `${environment.self}${sequence}` } },
    siblings: 1,
  };
  const effect: Effect = { type: 'client.complete', operation: sequence, outcome: 'ok', output: null, version };
  return finish(volatile, context, effect, environment.clockUs);
}

function takeRefusal({ volatile }: ClientContext, event: Sent.Refusal, { clockUs }: Environment): ClientStep {
  const effect: Effect = { type: 'client.complete', operation: event.sequence, outcome: 'fail', output: null };
  return finish(volatile, NO_VECTOR, effect, clockUs);
}

function giveUp({ volatile }: ClientContext, _event: TimerEvent, { clockUs }: Environment): ClientStep {
  const effect: Effect = { type: 'client.complete', operation: volatile.sequence, outcome: 'info', output: null };
  return { effects: [effect, ...nextTimer(volatile, clockUs)] };
}

export const clientMachine = setup({
  types: { context: {} as ClientContext, events: {} as ClientEvent, input: {} as ClientInput },
  actions: {
    start: on(start),
    invoke: on(invoke),
    completeRead: on(completeRead),
    completeUpdate: on(completeUpdate),
    takeRefusal: on(takeRefusal),
    giveUp: on(giveUp),
  },
  guards: {
    isCurrent: guard<ClientContext, ClientEvent>(
      ({ volatile }, event) => (event as Reply).sequence === volatile.sequence,
    ),
  },
}).createMachine({
  id: 'client',
  context: ({ input }) => ({
    durable: null,
    volatile: { input, sequence: 0, startedAtUs: 0, contexts: {} },
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
        UpdateReply: { guard: 'isCurrent', target: 'idle', actions: 'completeUpdate' },
        Refusal: { guard: 'isCurrent', target: 'idle', actions: 'takeRefusal' },
        'timer.request': { target: 'idle', actions: 'giveUp' },
      },
    },
  },
});

export const clientChart = defineChart(clientMachine);
