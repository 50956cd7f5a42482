import type { Operation } from '../../kernel/history.ts';
import type { Focus } from '../model.ts';
import { numberOperations, operationNumber } from '../numbering.ts';
import type { Version as VersionMark } from '../scene.ts';
import { diskOf, operationVersion } from './history.ts';
import { entryAt, type Position } from './wal.ts';

/** A rank that orders places of all epochs: no run writes a million entries in one. */
const EPOCH_RANK = 1_000_000;

/** Numbers the operations of a run. Versions need no numbers: each is a place in the log. */
export function focusOn(operations: readonly Operation[], key: string): Focus {
  return { key, numbering: numberOperations(operations) };
}

/** A place in the log as a version: epoch and LSN, `2:14`. */
export function markOf({ epoch, lsn }: Position, value: string): VersionMark {
  return { label: `${epoch}:${lsn}`, rank: epoch * EPOCH_RANK + lsn, value, deleted: false, siblings: 1 };
}

/** What an operation wrote or found, for its bar. */
export function operationMark(operation: Operation, { numbering }: Focus): VersionMark | undefined {
  const version = operationVersion(operation);
  if (version === undefined) return undefined;
  if (version === null) return { label: 'none', rank: 0, value: 'nothing', deleted: false, siblings: 0 };
  return markOf(version, `write ${operationNumber(version.write, numbering)}`);
}

/** The last entry that a node has on disk, of whatever key: how far its log is durable. */
export function stratumOf(role: string, disk: unknown): VersionMark | undefined {
  if (role !== 'node') return undefined;
  const { wal } = diskOf(disk);
  const entry = entryAt(wal, wal.length);
  if (entry === undefined) return undefined;
  return markOf(entry, entry.write === '' ? `the record of epoch ${entry.epoch}` : JSON.stringify(entry.value));
}
