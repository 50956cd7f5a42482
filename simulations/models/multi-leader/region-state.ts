import type { Effect, Message } from '../../kernel/behavior.ts';
import type { Value } from '../../kernel/value.ts';
import { HYBRID_ZERO, type HybridClock } from './hlc.ts';
import type { Config, Entry, Store } from './messages.ts';
import { NO_VECTOR, type Vector } from './vectors.ts';

/** What a region means to have on disk. */
export type Durable = {
  readonly store: Store;
  /** By origin, how many of its entries are in the store. */
  readonly vector: Vector;
  /** Entries to be sent, in the order in which they were applied: its own, and in a ring or star those of others. */
  readonly outbox: readonly Entry[];
  /** Entries up to here are in the outbox no more, or never were. */
  readonly floor: Vector;
  /** By client, the latest operation taken: a duplicated request does nothing. */
  readonly sessions: Readonly<Record<string, number>>;
  readonly clock: HybridClock;
};

/** What a region knows of another. */
export type Peer = {
  /** What the other has on disk, by its own word. */
  readonly known: Vector;
  /** What it will have when all that was sent arrives. */
  readonly sent: Vector;
  readonly sentUs: number;
  /** Since when something is due and nothing was heard; -1: nothing is due. */
  readonly waitingUs: number;
  /** When it last came back, by its own clock; 0: never. What it sent in an earlier life is void. */
  readonly life: number;
};

/** What a crash takes from a region. */
export type Volatile = {
  readonly config: Config;
  /** What the disk holds: reads are answered and entries are sent from it, so no crash can take back either. */
  readonly synced: Durable;
  /** States on their way to the disk, oldest first. */
  readonly writing: readonly Durable[];
  readonly peers: Readonly<Record<string, Peer>>;
  /** Entries that wait for what their writer had seen. */
  readonly waiting: readonly Entry[];
  /** Receivers that have not answered for a while. */
  readonly silent: readonly string[];
  /** When the timer `replicate` is due; 0: not set. */
  readonly tickUs: number;
  /** After a restart: who has not told what it has. */
  readonly unanswered: readonly string[];
  readonly life: number;
};

export type RegionContext = { readonly durable: Durable; readonly volatile: Volatile };
export type RegionStep = { readonly context?: RegionContext; readonly effects?: readonly Effect[] };

const EMPTY: Durable = {
  store: {},
  vector: NO_VECTOR,
  outbox: [],
  floor: NO_VECTOR,
  sessions: {},
  clock: HYBRID_ZERO,
};

const STRANGER: Peer = { known: NO_VECTOR, sent: NO_VECTOR, sentUs: 0, waitingUs: -1, life: 0 };

export function initialRegion(config: Config): RegionContext {
  return {
    durable: EMPTY,
    volatile: {
      config,
      synced: EMPTY,
      writing: [],
      peers: {},
      waiting: [],
      silent: [],
      tickUs: 0,
      unanswered: [],
      life: 0,
    },
  };
}

/** A region's memory with some of it changed. */
export function remembering(before: Volatile, change: Partial<Volatile>): Volatile {
  return {
    config: before.config,
    synced: change.synced ?? before.synced,
    writing: change.writing ?? before.writing,
    peers: change.peers ?? before.peers,
    waiting: change.waiting ?? before.waiting,
    silent: change.silent ?? before.silent,
    tickUs: change.tickUs ?? before.tickUs,
    unanswered: change.unanswered ?? before.unanswered,
    life: change.life ?? before.life,
  };
}

/** A durable state with some of it changed. */
export function holding(before: Durable, change: Partial<Durable>): Durable {
  return {
    store: change.store ?? before.store,
    vector: change.vector ?? before.vector,
    outbox: change.outbox ?? before.outbox,
    floor: change.floor ?? before.floor,
    sessions: change.sessions ?? before.sessions,
    clock: change.clock ?? before.clock,
  };
}

/** What is known of another region, with some of it changed. */
export function knowing({ peers }: Volatile, name: string, change: Partial<Peer>): Volatile['peers'] {
  const before = peers[name] ?? STRANGER;
  const next: Record<string, Peer> = { ...peers };
  next[name] = {
    known: change.known ?? before.known,
    sent: change.sent ?? before.sent,
    sentUs: change.sentUs ?? before.sentUs,
    waitingUs: change.waitingUs ?? before.waitingUs,
    life: change.life ?? before.life,
  };
  return next;
}

export function peerOf({ peers }: Volatile, name: string): Peer {
  return peers[name] ?? STRANGER;
}

/** Whom to tell what once the disk has it; null: nobody. */
export type PersistToken = { readonly to: string; readonly reply: Message } | null;

export const send = (to: string, message: Message): Effect => ({ type: 'send', to, message });
export const note = (name: string, data: Value): Effect => ({ type: 'note', name, data });

/** Begins to write the context's durable half to disk; `effects` gets the effect and becomes the step's. */
export function persist({ durable, volatile }: RegionContext, token: PersistToken, effects: Effect[]): RegionStep {
  effects.push({ type: 'disk.persist', token });
  return {
    context: { durable, volatile: remembering(volatile, { writing: [...volatile.writing, durable] }) },
    effects,
  };
}

/** Sets the timer for the next batches, unless it is due soon enough. */
export function tickSoon(volatile: Volatile, clockUs: number, effects: Effect[]): Volatile {
  const { replicateEveryUs } = volatile.config;
  const dueUs = clockUs + replicateEveryUs;
  if (volatile.tickUs > 0 && volatile.tickUs <= dueUs) return volatile;
  effects.push({ type: 'timer.set', name: 'replicate', delayUs: replicateEveryUs });
  return remembering(volatile, { tickUs: dueUs });
}
