import { flagKnob, type KnobValues } from '../../models/knob.ts';
import { defineSpec } from '../explore/spec.ts';
import type { Actor, Reaction } from './actors/actor-system.ts';
import type { RegisterValue } from './actors/register-history.ts';
import { type RegisterMessage, registerSystem } from './actors/register-system.ts';
import { registerKnobs } from './register-knobs.ts';

/*
 * Single-decree Paxos as a register that can be written once. A server that a client asks to write becomes the leader of a new ballot. It asks all
 * others to prepare: to promise that they accept nothing from older ballots, and to say what they accepted last. Once a majority has
 * promised, older ballots can no longer decide anything new. If one of them told of an accepted proposal, the leader must propose the one from
 * the newest ballot, since it may have been decided; else it is free to propose its client's. Accepted by a majority, the proposal is decided.
 *
 * The planted mistake is a leader who skips that duty and always proposes its own client's value.
 *
 * A read is answered only where the decision is known. Otherwise it waits: a server that knows of no decision cannot know that there is none.
 *
 * After Lamport, "The Part-Time Parliament" (1998), as modelled in Stateright, examples/paxos.rs.
 */

const knobs = {
  ...registerKnobs({ servers: 3, serversMax: 3 }),
  ignoresPromises: flagKnob({
    label: 'Leaders ignore what was accepted',
    explain: 'A mistake: a leader proposes its own value, whatever the others say they have accepted.',
    group: 'mistake',
    default: false,
  }),
};

/** Ballots are ordered by round, then by their leader. */
interface Ballot {
  readonly round: number;
  readonly leader: number;
}

interface Proposal {
  readonly request: number;
  readonly client: number;
  readonly value: RegisterValue;
}

interface Accepted {
  readonly ballot: Ballot;
  readonly proposal: Proposal;
}

type Message =
  | { readonly type: 'prepare'; readonly ballot: Ballot }
  | { readonly type: 'prepared'; readonly ballot: Ballot; readonly last: Accepted | null }
  | { readonly type: 'accept'; readonly ballot: Ballot; readonly proposal: Proposal }
  | { readonly type: 'accepted'; readonly ballot: Ballot }
  | { readonly type: 'decided'; readonly ballot: Ballot; readonly proposal: Proposal };

interface State {
  readonly ballot: Ballot;
  /** As a leader: what it proposes. */
  readonly proposal: Proposal | null;
  /** As a leader, by server: what it last accepted (null for nothing), and `false` where none has promised yet. */
  readonly promises: readonly (Accepted | null | false)[];
  /** As a leader, by server. */
  readonly acceptances: readonly boolean[];
  readonly accepted: Accepted | null;
  readonly isDecided: boolean;
}

type Reacts = Reaction<State, RegisterMessage<Message>> | undefined;

function compare(a: Ballot, b: Ballot): number {
  return a.round - b.round || a.leader - b.leader;
}

/** The proposal of the newest ballot among the promises; null when none of them had accepted any. */
function newest(promises: State['promises']): Proposal | null {
  const told = promises.filter((promise) => promise !== false && promise !== null);
  if (told.length === 0) return null;
  return told.reduce((best, one) => (compare(one.ballot, best.ballot) > 0 ? one : best)).proposal;
}

/** The server that reacts, how many there are, and whether the mistake is planted. */
interface Self {
  readonly id: number;
  readonly servers: number;
  readonly ignoresPromises: boolean;
}

function majorityOf({ servers }: Self): number {
  return Math.floor(servers / 2) + 1;
}

function toOthers({ id, servers }: Self, message: Message) {
  const others = [...Array(servers).keys()].filter((other) => other !== id);
  return others.map((to) => ({ to, message: { type: 'internal', message } as const }));
}

/** A new ballot for a client's value; the leader is the first to promise. */
function propose(self: Self, state: State, proposal: Proposal): Reacts {
  const ballot = { round: state.ballot.round + 1, leader: self.id };
  const promises: State['promises'] = Array(self.servers).fill(false).with(self.id, state.accepted);
  const acceptances: State['acceptances'] = Array(self.servers).fill(false);
  return {
    state: { ...state, ballot, proposal, promises, acceptances },
    sends: toOthers(self, { type: 'prepare', ballot }),
  };
}

/** A promise to the leader; the one that makes a majority frees it to ask for acceptance. */
function promised(self: Self, state: State, from: number, last: Accepted | null): Reacts {
  const { ballot } = state;
  const promises = state.promises.with(from, last);
  if (promises.filter((promise) => promise !== false).length !== majorityOf(self))
    return { state: { ...state, promises }, sends: [] };
  const proposal = (self.ignoresPromises ? null : newest(promises)) ?? state.proposal!;
  const acceptances = state.acceptances.with(self.id, true);
  return {
    state: { ...state, promises, proposal, accepted: { ballot, proposal }, acceptances },
    sends: toOthers(self, { type: 'accept', ballot, proposal }),
  };
}

