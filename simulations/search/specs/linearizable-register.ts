import type { KnobValues } from '../../models/knob.ts';
import { defineSpec } from '../explore/spec.ts';
import type { Actor, Reaction } from './actors/actor-system.ts';
import type { RegisterValue } from './actors/register-history.ts';
import { type RegisterMessage, registerSystem } from './actors/register-system.ts';
import { registerKnobs } from './register-knobs.ts';

/*
 * A register on several servers that stays linearizable as long as a majority answers. Every operation takes two rounds. First the server that was
 * asked learns the newest version that a majority holds. Then, for a write it makes a newer one, for a read it keeps that one, and it records
 * the version at a majority before it answers. The second round of a read looks superfluous, but without it a read may return a version that only
 * a minority holds, and a later read may miss it again; the quorum model of the lab shows that.
 *
 * After Attiya, Bar-Noy and Dolev, "Sharing Memory Robustly in Message-Passing Systems" (1995), with several writers, and Stateright,
 * examples/linearizable-register.rs.
 */

const knobs = registerKnobs({ servers: 2, serversMax: 3 });

/** Versions are ordered by clock, then by the server that made them. */
interface Version {
  readonly clock: number;
  readonly server: number;
  readonly value: RegisterValue;
}

interface Found {
  readonly type: 'found';
  readonly request: number;
  readonly version: Version;
}

type Message =
  | Found
  | { readonly type: 'query'; readonly request: number }
  | { readonly type: 'record'; readonly request: number; readonly version: Version }
  | { readonly type: 'recorded'; readonly request: number };

interface Asking {
  readonly type: 'asking';
  readonly request: number;
  readonly client: number;
  /** What to write; absent for a read. */
  readonly write?: RegisterValue;
  /** By server; null where none has answered yet. */
  readonly found: readonly (Version | null)[];
}

interface Recording {
  readonly type: 'recording';
  readonly request: number;
  readonly client: number;
  /** What a read answers; absent for a write. */
  readonly read?: RegisterValue;
  readonly recorded: readonly boolean[];
}

interface State {
  readonly version: Version;
  readonly phase: Asking | Recording | null;
}

type Reacts = Reaction<State, RegisterMessage<Message>> | undefined;

function isNewer(a: Version, b: Version): boolean {
  return a.clock > b.clock || (a.clock === b.clock && a.server > b.server);
}

/** The server that reacts, and how many there are. */
interface Self {
  readonly id: number;
  readonly servers: number;
}

function majorityOf({ servers }: Self): number {
  return Math.floor(servers / 2) + 1;
}

function toOthers({ id, servers }: Self, message: Message) {
  const others = [...Array(servers).keys()].filter((other) => other !== id);
  return others.map((to) => ({ to, message: { type: 'internal', message } as const }));
}

/** The first round of an operation; the server's own version is the first answer. */
function ask(self: Self, state: State, asked: Pick<Asking, 'client' | 'request' | 'write'>): Reacts {
  const found = Array(self.servers).fill(null).with(self.id, state.version);
  return {
    state: { ...state, phase: { type: 'asking', ...asked, found } },
    sends: toOthers(self, { type: 'query', request: asked.request }),
  };
}

/** An answer to the first round; the one that makes a majority begins the second. */
function learn(self: Self, state: State, from: number, { request, version }: Found): Reacts {
  const { phase } = state;
  if (phase?.type !== 'asking' || phase.request !== request) return undefined;
  const found = phase.found.with(from, version);
  const answers = found.filter((one) => one !== null);
  if (answers.length !== majorityOf(self)) return { state: { ...state, phase: { ...phase, found } }, sends: [] };
  const newest = answers.reduce((best, one) => (isNewer(one, best) ? one : best));
  const { client, write } = phase;
  const chosen = write === undefined ? newest : { clock: newest.clock + 1, server: self.id, value: write };
  const read = write === undefined ? { read: newest.value } : {};
  const recorded = Array(self.servers).fill(false).with(self.id, true);
  return {
    state: {
      version: isNewer(chosen, state.version) ? chosen : state.version,
      phase: { type: 'recording', request, client, ...read, recorded },
    },
    sends: toOthers(self, { type: 'record', request, version: chosen }),
  };
}

/** An answer to the second round; the one that makes a majority ends the operation. */
function acknowledge(self: Self, state: State, from: number, request: number): Reacts {
  const { phase } = state;
  if (phase?.type !== 'recording' || phase.request !== request || phase.recorded[from]!) return undefined;
  const recorded = phase.recorded.with(from, true);
  if (recorded.filter(Boolean).length !== majorityOf(self))
    return { state: { ...state, phase: { ...phase, recorded } }, sends: [] };
  const message =
    phase.read === undefined
      ? ({ type: 'put-ok', request } as const)
      : ({ type: 'get-ok', request, value: phase.read } as const);
  return { state: { ...state, phase: null }, sends: [{ to: phase.client, message }] };
}

function hear(self: Self, state: State, from: number, message: Message): Reacts {
  const answer = (reply: Message) => [{ to: from, message: { type: 'internal', message: reply } as const }];
  const { request } = message;
  switch (message.type) {
    case 'query':
      return { state, sends: answer({ type: 'found', request, version: state.version }) };
    case 'found':
      return learn(self, state, from, message);
    case 'record':
      return {
        state: isNewer(message.version, state.version) ? { ...state, version: message.version } : state,
        sends: answer({ type: 'recorded', request }),
      };
    case 'recorded':
      return acknowledge(self, state, from, request);
  }
}

function serverOf(self: Self): Actor<State, RegisterMessage<Message>> {
  return {
    start: () => ({ state: { version: { clock: 0, server: self.id, value: null }, phase: null }, sends: [] }),
    receive(state, from, message) {
      if (message.type === 'internal') return hear(self, state, from, message.message);
      if (state.phase !== null) return undefined;
      const { request } = message;
      if (message.type === 'put') return ask(self, state, { request, client: from, write: message.value });
      return message.type === 'get' ? ask(self, state, { request, client: from }) : undefined;
    },
  };
}

function describeVersion({ clock, value }: Version): string {
  return value === null ? 'nothing' : `${value} (version ${clock})`;
}

export const linearizableRegister = defineSpec({
  id: 'linearizable-register',
  title: 'Linearizable register (ABD)',
  summary: 'A replicated register whose reads record what they return at a majority before they return it.',
  source:
    'Attiya, Bar-Noy and Dolev, Sharing Memory Robustly in Message-Passing Systems (1995). Counts: Stateright, examples/linearizable-register.rs.',
  knobs,
  constraints: () => [],
  system: ({ servers, clients, network }: KnobValues<typeof knobs>) =>
    registerSystem<State, Message>({
      servers: Array.from({ length: servers }, (_, id) => serverOf({ id, servers })),
      clients,
      network,
      describeInternal: (message) =>
        message.type === 'found' || message.type === 'record'
          ? `${message.type} ${describeVersion(message.version)}`
          : message.type,
      describeServer: ({ version, phase }) => `${describeVersion(version)}${phase === null ? '' : `, ${phase.type}`}`,
    }),
  expectsViolated: () => [],
});
