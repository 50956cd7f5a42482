import { setup } from 'xstate';
import type { Effect, Environment, Message } from '../../kernel/behavior.ts';
import { type Draft, withEntry } from '../../kernel/copies.ts';
import type { Value } from '../../kernel/value.ts';
import { defineChart } from '../../statechart/chart.ts';
import { guard, wiring } from '../../statechart/handler.ts';
import type * as Sent from './messages.ts';
import type { ScriptedOperation } from './workload.ts';

/**
 * A client works through a script, one operation at a time, in a session: every operation has the next number, and a repeated request keeps it, so that the
 * servers carry it out once (dissertation, section 6.3). It asks the server that answered last, goes where it is sent, and turns to the next server when nobody
 * answers for `retryAfter`. After `requestTimeout` it gives up: the outcome is unknown (`info`), since the entry may be in a log somewhere. It
 * then goes on with the next operation, and servers drop the old one if it turns up later.
 *
 * The operator is a client too. What it asks for is no operation on the store, so it leaves nothing in the history.
 */

export type ClientInput = {
  readonly servers: readonly string[];
  /** The server asked first of all. */
  readonly first: string;
  /** Reads go to `first` whoever leads, because any server answers them. */
  readonly readsAtFirst: boolean;
  readonly requestTimeoutUs: number;
  readonly retryAfterUs: number;
  readonly script: readonly ScriptedOperation[];
};

export type Session = {
  readonly input: ClientInput;
  /** How many operations have begun: the number of the latest. */
  readonly sequence: number;
  readonly startedAtUs: number;
  /** Whom the latest request went to, and how often it was sent on since the client last waited. */
  readonly asked: string;
  readonly hops: number;
  readonly request: Message | null;
  /** What the client last saw of each key, for compare-and-set. */
  readonly seen: Readonly<Record<string, Value>>;
};

export type ClientContext = { readonly durable: null; readonly volatile: Session };
type ClientStep = { readonly context?: ClientContext; readonly effects?: readonly Effect[] };
type TimerEvent = { readonly type: 'timer.next' | 'timer.request' | 'timer.attempt' | 'timer.again' };
export type ClientEvent =
  | Sent.ReadReply
  | Sent.WriteReply
  | Sent.ChangeReply
  | Sent.Redirect
  | Sent.ProcessStarted
  | Sent.ProcessRestarted
  | Sent.ProcessCrashed
  | TimerEvent;

/** A request that is sent on more often than this waits a moment: two servers may each take the other for the leader. */
const HOPS_MAX = 2;

const { on } = wiring<ClientContext, ClientEvent>();

/** A copy that its maker may still change. */
function draftOf(before: Session): Draft<Session> {
  return {
    input: before.input,
    sequence: before.sequence,
    startedAtUs: before.startedAtUs,
    asked: before.asked,
    hops: before.hops,
    request: before.request,
    seen: before.seen,
  };
}

function after(before: Session, change: Partial<Session>): ClientContext {
  return { durable: null, volatile: Object.assign(draftOf(before), change) };
}

const NOTHING: readonly Effect[] = [];

/** The timer for the next operation; nothing when the script is done. */
function nextTimer(session: Session, clockUs: number): readonly Effect[] {
  const operation = session.input.script[session.sequence];
  if (operation === undefined) return NOTHING;
  const delayUs = Math.max(operation.waitUs, session.startedAtUs + operation.atUs - clockUs);
  return [{ type: 'timer.set', name: 'next', delayUs }];
}

function start({ volatile }: ClientContext, _event: Sent.ProcessStarted, { clockUs }: Environment): ClientStep {
  const context = after(volatile, { startedAtUs: clockUs });
  return { context, effects: nextTimer(context.volatile, clockUs) };
}

const current = ({ input, sequence }: Session): ScriptedOperation => input.script[sequence - 1]!;

function requestOf(operation: ScriptedOperation, sequence: number, seen: Session['seen']): Message {
  const { f, key, value } = operation;
  switch (f) {
    case 'read':
      return { type: 'Read', sequence, key };
    case 'write':
      return { type: 'Write', sequence, key, value };
    case 'cas':
      return { type: 'Cas', sequence, key, from: expected(operation, seen), to: value };
    case 'change':
      return { type: 'ChangeMembers', sequence, voters: operation.voters, learners: operation.learners };
    default:
      return { type: 'Transfer', sequence, target: operation.target };
  }
}

const expected = ({ from, key }: ScriptedOperation, seen: Session['seen']): Value =>
  from === undefined ? (seen[key] ?? null) : from;

/** Undefined for what the operator asks for, which leaves nothing in the history. */
function invokeEffect(operation: ScriptedOperation, sequence: number, seen: Session['seen']): Effect | undefined {
  const { f, key, value } = operation;
  if (f === 'change' || f === 'transfer') return undefined;
  const input = f === 'read' ? null : f === 'write' ? value : [expected(operation, seen), value];
  return { type: 'client.invoke', operation: sequence, f, key, input };
}

function invoke({ volatile }: ClientContext): ClientStep {
  const { input, seen } = volatile;
  const operation = input.script[volatile.sequence]!;
  const sequence = volatile.sequence + 1;
  const request = requestOf(operation, sequence, seen);
  const usual = operation.f === 'read' && input.readsAtFirst ? input.first : volatile.asked;
  const asked = operation.via === '' ? usual : operation.via;
  const begun = invokeEffect(operation, sequence, seen);
  const timeout: Effect = { type: 'timer.set', name: 'request', delayUs: input.requestTimeoutUs };
  const [sent, patience] = ask(volatile, request, asked);
  const next = draftOf(volatile);
  next.sequence = sequence;
  next.request = request;
  next.asked = asked;
  next.hops = 0;
  return {
    context: { durable: null, volatile: next },
    // Written out: a list made by spreading has room for sixteen more.
    effects: begun === undefined ? [timeout, sent, patience] : [begun, timeout, sent, patience],
  };
}

