import { copied } from '../../kernel/copies.ts';
/** Per name, how many of its events are included: `{ eu: 3 }` stands for eu's first three. A missing name counts 0. */
export type Vector = Readonly<Record<string, number>>;

/** One event: the `count`-th of that name. */
export type Dot = { readonly name: string; readonly count: number };

export const NO_VECTOR: Vector = {};

/** How vector `a` stands to vector `b` (Parker et al. 1983). */
export function compareVectors(a: Vector, b: Vector): 'before' | 'after' | 'equal' | 'concurrent' {
  const [under, over] = [covers(b, a), covers(a, b)];
  if (under) return over ? 'equal' : 'before';
  return over ? 'after' : 'concurrent';
}

/** Whether `a` includes everything that `b` includes. */
export function covers(a: Vector, b: Vector): boolean {
  for (const name in b) if ((a[name] ?? 0) < b[name]!) return false;
  return true;
}

/** The least vector that covers both; `a` itself when it does already, so that callers can compare by identity. */
export function joinVectors(a: Vector, b: Vector): Vector {
  if (covers(a, b)) return a;
  const joined = copied(a);
  for (const name in b) if ((joined[name] ?? 0) < b[name]!) joined[name] = b[name]!;
  return joined;
}
