import type { Effect, Message } from '../../kernel/behavior.ts';
import { type Draft, withEntry } from '../../kernel/copies.ts';
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

/** A copy that its maker may still change. */
function draftOf(before: Volatile): Draft<Volatile> {
  return {
    config: before.config,
    synced: before.synced,
    writing: before.writing,
    peers: before.peers,
    waiting: before.waiting,
    silent: before.silent,
    tickUs: before.tickUs,
    unanswered: before.unanswered,
    life: before.life,
  };
}

/** A region's memory with some of it changed. */
export function remembering(before: Volatile, change: Partial<Volatile>): Volatile {
  return Object.assign(draftOf(before), change);
}

/** A copy that its maker may still change. */
function durableDraft(before: Durable): Draft<Durable> {
  return {
    store: before.store,
    vector: before.vector,
    outbox: before.outbox,
    floor: before.floor,
    sessions: before.sessions,
    clock: before.clock,
  };
}

/** A durable state with some of it changed. */
export function holding(before: Durable, change: Partial<Durable>): Durable {
  return Object.assign(durableDraft(before), change);
}

/** What is known of another region, with some of it changed. */
export function knowing({ peers }: Volatile, name: string, change: Partial<Peer>): Volatile['peers'] {
  const { known, sent, sentUs, waitingUs, life } = peers[name] ?? STRANGER;
  return withEntry(peers, name, Object.assign({ known, sent, sentUs, waitingUs, life }, change));
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