function ask({ input }: Session, request: Message, to: string): readonly [Effect, Effect] {
  return [
    { type: 'send', to, message: request },
    { type: 'timer.set', name: 'attempt', delayUs: input.retryAfterUs },
  ];
}

function nextServer({ input, asked }: Session): string {
  return input.servers[(input.servers.indexOf(asked) + 1) % input.servers.length]!;
}

/** Nobody answered, or nobody knew better: the same request to the next server. */
function askNext({ volatile }: ClientContext): ClientStep {
  const asked = nextServer(volatile);
  return { context: after(volatile, { asked, hops: 0 }), effects: ask(volatile, volatile.request!, asked) };
}

function followRedirect({ volatile }: ClientContext, { leader }: Sent.Redirect): ClientStep {
  const context = after(volatile, { asked: leader, hops: volatile.hops + 1 });
  return { context, effects: ask(volatile, volatile.request!, leader) };
}

/** No leader, or none that can be trusted to be one: a moment's patience. */
function waitMoment({ volatile }: ClientContext): ClientStep {
  const { retryAfterUs } = volatile.input;
  const delayUs = [Math.ceil(retryAfterUs / 8), Math.ceil(retryAfterUs / 4)] as const;
  return {
    effects: [
      { type: 'timer.cancel', name: 'attempt' },
      { type: 'timer.set', name: 'again', delayUs },
    ],
  };
}

const STOP: readonly [Effect, Effect, Effect] = [
  { type: 'timer.cancel', name: 'request' },
  { type: 'timer.cancel', name: 'attempt' },
  { type: 'timer.cancel', name: 'again' },
];

/** What a history entry says of its version: the write that made it, and its place in the log. */
export type OperationVersion = { readonly write: string; readonly index: number };

function versionOf({ write, index }: Sent.Result): OperationVersion | null {
  return write === '' ? null : { write, index };
}

function complete(
  { volatile }: ClientContext,
  { sequence, result }: Sent.ReadReply | Sent.WriteReply,
  { clockUs }: Environment,
): ClientStep {
  const { f, key } = current(volatile);
  const after = draftOf(volatile);
  after.seen = withEntry(volatile.seen, key, result.value);
  const effect: Effect = {
    type: 'client.complete',
    operation: sequence,
    outcome: result.ok ? 'ok' : 'fail',
    output: f === 'read' ? result.value : null,
    version: versionOf(result),
  };
  const [next] = nextTimer(volatile, clockUs);
  const [request, attempt, again] = STOP;
  return {
    context: { durable: null, volatile: after },
    effects: next === undefined ? [request, attempt, again, effect] : [request, attempt, again, effect, next],
  };
}

function goOn({ volatile }: ClientContext, _event: unknown, { clockUs }: Environment): ClientStep {
  return { effects: [...STOP, ...nextTimer(volatile, clockUs)] };
}

function giveUp({ volatile }: ClientContext, _event: TimerEvent, { clockUs }: Environment): ClientStep {
  const { sequence } = volatile;
  const { f } = current(volatile);
  const isData = f !== 'change' && f !== 'transfer';
  const outcome: readonly Effect[] = isData
    ? [{ type: 'client.complete', operation: sequence, outcome: 'info', output: null }]
    : [];
  return {
    context: after(volatile, { asked: nextServer(volatile) }),
    effects: [...STOP, ...outcome, ...nextTimer(volatile, clockUs)],
  };
}

const isCurrent = (session: Session, event: ClientEvent): boolean =>
  (event as Sent.Redirect).sequence === session.sequence;

export const clientMachine = setup({
  types: { context: {} as ClientContext, events: {} as ClientEvent, input: {} as ClientInput },
  actions: {
    start: on(start),
    invoke: on(invoke),
    askNext: on(askNext),
    followRedirect: on(followRedirect),
    waitMoment: on(waitMoment),
    complete: on(complete),
    goOn: on(goOn),
    giveUp: on(giveUp),
  },
  guards: {
    isCurrent: guard<ClientContext, ClientEvent>(({ volatile }, event) => isCurrent(volatile, event)),
    namesLeader: guard<ClientContext, ClientEvent>(({ volatile }, event) => {
      return isCurrent(volatile, event) && (event as Sent.Redirect).leader !== '' && volatile.hops < HOPS_MAX;
    }),
  },
}).createMachine({
  id: 'client',
  context: ({ input }) => ({
    durable: null,
    volatile: { input, sequence: 0, startedAtUs: 0, asked: input.first, hops: 0, request: null, seen: {} },
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
        ReadReply: { guard: 'isCurrent', target: 'idle', actions: 'complete' },
        WriteReply: { guard: 'isCurrent', target: 'idle', actions: 'complete' },
        ChangeReply: { guard: 'isCurrent', target: 'idle', actions: 'goOn' },
        Redirect: [
          { guard: 'namesLeader', actions: 'followRedirect' },
          { guard: 'isCurrent', actions: 'waitMoment' },
        ],
        'timer.attempt': { actions: 'askNext' },
        'timer.again': { actions: 'askNext' },
        'timer.request': { target: 'idle', actions: 'giveUp' },
      },
    },
  },
});

export const clientChart = defineChart(clientMachine);
