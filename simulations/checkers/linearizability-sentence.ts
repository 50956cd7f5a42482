import type { Operation, OperationName } from '../kernel/history.ts';
import { isWriter, mayExplain, type SequentialSpec, writtenValue } from './specs.ts';
import { sameValue, wordingOf } from './value-identity.ts';

const NOUNS: Record<OperationName, string> = {
  read: 'read',
  write: 'write',
  cas: 'compare-and-set',
  append: 'append',
  delete: 'delete',
};

/** What an operation is in a sentence: "read", "compare-and-set". */
export function nounOf(f: OperationName): string {
  return NOUNS[f];
}

/** An operation in a sentence: "read 17", "compare-and-set 4". */
export function nameOf({ f, id }: Operation): string {
  return `${nounOf(f)} ${id}`;
}

/** The same at the start of a sentence. */
export function nameAtStart(operation: Operation, name = nameOf): string {
  const words = name(operation);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** A list in prose: "2", "2 and 5", "2, 5 and 7", and beyond nine "2, 5, … and 12 others". */
export function listOf(words: readonly string[]): string {
  if (words.length > 9) return `${words.slice(0, 8).join(', ')} and ${words.length - 8} others`;
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

/** A violation reduced to what matters, and what is needed to tell it. */
export interface ViolationStory {
  readonly violation: readonly Operation[];
  readonly history: readonly Operation[];
  readonly whole: readonly Operation[];
  readonly spec: SequentialSpec;
  readonly describe?: ((operation: Operation) => string) | undefined;
}

/** A sentence, and the operations in the order in which it tells them; those it does not mention come last. */
export interface Telling {
  readonly sentence: string;
  readonly operations: readonly Operation[];
}

function describeOf(story: ViolationStory): (operation: Operation) => string {
  if (story.describe !== undefined) return story.describe;
  return (operation) => wordingOf(operation.f === 'read' ? operation.output : writtenValue(operation, story.spec));
}

function found(read: Operation, story: ViolationStory): string {
  return read.output === null ? 'found nothing' : `returned ${describeOf(story)(read)}`;
}

/** Value from nowhere: no order was needed to see that the read is wrong. */
function tellUnexplained(read: Operation, story: ViolationStory): Telling | undefined {
  const { spec, whole, history } = story;
  const appends = history.some((operation) => operation.f === 'append');
  if (appends || sameValue(read.output, spec.initial)) return undefined;
  if (history.some((writer) => isWriter(writer) && mayExplain(writer, read, { spec, appends }))) return undefined;
  const returned = `${nameAtStart(read)} ${found(read, story)}`;
  const writers = whole.filter(
    (one) => one.key === read.key && isWriter(one) && sameValue(writtenValue(one, spec), read.output),
  );
  // A compare-and-set found something itself, which could be a second violation: the witness leaves it out.
  const named = (writer: Operation) => (writer.f === 'cas' ? [read] : [read, writer]);
  const later = writers.find((writer) => writer.outcome !== 'fail');
  if (later !== undefined) {
    return { sentence: `${returned} before ${nameOf(later)} of it had begun.`, operations: named(later) };
  }
  const failed = writers[0];
  if (failed !== undefined) {
    return { sentence: `${returned}, although ${nameOf(failed)} of it had failed.`, operations: named(failed) };
  }
  const nobody = read.output === null ? 'although nobody had deleted it' : 'which nobody ever wrote';
  return { sentence: `${returned}, ${nobody}.`, operations: [read] };
}

/** Stale read: one read, and the last write that was over before it began. */
function tellStale(read: Operation, story: ViolationStory): Telling | undefined {
  const { spec, violation } = story;
  const appends = violation.some((operation) => operation.f === 'append');
  const missed = violation
    .filter((writer) => isWriter(writer) && writer.outcome === 'ok' && writer.completedOrder < read.invokedOrder)
    .filter((writer) => !mayExplain(writer, read, { spec, appends }))
    .sort((a, b) => b.completedOrder - a.completedOrder)[0];
  if (missed === undefined) return undefined;
  const value = missed.f === 'delete' ? '' : ` of ${describeOf(story)(missed)}`;
  const sentence = `${nameAtStart(read)} ${found(read, story)} after ${nameOf(missed)}${value} was acknowledged.`;
  return { sentence, operations: [read, missed] };
}

/** Inversion: two reads, one after the other, that saw the key go back in time. */
function tellInversion(one: Operation, other: Operation, story: ViolationStory): Telling | undefined {
  const [first, second] = one.completedOrder < other.completedOrder ? [one, other] : [other, one];
  if (first.completedOrder >= second.invokedOrder || sameValue(first.output, second.output)) return undefined;
  const had = found(first, story).replace(/^/, 'had ');
  const sentence = `${nameAtStart(second)} ${found(second, story)} after ${nameOf(first)} ${had}.`;
  return { sentence, operations: [second, first] };
}

function tellInGeneral(story: ViolationStory): Telling {
  const { violation } = story;
  const ids = listOf(violation.map(({ id }) => String(id)));
  const key = violation[0]!.key === '' ? '' : ` on key ${violation[0]!.key}`;
  const order =
    violation.length === 1
      ? `Nothing explains what operation ${ids}${key} returned.`
      : `No order of operations ${ids}${key} explains what they returned.`;
  return { sentence: order, operations: violation };
}

function tell(story: ViolationStory): Telling {
  const reads = story.violation.filter((operation) => operation.f === 'read');
  const observers = story.violation.filter((operation) => operation.f === 'read' || operation.f === 'cas');
  if (reads.length === 1 && observers.length === 1) {
    const telling = tellUnexplained(reads[0]!, story) ?? tellStale(reads[0]!, story);
    if (telling !== undefined) return telling;
  }
  if (reads.length === 2 && observers.length === 2) {
    const telling = tellInversion(reads[0]!, reads[1]!, story);
    if (telling !== undefined) return telling;
  }
  return tellInGeneral(story);
}

/** Tells a reduced violation as one of the shapes that readers know, or else by naming the operations. */
export function violationSentence(story: ViolationStory): Telling {
  const { sentence, operations } = tell(story);
  const told = new Set(operations);
  return { sentence, operations: [...operations, ...story.violation.filter((operation) => !told.has(operation))] };
}
