/**
 * Compares plain values field by field, in the order of their fields. Remembers which objects it has found the same: values that never
 * change share most of what they are made of with their successors, so only what is new is read.
 */
export class Twins {
  readonly #twins = new WeakMap<object, object>();

  same(a: unknown, b: unknown): boolean {
    if (Object.is(a, b)) return true;
    if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
    if (this.#twins.get(a) === b) return true;
    if (Array.isArray(a) !== Array.isArray(b)) return false;
    const [names, others] = [Object.keys(a), Object.keys(b)];
    if (names.length !== others.length) return false;
    for (const [at, name] of names.entries()) {
      if (others[at] !== name) return false;
      if (!this.same(a[name as keyof typeof a], b[name as keyof typeof b])) return false;
    }
    this.#twins.set(a, b);
    return true;
  }
}
