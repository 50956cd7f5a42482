import { extended } from '../../kernel/copies.ts';
import type { Entry, Machine, Settings, StoreSnapshot } from './messages.ts';
import { applyEntry } from './store.ts';

/** A log as every protocol keeps it: a snapshot and what stands after it, place by place; null where there is nothing yet. */
export interface Slots {
  readonly snapshot: StoreSnapshot;
  readonly log: readonly (Entry | null)[];
}

/** The last place that holds something; that of the snapshot when nothing follows it. */
export function lastSlot({ snapshot, log }: Slots): number {
  return snapshot.index + log.length;
}

/** What stands at a place; undefined inside the snapshot, after the end, and in a gap. */
export function entryIn({ snapshot, log }: Slots, index: number): Entry | undefined {
  return log[index - snapshot.index - 1] ?? undefined;
}

/** The term, ballot or epoch at a place; 0 before the first entry, -1 when it is not known: inside the snapshot, after the end, in a gap. */
export function numberIn(slots: Slots, index: number): number {
  if (index === slots.snapshot.index) return slots.snapshot.term;
  return entryIn(slots, index)?.term ?? -1;
}

/** Whether enough entries have been applied since the last snapshot for another one; never, where snapshots are off. */
export function isSnapshotDue({ snapshot }: Slots, applied: number, { snapshotEvery }: Settings): boolean {
  return snapshotEvery > 0 && applied - snapshot.index >= snapshotEvery;
}

/** Whether two entries ask for the same: the same request of a client, or nothing at all. */
export function sameValue(one: Entry, other: Entry): boolean {
  return one.client === other.client && one.sequence === other.sequence && one.command.kind === other.command.kind;
}

/** The log with an entry at its place, whatever stood there; places in between stay empty. Entries inside the snapshot change nothing. */
export function withEntry({ snapshot, log }: Slots, entry: Entry): readonly (Entry | null)[] {
  const at = entry.index - snapshot.index - 1;
  if (at < 0) return log;
  if (at === log.length) return extended(log, [entry]);
  const next = log.slice();
  while (next.length < at) next.push(null);
  next[at] = entry;
  return next;
}

/** A state machine with all that stands after `commit` carried out as well, gaps skipped. */
export function applyRest(
  { machine, commit }: { readonly machine: Machine; readonly commit: number },
  slots: Slots,
): Machine {
  let next = machine;
  for (let index = commit + 1; index <= lastSlot(slots); index++) {
    const entry = entryIn(slots, index);
    if (entry !== undefined && entry.client !== '') next = applyEntry(next, entry).machine;
  }
  return next;
}
