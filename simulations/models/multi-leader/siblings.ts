import type { Value } from '../../kernel/value.ts';
import { joinVectors, NO_VECTOR, type Vector } from './vectors.ts';

/** One of several values that nothing has replaced. */
export type Sibling = { readonly write: string; readonly value: Value };

/** What one region wrote under a key: how many writes, and those of the last ones that are still there, newest first. */
export type SiblingEntry = {
  readonly name: string;
  readonly count: number;
  readonly values: readonly Sibling[];
};

/**
 * A dotted version vector set (Preguiça, Baquero, Almeida, Fonte, Gonçalves, PODC 2012; the compact form of Almeida et al., DAIS 2014): the
 * causal past of a key and its siblings in one structure, entries in the order of their names. Each value keeps the dot of its own
 * write, so that two blind writes through one region stay apart, which a version vector per server would confuse.
 */
export type Siblings = readonly SiblingEntry[];

export const NO_SIBLINGS: Siblings = [];

/** Everything that the set has seen, for a client's next write. */
export function contextOf(set: Siblings): Vector {
  let context = NO_VECTOR;
  for (const { name, count } of set) if (count > 0) context = joinVectors(context, { [name]: count });
  return context;
}

/** The values that nothing has replaced, in the order of their writes' names. */
export function siblingsOf(set: Siblings): readonly Sibling[] {
  return set.flatMap(({ values }) => values).sort((a, b) => (a.write < b.write ? -1 : 1));
}

/** Both causal pasts together, with the values that neither side knows to be replaced. Commutative, associative, idempotent. */
export function syncSiblings(a: Siblings, b: Siblings): Siblings {
  const merged: SiblingEntry[] = [];
  let [left, right] = [0, 0];
  while (left < a.length || right < b.length) {
    const [one, other] = [a[left], b[right]];
    if (other === undefined || (one !== undefined && one.name < other.name)) {
      merged.push(one!);
      left++;
    } else if (one === undefined || other.name < one.name) {
      merged.push(other);
      right++;
    } else {
      merged.push(one.count >= other.count ? mergeEntries(one, other) : mergeEntries(other, one));
      left++;
      right++;
    }
  }
  return merged;
}

/** `ahead` has seen at least as much: of its values stay those that `behind` has as well, or has not seen yet. */
function mergeEntries(ahead: SiblingEntry, behind: SiblingEntry): SiblingEntry {
  const { name, count, values } = ahead;
  const kept = Math.min(values.length, count - behind.count + behind.values.length);
  return kept === values.length ? ahead : { name, count, values: values.slice(0, kept) };
}

/** A set without values that has seen what the context has: merged into another it removes what the context covers. */
export function seenOnly(context: Vector): Siblings {
  return Object.keys(context)
    .sort()
    .map((name) => ({ name, count: context[name]!, values: [] }));
}

/** The set after a write through the region `name` by a client that had read `context`. */
export function updateSiblings(set: Siblings, context: Vector, name: string, value: Sibling): Siblings {
  const survived = syncSiblings(set, seenOnly(context));
  const own = survived.find((entry) => entry.name === name) ?? { name, count: 0, values: [] };
  const next: SiblingEntry = { name, count: own.count + 1, values: [value, ...own.values] };
  return [...survived.filter((entry) => entry.name !== name), next].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The part of an updated set that tells another region of the update: the writer's own entry, and what the write had seen of others. */
export function siblingsDelta(updated: Siblings, context: Vector, name: string): Siblings {
  const own = updated.filter((entry) => entry.name === name);
  return syncSiblings(seenOnly(context), own);
}
