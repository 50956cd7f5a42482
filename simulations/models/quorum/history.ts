import type { Operation } from '../../kernel/history.ts';
import type { Value } from '../../kernel/value.ts';
import type { RunRecord } from '../../kernel/view.ts';
import type { OperationVersion } from './client.ts';
import type { Durable } from './store.ts';
import { type Cells, compareVersions, mergeCells, NO_CELLS, type Order, type Version } from './versions.ts';

/** What `quorum.met` notes say. `version` only of writes and deletes. */
export type QuorumMet = {
  readonly request: 'read' | 'write' | 'delete';
  readonly key: string;
  readonly write: string | null;
  readonly version?: Version;
  readonly members: readonly string[];
};
/** What `version.stored` notes say: what a replica means to hold from now on, and what it held. */
export type VersionStored = { readonly key: string; readonly now: Cells; readonly over: Cells };
/** What `tombstone.purged` notes say. */
export type TombstonePurged = { readonly key: string; readonly write: string; readonly ageUs: number };

/** The version that an acknowledged write created or a read found; undefined: unknown, null: nothing. */
export function operationVersion({ version }: { readonly version?: Value }): OperationVersion | null | undefined {
  return version as OperationVersion | null | undefined;
}

/** Compares two operation versions, for the session checks. */
export function compareOperationVersions(a: Value, b: Value): Order {
  return compareVersions((a as OperationVersion).version, (b as OperationVersion).version);
}

/** What a replica or spare has on disk, for any process. */
export function diskOf(disk: unknown): Durable {
  return disk as Durable;
}

/** Everything the cluster holds at the end, on whatever disk, by key: versions merged, hints included. */
export function mergedContents(run: RunRecord): Readonly<Record<string, Cells>> {
  const merged: Record<string, Cells> = {};
  const take = (key: string, cells: Cells): void => {
    merged[key] = mergeCells(merged[key] ?? NO_CELLS, cells);
  };
  for (const process of run.end.processes) {
    if (process.role !== 'replica') continue;
    const { store, hints } = diskOf(process.disk);
    for (const key in store) take(key, store[key]!);
    for (const hint of hints) take(hint.key, [hint.cell]);
  }
  return merged;
}

/** One read, with how many acknowledged versions it was behind, and the newest of those. */
export interface JudgedRead {
  readonly read: Operation;
  /** 0: as new as anything acknowledged in time, or newer. */
  readonly behind: number;
  readonly newest: Operation;
}

/**
 * Compares each answered read with the writes acknowledged at least `afterUs` before it began. Reads before the first such write are
 * left out. A read that found nothing is as new as a delete that may have come before it.
 */
export function judgeReads(operations: readonly Operation[], afterUs: number): readonly JudgedRead[] {
  const judged: JudgedRead[] = [];
  const acknowledged = new Map<string, Operation[]>();
  const deletes = operations.filter(({ f, outcome }) => f === 'delete' && outcome !== 'fail');
  const known = operations.filter(({ outcome, version }) => outcome === 'ok' && version !== undefined);
  const writes = known.filter(({ f }) => f !== 'read').sort((a, b) => a.completedOrder - b.completedOrder);
  let next = 0;
  for (const read of known) {
    if (read.f !== 'read') continue;
    for (; next < writes.length && isInTime(writes[next]!, read, afterUs); next++) {
      const write = writes[next]!;
      const versions = acknowledged.get(write.key);
      if (versions === undefined) acknowledged.set(write.key, [write]);
      else insert(versions, write);
    }
    const versions = acknowledged.get(read.key);
    if (versions !== undefined) judged.push(judge(read, versions, deletes));
  }
  return judged;
}

function isInTime(write: Operation, read: Operation, afterUs: number): boolean {
  const dueUs = write.completedAt + afterUs;
  return dueUs < read.invokedAt || (dueUs === read.invokedAt && write.completedOrder < read.invokedOrder);
}

/** Keeps versions rising; concurrent ones in order of acknowledgement. */
function insert(versions: Operation[], operation: Operation): void {
  let at = versions.length;
  while (at > 0 && compareOperationVersions(versions[at - 1]!.version!, operation.version!) === 'after') at--;
  versions.splice(at, 0, operation);
}

/** Whether a delete that is not older than `newest` may be why a read found nothing. */
function mayHaveDeleted(deletes: readonly Operation[], read: Operation, newest: Operation): boolean {
  return deletes.some(({ key, invokedOrder, version }) => {
    if (key !== read.key || invokedOrder > read.completedOrder) return false;
    return version === undefined || compareOperationVersions(version, newest.version!) !== 'before';
  });
}

function judge(read: Operation, versions: readonly Operation[], deletes: readonly Operation[]): JudgedRead {
  const newest = versions.at(-1)!;
  const found = operationVersion(read);
  let behind = 0;
  if (found === null || found === undefined) {
    behind = mayHaveDeleted(deletes, read, newest) ? 0 : versions.length;
  } else {
    while (behind < versions.length) {
      const older = compareOperationVersions(found, versions[versions.length - 1 - behind]!.version!);
      if (older !== 'before') break;
      behind++;
    }
  }
  return { read, behind, newest };
}
