import { withEntry } from '../../kernel/copies.ts';
import { type Dot, joinVectors, NO_VECTOR, type Vector } from './vectors.ts';

/** What a set has seen: all dots under the clock, and single ones beyond it, sorted. */
export type Seen = { readonly clock: Vector; readonly cloud: readonly Dot[] };

/**
 * An observed-remove set without tombstones (Bieniusa et al. 2012, after Shapiro et al. 2011, specification 15), with deltas in its own form
 * (Almeida, Shoker, Baquero 2018). Every add has a dot of its own; a remove takes the dots that it has seen and no others, so an add
 * that was concurrent with it stays. A dot that was seen and is not there has been removed: that is all a tombstone would say.
 */
export type OrSet = Seen & {
  /** Element → the dots of its adds, sorted; an element without dots is absent. */
  readonly elements: Readonly<Record<string, readonly Dot[]>>;
};

export const EMPTY_SET: OrSet = { clock: NO_VECTOR, cloud: [], elements: {} };

const before = (a: Dot, b: Dot): number => (a.name === b.name ? a.count - b.count : a.name < b.name ? -1 : 1);
const same = (a: Dot, b: Dot): boolean => a.name === b.name && a.count === b.count;
const includes = (dots: readonly Dot[], dot: Dot): boolean => dots.some((one) => same(one, dot));

/** Whether the dot was ever there. */
export function hasSeen({ clock, cloud }: Seen, dot: Dot): boolean {
  return dot.count <= (clock[dot.name] ?? 0) || includes(cloud, dot);
}

/** Both pasts together. Dots that follow the clock without a gap move under it. */
function joinSeen(a: Seen, b: Seen): Seen {
  let clock = joinVectors(a.clock, b.clock);
  const cloud: Dot[] = [];
  for (const dot of [...a.cloud, ...b.cloud].sort(before)) {
    const under = clock[dot.name] ?? 0;
    if (dot.count === under + 1) clock = withEntry(clock, dot.name, dot.count);
    else if (dot.count > under && !includes(cloud, dot)) cloud.push(dot);
  }
  return { clock, cloud };
}

/** The dots of one element: those of both sides, and those of one side that the other has not seen. */
function mergeDots(own: readonly Dot[], ownSeen: Seen, other: readonly Dot[], otherSeen: Seen): readonly Dot[] {
  const kept = own.filter((dot) => includes(other, dot) || !hasSeen(otherSeen, dot));
  const taken = other.filter((dot) => !includes(own, dot) && !hasSeen(ownSeen, dot));
  return taken.length === 0 ? kept : [...kept, ...taken].sort(before);
}

/** Both sets together. Commutative, associative, idempotent. A concurrent add wins over a remove. */
export function mergeSets(a: OrSet, b: OrSet): OrSet {
  const elements: Record<string, readonly Dot[]> = {};
  for (const element of [...new Set([...Object.keys(a.elements), ...Object.keys(b.elements)])].sort()) {
    const dots = mergeDots(a.elements[element] ?? [], a, b.elements[element] ?? [], b);
    if (dots.length > 0) elements[element] = dots;
  }
  const { clock, cloud } = joinSeen(a, b);
  return { clock, cloud, elements };
}

/** What an add through the region `name` changes: a new dot takes the place of those that the element had. */
export function addDelta(set: OrSet, name: string, element: string): OrSet {
  const beyond = set.cloud.filter((dot) => dot.name === name).map(({ count }) => count);
  const dot: Dot = { name, count: Math.max(set.clock[name] ?? 0, ...beyond) + 1 };
  const cloud = [dot, ...(set.elements[element] ?? [])].sort(before);
  return { clock: NO_VECTOR, cloud, elements: { [element]: [dot] } };
}

/** What a remove changes: the dots that are there now have been seen and go. */
export function removeDelta(set: OrSet, element: string): OrSet {
  return { clock: NO_VECTOR, cloud: set.elements[element] ?? [], elements: {} };
}

/** The elements, sorted. */
export function elementsOf({ elements }: OrSet): readonly string[] {
  return Object.keys(elements).sort();
}
