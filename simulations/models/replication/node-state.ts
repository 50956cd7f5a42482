import type { Effect, Message } from '../../kernel/behavior.ts';
import { copied, type Draft } from '../../kernel/copies.ts';
import type { Value } from '../../kernel/value.ts';
import type { Config } from './messages.ts';
import { EMPTY_WAL, type Entry, entryAt, type Position, type Wal } from './wal.ts';

/** What a node is started with. */
export type NodeInput = { readonly config: Config; readonly node: string };

/**
 * What a node means to have on disk. `epoch` is also a promise: nothing of an earlier epoch is accepted any more. `leads`: it was made the
 * leader of that epoch. `leader`: whom it follows; null while it does not know.
 */
export type Durable = {
  readonly epoch: number;
  readonly leads: boolean;
  readonly leader: string | null;
  readonly wal: Wal;
};

/** How far a follower is, as its leader knows it: entries sent, entries acknowledged at the ack point, and those of the last reminder. */
export type Peer = { readonly sent: number; readonly acked: number; readonly reminded: number };

/** Entries up to `lsn` were on the leader's disk at that time, on its clock. */
type FlushMark = { readonly lsn: number; readonly atUs: number };

/** A write that waits for its acknowledgement. */
type PendingWrite = {
  readonly lsn: number;
  readonly client: string;
  readonly sequence: number;
  readonly sinceUs: number;
};

/** A read that waits until the log has been applied as far as its token says. */
export type WaitingRead = {
  readonly client: string;
  readonly sequence: number;
  readonly key: string;
  readonly token: Position;
  readonly sinceUs: number;
};

/** What a crash takes from a node. */
export type Volatile = {
  readonly config: Config;
  /** Counts changes of epoch and rewinds: what was on its way to the disk before one says nothing about the log after it. */
  readonly generation: number;
  /** Entries up to here are on disk. */
  readonly flushed: number;
  /** Entries up to here are in `store`: for a leader what is committed, for a follower what it has flushed and applied. */
  readonly applied: number;
  /** While a follower's apply timer runs: how far it will apply. */
  readonly applying: number;
  /** Key → the newest applied entry. */
  readonly store: Readonly<Record<string, Entry>>;
  readonly waiting: readonly WaitingRead[];
  /** By follower, those that have joined. */
  readonly peers: Readonly<Record<string, Peer>>;
  /** When which entries came to a leader's disk, oldest first, as long as some follower has not been sent them. */
  readonly marks: readonly FlushMark[];
  readonly pending: readonly PendingWrite[];
  /** By client, its latest write in the log: a duplicated request appends nothing. */
  readonly served: Readonly<Record<string, number>>;
  /** On this host's clock. */
  readonly leaseUntilUs: number;
  /** Semi-synchronous replication goes on without its followers. */
  readonly degraded: boolean;
};

export type NodeContext = { readonly durable: Durable; readonly volatile: Volatile };
export type NodeStep = { readonly context?: NodeContext; readonly effects?: readonly Effect[] };

/** What a write to disk was for: `wal` entries, a `rewind`, an `epoch`, or an answer to somebody who waits for it. */
export type PersistToken = {
  readonly generation: number;
  readonly lsn: number;
  readonly for: 'wal' | 'rewind' | 'epoch' | 'position' | 'fence';
  /** position, fence: who asked. */
  readonly to: string | null;
};

/** A copy that its maker may still change. */
function draftOf(before: Volatile): Draft<Volatile> {
  return {
    config: before.config,
    generation: before.generation,
    flushed: before.flushed,
    applied: before.applied,
    applying: before.applying,
    store: before.store,
    waiting: before.waiting,
    peers: before.peers,
    marks: before.marks,
    pending: before.pending,
    served: before.served,
    leaseUntilUs: before.leaseUntilUs,
    degraded: before.degraded,
  };
}

/** A node's memory with some of it changed. */
export function remembering(before: Volatile, change: Partial<Volatile>): Volatile {
  return Object.assign(draftOf(before), change);
}

/** A node at the start: the log is empty, and everybody knows who leads epoch 1. */
export function initialNode({ config, node }: NodeInput): NodeContext {
  const leader = config.nodes[0]!;
  return {
    durable: { epoch: 1, leads: node === leader, leader, wal: EMPTY_WAL },
    volatile: {
      config,
      generation: 0,
      flushed: 0,
      applied: 0,
      applying: 0,
      store: {},
      waiting: [],
      peers: {},
      marks: [],
      pending: [],
      served: {},
      leaseUntilUs: 0,
      degraded: false,
    },
  };
}

export const send = (to: string, message: Message): Effect => ({ type: 'send', to, message });
export const note = (name: string, data: Value): Effect => ({ type: 'note', name, data });
export const timer = (name: string, delayUs: number): Effect => ({ type: 'timer.set', name, delayUs });
export const cancel = (name: string): Effect => ({ type: 'timer.cancel', name });

/** Writes the whole durable half; the token says up to which entry the log is on disk when it is done. */
export function persist(
  { durable, volatile }: NodeContext,
  purpose: PersistToken['for'],
  to: string | null = null,
): Effect {
  const token: PersistToken = { generation: volatile.generation, lsn: durable.wal.length, for: purpose, to };
  return { type: 'disk.persist', token };
}

/** The store with the entries after `from` up to `to`; the same object when there is nothing to do. */
export function applied(store: Volatile['store'], wal: Wal, from: number, to: number): Volatile['store'] {
  if (to <= from) return store;
  const next = copied(store);
  for (let lsn = from + 1; lsn <= to; lsn++) {
    const entry = entryAt(wal, lsn)!;
    if (entry.write !== '') next[entry.key] = entry;
  }
  return next;
}

/** By client, its latest write in a log. */
export function servedIn(wal: Wal): Readonly<Record<string, number>> {
  const served: Record<string, number> = {};
  for (let lsn = 1; lsn <= wal.length; lsn++) {
    const { write } = entryAt(wal, lsn)!;
    if (write === '') continue;
    const client = write.replace(/\d+$/, '');
    served[client] = Math.max(served[client] ?? 0, Number(write.slice(client.length)));
  }
  return served;
}

/** How far a node has applied, as a token says it. */
export function appliedPosition({ durable, volatile }: NodeContext): Position {
  const entry = entryAt(durable.wal, volatile.applied);
  return { epoch: entry?.epoch ?? 0, lsn: volatile.applied };
}