/** An acceptance for the leader; the one that makes a majority decides. */
function accepted(self: Self, state: State, from: number): Reacts {
  const acceptances = state.acceptances.with(from, true);
  if (acceptances.filter(Boolean).length !== majorityOf(self)) return { state: { ...state, acceptances }, sends: [] };
  const { ballot, proposal } = state;
  const { request, client } = proposal!;
  return {
    state: { ...state, acceptances, isDecided: true },
    sends: [
      ...toOthers(self, { type: 'decided', ballot, proposal: proposal! }),
      { to: client, message: { type: 'put-ok', request } },
    ],
  };
}

function hear(self: Self, state: State, from: number, message: Message): Reacts {
  const answer = (reply: Message) => [{ to: from, message: { type: 'internal', message: reply } as const }];
  const { ballot } = message;
  const order = compare(ballot, state.ballot);
  switch (message.type) {
    case 'prepare':
      if (order <= 0) return undefined;
      return { state: { ...state, ballot }, sends: answer({ type: 'prepared', ballot, last: state.accepted }) };
    case 'prepared':
      return order === 0 ? promised(self, state, from, message.last) : undefined;
    case 'accept': {
      if (order < 0) return undefined;
      const { proposal } = message;
      return {
        state: { ...state, ballot, accepted: { ballot, proposal } },
        sends: answer({ type: 'accepted', ballot }),
      };
    }
    case 'accepted':
      return order === 0 ? accepted(self, state, from) : undefined;
    case 'decided': {
      const { proposal } = message;
      return { state: { ...state, ballot, accepted: { ballot, proposal }, isDecided: true }, sends: [] };
    }
  }
}

function initial({ servers }: Self): State {
  return {
    ballot: { round: 0, leader: 0 },
    proposal: null,
    promises: Array(servers).fill(false),
    acceptances: Array(servers).fill(false),
    accepted: null,
    isDecided: false,
  };
}

function serverOf(self: Self): Actor<State, RegisterMessage<Message>> {
  return {
    start: () => ({ state: initial(self), sends: [] }),
    receive(state, from, message) {
      if (state.isDecided) {
        if (message.type !== 'get') return undefined;
        const { value } = state.accepted!.proposal;
        return { state, sends: [{ to: from, message: { type: 'get-ok', request: message.request, value } }] };
      }
      if (message.type === 'internal') return hear(self, state, from, message.message);
      if (message.type !== 'put' || state.proposal !== null) return undefined;
      return propose(self, state, { request: message.request, client: from, value: message.value });
    },
  };
}

function disagree(servers: readonly State[]): boolean {
  const decided = servers.filter(({ isDecided }) => isDecided).map(({ accepted }) => accepted!.proposal.value);
  return decided.some((value) => value !== decided[0]);
}

function describeBallot({ round, leader }: Ballot): string {
  return `ballot ${round}.${leader}`;
}

function describeInternal(message: Message): string {
  const ballot = describeBallot(message.ballot);
  switch (message.type) {
    case 'prepare':
    case 'accepted':
      return `${message.type} ${ballot}`;
    case 'prepared':
      return `prepared ${ballot} (last accepted ${message.last?.proposal.value ?? 'nothing'})`;
    case 'accept':
    case 'decided':
      return `${message.type} ${message.proposal.value} in ${ballot}`;
  }
}

export const paxosRegister = defineSpec({
  id: 'paxos-register',
  title: 'Single-decree Paxos with clients',
  summary: 'Servers that never decide two values, however their leaders compete, and clients that could tell.',
  source: 'Lamport, The Part-Time Parliament (1998). Counts: Stateright, examples/paxos.rs.',
  knobs,
  constraints: () => [],
  system: ({ servers, clients, network, ignoresPromises }: KnobValues<typeof knobs>) =>
    registerSystem<State, Message>({
      servers: Array.from({ length: servers }, (_, id) => serverOf({ id, servers, ignoresPromises })),
      clients,
      network,
      properties: [
        {
          kind: 'always',
          id: 'agreement',
          title: 'no two servers have decided different values',
          holds: ({ actors }) => !disagree(actors.slice(0, servers)),
        },
      ],
      describeInternal,
      describeServer: ({ ballot, accepted, isDecided }) =>
        `${describeBallot(ballot)}, ${isDecided ? 'decided' : 'accepted'} ${accepted?.proposal.value ?? 'nothing'}`,
    }),
  expectsViolated: () => [],
});
