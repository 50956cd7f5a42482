import type { Effect, Environment, Message } from '../../../kernel/behavior.ts';
import type { Draft } from '../../../kernel/copies.ts';
import { send } from '../effects.ts';
import type { Entry, Machine, Settings, StoreSnapshot } from '../messages.ts';
import { quorumSize } from '../quorum.ts';
import type { Asked } from '../requests.ts';
import { EMPTY_MACHINE } from '../store.ts';

/** What a server keeps on disk: as an acceptor its promise and what it accepted, slot by slot; as a learner the chosen prefix as a snapshot. */
export type Durable = {
  /** The highest ballot that this acceptor has promised. A proposer promises its own ballot before it asks for it, so it never uses one twice. */
  readonly promised: number;
  readonly snapshot: StoreSnapshot;
  readonly log: readonly (Entry | null)[];
};

/** What a leader has proposed for one slot. */
export type Proposal = {
  readonly entry: Entry;
  readonly accepted: readonly string[];
  readonly chosen: boolean;
  readonly sentUs: number;
};

/** What a leader knows of another server: the latest heartbeat that it answered, and when it was heard; by the leader's clock. */
export type Peer = { readonly server: string; readonly round: number; readonly heardUs: number };

/** A read that waits until the leader knows that it still leads, and has applied `index`. */
export type PendingRead = {
  readonly client: string;
  readonly sequence: number;
  readonly key: string;
  readonly index: number;
  readonly round: number;
};

/** What only a proposer with a ballot of its own has. */
export type Office = {
  readonly ballot: number;
  /** Phase 1: who has promised; of what they had accepted, the proposal of the highest ballot for each slot; and the longest snapshot. */
  readonly promised: readonly string[];
  readonly found: readonly Entry[];
  readonly snapshot: StoreSnapshot | null;
  /** Phase 2: the next free slot, and the last one that phase 1 found something for. */
  readonly next: number;
  readonly barrier: number;
  /** Slots from the first that is not applied to the last that is proposed. */
  readonly proposals: readonly Proposal[];
  /** Commands that wait for room in the window. */
  readonly waiting: readonly Asked[];
  readonly peers: readonly Peer[];
  readonly round: number;
  readonly reads: readonly PendingRead[];
};

/** What a crash takes from a server. */
export type Volatile = {
  readonly settings: Settings;
  /** Every slot up to here is chosen and applied to `machine`. */
  readonly commit: number;
  readonly machine: Machine;
  /** The promise that the disk is known to have. */
  readonly syncedBallot: number;
  /** Without fsync: the durable state that was last handed to the disk. */
  readonly flushed: Durable | null;
  /** Who leads, as far as known; ''. When it was last heard, by the own clock. */
  readonly leader: string;
  readonly heardUs: number;
  /** The highest ballot that anybody has spoken of. */
  readonly seen: number;
  readonly office: Office | null;
};

export type PaxosContext = { readonly durable: Durable; readonly volatile: Volatile };
export type PaxosStep = { readonly context?: PaxosContext; readonly effects?: readonly Effect[] };
export type PaxosInput = { readonly settings: Settings; readonly server: string };

/** What is answered, and what becomes known, once the disk has a state. */
export type PaxosToken = {
  readonly to: string;
  readonly reply: Message | null;
  /** A proposer's own promise: now it may ask the others. */
  readonly opens: boolean;
  readonly ballot: number;
};

/** What a handler has at hand while it adds effects. */
export interface Doing {
  readonly environment: Environment;
  readonly effects: Effect[];
}

/** Nobody has been heard: earlier than every clock, with room for any shift of it. */
const NEVER_US = -1_000_000_000_000;

/** A server before it starts. */
export function initialPaxos({ settings }: PaxosInput): PaxosContext {
  return awakePaxos({ promised: 0, snapshot: { index: 0, term: 0, machine: EMPTY_MACHINE }, log: [] }, settings);
}

/** A server that knows what its disk holds and nothing else: nothing after the snapshot is known to be chosen. */
export function awakePaxos(durable: Durable, settings: Settings): PaxosContext {
  const volatile: Volatile = {
    settings,
    commit: durable.snapshot.index,
    machine: durable.snapshot.machine,
    syncedBallot: durable.promised,
    flushed: durable,
    leader: '',
    heardUs: NEVER_US,
    seen: durable.promised,
    office: null,
  };
  return { durable, volatile };
}

/** A copy that its maker may still change. */
function draftOf(before: Volatile): Draft<Volatile> {
  return {
    settings: before.settings,
    commit: before.commit,
    machine: before.machine,
    syncedBallot: before.syncedBallot,
    flushed: before.flushed,
    leader: before.leader,
    heardUs: before.heardUs,
    seen: before.seen,
    office: before.office,
  };
}

/** A server's memory with some of it changed. */
export function recalling(before: Volatile, change: Partial<Volatile>): Volatile {
  return Object.assign(draftOf(before), change);
}

/** A copy that its maker may still change. */
function officeDraft(before: Office): Draft<Office> {
  return {
    ballot: before.ballot,
    promised: before.promised,
    found: before.found,
    snapshot: before.snapshot,
    next: before.next,
    barrier: before.barrier,
    proposals: before.proposals,
    waiting: before.waiting,
    peers: before.peers,
    round: before.round,
    reads: before.reads,
  };
}

/** The same server with some of its office changed. */
export function inOffice({ durable, volatile }: PaxosContext, change: Partial<Office>): PaxosContext {
  const next = draftOf(volatile);
  next.office = Object.assign(officeDraft(volatile.office!), change);
  return { durable, volatile: next };
}

/** Whose ballot it is: every server has numbers of its own (Paxos Made Simple, section 2.5), those that leave its place as a remainder. */
export function ownerOf(ballot: number, { servers }: Settings): string {
  return servers[(ballot - 1) % servers.length]!;
}

/** The smallest ballot of a server above a number. */
export function nextBallot(above: number, server: string, { servers }: Settings): number {
  const place = servers.indexOf(server) + 1;
  return place + Math.max(0, Math.floor((above - place) / servers.length) + 1) * servers.length;
}

/** What to do when a state is on disk. */
interface Afterwards {
  readonly to?: string;
  readonly reply?: Message;
  readonly opens?: boolean;
}

/**
 * Writes the durable state to disk, then answers. Without fsync the answer goes out at once, and the disk gets the state with the next flush: what a crash
 * in between takes has been promised.
 */
export function sync(context: PaxosContext, effects: Effect[], afterwards: Afterwards = {}): PaxosContext {
  const { durable, volatile } = context;
  const { to = '', reply = null, opens = false } = afterwards;
  if (!volatile.settings.fsync) {
    if (reply !== null) effects.push(send(to, reply));
    return { durable, volatile: recalling(volatile, { syncedBallot: durable.promised }) };
  }
  const token: PaxosToken = { to, reply, opens, ballot: durable.promised };
  effects.push({ type: 'disk.persist', token });
  return context;
}

/** A refusal: this acceptor has promised a higher ballot. */
export function refuse(
  { durable }: PaxosContext,
  event: { readonly ballot: number },
  { from }: Environment,
): PaxosStep {
  const { promised } = durable;
  return { effects: [send(from, { type: 'Nack', ballot: event.ballot, promised })] };
}

/** Whether an office counts as many servers as decide. */
export function isQuorum(count: number, { servers, quorum }: Settings): boolean {
  return count >= quorumSize(servers.length, quorum);
}
