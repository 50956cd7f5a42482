import type { Effect, Environment, Message } from '../../../kernel/behavior.ts';
import type { Draft } from '../../../kernel/copies.ts';
import { send } from '../effects.ts';
import type { Machine, Settings } from '../messages.ts';
import { quorumSize } from '../quorum.ts';
import { lastSlot } from '../slots.ts';
import { EMPTY_MACHINE } from '../store.ts';
import type { HistorySnapshot, Transaction, Vote, Zxid } from './messages.ts';

/** What a server keeps on disk (DSN 2011): f.p, f.a and the history. */
export type Durable = {
  /** The last epoch that it agreed to in phase 1. */
  readonly acceptedEpoch: number;
  /** The last epoch whose leader's history it took over in phase 2. */
  readonly currentEpoch: number;
  readonly snapshot: HistorySnapshot;
  readonly log: readonly Transaction[];
};

/** What a leader knows of one server, itself included. */
export type Follower = {
  readonly server: string;
  /** What it said in phase 1; -1 before. */
  readonly acceptedEpoch: number;
  /** It agreed to the new epoch. */
  readonly agreed: boolean;
  /** The leader's history was sent to it; null: not yet. Where its own ended before. */
  readonly last: Zxid | null;
  /** It has that history on disk, and proposals of this epoch up to `counter`. */
  readonly synced: boolean;
  readonly counter: number;
  /** The latest ping that it answered, and when it was heard; by the leader's clock. */
  readonly round: number;
  readonly heardUs: number;
};

/** A read that a server was asked for. At a leader it waits for the round of pings, at a follower for the leader's word; then for `counter` to be delivered. */
export type PendingRead = {
  readonly client: string;
  readonly sequence: number;
  readonly key: string;
  /** The follower that asks for it; '': the client asked the leader. */
  readonly via: string;
  readonly round: number;
  readonly counter: number;
};

/** What only a leader has, a prospective one included. */
export type Office = {
  /** 0 until a quorum has said what it agreed to before. */
  readonly epoch: number;
  readonly followers: readonly Follower[];
  /** The last proposal of this epoch. */
  readonly counter: number;
  readonly round: number;
};

/** What a crash takes from a server. */
export type Volatile = {
  readonly settings: Settings;
  /** Everything up to here is delivered: applied to `machine`. */
  readonly commit: number;
  readonly machine: Machine;
  /** How much of the history the disk is known to have. */
  readonly syncedIndex: number;
  readonly flushed: Durable | null;
  /** Leader election: the round, whom this server wants, and whom the others want; followers that came before it knew that it leads. */
  readonly round: number;
  readonly vote: Vote;
  readonly votes: readonly { readonly server: string; readonly leader: string }[];
  readonly early: readonly { readonly server: string; readonly acceptedEpoch: number }[];
  /** Whom this server follows, or itself; ''. */
  readonly leader: string;
  /** Where the history ended with which the current epoch began: its first proposal stands right after. -1: not known, for want of a leader's history. */
  readonly base: number;
  /** The last proposal of this epoch that is known to be committed; -1: not even the history before. */
  readonly committed: number;
  /** The last proposal that the leader had made at the ping before. */
  readonly expected: number;
  readonly reads: readonly PendingRead[];
  readonly office: Office | null;
};

export type ZabContext = { readonly durable: Durable; readonly volatile: Volatile };
export type ZabStep = { readonly context?: ZabContext; readonly effects?: readonly Effect[] };
export type ZabInput = { readonly settings: Settings; readonly server: string };

/** What is answered, and what becomes known, once the disk has a state. */
export type ZabToken = {
  readonly to: string;
  readonly reply: Message | null;
  /** The leader's own part in a phase. */
  readonly own: 'nothing' | 'epoch' | 'history';
  readonly epoch: number;
  readonly currentEpoch: number;
  readonly index: number;
};

/** What a handler has at hand while it adds effects. */
export interface Doing {
  readonly environment: Environment;
  readonly effects: Effect[];
}

const NOBODY: readonly never[] = [];

/** A server before it starts. */
export function initialZab({ settings, server }: ZabInput): ZabContext {
  const snapshot: HistorySnapshot = { index: 0, term: 0, counter: 0, machine: EMPTY_MACHINE };
  return awakeZab({ acceptedEpoch: 0, currentEpoch: 0, snapshot, log: [] }, settings, server);
}

