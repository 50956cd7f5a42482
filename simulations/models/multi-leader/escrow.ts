import { copied } from '../../kernel/copies.ts';
import { countDelta, countOf, mergeCounters, type PnCounter, ZERO } from './pn-counter.ts';
import { joinVectors, type Vector } from './vectors.ts';

/**
 * A counter with an upper limit (O'Neil, *The Escrow Transactional Method*, TODS 1986; as a merged state: Balegas et al., *bounded counter*,
 * SRDS 2015). The limit is cut into rights. A region increments against rights that it holds, and a decrement gives it rights; it may
 * hand rights to another region, which can use them when it hears of it. Every number is written by one region only and
 * never falls, so copies merge by the larger one, and the rights of a region never fall by what it has not heard.
 */
export type Escrow = {
  readonly counter: PnCounter;
  /** Giver → taker → rights ever handed over. */
  readonly moved: Readonly<Record<string, Vector>>;
};

export const UNUSED: Escrow = { counter: ZERO, moved: {} };

/** For each number the larger of two copies. Commutative, associative, idempotent. */
export function mergeEscrows(a: Escrow, b: Escrow): Escrow {
  const moved = copied(a.moved);
  for (const giver in b.moved) moved[giver] = joinVectors(moved[giver] ?? {}, b.moved[giver]!);
  return { counter: mergeCounters(a.counter, b.counter), moved };
}

/** The rights that a region begins with: the limit in equal parts, what is left over to the first regions. */
export function shareOf(limit: number, regions: readonly string[], name: string): number {
  const part = Math.floor(limit / regions.length);
  return part + (regions.indexOf(name) < limit - part * regions.length ? 1 : 0);
}

/** The rights that a region holds, as far as this copy knows: its share, what it was given and gave back, less what it used and gave away. */
export function rightsOf({ counter, moved }: Escrow, name: string, share: number): number {
  let rights = share + (counter.decrements[name] ?? 0) - (counter.increments[name] ?? 0);
  for (const giver in moved) rights += moved[giver]![name] ?? 0;
  for (const taker in moved[name]) rights -= moved[name]![taker]!;
  return rights;
}

/** What a change by `amount` through the region `name` changes. The caller has checked the rights. */
export function spendDelta({ counter }: Escrow, name: string, amount: number): Escrow {
  return { counter: countDelta(counter, name, amount), moved: {} };
}

/** What handing `amount` rights from one region to another changes. The caller has checked the rights. */
export function moveDelta({ moved }: Escrow, giver: string, taker: string, amount: number): Escrow {
  const given = (moved[giver]?.[taker] ?? 0) + amount;
  return { counter: ZERO, moved: { [giver]: { [taker]: given } } };
}

/** What has been counted so far. */
export function escrowValue({ counter }: Escrow): number {
  return countOf(counter);
}
