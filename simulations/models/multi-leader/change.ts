import { unreachable } from '../../kernel/invariant.ts';
import type { Value } from '../../kernel/value.ts';
import { type Datum, shownOf, unionOf } from './datum.ts';
import { rightsOf, shareOf, spendDelta, UNUSED } from './escrow.ts';
import type { Stamp } from './lww.ts';
import type { Act, Config } from './messages.ts';
import { addDelta, EMPTY_SET, removeDelta } from './or-set.ts';
import { countDelta, countOf, ZERO } from './pn-counter.ts';
import { contextOf, NO_SIBLINGS, seenOnly, siblingsDelta, siblingsOf, updateSiblings } from './siblings.ts';
import type { Vector } from './vectors.ts';

/** Who takes a write, and as what. */
export interface Taking {
  readonly config: Config;
  readonly origin: string;
  readonly seq: number;
  readonly write: string;
  /** For last write wins. */
  readonly stamp: Stamp;
  /** What the client had read of the key. */
  readonly context: Vector;
}

/** What an act changes in the state that a region holds: a delta to be merged everywhere; undefined: it is refused. */
export function changeBy(act: Act, held: Datum | undefined, taking: Taking): Datum | undefined {
  switch (taking.config.resolve) {
    case 'lww-wall':
    case 'lww-hlc':
      return changeLww(act, held, taking);
    case 'siblings':
      return changeSiblings(act, held, taking);
    case 'or-set':
      return changeSet(act, held, taking.origin);
    case 'pn-counter':
      return changeCounter(act, held, taking);
    case 'escrow':
      return changeEscrow(act, held, taking);
    default:
      return unreachable(taking.config.resolve);
  }
}

/** The value after an act on a value that is read, changed and written back as a whole; null: deleted. */
function changed(act: Act, value: Value): Value {
  switch (act.do) {
    case 'add':
      return withItem((value ?? []) as readonly string[], act.item);
    case 'remove':
      return ((value ?? []) as readonly string[]).filter((item) => item !== act.item);
    case 'write':
      return act.value;
    case 'delete':
      return null;
    case 'count':
      return ((value ?? 0) as number) + act.amount;
    default:
      return unreachable(act);
  }
}

/** A cart, which is sorted, with one more item. */
function withItem(cart: readonly string[], item: string): readonly string[] {
  const after = cart.findIndex((other) => other >= item);
  if (after < 0) return [...cart, item];
  return cart[after] === item ? cart : cart.toSpliced(after, 0, item);
}

function changeLww(
  act: Act,
  held: Datum | undefined,
  { config, origin, seq, write, stamp }: Taking,
): Datum | undefined {
  const value = changed(act, shownOf(held, config.data === 'cart'));
  if (isAbove(config, act, value)) return undefined;
  return { kind: 'lww', cell: { stamp, write, origin, seq, value, deleted: act.do === 'delete' } };
}

/** Whether an increment would take the counter, as this region knows it, above its limit. */
function isAbove({ limit }: Config, act: Act, value: Value): boolean {
  return act.do === 'count' && act.amount > 0 && limit > 0 && (value as number) > limit;
}

/** A cart is merged by the region before it is changed, so the write replaces all siblings there; a register write replaces what its client had read. */
function changeSiblings(act: Act, held: Datum | undefined, taking: Taking): Datum {
  const set = held?.kind === 'siblings' ? held.set : NO_SIBLINGS;
  const isCart = taking.config.data === 'cart';
  const context = isCart ? contextOf(set) : taking.context;
  if (act.do === 'delete') return { kind: 'siblings', set: seenOnly(context) };
  const before = isCart ? unionOf(siblingsOf(set).map(({ value }) => value)) : null;
  const updated = updateSiblings(set, context, taking.origin, { write: taking.write, value: changed(act, before) });
  return { kind: 'siblings', set: siblingsDelta(updated, context, taking.origin) };
}

function changeSet(act: Act, held: Datum | undefined, origin: string): Datum | undefined {
  const set = held?.kind === 'or-set' ? held.set : EMPTY_SET;
  if (act.do === 'add') return { kind: 'or-set', set: addDelta(set, origin, act.item) };
  return act.do === 'remove' ? { kind: 'or-set', set: removeDelta(set, act.item) } : undefined;
}

function changeCounter(act: Act, held: Datum | undefined, { config, origin }: Taking): Datum | undefined {
  if (act.do !== 'count') return undefined;
  const counter = held?.kind === 'pn-counter' ? held.counter : ZERO;
  if (isAbove(config, act, countOf(counter) + act.amount)) return undefined;
  return { kind: 'pn-counter', counter: countDelta(counter, origin, act.amount) };
}

function changeEscrow(act: Act, held: Datum | undefined, { config, origin }: Taking): Datum | undefined {
  if (act.do !== 'count') return undefined;
  if (act.amount > 0 && rightsHeld(held, origin, config) < act.amount) return undefined;
  const escrow = held?.kind === 'escrow' ? held.escrow : UNUSED;
  return { kind: 'escrow', escrow: spendDelta(escrow, origin, act.amount) };
}

/** The rights of a region as this state knows them. The mistake `grant-without-deducting` forgets what the region gave away. */
export function rightsHeld(held: Datum | undefined, name: string, config: Config): number {
  const escrow = held?.kind === 'escrow' ? held.escrow : UNUSED;
  const share = shareOf(config.limit, config.regions, name);
  if (config.mistake !== 'grant-without-deducting') return rightsOf(escrow, name, share);
  const moved = { ...escrow.moved };
  delete (moved as Record<string, Vector>)[name];
  return rightsOf({ counter: escrow.counter, moved }, name, share);
}
