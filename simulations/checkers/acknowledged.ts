import type { Operation } from '../kernel/history.ts';
import { invariant } from '../kernel/invariant.ts';
import { allOf } from './counted.ts';
import { listOf, nameAtStart, nameOf } from './linearizability-sentence.ts';
import { isWriter, openUntil } from './specs.ts';
import type { Verdict } from './verdict.ts';

/**
 * What the store holds in the end, when all replicas have been merged: per key the operations that wrote the surviving
 * values. A surviving tombstone is named by its delete; null stands for nothing at all, and so does a missing key
 * or an empty list. Several ids are siblings.
 */
export interface FinalContents {
  readonly [key: string]: readonly (number | null)[];
}

/** A surviving value's writer, or null for nothing. */
type Survivor = Operation | null;

function survivorsOf(operations: readonly Operation[], contents: FinalContents): (key: string) => readonly Survivor[] {
  const byId = new Map(operations.map((operation) => [operation.id, operation]));
  const known = new Map<string, readonly Survivor[]>();
  for (const [key, ids] of Object.entries(contents)) {
    const survivors = ids.map((id) => {
      const writer = id === null ? null : byId.get(id);
      invariant(writer !== undefined, 'a survivor was written by no operation of the history', { key, id });
      invariant(writer === null || (isWriter(writer) && writer.key === key), 'a survivor was not written to its key', {
        key,
        id,
      });
      return writer;
    });
    if (survivors.length > 0) known.set(key, survivors);
  }
  return (key) => known.get(key) ?? [null];
}

function deletesOf(operations: readonly Operation[]): (key: string) => readonly Operation[] {
  const deletes = operations.filter((operation) => operation.f === 'delete' && operation.outcome !== 'fail');
  return (key) => deletes.filter((operation) => operation.key === key);
}

/** What may have taken the place of `operation`: it took effect, or may have, and was not over when that one began. */
function maySupersede(successor: Operation, operation: Operation): boolean {
  return successor.outcome !== 'fail' && openUntil(successor) >= operation.invokedOrder;
}

function violated(told: readonly Operation[], sentence: string): Verdict {
  const steps = told.flatMap((one) => [one.invokedStep, one.completedStep]).filter((step) => step !== undefined);
  const key = told[0]!.key;
  const witness = { operations: told.map(({ id }) => id), steps, ...(key === '' ? {} : { key }) };
  return { status: 'violated', sentence, witness };
}

function onKey({ key }: Operation): string {
  return key === '' ? 'the key' : `key ${key}`;
}

/**
 * Whether every acknowledged write, append, compare-and-set or delete is still there or was superseded. Operation w is
 * lost when it is none of the survivors of its key and no survivor may have superseded it, that is, the operation behind every
 * survivor had completed before w was invoked, or had failed. What was concurrent with w, or later, may supersede it.
 *
 * - Nothing at all (null) is what a delete leaves once its tombstone is purged: it keeps w when w is a delete, or when a
 *   delete of the key that may have taken effect had not completed before w was invoked.
 * - An operation of unknown outcome never completes: as a survivor it may supersede anything. It was not acknowledged, so
 *   it cannot be lost.
 *
 * Names the lost operation that completed last. Nothing acknowledged gives `unknown`. Throws when a survivor is not a
 * write of its key in the history.
 */
export function checkNoLostAcknowledgedWrite(operations: readonly Operation[], contents: FinalContents): Verdict {
  const survivorsOn = survivorsOf(operations, contents);
  const deletesOn = deletesOf(operations);
  const acknowledged = operations.filter((operation) => operation.outcome === 'ok' && isWriter(operation));
  if (acknowledged.length === 0) return { status: 'unknown', sentence: 'No write was acknowledged.', spent: 0 };
  acknowledged.sort((a, b) => b.completedOrder - a.completedOrder);
  const isKept = (write: Operation, survivor: Survivor): boolean => {
    if (survivor !== null) return survivor === write || maySupersede(survivor, write);
    return write.f === 'delete' || deletesOn(write.key).some((one) => maySupersede(one, write));
  };
  const lost = acknowledged.find((write) => !survivorsOn(write.key).some((survivor) => isKept(write, survivor)));
  if (lost === undefined) {
    return {
      status: 'ok',
      sentence: `${allOf(acknowledged.length, 'acknowledged write')} survived or ${acknowledged.length === 1 ? 'was' : 'were'} superseded.`,
    };
  }
  const writers = survivorsOn(lost.key).filter((survivor) => survivor !== null);
  const older = writers.some(({ outcome }) => outcome === 'fail') ? '' : ', which was older';
  const kept =
    writers.length === 0 ? 'nothing, and no delete explains it' : `what ${listOf(writers.map(nameOf))} left${older}`;
  return violated([lost, ...writers], `${nameAtStart(lost)} was acknowledged, but ${onKey(lost)} ended with ${kept}.`);
}

/**
 * Whether every acknowledged delete stayed done. Delete d is undone when a survivor of its key is a value, not a
 * tombstone, whose operation had completed before d was invoked. A value written concurrently with d, later, or by an
 * operation of unknown outcome (which may still arrive after d) undoes nothing; a delete of unknown outcome promises nothing.
 *
 * Names the undone delete that completed last, by `name` (default: "delete 8"). No acknowledged delete gives `unknown`. Throws as above.
 */
export function checkNoResurrection(operations: readonly Operation[], contents: FinalContents, name = nameOf): Verdict {
  const survivorsOn = survivorsOf(operations, contents);
  const deletes = operations.filter((operation) => operation.outcome === 'ok' && operation.f === 'delete');
  if (deletes.length === 0) return { status: 'unknown', sentence: 'No delete was acknowledged.', spent: 0 };
  deletes.sort((a, b) => b.completedOrder - a.completedOrder);
  for (const done of deletes) {
    const risen = survivorsOn(done.key).find(
      (survivor) => survivor !== null && survivor.f !== 'delete' && openUntil(survivor) < done.invokedOrder,
    );
    if (risen === undefined || risen === null) continue;
    const sentence = `${nameAtStart(done, name)} was acknowledged, but ${onKey(done)} ended with what ${name(risen)} had left before it.`;
    return violated([done, risen], sentence);
  }
  return { status: 'ok', sentence: `${allOf(deletes.length, 'acknowledged delete')} stayed done.` };
}
