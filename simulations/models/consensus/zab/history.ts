import { extended } from '../../../kernel/copies.ts';
import { lastSlot } from '../slots.ts';
import type { NewLeader, Transaction, Zxid } from './messages.ts';
import { compareZxid, type Durable } from './state.ts';

/** Before the first transaction. */
const START: Zxid = { epoch: 0, counter: 0 };

const zxidOf = ({ term: epoch, counter }: { readonly term: number; readonly counter: number }): Zxid => ({
  epoch,
  counter,
});

/**
 * What makes a follower's history that ends with `last` equal to this one: what follows the latest transaction not after it (DIFF; the follower cuts what it has
 * beyond: TRUNC), or the snapshot and all after it where the log does not reach back so far (SNAP).
 */
export function differenceTo(
  { snapshot, log }: Durable,
  last: Zxid,
): Pick<NewLeader, 'after' | 'snapshot' | 'entries'> {
  for (let at = log.length - 1; at >= 0; at--) {
    const zxid = zxidOf(log[at]!);
    if (compareZxid(zxid, last) <= 0) return { after: zxid, snapshot: null, entries: log.slice(at + 1) };
  }
  if (compareZxid(zxidOf(snapshot), last) <= 0) return { after: zxidOf(snapshot), snapshot: null, entries: log };
  return { after: START, snapshot, entries: log };
}

/** Where a transaction stands in a history; -1 where it does not. */
function placeOf({ snapshot, log }: Durable, zxid: Zxid): number {
  if (compareZxid(zxidOf(snapshot), zxid) === 0) return snapshot.index;
  for (let at = log.length - 1; at >= 0; at--) {
    if (compareZxid(zxidOf(log[at]!), zxid) === 0) return snapshot.index + 1 + at;
  }
  return -1;
}

/** Where the history that a leader sent ends, in a history that has all of it; -1 where it has not. */
export function endIn(durable: Durable, { after, snapshot, entries }: NewLeader): number {
  const last = entries[entries.length - 1] ?? snapshot;
  return placeOf(durable, last === null ? after : zxidOf(last));
}

/** A history made like a leader's; undefined where it does not have the transaction from which on they would differ. */
export function madeAlike(
  durable: Durable,
  { after, snapshot: sent, entries }: NewLeader,
): Pick<Durable, 'snapshot' | 'log'> | undefined {
  if (sent !== null && sent.index > durable.snapshot.index) return { snapshot: sent, log: entries };
  const { snapshot, log } = durable;
  if (sent !== null) return { snapshot, log: entries.filter(({ index }) => index > snapshot.index) };
  const place = placeOf(durable, after);
  if (place < 0) return undefined;
  // What is there already stays the same object: a leader sends again what may have been on its way.
  const kept = log.slice(0, place - snapshot.index);
  return { snapshot, log: kept.concat(entries) };
}

/** The history with a transaction at its end. Its place is this history's own; where histories are alike, it is the leader's as well. */
export function withTransaction(durable: Durable, entry: Transaction): readonly Transaction[] {
  const index = lastSlot(durable) + 1;
  if (entry.index === index) return extended(durable.log, [entry]);
  const { term, client, sequence, command, counter } = entry;
  return extended(durable.log, [{ index, term, client, sequence, command, counter }]);
}
