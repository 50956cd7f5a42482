import { unreachable } from '../../kernel/invariant.ts';
import type { Value } from '../../kernel/value.ts';
import { type Escrow, escrowValue, mergeEscrows } from './escrow.ts';
import { type LwwCell, mergeLww } from './lww.ts';
import { elementsOf, mergeSets, type OrSet } from './or-set.ts';
import { countOf, mergeCounters, type PnCounter } from './pn-counter.ts';
import { contextOf, type Siblings, siblingsOf, syncSiblings } from './siblings.ts';
import { NO_VECTOR, type Vector } from './vectors.ts';

/** The state of one key, by the way in which concurrent writes are resolved. A change of it (a delta) has the same form. */
export type Datum =
  | { readonly kind: 'lww'; readonly cell: LwwCell }
  | { readonly kind: 'siblings'; readonly set: Siblings }
  | { readonly kind: 'or-set'; readonly set: OrSet }
  | { readonly kind: 'pn-counter'; readonly counter: PnCounter }
  | { readonly kind: 'escrow'; readonly escrow: Escrow };

/** Both states together: commutative, associative, idempotent. Two states of one key are always of one kind. */
export function mergeData(a: Datum, b: Datum): Datum {
  if (a.kind === 'lww' && b.kind === 'lww') {
    const cell = mergeLww(a.cell, b.cell);
    return cell === a.cell ? a : b;
  }
  if (a.kind === 'siblings' && b.kind === 'siblings') return { kind: 'siblings', set: syncSiblings(a.set, b.set) };
  if (a.kind === 'or-set' && b.kind === 'or-set') return { kind: 'or-set', set: mergeSets(a.set, b.set) };
  if (a.kind === 'pn-counter' && b.kind === 'pn-counter') {
    return { kind: 'pn-counter', counter: mergeCounters(a.counter, b.counter) };
  }
  if (a.kind === 'escrow' && b.kind === 'escrow') return { kind: 'escrow', escrow: mergeEscrows(a.escrow, b.escrow) };
  return a;
}

/** The items of all carts, each once, sorted: how an application merges siblings that are carts. */
export function unionOf(carts: readonly Value[]): readonly string[] {
  return [...new Set(carts.flatMap((cart) => (cart ?? []) as readonly string[]))].sort();
}

/** What a reader is shown: a sorted cart, a number, or the value of a register; null: nothing. Of siblings in a register the last by name. */
export function shownOf(datum: Datum | undefined, isCart: boolean): Value {
  if (datum === undefined) return isCart ? [] : null;
  switch (datum.kind) {
    case 'lww':
      return datum.cell.value;
    case 'siblings': {
      const values = siblingsOf(datum.set).map(({ value }) => value);
      return isCart ? unionOf(values) : (values.at(-1) ?? null);
    }
    case 'or-set':
      return elementsOf(datum.set);
    case 'pn-counter':
      return countOf(datum.counter);
    case 'escrow':
      return escrowValue(datum.escrow);
    default:
      return unreachable(datum);
  }
}

/** What must be equal where the same writes were applied: the value, or the writes of all siblings. */
export function agreedOf(datum: Datum | undefined, isCart: boolean): Value {
  if (datum?.kind !== 'siblings') return shownOf(datum, isCart);
  const writes = siblingsOf(datum.set).map(({ write }) => write);
  return writes.length === 0 ? null : writes;
}

/** How many values stand beside each other; 1 where the merge leaves one. */
export function siblingCount(datum: Datum | undefined): number {
  return datum?.kind === 'siblings' ? siblingsOf(datum.set).length : 1;
}

/** What a client must send with its next write of the key; empty unless siblings are kept. */
export function readContext(datum: Datum | undefined): Vector {
  return datum?.kind === 'siblings' ? contextOf(datum.set) : NO_VECTOR;
}

const NAME_BYTES = 2;
const NUMBER_BYTES = 8;
const ENTRY_BYTES = NAME_BYTES + NUMBER_BYTES;
const entries = (vector: Vector): number => Object.keys(vector).length * ENTRY_BYTES;

/** What the key costs beside its value, in bytes: 2 for a region's name, 8 for a count or a time. */
export function metadataBytes(datum: Datum): number {
  switch (datum.kind) {
    case 'lww':
      return NUMBER_BYTES + ENTRY_BYTES;
    case 'siblings':
      return datum.set.length * ENTRY_BYTES;
    case 'or-set': {
      const { clock, cloud, elements } = datum.set;
      const dots = Object.values(elements).reduce((sum, list) => sum + list.length, 0);
      return entries(clock) + (cloud.length + dots) * ENTRY_BYTES;
    }
    case 'pn-counter':
      return entries(datum.counter.increments) + entries(datum.counter.decrements);
    case 'escrow': {
      const { counter, moved } = datum.escrow;
      const handed = Object.values(moved).reduce((sum, takers) => sum + NAME_BYTES + entries(takers), 0);
      return entries(counter.increments) + entries(counter.decrements) + handed;
    }
    default:
      return unreachable(datum);
  }
}
