import { setup } from 'xstate';
import type { Effect, Environment } from '../../kernel/behavior.ts';
import type { Draft } from '../../kernel/copies.ts';
import { defineChart } from '../../statechart/chart.ts';
import { guard, type Test, wiring } from '../../statechart/handler.ts';
import type * as Sent from './messages.ts';
import { cancel, send, timer } from './node-state.ts';
import { comparePositions, type Position } from './wal.ts';

/**
 * A client works through a script, one operation at a time, and its driver routes them: writes to the leader as it knows it, reads as
 * `routing` says. A refusal is certain, so the driver sends the operation again, to the leader that it was told of. When no answer comes
 * in time it gives up: the outcome is unknown (`info`), because a write may have taken effect, or may still. It never repeats such a write.
 *
 * With `routing: token` the session carries the newest place of the log that it has seen, in an answer to a read or a write, and every read
 * demands to be no older. A node that can never get there, because failover cut that place off, says so: the read fails, and
 * with it the session, loudly. The next one begins with nothing seen.
 */

type ClientInput = { readonly config: Sent.Config; readonly script: readonly Sent.ScriptedOperation[] };

type Session = {
  readonly input: ClientInput;
  /** How many operations have begun: the number of the latest. */
  readonly sequence: number;
  readonly startedAtUs: number;
  readonly epoch: number;
  readonly leader: string;
  /** With sticky routing the node that reads go to; null before the first. */
  readonly sticky: string | null;
  readonly token: Position | null;
};

export type ClientContext = { readonly durable: null; readonly volatile: Session };
type ClientStep = { readonly context?: ClientContext; readonly effects?: readonly Effect[] };
type TimerEvent = { readonly type: 'timer.next' | 'timer.request' | 'timer.retry' };
type ClientEvent =
  | Sent.ReadReply
  | Sent.WriteReply
  | Sent.NotLeader
  | Sent.TokenLost
  | Sent.NewLeader
  | Sent.ProcessStarted
  | Sent.ProcessRestarted
  | Sent.ProcessCrashed
  | TimerEvent;

const { on } = wiring<ClientContext, ClientEvent>();

const kept = (volatile: Session): ClientContext => ({ durable: null, volatile });

/** A copy that its maker may still change. */
function draftOf(before: Session): Draft<Session> {
  return {
    input: before.input,
    sequence: before.sequence,
    startedAtUs: before.startedAtUs,
    epoch: before.epoch,
    leader: before.leader,
    sticky: before.sticky,
    token: before.token,
  };
}

/** A session with some of it changed. */
function after(before: Session, change: Partial<Session>): Session {
  return Object.assign(draftOf(before), change);
}

/** The timer for the next operation; nothing when the script is done. */
function nextTimer(session: Session, clockUs: number): readonly Effect[] {
  const operation = session.input.script[session.sequence];
  if (operation === undefined) return [];
  return [timer('next', Math.max(operation.waitUs, session.startedAtUs + operation.atUs - clockUs))];
}

function start({ volatile }: ClientContext, _event: Sent.ProcessStarted, { clockUs }: Environment): ClientStep {
  const session = after(volatile, { startedAtUs: clockUs });
  return { context: kept(session), effects: nextTimer(session, clockUs) };
}

function invoke({ volatile }: ClientContext): ClientStep {
  const { f, key, value, via } = volatile.input.script[volatile.sequence]!;
  const sequence = volatile.sequence + 1;
  const session = after(volatile, { sequence, sticky: volatile.sticky ?? (f === 'read' ? via : null) });
  const effects: Effect[] = [
    { type: 'client.invoke', operation: sequence, f, key, input: f === 'write' ? value : null },
    timer('request', volatile.input.config.requestTimeoutUs),
    request(session),
  ];
  return { context: kept(session), effects };
}

/** The operation under way, to the node that is its address now. */
function request(session: Session): Effect {
  const { sequence, input, token, leader } = session;
  const { routing } = input.config;
  const { f, key, value } = input.script[sequence - 1]!;
  if (f === 'write') return send(leader, { type: 'Write', sequence, key, value });
  const at = routing === 'leader' ? 'leader' : 'any';
  return send(addressOf(session), { type: 'Read', sequence, key, at, token: routing === 'token' ? token : null });
}

/** Where the operation under way goes. */
function addressOf({ sequence, input, leader, sticky }: Session): string {
  const { f, via } = input.script[sequence - 1]!;
  const { routing } = input.config;
  if (f === 'write' || routing === 'leader') return leader;
  return routing === 'sticky' ? sticky! : via;
}

function finish(session: Session, effect: Effect, clockUs: number): ClientStep {
  const effects = [cancel('request'), cancel('retry'), effect, ...nextTimer(session, clockUs)];
  return { context: kept(session), effects };
}

/** What the session has seen of the log, newest first counted. */
function seen({ token }: Session, position: Position): Position | null {
  if (position.lsn === 0) return token;
  return token === null || comparePositions(position, token) > 0 ? position : token;
}

