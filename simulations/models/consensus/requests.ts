import type { Effect, Message } from '../../kernel/behavior.ts';
import type { CasRequest, Command, Entry, Machine, ReadRequest, Result, WriteRequest } from './messages.ts';
import { readCell, sessionOf } from './store.ts';

/** What clients ask of the store. */
export type DataRequest = ReadRequest | WriteRequest | CasRequest;

/** A command with the request that it came from; '' and 0 for a server's own. */
export type Asked = Pick<Entry, 'client' | 'sequence' | 'command'>;

/** What a request does to the state machine. */
export function commandOf(event: DataRequest): Command {
  const { key } = event;
  if (event.type === 'Read') return { kind: 'read', key };
  return event.type === 'Write'
    ? { kind: 'write', key, value: event.value }
    : { kind: 'cas', key, from: event.from, to: event.to };
}

/** The answer to a client's entry. */
export function answerOf({ client, sequence, command }: Entry, result: Result): Effect {
  const type = command.kind === 'read' ? 'ReadReply' : 'WriteReply';
  return { type: 'send', to: client, message: { type, sequence, result } };
}

/** What to do about a request that the client's session has seen: the old answer, or nothing for one that it has given up. Undefined: carry it out. */
export function knownAnswer(machine: Machine, event: DataRequest, client: string): readonly Effect[] | undefined {
  const { sequence } = event;
  const session = sessionOf(machine, client);
  if (session === undefined || session.sequence < sequence) return undefined;
  if (session.sequence > sequence) return [];
  const type = event.type === 'Read' ? 'ReadReply' : 'WriteReply';
  return [{ type: 'send', to: client, message: { type, sequence, result: session.result } }];
}

/** A read answered from a state machine. */
export function readAnswer(
  machine: Machine,
  { client, sequence, key }: { readonly client: string; readonly sequence: number; readonly key: string },
): Effect {
  const message: Message = { type: 'ReadReply', sequence, result: readCell(machine, key) };
  return { type: 'send', to: client, message };
}
