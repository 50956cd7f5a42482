/**
 * Numbers values so that equal values get the same number: plain data by its content, fields in any order, and lists under a field that is
 * declared unordered as sets; fields that are declared unread do not count. An object is looked at once; after that its number is found by identity, since nothing ever changes.
 */
export class Canon {
  readonly #unordered: ReadonlySet<string>;
  readonly #unread: ReadonlySet<string>;
  readonly #ids = new Map<string, number>();
  readonly #lists = new WeakMap<object, number>();
  readonly #sets = new WeakMap<object, number>();

  constructor({ unordered, unread }: { readonly unordered: readonly string[]; readonly unread: readonly string[] }) {
    this.#unordered = new Set(unordered);
    this.#unread = new Set(unread);
  }

  /** The number of a value, from 0. Equal values have equal numbers, and others have others. */
  idOf(value: unknown): number {
    return typeof value === 'object' && value !== null ? this.#idOfObject(value, false) : this.#intern(token(value));
  }

  /** Lists are numbered apart from sets, so that a list never stands for a set with the same members. */
  #idOfObject(value: object, isSet: boolean): number {
    const memory = isSet ? this.#sets : this.#lists;
    const known = memory.get(value);
    if (known !== undefined) return known;
    const id = this.#intern(Array.isArray(value) ? this.#keyOfList(value, isSet) : this.#keyOfRecord(value));
    memory.set(value, id);
    return id;
  }

  #keyOfList(list: readonly unknown[], isSet: boolean): string {
    const parts = list.map((inner) => this.#part(inner, false));
    return isSet ? `<${parts.sort().join()}>` : `[${parts.join()}]`;
  }

  #keyOfRecord(record: object): string {
    const fields: string[] = [];
    for (const [name, inner] of Object.entries(record)) {
      if (inner === undefined || this.#unread.has(name)) continue;
      fields.push(`${JSON.stringify(name)}:${this.#part(inner, this.#unordered.has(name))}`);
    }
    return `{${fields.sort().join()}}`;
  }

  #part(value: unknown, isSet: boolean): string {
    if (typeof value !== 'object' || value === null) return token(value);
    return `#${this.#idOfObject(value, isSet && Array.isArray(value))}`;
  }

  #intern(key: string): number {
    const known = this.#ids.get(key);
    if (known !== undefined) return known;
    const id = this.#ids.size;
    this.#ids.set(key, id);
    return id;
  }
}

function token(value: unknown): string {
  return typeof value === 'string' ? JSON.stringify(value) : String(value);
}
