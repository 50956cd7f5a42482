import type { Operation, OperationName } from '../kernel/history.ts';
import type { Value } from '../kernel/value.ts';
import { identityOf, isList } from './value-identity.ts';

/**
 * The sequential object that a history is compared with: one per key, every key alike. It is data, because the
 * five operations mean the same everywhere and only what a key holds before and after differs.
 */
export interface SequentialSpec {
  readonly name: 'register' | 'kv';
  /** What a key holds before anybody wrote it. */
  readonly initial: Value;
  /** What a key holds after a delete. */
  readonly deleted: Value;
  /**
   * A read of null says nothing when null cannot be a value: Jepsen writes so when a value was not recorded. That is
   * assumed of a register that starts with something else, as long as nobody deletes it or writes null.
   */
  readonly nullMayBeBlank: boolean;
  /** The operations that the object understands. */
  readonly operations: readonly OperationName[];
}

/** A register: read, write, compare-and-set, and delete, which leaves null. */
export function registerSpec(initial: Value = null): SequentialSpec {
  return {
    name: 'register',
    initial,
    deleted: null,
    nullMayBeBlank: initial !== null,
    operations: ['read', 'write', 'cas', 'delete'],
  };
}

/**
 * A key-value store as in MIT 6.824 and Porcupine: get, put, append, and delete, which makes a key as if never written.
 * Append joins strings and adds an element to a list; a key that holds null takes the first value as it is.
 */
export function kvSpec(initial: Value = ''): SequentialSpec {
  return {
    name: 'kv',
    initial,
    deleted: initial,
    nullMayBeBlank: false,
    operations: ['read', 'write', 'append', 'delete'],
  };
}

/** The first operation that the object does not understand, such as an append to a register; undefined when all fit. */
export function unsupportedOperation(operations: readonly Operation[], spec: SequentialSpec): Operation | undefined {
  return operations.find((operation) => !spec.operations.includes(operation.f));
}

/** What a key holds after an append; undefined when the two do not fit, such as text onto a number. */
export function appendedValue(held: Value, added: Value): Value | undefined {
  if (typeof added === 'string' && (held === null || typeof held === 'string')) return (held ?? '') + added;
  if (held === null) return [added];
  return isList(held) ? [...held, added] : undefined;
}

/** The instant until which an operation may take effect: for an unknown outcome there is none. */
export function openUntil(operation: Operation): number {
  return operation.outcome === 'info' ? Number.POSITIVE_INFINITY : operation.completedOrder;
}

/** Whether the operation changes the key. A compare-and-set both changes and observes. */
export function isWriter(operation: Operation): boolean {
  return operation.f !== 'read';
}

/** The value a write, delete or compare-and-set leaves; for an append, the value added. */
export function writtenValue(operation: Operation, spec: SequentialSpec): Value {
  if (operation.f === 'delete') return spec.deleted;
  return operation.f === 'cas' ? (operation.input as readonly Value[])[1]! : operation.input;
}

/** The value an operation needs to find: a read's output, a compare-and-set's first half; undefined for blind ones. */
export function observedValue(operation: Operation): Value | undefined {
  if (operation.f === 'read') return operation.outcome === 'ok' ? operation.output : undefined;
  return operation.f === 'cas' ? (operation.input as readonly Value[])[0]! : undefined;
}

function mayContain(observed: Value, added: Value): boolean {
  if (typeof observed === 'string' && typeof added === 'string') return observed.includes(added);
  if (isList(observed)) return observed.some((element) => identityOf(element) === identityOf(added));
  return true;
}

function mayStartWith(observed: Value, written: Value): boolean {
  if (typeof observed === 'string' && typeof written === 'string') return observed.startsWith(written);
  return true;
}

/**
 * Whether `observer` may have found what it found because of `writer`. When it is false for every observer, a
 * linearizable history stays linearizable without the writer, whatever its outcome: nobody looked before the next write.
 * `appends` says that the key has appends, so that a value can be a part of what was found.
 */
export function mayExplain(
  writer: Operation,
  observer: Operation,
  options: { spec: SequentialSpec; appends: boolean },
): boolean {
  const observed = observedValue(observer);
  if (observed === undefined || writer === observer || writer.invokedOrder > openUntil(observer)) return false;
  const written = writtenValue(writer, options.spec);
  if (!options.appends) return identityOf(written) === identityOf(observed);
  return writer.f === 'append' ? mayContain(observed, written) : mayStartWith(observed, written);
}
