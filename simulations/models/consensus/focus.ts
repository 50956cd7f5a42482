import type { Operation } from '../../kernel/history.ts';
import type { Focus } from '../model.ts';
import { attemptedVersion, numberVersions } from '../numbering.ts';
import type { Version as VersionMark } from '../scene.ts';
import { operationVersion } from './history.ts';
import type { Entry, StoreSnapshot } from './messages.ts';
import { protocolOf } from './protocols.ts';
import type { Disk } from './sight.ts';
import { readCell } from './store.ts';

/** Numbers the versions of a key in the order in which their writes began: v1, v2, … */
export function focusOn(operations: readonly Operation[], key: string): Focus {
  return { key, numbering: numberVersions(operations, key) };
}

function markOf(write: string, value: unknown, { numbering }: Focus): VersionMark {
  const rank = numbering.get(write) ?? 0;
  return { label: `v${rank}`, rank, value: JSON.stringify(value), deleted: false, siblings: 1 };
}

/** The version that an entry writes to the key in focus; undefined when it writes none. A compare-and-set counts, whatever it will find. */
export function entryMark({ command, client, sequence }: Entry, focus: Focus): VersionMark | undefined {
  if (command.kind !== 'write' && command.kind !== 'cas') return undefined;
  if (command.key !== focus.key) return undefined;
  return markOf(`${client}${sequence}`, command.kind === 'write' ? command.value : command.to, focus);
}

/** What an operation wrote or found, for its bar. A read that found nothing says so; a write of unknown outcome says what it tried. */
export function operationMark(operation: Operation, focus: Focus): VersionMark | undefined {
  const version = operationVersion(operation);
  if (version === undefined) return attemptedMark(operation, focus);
  if (version === null) return { label: 'none', rank: 0, value: 'nothing', deleted: false, siblings: 0 };
  const rank = focus.numbering.get(version.write) ?? 0;
  return { label: `v${rank}`, rank, value: version.write, deleted: false, siblings: 1 };
}

function attemptedMark(operation: Operation, focus: Focus): VersionMark | undefined {
  const rank = attemptedVersion(operation, focus.numbering);
  if (rank === undefined) return undefined;
  return { label: `v${rank}`, rank, value: JSON.stringify(operation.input), deleted: false, siblings: 1 };
}

/** What a snapshot holds under the key in focus. */
export function snapshotMark({ machine }: StoreSnapshot, focus: Focus): VersionMark | undefined {
  const { write, value } = readCell(machine, focus.key);
  return write === '' ? undefined : markOf(write, value, focus);
}

/** The last write to the key in focus that a server has on disk, committed or not. */
export function stratumOf(role: string, disk: unknown, focus: Focus): VersionMark | undefined {
  if (protocolOf(role) === undefined) return undefined;
  const { log, snapshot } = disk as Disk;
  for (let at = log.length - 1; at >= 0; at--) {
    const entry = log[at];
    const mark = entry === null ? undefined : entryMark(entry!, focus);
    if (mark !== undefined) return mark;
  }
  return snapshotMark(snapshot, focus);
}
