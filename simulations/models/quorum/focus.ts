import type { Operation } from '../../kernel/history.ts';
import type { Focus } from '../model.ts';
import { attemptedVersion, numberVersions } from '../numbering.ts';
import type { Version as VersionMark } from '../scene.ts';
import { diskOf, operationVersion } from './history.ts';
import { type Cells, chosenCell, mergeCells, NO_CELLS } from './versions.ts';

/** Numbers the versions of a key in the order in which their writes began: v1, v2, … Deletes count. */
export function focusOn(operations: readonly Operation[], key: string): Focus {
  return { key, numbering: numberVersions(operations, key) };
}

/** How a set of cells is drawn; undefined when there is nothing. */
export function markOf(cells: Cells, focus: Focus): VersionMark | undefined {
  const cell = chosenCell(cells);
  if (cell === undefined) return undefined;
  const ranks = cells.map(({ write }) => focus.numbering.get(write) ?? 0);
  return {
    label: ranks.map((rank) => `v${rank}`).join('+'),
    rank: Math.max(...ranks),
    value: cell.deleted ? 'deleted' : cells.map(({ value }) => JSON.stringify(value)).join(' and '),
    deleted: cells.every(({ deleted }) => deleted),
    siblings: cells.length,
  };
}

/** What an operation wrote or found, for its bar. A read that found nothing says so; a write of unknown outcome says what it tried. */
export function operationMark(operation: Operation, focus: Focus): VersionMark | undefined {
  const version = operationVersion(operation);
  if (version === undefined) return attemptedMark(operation, focus);
  if (version === null) return { label: 'none', rank: 0, value: 'nothing', deleted: false, siblings: 0 };
  const rank = focus.numbering.get(version.write) ?? 0;
  return { label: `v${rank}`, rank, value: version.write, deleted: operation.f === 'delete', siblings: 1 };
}

function attemptedMark(operation: Operation, focus: Focus): VersionMark | undefined {
  const rank = attemptedVersion(operation, focus.numbering);
  if (rank === undefined) return undefined;
  const deleted = operation.f === 'delete';
  return {
    label: `v${rank}`,
    rank,
    value: deleted ? 'deleted' : JSON.stringify(operation.input),
    deleted,
    siblings: 1,
  };
}

/** What a node has on disk for the focus key; a spare shows the hints that it holds. */
export function stratumOf(role: string, disk: unknown, focus: Focus): VersionMark | undefined {
  if (role !== 'replica') return undefined;
  const { store, hints } = diskOf(disk);
  const own = store[focus.key];
  if (own !== undefined) return markOf(own, focus);
  const hinted = hints
    .filter((hint) => hint.key === focus.key)
    .reduce((cells, hint) => mergeCells(cells, [hint.cell]), NO_CELLS);
  return markOf(hinted, focus);
}