/** What a history entry says of its version: the write that made it and its place in the log. */
export type OperationVersion = { readonly write: string; readonly epoch: number; readonly lsn: number };

function completeRead({ volatile }: ClientContext, event: Sent.ReadReply, { clockUs }: Environment): ClientStep {
  const { entry, sequence, position } = event;
  const version = entry === null ? null : { write: entry.write, epoch: entry.epoch, lsn: entry.lsn };
  const output = entry?.value ?? null;
  return finish(
    after(volatile, { token: seen(volatile, position) }),
    { type: 'client.complete', operation: sequence, outcome: 'ok', output, version },
    clockUs,
  );
}

function completeWrite(
  { volatile }: ClientContext,
  event: Sent.WriteReply,
  { self, clockUs }: Environment,
): ClientStep {
  const { sequence, position } = event;
  const version = { write: `${self}${sequence}`, epoch: position.epoch, lsn: position.lsn };
  return finish(
    after(volatile, { token: seen(volatile, position) }),
    { type: 'client.complete', operation: sequence, outcome: 'ok', output: null, version },
    clockUs,
  );
}

/** What the session had seen is gone: its read fails, and what comes after is a new session. */
function fail({ volatile }: ClientContext, event: Sent.TokenLost, { clockUs }: Environment): ClientStep {
  const session = after(volatile, { token: null });
  return finish(
    session,
    { type: 'client.complete', operation: event.sequence, outcome: 'fail', output: null },
    clockUs,
  );
}

/** Gives up. The next operation goes to another node: whoever it is knows who leads. */
function giveUp({ volatile }: ClientContext, _event: TimerEvent, { clockUs }: Environment): ClientStep {
  const { nodes, routing } = volatile.input.config;
  const address = addressOf(volatile);
  const next = nodes[(nodes.indexOf(address) + 1) % nodes.length]!;
  const { f } = volatile.input.script[volatile.sequence - 1]!;
  const toLeader = f === 'write' || routing === 'leader';
  const session = toLeader
    ? after(volatile, { leader: next })
    : after(volatile, routing === 'sticky' ? { sticky: next } : {});
  return finish(
    session,
    { type: 'client.complete', operation: volatile.sequence, outcome: 'info', output: null },
    clockUs,
  );
}

/** Refused: learns who leads, if the node knew, and tries again in a while. */
function waitToRetry({ volatile }: ClientContext, event: Sent.NotLeader): ClientStep {
  const { config } = volatile.input;
  const effects = [timer('retry', config.retryEveryUs)];
  if (event.epoch < volatile.epoch) return { effects };
  const nextNode = config.nodes[(config.nodes.indexOf(volatile.leader) + 1) % config.nodes.length]!;
  return { context: kept(after(volatile, { epoch: event.epoch, leader: event.leader ?? nextNode })), effects };
}

function retry({ volatile }: ClientContext): ClientStep {
  return { effects: [request(volatile)] };
}

function learnLeader({ volatile }: ClientContext, event: Sent.NewLeader): ClientStep {
  return { context: kept(after(volatile, { epoch: event.epoch, leader: event.leader })) };
}

type Answer = Extract<ClientEvent, { readonly sequence: number }>;

export const clientMachine = setup({
  types: { context: {} as ClientContext, events: {} as ClientEvent, input: {} as ClientInput },
  actions: {
    start: on(start),
    invoke: on(invoke),
    completeRead: on(completeRead),
    completeWrite: on(completeWrite),
    fail: on(fail),
    giveUp: on(giveUp),
    waitToRetry: on(waitToRetry),
    retry: on(retry),
    learnLeader: on(learnLeader),
  },
  guards: {
    isCurrent: guard<ClientContext, ClientEvent>((({ volatile }, event: Answer) => {
      return event.sequence === volatile.sequence;
    }) as Test<ClientContext, ClientEvent>),
    isNews: guard<ClientContext, ClientEvent>((({ volatile }, event: Sent.NewLeader) => {
      return event.epoch >= volatile.epoch;
    }) as Test<ClientContext, ClientEvent>),
  },
}).createMachine({
  id: 'client',
  context: ({ input }) => ({
    durable: null,
    volatile: {
      input,
      sequence: 0,
      startedAtUs: 0,
      epoch: 1,
      leader: input.config.nodes[0]!,
      sticky: null,
      token: null,
    },
  }),
  initial: 'idle',
  on: { NewLeader: { guard: 'isNews', actions: 'learnLeader' } },
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
        TokenLost: { guard: 'isCurrent', target: 'idle', actions: 'fail' },
        NotLeader: { guard: 'isCurrent', actions: 'waitToRetry' },
        'timer.retry': { actions: 'retry' },
        'timer.request': { target: 'idle', actions: 'giveUp' },
      },
    },
  },
});

export const clientChart = defineChart(clientMachine);
