import { invariant } from './invariant.ts';

const words = new Map<string, number>();
const WORDS_MAX = 4_096;
/** Up to this many units a text is hashed anew each time. */
const SHORT = 7;

/**
 * A running 64-bit digest of a run: two 32-bit lanes, mixed word by word. Only whole numbers, strings, booleans and null
 * go in, in insertion order of fields, so it is the same in every JavaScript engine. Not cryptographic.
 */
export class Digest {
  #a = 0x243f6a88;
  #b = 0x85a308d3;

  word(value: number): void {
    const a = Math.imul(this.#a ^ value, 0x2c1b3c6d);
    this.#a = (a << 15) | (a >>> 17);
    const b = Math.imul(this.#b ^ value, 0x297a2d39);
    this.#b = (((b << 13) | (b >>> 19)) + a) | 0;
  }

  /** A whole number up to 2^53 in size, either sign. */
  integer(value: number): void {
    if ((value | 0) === value) {
      this.word(value);
      return;
    }
    invariant(Number.isSafeInteger(value), 'only whole numbers reach a digest', { value });
    this.word(0x7f4a7c15);
    this.word(value >>> 0);
    this.word(Math.floor(value / 4294967296) | 0);
  }

  text(value: string): void {
    this.word(hashText(value));
  }

  value(value: unknown): void {
    if (typeof value === 'number') this.integer(value);
    else if (typeof value === 'string') this.text(value);
    else if (value === null || value === undefined) this.word(0x51ed270b);
    else if (typeof value === 'boolean') this.word(value ? 0x1b873593 : 0x2545f491);
    else if (Array.isArray(value)) this.#array(value);
    else this.#fields(value as Readonly<Record<string, unknown>>);
  }

  #array(values: readonly unknown[]): void {
    this.word(0x3c6ef372 ^ values.length);
    for (let at = 0; at < values.length; at++) this.value(values[at]);
  }

  #fields(fields: Readonly<Record<string, unknown>>): void {
    this.word(0x5f356495);
    for (const name in fields) {
      const value = fields[name];
      if (value === undefined) continue;
      this.word(hashName(name));
      this.value(value);
    }
    this.word(0x27d4eb2f);
  }

  /** One of the two lanes, as it stands. */
  get mark(): number {
    return this.#a;
  }

  /** Sixteen hexadecimal digits. */
  hex(): string {
    return hex(this.#a) + hex(this.#b);
  }

  checkpoint(): readonly [number, number] {
    return [this.#a, this.#b];
  }

  restore([a, b]: readonly [number, number]): void {
    this.#a = a;
    this.#b = b;
  }
}

/**
 * Names of fields are told apart by their length and three letters: the type of a message, hashed whole, says which it has, and this only which of
 * the optional ones. A third of the time of a digest went into reading them letter by letter.
 */
function hashName(name: string): number {
  const { length } = name;
  const middle = name.charCodeAt(length >> 1);
  return (length << 24) ^ (name.charCodeAt(0) << 16) ^ (middle << 8) ^ name.charCodeAt(length - 1);
}

/** FNV-1a over UTF-16 units; remembered for longer strings, where looking it up is faster than reading them again. */
function hashText(text: string): number {
  if (text.length <= SHORT) return hashUnits(text);
  const known = words.get(text);
  if (known !== undefined) return known;
  const hash = hashUnits(text);
  if (words.size >= WORDS_MAX) words.clear();
  words.set(text, hash);
  return hash;
}

function hashUnits(text: string): number {
  let hash = 0x811c9dc5 ^ text.length;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return (hash ^ (hash >>> 15)) | 0;
}

function hex(word: number): string {
  return (word >>> 0).toString(16).padStart(8, '0');
}
