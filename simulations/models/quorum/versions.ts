import { copied } from '../../kernel/copies.ts';
import type { Value } from '../../kernel/value.ts';

/**
 * What a version is decides which of two writes survives.
 *
 * - `wall`: the coordinator's clock. Total order, last writer wins. True only as far as the clocks are.
 * - `hlc`: a hybrid logical clock (Kulkarni et al., OPODIS 2014): the clock, but never behind a version its owner has seen. A
 *   write that follows a read wins over what was read, whatever the skew. A blind later write through another coordinator
 *   may still get an older version: nothing told that coordinator.
 * - `vv`: a version vector with one entry per client (Parker et al. 1983; Dynamo, section 4.4). Partial order: concurrent
 *   writes stay side by side as siblings until a later write has seen them all.
 */
export type VersionKind = 'wall' | 'hlc' | 'vv';

/** A point in a total order: time, then counter, then node. A wall clock counts the node's versions, a hybrid clock its ties. */
export type Stamp = { readonly timeUs: number; readonly counter: number; readonly node: string };
/** Per client, the number of its latest write that this version has seen; itself included. */
export type Vector = { readonly clocks: Clocks };
export type Clocks = Readonly<Record<string, number>>;
export type Version = Stamp | Vector;

/** A hybrid clock without its owner. */
export type HybridClock = { readonly timeUs: number; readonly counter: number };

/**
 * One written value with its version. `write` names the client operation (`a14`: client a, its 14th operation) and is the
 * version's identity in every picture. A tombstone has `deleted` and the coordinator's clock at the delete.
 */
export type Cell = {
  readonly write: string;
  readonly version: Version;
  readonly value: Value;
  readonly deleted: boolean;
  readonly deletedAtUs: number;
};

/** What a replica holds under a key: nothing, one cell, or siblings in the order of their `write`. */
export type Cells = readonly Cell[];

export const NO_CELLS: Cells = [];
export const NO_CLOCKS: Clocks = {};
export const HYBRID_ZERO: HybridClock = { timeUs: 0, counter: 0 };

export type Order = 'before' | 'after' | 'equal' | 'concurrent';

/** How version `a` stands to version `b`. Stamps are never concurrent; a stamp never meets a vector within one run. */
export function compareVersions(a: Version, b: Version): Order {
  if ('clocks' in a) return 'clocks' in b ? compareClocks(a.clocks, b.clocks) : 'concurrent';
  if ('clocks' in b) return 'concurrent';
  if (a.timeUs !== b.timeUs) return a.timeUs < b.timeUs ? 'before' : 'after';
  if (a.counter !== b.counter) return a.counter < b.counter ? 'before' : 'after';
  return a.node === b.node ? 'equal' : a.node < b.node ? 'before' : 'after';
}

function compareClocks(a: Clocks, b: Clocks): Order {
  let less = false;
  let more = false;
  for (const client in a) {
    const other = b[client] ?? 0;
    if (a[client]! > other) more = true;
    else if (a[client]! < other) less = true;
  }
  for (const client in b) if ((a[client] ?? 0) < b[client]!) less = true;
  return less ? (more ? 'concurrent' : 'before') : more ? 'after' : 'equal';
}

/** The join of two vectors: for each client the larger entry. */
export function joinClocks(a: Clocks, b: Clocks): Clocks {
  return compareClocks(a, b) === 'after' || a === b ? a : maxima(a, b);
}

function maxima(a: Clocks, b: Clocks): Clocks {
  const joined = copied(a);
  for (const client in b) if ((joined[client] ?? 0) < b[client]!) joined[client] = b[client]!;
  return joined;
}

/** Whether `held` has, or has overwritten, every cell of `asked`. */
export function covers(held: Cells, asked: Cells): boolean {
  for (const cell of asked) if (!coversCell(held, cell)) return false;
  return true;
}

function coversCell(held: Cells, cell: Cell): boolean {
  for (const own of held) {
    const order = compareVersions(own.version, cell.version);
    if (order === 'equal' || order === 'after') return true;
  }
  return false;
}

/**
 * The cells of both that no other cell has overwritten. Commutative, associative, idempotent; gives `held` itself when nothing
 * is new, so that callers can compare by identity.
 */
export function mergeCells(held: Cells, incoming: Cells): Cells {
  let merged = held;
  for (const cell of incoming) {
    if (coversCell(merged, cell)) continue;
    merged = merged.length === 0 ? [cell] : besides(merged, cell);
  }
  return merged;
}

function besides(held: Cells, cell: Cell): Cells {
  const kept = held.filter((own) => compareVersions(own.version, cell.version) === 'concurrent');
  return kept.length === 0 ? [cell] : [...kept, cell].sort((a, b) => (a.write < b.write ? -1 : 1));
}

/** Whether both hold the same versions. */
export function sameCells(a: Cells, b: Cells): boolean {
  if (a === b) return true;
  if (a.length !== b.length) return false;
  for (let at = 0; at < a.length; at++) if (a[at]!.write !== b[at]!.write) return false;
  return true;
}

/** The cell whose value a client takes: among siblings the last in the order of `write`. Undefined: nothing was ever written. */
export function chosenCell(cells: Cells): Cell | undefined {
  return cells.length === 0 ? undefined : cells[cells.length - 1];
}

/** Everything these cells have seen, as the context of a next write. */
export function contextOf(cells: Cells): Clocks {
  let clocks = NO_CLOCKS;
  for (const cell of cells) if ('clocks' in cell.version) clocks = joinClocks(clocks, cell.version.clocks);
  return clocks;
}

/** The hybrid clock after seeing these cells. */
export function seeCells(clock: HybridClock, cells: Cells): HybridClock {
  let seen = clock;
  for (const cell of cells) if (!('clocks' in cell.version)) seen = laterClock(seen, cell.version);
  return seen;
}

/** The later of two hybrid clocks. */
export function laterClock(a: HybridClock, b: HybridClock): HybridClock {
  return b.timeUs > a.timeUs || (b.timeUs === a.timeUs && b.counter > a.counter) ? b : a;
}

/** The hybrid clock at a new local event: the wall clock, or one count on when that is not ahead. */
export function tickClock(clock: HybridClock, wallUs: number): HybridClock {
  return wallUs > clock.timeUs ? { timeUs: wallUs, counter: 0 } : { timeUs: clock.timeUs, counter: clock.counter + 1 };
}

/** What a new version is made of. `count` is how many versions `node` has made; `sequence` numbers the client's operations. */
export interface Minting {
  readonly kind: VersionKind;
  readonly node: string;
  readonly count: number;
  readonly wallUs: number;
  /** Already ticked. */
  readonly clock: HybridClock;
  readonly client: string;
  readonly sequence: number;
  readonly context: Clocks;
}

/** Makes the version of a new write. */
export function mintVersion(minting: Minting): Version {
  const { kind, node, count, wallUs, clock, client, sequence, context } = minting;
  switch (kind) {
    case 'wall':
      return { timeUs: wallUs, counter: count, node };
    case 'hlc':
      return { timeUs: clock.timeUs, counter: clock.counter, node };
    case 'vv':
      return { clocks: { ...context, [client]: sequence } };
  }
}
