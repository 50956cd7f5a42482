/** Values by number, from 0, in the order in which they were first met; each is kept once. */
export class Interner<T> {
  readonly #ids = new Map<string, number>();
  readonly #values: T[] = [];

  get size(): number {
    return this.#values.length;
  }

  at(id: number): T {
    return this.#values[id]!;
  }

  /** The number of the value with that key; `value` is kept when the key is new. */
  idOf(key: string, value: T): number {
    const known = this.#ids.get(key);
    if (known !== undefined) return known;
    const id = this.#values.length;
    this.#ids.set(key, id);
    this.#values.push(value);
    return id;
  }
}
