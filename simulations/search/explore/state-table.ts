import type { System, TextCodec, WordCodec } from './spec.ts';

/** What `insert` answers for a new state when the table already holds as many as it may. */
export const FULL = -1;

/** The states seen so far, numbered in the order in which they were found. Exact: states are compared, not only hashed. */
export interface StateTable<S> {
  readonly size: number;
  at(id: number): S;
  /** The state's number; a new one when `size` grew. FULL when it is new and the table already holds `sizeMax` states. */
  insert(state: S, sizeMax: number): number;
  /** The state's number, or FULL when it was never inserted. */
  find(state: S): number;
}

export function stateTable<S>(codec: System<S>['codec']): StateTable<S> {
  return codec.kind === 'words' ? new WordTable(codec) : new TextTable(codec);
}

/** Whether two states are encoded alike. */
export function sameState<S>(codec: System<S>['codec'], a: S, b: S): boolean {
  if (codec.kind === 'text') return codec.key(a) === codec.key(b);
  const words = new Uint32Array(codec.words * 2);
  codec.write(a, words, 0);
  codec.write(b, words, codec.words);
  for (let word = 0; word < codec.words; word++) if (words[word] !== words[codec.words + word]) return false;
  return true;
}

/** States side by side in one array of words, found through open addressing. About 4 bytes a word and 8 to 16 of index a state. */
class WordTable<S> implements StateTable<S> {
  size = 0;
  private readonly codec: WordCodec<S>;
  private words: Uint32Array;
  /** By hash: a state's number plus 1, or 0. A power of two long, at most half full. */
  private slots = new Int32Array(1024);

  constructor(codec: WordCodec<S>) {
    this.codec = codec;
    this.words = new Uint32Array(512 * codec.words);
  }

  at(id: number): S {
    return this.codec.read(this.words, id * this.codec.words);
  }

  insert(state: S, sizeMax: number): number {
    const slot = this.slotOf(state);
    const found = this.slots[slot]!;
    if (found !== 0) return found - 1;
    if (this.size >= sizeMax) return FULL;
    this.size += 1;
    this.slots[slot] = this.size;
    if (this.size * 2 > this.slots.length) this.widen();
    return this.size - 1;
  }

  find(state: S): number {
    return this.slots[this.slotOf(state)]! - 1;
  }

  /** Writes the state behind the last one, where it stays if it is new, and finds its slot or the empty one that it would take. */
  private slotOf(state: S): number {
    const width = this.codec.words;
    const at = this.size * width;
    if (at + width > this.words.length) {
      const grown = new Uint32Array(this.words.length * 2);
      grown.set(this.words);
      this.words = grown;
    }
    const { words, slots } = this;
    this.codec.write(state, words, at);
    const mask = slots.length - 1;
    for (let slot = hash(words, at, width) & mask; ; slot = (slot + 1) & mask) {
      const id = slots[slot]! - 1;
      if (id < 0) return slot;
      let word = 0;
      while (word < width && words[id * width + word] === words[at + word]) word += 1;
      if (word === width) return slot;
    }
  }

  private widen(): void {
    const width = this.codec.words;
    const slots = new Int32Array(this.slots.length * 2);
    const mask = slots.length - 1;
    for (let id = 0; id < this.size; id++) {
      let slot = hash(this.words, id * width, width) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = id + 1;
    }
    this.slots = slots;
  }
}

class TextTable<S> implements StateTable<S> {
  private readonly codec: TextCodec<S>;
  private readonly ids = new Map<string, number>();
  private readonly states: S[] = [];

  constructor(codec: TextCodec<S>) {
    this.codec = codec;
  }

  get size(): number {
    return this.states.length;
  }

  at(id: number): S {
    return this.states[id]!;
  }

  insert(state: S, sizeMax: number): number {
    const key = this.codec.key(state);
    const found = this.ids.get(key);
    if (found !== undefined) return found;
    if (this.states.length >= sizeMax) return FULL;
    this.ids.set(key, this.states.length);
    this.states.push(state);
    return this.states.length - 1;
  }

  find(state: S): number {
    return this.ids.get(this.codec.key(state)) ?? FULL;
  }
}

function hash(words: Uint32Array, at: number, width: number): number {
  let mixed = 0x9e3779b9 | 0;
  for (let word = at; word < at + width; word++) {
    mixed = Math.imul(mixed ^ words[word]!, 0x85ebca6b);
    mixed ^= mixed >>> 15;
  }
  mixed = Math.imul(mixed, 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}
