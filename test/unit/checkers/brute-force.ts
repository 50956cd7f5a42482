import type { Operation } from '../../../simulations/kernel/history.ts';
import type { Value } from '../../../simulations/kernel/value.ts';

/** The oracle's own idea of an object, so that it shares no code with the checker. */
export interface BruteObject {
  readonly initial: Value;
  readonly deleted: Value;
}

type Store = ReadonlyMap<string, Value>;

function apply(operation: Operation, store: Store, object: BruteObject): Store | undefined {
  const held = store.has(operation.key) ? store.get(operation.key)! : object.initial;
  const set = (value: Value) => new Map(store).set(operation.key, value);
  switch (operation.f) {
    case 'read':
      return operation.output === held ? store : undefined;
    case 'write':
      return set(operation.input);
    case 'delete':
      return set(object.deleted);
    case 'append':
      return set(`${held}${operation.input}`);
    case 'cas': {
      const [from, to] = operation.input as readonly [Value, Value];
      return from === held ? set(to) : undefined;
    }
  }
}

/**
 * Linearizability by definition: tries every order of all keys' operations together that respects real time, and for each
 * unknown outcome both that it happened and that it did not. Factorial, so for a handful of operations.
 */
export function isLinearizable(operations: readonly Operation[], object: BruteObject): boolean {
  const settled = operations.filter((one) => one.outcome !== 'fail' && !(one.outcome === 'info' && one.f === 'read'));
  const explain = (left: readonly Operation[], store: Store): boolean => {
    if (left.every((one) => one.outcome === 'info')) return true;
    return left.some((one) => {
      if (left.some((other) => other !== one && other.completedOrder < one.invokedOrder)) return false;
      const next = apply(one, store, object);
      const rest = left.filter((other) => other !== one);
      return next !== undefined && explain(rest, next);
    });
  };
  return explain(settled, new Map());
}
