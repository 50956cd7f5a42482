import type { ExploreBudgets } from '../../models/explorable.ts';

/**
 * A state as whole numbers, each the number of a part that is kept once (Holzmann's collapse compression, exact): one for each host, then
 * the network, the history, the notes that are kept, the budgets that are left, and the clock with the claims broken so far.
 */
export type State = readonly number[];

/** Where the parts of a state stand. */
export interface Layout {
  readonly hosts: number;
  readonly network: number;
  readonly history: number;
  readonly notes: number;
  readonly budgets: number;
  readonly clock: number;
  readonly words: number;
}

/** The layout for that many hosts. */
export function layoutOf(hosts: number): Layout {
  const [network, history, notes, budgets, clock] = [hosts, hosts + 1, hosts + 2, hosts + 3, hosts + 4];
  return { hosts, network, history, notes, budgets, clock, words: hosts + 5 };
}

/** The largest budget of each kind. */
export const BUDGET_MAX = 255;

/** Each budget has its place in one word. */
const PLACES = { losses: 0, crashes: 8, duplicates: 16, timers: 24 } as const;

export type BudgetName = keyof ExploreBudgets;

export function packBudgets({ losses, crashes, duplicates, timers }: ExploreBudgets): number {
  return (losses | (crashes << PLACES.crashes) | (duplicates << PLACES.duplicates) | (timers << PLACES.timers)) >>> 0;
}

/** How much is left of a budget. */
export function left(word: number, budget: BudgetName): number {
  return (word >>> PLACES[budget]) & BUDGET_MAX;
}

/** The budgets with one less of that kind. */
export function spend(word: number, budget: BudgetName): number {
  return (word - 2 ** PLACES[budget]) >>> 0;
}

/** Stamps taken from the clock in one run, at most. */
export const STAMPS_MAX = 0xffff;

/** Claims about steps that one exploration can watch. */
export const CLAIMS_MAX = 16;

export function clockOf(word: number): number {
  return word & STAMPS_MAX;
}

/** Bit n: the nth watched claim about steps is broken. */
export function brokenOf(word: number): number {
  return word >>> 16;
}

export function packClock(clock: number, broken: number): number {
  return ((broken << 16) | clock) >>> 0;
}