/** A server that knows what its disk holds and nothing else: nothing after the snapshot is known to be committed. */
export function awakeZab(durable: Durable, settings: Settings, server: string): ZabContext {
  const volatile: Volatile = {
    settings,
    commit: durable.snapshot.index,
    machine: durable.snapshot.machine,
    syncedIndex: lastSlot(durable),
    flushed: durable,
    round: 0,
    vote: ownVote(durable, server),
    votes: NOBODY,
    early: NOBODY,
    leader: '',
    base: -1,
    committed: -1,
    expected: 0,
    reads: NOBODY,
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
    syncedIndex: before.syncedIndex,
    flushed: before.flushed,
    round: before.round,
    vote: before.vote,
    votes: before.votes,
    early: before.early,
    leader: before.leader,
    base: before.base,
    committed: before.committed,
    expected: before.expected,
    reads: before.reads,
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
    epoch: before.epoch,
    followers: before.followers,
    counter: before.counter,
    round: before.round,
  };
}

/** The same server with some of its office changed. */
export function inOffice({ durable, volatile }: ZabContext, change: Partial<Office>): ZabContext {
  const next = draftOf(volatile);
  next.office = Object.assign(officeDraft(volatile.office!), change);
  return { durable, volatile: next };
}

/** The same leader with another knowledge of one server; unchanged for a server outside the group. */
export function withFollower(context: ZabContext, server: string, change: Partial<Follower>): ZabContext {
  const { followers } = context.volatile.office!;
  const at = followers.findIndex((one) => one.server === server);
  if (at < 0) return context;
  const { acceptedEpoch, agreed, last, synced, counter, round, heardUs } = followers[at]!;
  const next = followers.slice();
  next[at] = Object.assign({ server, acceptedEpoch, agreed, last, synced, counter, round, heardUs }, change);
  return inOffice(context, { followers: next });
}

/** The last transaction of a history. */
export function lastZxid({ snapshot, log }: Durable): Zxid {
  const last = log[log.length - 1] ?? snapshot;
  return { epoch: last.term, counter: last.counter };
}

/** The order of transactions: by epoch, then by counter. Positive: the first is later. */
export function compareZxid(one: Zxid, other: Zxid): number {
  return one.epoch === other.epoch ? one.counter - other.counter : one.epoch - other.epoch;
}

/** A server's vote for itself. */
export function ownVote(durable: Durable, server: string): Vote {
  return { leader: server, epoch: durable.currentEpoch, last: lastZxid(durable) };
}

/** Whether so many of the group are a quorum. */
export function isQuorum(count: number, { servers, quorum }: Settings): boolean {
  return count >= quorumSize(servers.length, quorum);
}

/** What to do when a state is on disk. */
interface Afterwards {
  readonly to?: string;
  readonly reply?: Message;
  readonly own?: ZabToken['own'];
}

/**
 * Writes the durable state to disk, then answers. Without fsync the answer goes out at once, and the disk gets the state with the next flush: what a crash
 * in between takes has been promised.
 */
export function sync(context: ZabContext, effects: Effect[], afterwards: Afterwards = {}): ZabContext {
  const { durable, volatile } = context;
  const { to = '', reply = null, own = 'nothing' } = afterwards;
  const index = lastSlot(durable);
  if (!volatile.settings.fsync) {
    if (reply !== null) effects.push(send(to, reply));
    return { durable, volatile: recalling(volatile, { syncedIndex: index }) };
  }
  const { acceptedEpoch: epoch, currentEpoch } = durable;
  const token: ZabToken = { to, reply, own, epoch, currentEpoch, index };
  effects.push({ type: 'disk.persist', token });
  return context;
}

/** The disk has the state of a token. A history that another leader has cut since does not count. */
export function synced({ durable, volatile }: ZabContext, { currentEpoch, index }: ZabToken): ZabContext {
  const isKept = currentEpoch === durable.currentEpoch && index > volatile.syncedIndex;
  return { durable, volatile: isKept ? recalling(volatile, { syncedIndex: index }) : volatile };
}
