import type { SpecProperty, System } from '../../explore/spec.ts';
import { type Actor, type ActorsAction, type ActorsState, actorSystem } from './actor-system.ts';
import type { NetworkKind } from './network.ts';
import {
  emptyHistory,
  invoked,
  isLinearizable,
  type RegisterHistory,
  type RegisterValue,
  returned,
} from './register-history.ts';

/** What clients and servers of a register say to each other; `internal` is between servers. */
export type RegisterMessage<I> =
  | { readonly type: 'put'; readonly request: number; readonly value: RegisterValue }
  | { readonly type: 'get'; readonly request: number }
  | { readonly type: 'put-ok'; readonly request: number }
  | { readonly type: 'get-ok'; readonly request: number; readonly value: RegisterValue }
  | { readonly type: 'internal'; readonly message: I };

export interface RegisterOptions<S, I> {
  readonly servers: readonly Actor<S, RegisterMessage<I>>[];
  readonly clients: number;
  readonly network: NetworkKind;
  /** Beside linearizability and an answered read. */
  readonly properties?: readonly SpecProperty<{ readonly actors: readonly S[] }>[];
  describeInternal(message: I): string;
  describeServer(state: S): string;
}

interface ClientState {
  /** The request whose answer it waits for; null when it is done. */
  readonly awaiting: number | null;
  readonly operations: number;
}

type RegisterState<S, I> = ActorsState<S | ClientState, RegisterMessage<I>, RegisterHistory>;

/**
 * Servers under test, numbered from 0, and clients after them. Each client writes its own letter to one server and, once that is
 * acknowledged, reads from the next. After Stateright, src/actor/register.rs, with one put a client.
 */
export function registerSystem<S, I>(
  options: RegisterOptions<S, I>,
): System<RegisterState<S, I>, ActorsAction<RegisterMessage<I>>> {
  const { servers, clients, network, describeInternal, describeServer } = options;
  const count = servers.length;
  const actors: Actor<S | ClientState, RegisterMessage<I>>[] = [
    ...(servers as readonly Actor<S | ClientState, RegisterMessage<I>>[]),
    ...Array.from({ length: clients }, (_, client) => registerClient<S, I>(client, count)),
  ];
  return actorSystem<S | ClientState, RegisterMessage<I>, RegisterHistory>({
    actors,
    network,
    lossy: false,
    history: {
      initial: emptyHistory(clients),
      sent(history, { from, message }) {
        if (message.type === 'put') return invoked(history, from - count, { f: 'write', value: message.value });
        return message.type === 'get' ? invoked(history, from - count, { f: 'read' }) : history;
      },
      received(history, { to, message }) {
        if (message.type === 'put-ok') return returned(history, to - count, null);
        return message.type === 'get-ok' ? returned(history, to - count, message.value) : history;
      },
    },
    properties: [
      {
        kind: 'always',
        id: 'linearizable',
        title: 'the operations are linearizable',
        holds: ({ history }) => isLinearizable(history),
      },
      {
        kind: 'sometimes',
        id: 'value-chosen',
        title: 'a server answers a read with a value that was written',
        holds: (state) =>
          state.network.some(({ envelope: { message } }) => message.type === 'get-ok' && message.value !== null),
      },
      ...((options.properties ?? []) as readonly SpecProperty<RegisterState<S, I>>[]),
    ],
    nameOf: (actor) => (actor < count ? `server ${actor}` : `client ${letterOf(actor - count)}`),
    describeMessage: (message) => describeMessage(message, describeInternal),
    describeActor: (state, actor) =>
      actor < count ? describeServer(state as S) : describeClient(state as ClientState),
  });
}

/** `A` for the first client, who writes "A". */
function letterOf(client: number): string {
  return String.fromCharCode(65 + client);
}

function registerClient<S, I>(client: number, servers: number): Actor<S | ClientState, RegisterMessage<I>> {
  const id = servers + client;
  return {
    start: () => ({
      state: { awaiting: id, operations: 1 },
      sends: [{ to: id % servers, message: { type: 'put', request: id, value: letterOf(client) } }],
    }),
    receive(before, _from, message) {
      const { awaiting, operations } = before as ClientState;
      if (message.type === 'put-ok' && message.request === awaiting) {
        const request = (operations + 1) * id;
        return {
          state: { awaiting: request, operations: operations + 1 },
          sends: [{ to: (id + operations) % servers, message: { type: 'get', request } }],
        };
      }
      if (message.type === 'get-ok' && message.request === awaiting)
        return { state: { awaiting: null, operations: operations + 1 }, sends: [] };
      return undefined;
    },
  };
}

function describeMessage<I>(message: RegisterMessage<I>, describeInternal: (message: I) => string): string {
  switch (message.type) {
    case 'put':
      return `put ${message.value}`;
    case 'get':
      return 'get';
    case 'put-ok':
      return 'put acknowledged';
    case 'get-ok':
      return `answer ${message.value ?? 'nothing'}`;
    case 'internal':
      return describeInternal(message.message);
  }
}

function describeClient({ awaiting, operations }: ClientState): string {
  if (awaiting === null) return 'done';
  return operations === 1 ? 'writes' : 'reads';
}
