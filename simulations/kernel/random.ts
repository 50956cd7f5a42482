import type { Seed } from './time.ts';

/**
 * Randomness by position instead of by sequence: the n-th draw of a stream is a hash of (seed, stream name, n). So a
 * draw on one stream never moves another, a checkpoint of all randomness is one array of counters, and two variants of
 * a scenario share their luck (common random numbers) even after their messages differ.
 */
export class Streams {
  readonly #seed: number;
  readonly #indexes = new Map<string, number>();
  /** Room for the streams of a small cluster from the start: a sweep makes thousands of worlds, and growing takes longer. */
  #keys = new Uint32Array(512);
  #counters = new Uint32Array(256);
  #count = 0;

  constructor(seed: Seed) {
    this.#seed = seed;
  }

  /** The stream of that name, made on first use. The same name is the same stream, whoever asks first. */
  stream(name: string): number {
    const known = this.#indexes.get(name);
    if (known !== undefined) return known;
    const index = this.#count++;
    if (index >= this.#counters.length) this.#grow();
    const hash = hashName(name);
    this.#keys[2 * index] = scramble(this.#seed ^ hash[0], hash[1]);
    this.#keys[2 * index + 1] = scramble(this.#seed + hash[1], hash[0] ^ 0x5bd1e995);
    this.#indexes.set(name, index);
    return index;
  }

  /** The next number of a stream: uniform in [0, 1), a multiple of 2^-53. */
  uniform(stream: number): number {
    const counter = this.#counters[stream]!;
    this.#counters[stream] = counter + 1;
    return uniformAt(this.#keys[2 * stream]!, this.#keys[2 * stream + 1]!, counter);
  }

  /** Sets aside the next `count` numbers of a stream, to be read with {@link at} or left unread. Returns the position of the first. */
  reserve(stream: number, count: number): number {
    const first = this.#counters[stream]!;
    this.#counters[stream] = first + count;
    return first;
  }

  /** The number of a stream at a position. */
  at(stream: number, position: number): number {
    return uniformAt(this.#keys[2 * stream]!, this.#keys[2 * stream + 1]!, position);
  }

  /** The next whole number of a stream in [min, max], both included. */
  integer(stream: number, min: number, max: number): number {
    return min + Math.floor(this.uniform(stream) * (max - min + 1));
  }

  /** Where every stream stands; streams made later start at 0. */
  checkpoint(): Uint32Array {
    return this.#counters.slice(0, this.#count);
  }

  restore(counters: Uint32Array): void {
    this.#counters.fill(0);
    this.#counters.set(counters);
  }

  #grow(): void {
    const keys = new Uint32Array(this.#keys.length * 2);
    keys.set(this.#keys);
    this.#keys = keys;
    const counters = new Uint32Array(this.#counters.length * 2);
    counters.set(this.#counters);
    this.#counters = counters;
  }
}

function uniformAt(keyHigh: number, keyLow: number, counter: number): number {
  const high = scramble(keyHigh ^ Math.imul(counter, 0x9e3779b1), keyLow);
  const low = scramble(high + keyLow, keyHigh + Math.imul(counter, 0x85ebca77));
  return ((high >>> 5) * 67108864 + (low >>> 6)) / 9007199254740992;
}

/** Two rounds of a well-mixing 32-bit permutation (constants by Wellons, hash-prospector) with the second word folded in between. */
function scramble(a: number, b: number): number {
  let x = a | 0;
  x = Math.imul(x ^ (x >>> 16), 0x7feb352d);
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b);
  x = (x ^ (x >>> 16) ^ b) | 0;
  x = Math.imul(x ^ (x >>> 16), 0x21f0aaad);
  x = Math.imul(x ^ (x >>> 15), 0x735a2d97);
  return (x ^ (x >>> 15)) >>> 0;
}

/** Two 32-bit FNV-1a hashes of a name with different bases. */
function hashName(name: string): readonly [number, number] {
  let first = 0x811c9dc5;
  let second = 0x01000193;
  for (let at = 0; at < name.length; at++) {
    const code = name.charCodeAt(at);
    first = Math.imul(first ^ code, 0x01000193);
    second = Math.imul(second ^ (code + at), 0x85ebca6b);
  }
  return [first >>> 0, second >>> 0];
}
