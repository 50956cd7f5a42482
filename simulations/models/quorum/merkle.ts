import type { Cells } from './versions.ts';

/**
 * A hash tree over ranges of keys (Merkle 1987; Dynamo, section 4.7): two replicas compare roots, then only what lies below
 * differing nodes. Kept as a heap: node i has the children 2i + 1 and 2i + 2, the leaves are the last {@link RANGES} entries.
 */
export type MerkleTree = readonly number[];

/** Keys fall into this many ranges by their hash. A power of two. */
export const RANGES = 8;

const LEAVES_AT = RANGES - 1;

/** What a replica stores, by key. */
export type Store = Readonly<Record<string, Cells>>;

/** The range of a key. */
export function rangeOf(key: string): number {
  return hash(0x811c9dc5, key) >>> 29;
}

/** The tree over everything stored. The order of keys does not matter. */
export function merkleTree(store: Store): MerkleTree {
  const tree: number[] = new Array(LEAVES_AT + RANGES).fill(0);
  for (const key in store) {
    const leaf = LEAVES_AT + rangeOf(key);
    tree[leaf] = (tree[leaf]! + hashEntry(key, store[key]!)) >>> 0;
  }
  for (let node = LEAVES_AT - 1; node >= 0; node--) {
    tree[node] = mix(mix(0x9e3779b1, tree[2 * node + 1]!), tree[2 * node + 2]!);
  }
  return tree;
}

/** The ranges in which two trees differ, found by descending only below nodes that differ. */
export function differingRanges(a: MerkleTree, b: MerkleTree): readonly number[] {
  const ranges: number[] = [];
  const descend = (node: number): void => {
    if (a[node] === b[node]) return;
    if (node >= LEAVES_AT) ranges.push(node - LEAVES_AT);
    else {
      descend(2 * node + 1);
      descend(2 * node + 2);
    }
  };
  descend(0);
  return ranges;
}

function hashEntry(key: string, cells: Cells): number {
  let state = hash(0x85ebca6b, key);
  for (const cell of cells) state = hash(mix(state, cell.deleted ? 1 : 0), cell.write);
  return state;
}

function hash(start: number, text: string): number {
  let state = start;
  for (let at = 0; at < text.length; at++) state = mix(state, text.charCodeAt(at));
  return state;
}

function mix(state: number, word: number): number {
  const mixed = Math.imul((state ^ word) | 0, 0x7feb352d);
  return Math.imul(mixed ^ (mixed >>> 15), 0x846ca68b) >>> 0;
}
