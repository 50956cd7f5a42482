import type { Effect, Environment, ProcessEvent } from '../../../kernel/behavior.ts';
import type { ClientInput } from '../client.ts';
import type * as Sent from '../messages.ts';
import { send } from '../store.ts';
import { type Cell, HYBRID_ZERO, NO_CLOCKS } from '../versions.ts';
import { checkConfig, NOTHING_DURABLE, type Program, programBehavior, unexpected } from './program.ts';

interface Client extends Program {
  readonly input: ClientInput;
  sequence: number;
  startedAtUs: number;
}

/** The client of `../client.ts` as a plain program. */
export const client = programBehavior<ClientInput, Client>('client', begin, react);

function begin(input: ClientInput): Client {
  checkConfig(input.config, input.coordinatorAt);
  return { context: NOTHING_DURABLE, state: 'idle', done: false, input, sequence: 0, startedAtUs: 0 };
}

function react(own: Client, event: ProcessEvent, { clockUs }: Environment, effects: Effect[]): void {
  switch (event.type) {
    case 'process.started':
      own.startedAtUs = clockUs;
      setNext(own, clockUs, effects);
      break;
    case 'timer.next':
      invoke(own, effects);
      break;
    case 'ReadReply': {
      const { sequence, cells } = event as Sent.ReadReply;
      if (own.state !== 'waiting' || sequence !== own.sequence) break;
      const cell = cells[0];
      complete(own, cell, cell === undefined ? null : cell.value, effects);
      setNext(own, clockUs, effects);
      break;
    }
    case 'WriteReply': {
      const { sequence, cell } = event as Sent.WriteReply;
      if (own.state !== 'waiting' || sequence !== own.sequence) break;
      complete(own, cell, null, effects);
      setNext(own, clockUs, effects);
      break;
    }
    case 'timer.request':
      own.state = 'idle';
      effects.push({ type: 'client.complete', operation: own.sequence, outcome: 'info', output: null });
      setNext(own, clockUs, effects);
      break;
    default:
      unexpected('client', own.state, event);
  }
}

function invoke(own: Client, effects: Effect[]): void {
  const { config, script } = own.input;
  const { f, key, value, via } = script[own.sequence]!;
  own.sequence++;
  own.state = 'waiting';
  const { sequence } = own;
  effects.push({ type: 'client.invoke', operation: sequence, f, key, input: f === 'write' ? value : null });
  effects.push({ type: 'timer.set', name: 'request', delayUs: config.requestTimeoutUs });
  const seen = HYBRID_ZERO;
  if (f === 'read') effects.push(send(via, { type: 'Read', sequence, key, seen }));
  else {
    const type = f === 'delete' ? 'Delete' : 'Write';
    effects.push(send(via, { type, sequence, key, value, seen, context: NO_CLOCKS }));
  }
}

function complete(own: Client, cell: Cell | undefined, output: Cell['value'], effects: Effect[]): void {
  const version = cell === undefined ? null : { write: cell.write, version: cell.version };
  own.state = 'idle';
  effects.push({ type: 'timer.cancel', name: 'request' });
  effects.push({ type: 'client.complete', operation: own.sequence, outcome: 'ok', output, version });
}

function setNext(own: Client, clockUs: number, effects: Effect[]): void {
  const operation = own.input.script[own.sequence];
  if (operation === undefined) return;
  const delayUs = Math.max(operation.waitUs, own.startedAtUs + operation.atUs - clockUs);
  effects.push({ type: 'timer.set', name: 'next', delayUs });
}
