import type { Operation } from '../../kernel/history.ts';
import type { Value } from '../../kernel/value.ts';
import type { Focus } from '../model.ts';
import { attemptedVersion, numberVersions } from '../numbering.ts';
import type { Version } from '../scene.ts';
import { siblingCount } from './datum.ts';
import { escrowValue } from './escrow.ts';
import { diskOf, operationVersion } from './history.ts';
import type { Held, Touched } from './messages.ts';
import { elementsOf } from './or-set.ts';
import { countOf } from './pn-counter.ts';
import { siblingsOf } from './siblings.ts';

/** What changes a key is an operation, whatever it does: an update of the history may be an add, a count or a cart as a whole. */
export const NOUNS = { write: 'operation', append: 'operation', delete: 'operation' } as const;

/** Numbers the updates of a key in the order in which they began: v1, v2, … */
export function focusOn(operations: readonly Operation[], key: string): Focus {
  return { key, numbering: numberVersions(operations, key) };
}

function newestOf(touched: Touched, { numbering }: Focus): number {
  return Object.values(touched).reduce((newest, { write }) => Math.max(newest, numbering.get(write) ?? 0), 0);
}

/** A cart, a number or a value in words. */
export function wordsOf(value: Value): string {
  if (value === null) return 'nothing';
  if (Array.isArray(value)) return value.length === 0 ? 'empty' : value.join(', ');
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** How what a region holds is drawn: the write that stands, the siblings, or the newest write that is merged in; a counter by its number. */
export function markOf(held: Held | undefined, focus: Focus): Version | undefined {
  if (held === undefined) return undefined;
  const { datum, touched } = held;
  const newest = newestOf(touched, focus);
  const mark = (label: string, rank: number, value: string, deleted = false): Version => {
    return { label, rank, value, deleted, siblings: siblingCount(datum) };
  };
  switch (datum.kind) {
    case 'lww': {
      const rank = focus.numbering.get(datum.cell.write) ?? 0;
      return mark(`v${rank}`, rank, wordsOf(datum.cell.value), datum.cell.deleted);
    }
    case 'siblings': {
      const siblings = siblingsOf(datum.set);
      if (siblings.length === 0) return mark(`v${newest}`, newest, 'deleted', true);
      const ranks = siblings.map(({ write }) => focus.numbering.get(write) ?? 0);
      const value = siblings.map((sibling) => wordsOf(sibling.value)).join(' and ');
      return mark(ranks.map((rank) => `v${rank}`).join('+'), Math.max(...ranks), value);
    }
    case 'or-set':
      return mark(`v${newest}`, newest, wordsOf(elementsOf(datum.set)));
    case 'pn-counter':
      return mark(`${countOf(datum.counter)}`, newest, `${countOf(datum.counter)}`);
    case 'escrow':
      return mark(`${escrowValue(datum.escrow)}`, newest, `${escrowValue(datum.escrow)}`);
  }
}

/** What an operation wrote or found, for its bar. A read that found nothing says so; an update of unknown outcome says what it tried. */
export function operationMark(operation: Operation, focus: Focus): Version | undefined {
  const version = operationVersion(operation);
  if (version === undefined) {
    const rank = attemptedVersion(operation, focus.numbering);
    return rank === undefined ? undefined : updateMark(operation, rank);
  }
  const rank = newestOf(version.touched, focus);
  if (operation.f !== 'read') return updateMark(operation, rank);
  if (rank === 0) return { label: 'none', rank: 0, value: 'nothing', deleted: false, siblings: 0 };
  const label = typeof operation.output === 'number' ? `${operation.output}` : `v${rank}`;
  return { label, rank, value: wordsOf(operation.output), deleted: false, siblings: version.siblings };
}

function updateMark({ f, input }: Operation, rank: number): Version {
  return { label: `v${rank}`, rank, value: wordsOf(input), deleted: f === 'delete', siblings: 1 };
}

/** What a region has on disk for the key in focus. */
export function stratumOf(role: string, disk: unknown, focus: Focus): Version | undefined {
  return role === 'region' ? markOf(diskOf(disk).store[focus.key], focus) : undefined;
}
