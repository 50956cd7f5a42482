import type { Value } from '../../kernel/value.ts';

/** A place in the history of the log: the epoch tells apart two entries that two leaders put at the same LSN. */
export type Position = { readonly epoch: number; readonly lsn: number };

/** One record of the write-ahead log. `write` names the client operation (`a14`); an epoch record has none, and no key. */
export type Entry = {
  readonly lsn: number;
  readonly epoch: number;
  readonly write: string;
  readonly key: string;
  readonly value: Value;
};

/** From this LSN on, until the next one, entries are of that epoch. */
export type EpochStart = { readonly epoch: number; readonly lsn: number };

/**
 * A log, immutable. LSNs count from 1 without gaps. Full chunks are shared between versions of the log, so that an append copies one chunk
 * at most; `epochs` is the timeline history (PostgreSQL) or leader epoch cache (Kafka): rising, one element for each epoch with entries.
 */
export type Wal = {
  readonly chunks: readonly (readonly Entry[])[];
  readonly tail: readonly Entry[];
  readonly length: number;
  readonly epochs: readonly EpochStart[];
};

const CHUNK = 64;

export const EMPTY_WAL: Wal = { chunks: [], tail: [], length: 0, epochs: [] };

/** The entry at an LSN; undefined past the end. */
export function entryAt({ chunks, tail, length }: Wal, lsn: number): Entry | undefined {
  if (lsn < 1 || lsn > length) return undefined;
  const chunk = Math.floor((lsn - 1) / CHUNK);
  return (chunk < chunks.length ? chunks[chunk]! : tail)[(lsn - 1) % CHUNK];
}

/** The entries from one LSN to another, both included. */
export function entriesBetween(wal: Wal, fromLsn: number, toLsn: number): readonly Entry[] {
  const entries: Entry[] = [];
  for (let lsn = fromLsn; lsn <= toLsn; lsn++) entries.push(entryAt(wal, lsn)!);
  return entries;
}

/** The log with one more entry. */
export function append({ chunks, tail, length, epochs }: Wal, entry: Entry): Wal {
  const newest = epochs[epochs.length - 1];
  const grown = newest !== undefined && newest.epoch === entry.epoch;
  const full = tail.length === CHUNK;
  return {
    chunks: full ? [...chunks, tail] : chunks,
    tail: full ? [entry] : [...tail, entry],
    length: length + 1,
    epochs: grown ? epochs : [...epochs, { epoch: entry.epoch, lsn: length + 1 }],
  };
}

/** The log up to and with an LSN, what came after it cut off. */
export function truncate(wal: Wal, lsn: number): Wal {
  if (lsn >= wal.length) return wal;
  const kept = Math.max(0, Math.floor((lsn - 1) / CHUNK));
  const tail = kept < wal.chunks.length ? wal.chunks[kept]! : wal.tail;
  return {
    chunks: wal.chunks.slice(0, kept),
    tail: tail.slice(0, lsn - kept * CHUNK),
    length: lsn,
    epochs: wal.epochs.filter((start) => start.lsn <= lsn),
  };
}

/** The epoch of the entry at an LSN, by the history alone; 0 before the first entry. */
export function epochAt(epochs: readonly EpochStart[], lsn: number): number {
  for (let at = epochs.length - 1; at >= 0; at--) if (epochs[at]!.lsn <= lsn) return epochs[at]!.epoch;
  return 0;
}

/** The last place of a log. */
export function endOfWal({ length, epochs }: Wal): Position {
  return { epoch: epochAt(epochs, length), lsn: length };
}

/** Negative when `a` is older than `b`. A later epoch is newer whatever its LSN: its leader knew what it built on. */
export function comparePositions(a: Position, b: Position): number {
  return a.epoch - b.epoch || a.lsn - b.lsn;
}

/**
 * The fork point: the last LSN up to which two logs agree. One leader makes each epoch's entries and ships them in order, so logs
 * that have the same epoch at an LSN are equal up to it.
 */
export function forkPoint(a: Pick<Wal, 'length' | 'epochs'>, b: Pick<Wal, 'length' | 'epochs'>): number {
  let lsn = Math.min(a.length, b.length);
  while (lsn > 0 && epochAt(a.epochs, lsn) !== epochAt(b.epochs, lsn)) {
    lsn = Math.max(startBelow(a.epochs, lsn), startBelow(b.epochs, lsn)) - 1;
  }
  return lsn;
}

function startBelow(epochs: readonly EpochStart[], lsn: number): number {
  for (let at = epochs.length - 1; at >= 0; at--) if (epochs[at]!.lsn <= lsn) return epochs[at]!.lsn;
  return 0;
}

/** Whether a log is a prefix of another, by their histories: one leader makes each epoch's entries, and ships them in order. */
export function isPrefix(wal: Pick<Wal, 'length' | 'epochs'>, of: Pick<Wal, 'length' | 'epochs'>): boolean {
  const past = of.epochs.filter(({ lsn }) => lsn <= wal.length);
  const same = past.every(({ epoch, lsn }, at) => wal.epochs[at]?.epoch === epoch && wal.epochs[at].lsn === lsn);
  return wal.length <= of.length && same && past.length === wal.epochs.length;
}

/** Whether a log holds a place, may still get it, or never will because its history took another turn before it. */
export function lookUp(
  { length, epochs }: Pick<Wal, 'length' | 'epochs'>,
  position: Position,
): 'here' | 'later' | 'lost' {
  if (position.lsn <= length) return epochAt(epochs, position.lsn) === position.epoch ? 'here' : 'lost';
  return epochAt(epochs, length) > position.epoch ? 'lost' : 'later';
}
