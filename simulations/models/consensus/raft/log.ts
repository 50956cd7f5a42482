import { extended } from '../../../kernel/copies.ts';
import { invariant } from '../../../kernel/invariant.ts';
import type { Entry, LogSnapshot, Members } from '../messages.ts';

/** The part of a server's durable state that is the log: a snapshot and the entries after it. */
export interface Log {
  readonly snapshot: LogSnapshot;
  readonly log: readonly Entry[];
}

/** The index of the last entry; that of the snapshot when nothing follows it. */
export function lastIndexOf({ snapshot, log }: Log): number {
  return snapshot.index + log.length;
}

/** The term of the last entry. */
export function lastTermOf({ snapshot, log }: Log): number {
  return log.length === 0 ? snapshot.term : log[log.length - 1]!.term;
}

/** The entry at an index; undefined when it lies in the snapshot or after the end. */
export function entryAt({ snapshot, log }: Log, index: number): Entry | undefined {
  return log[index - snapshot.index - 1];
}

/** The term at an index; 0 before the first entry, -1 when it is not known: inside the snapshot or after the end. */
export function termAt({ snapshot, log }: Log, index: number): number {
  if (index === snapshot.index) return snapshot.term;
  return log[index - snapshot.index - 1]?.term ?? -1;
}

/** Entries from an index on, `countMax` at most. */
export function entriesFrom({ snapshot, log }: Log, index: number, countMax: number): readonly Entry[] {
  const from = index - snapshot.index - 1;
  return log.slice(from, from + countMax);
}

/** Whether a log that ends so is at least as up-to-date as this one (paper, section 5.4.1). */
export function isUpToDate(log: Log, lastTerm: number, lastIndex: number): boolean {
  const own = lastTermOf(log);
  return lastTerm > own || (lastTerm === own && lastIndex >= lastIndexOf(log));
}

/** Where entries of a leader begin to differ from a log: the position in `entries` of the first that is new, or of which another stands here. */
export function firstNew(log: Log, entries: readonly Entry[]): number {
  for (let at = 0; at < entries.length; at++) {
    const { index, term } = entries[at]!;
    if (index > log.snapshot.index && termAt(log, index) !== term) return at;
  }
  return entries.length;
}

/** The log with `entries` in the place of whatever stood from their first index on. */
export function replaceFrom({ snapshot, log }: Log, entries: readonly Entry[]): readonly Entry[] {
  const [first] = entries;
  if (first === undefined) return log;
  const keep = first.index - snapshot.index - 1;
  invariant(keep >= 0 && keep <= log.length, 'entries that leave a gap in the log', { keep, length: log.length });
  return extended(log, entries, keep);
}

/**
 * The largest index, at most `index`, whose term is at most `term`: where to look next after a conflict. Skips a whole term for each
 * refusal (paper, end of section 5.3), on either side. The term of an index inside the snapshot counts as unknown, and small enough.
 */
export function findConflict(log: Log, index: number, term: number): { readonly index: number; readonly term: number } {
  let at = Math.min(index, lastIndexOf(log));
  while (at > log.snapshot.index && termAt(log, at) > term) at--;
  return { index: at, term: Math.max(0, termAt(log, at)) };
}

/** The group that is in effect: the last one in the log up to `index`, committed or not, else that of the snapshot. */
export function membersAt(
  { snapshot, log }: Log,
  index: number,
): { readonly members: Members; readonly index: number } {
  for (let at = Math.min(log.length, index - snapshot.index) - 1; at >= 0; at--) {
    const { command, index: place } = log[at]!;
    if (command.kind === 'members') return { members: command.members, index: place };
  }
  return { members: snapshot.members, index: snapshot.index };
}
