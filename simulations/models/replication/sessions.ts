import { allOf } from '../../checkers/counted.ts';
import { checkMonotonicReads, checkReadYourWrites, type SessionOptions } from '../../checkers/session.ts';
import type { Verdict } from '../../checkers/verdict.ts';
import type { Operation } from '../../kernel/history.ts';
import { compareOperationVersions, operationVersion } from './history.ts';
import { comparePositions } from './wal.ts';

/**
 * A session ends when its client is told that what it had seen is lost: a read that failed. What the same client does afterwards is a
 * session of its own, and owes nothing to the one before. A client that was told nothing goes on with its session.
 */
export function bySession(operations: readonly Operation[]): readonly Operation[] {
  const ended = new Map<string, number>();
  return operations.map((operation) => {
    const count = ended.get(operation.client) ?? 0;
    if (operation.f === 'read' && operation.outcome === 'fail') ended.set(operation.client, count + 1);
    return count === 0 ? operation : { ...operation, client: `${operation.client}/${count}` };
  });
}

type Describe = (operation: Operation) => string;
const options = (describe: Describe): SessionOptions => ({ compare: compareOperationVersions, describe });

/** Read your writes, session by session. */
export function readYourWrites(operations: readonly Operation[], describe: Describe): Verdict {
  return checkReadYourWrites(bySession(operations), options(describe));
}

/** Monotonic reads, session by session. */
export function monotonicReads(operations: readonly Operation[], describe: Describe): Verdict {
  return checkMonotonicReads(bySession(operations), options(describe));
}

/**
 * Consistent prefix across keys: whoever has read an entry of the log finds, under every other key, at least what the log held there before
 * that entry. What a client saw of the same key is the business of monotonic reads. Entries of unacknowledged writes count once
 * somebody has read them.
 */
export function consistentPrefix(operations: readonly Operation[], describe: Describe): Verdict {
  const written = entriesByKey(operations);
  const newest = new Map<string, Operation[]>();
  let judged = 0;
  const reads = bySession(operations).filter(({ f, outcome }) => f === 'read' && outcome === 'ok');
  for (const read of reads) {
    // A client has one operation at a time, so the order of the history is that of its session.
    const known = newest.get(read.client) ?? [];
    for (const seen of known) {
      if (seen.key === read.key) continue;
      const due = newestBefore(written.get(read.key) ?? [], seen);
      if (due === undefined) continue;
      judged++;
      const found = operationVersion(read);
      if (found === undefined || (found !== null && comparePositions(found, operationVersion(due)!) >= 0)) continue;
      return violated({ read, seen, due }, describe);
    }
    if (operationVersion(read) != null) newest.set(read.client, keepNewest(known, read));
  }
  if (judged === 0)
    return {
      status: 'unknown',
      sentence: 'No client read one key after it had read a newer entry of another.',
      spent: 0,
    };
  return {
    status: 'ok',
    sentence: `${allOf(judged, 'pair')} of reads of different keys kept the order of the log.`,
  };
}

/** Operations whose entry in the log is known, by key, by rising place. */
function entriesByKey(operations: readonly Operation[]): ReadonlyMap<string, readonly Operation[]> {
  const byKey = new Map<string, Operation[]>();
  for (const operation of operations) {
    if (operation.outcome !== 'ok' || operationVersion(operation) == null) continue;
    const known = byKey.get(operation.key);
    if (known === undefined) byKey.set(operation.key, [operation]);
    else known.push(operation);
  }
  for (const list of byKey.values()) list.sort((a, b) => comparePositions(operationVersion(a)!, operationVersion(b)!));
  return byKey;
}

/** The last entry that the log held before the one that was seen, in the same epoch: across a failover the log may have lost it. */
function newestBefore(entries: readonly Operation[], seen: Operation): Operation | undefined {
  const place = operationVersion(seen)!;
  let found: Operation | undefined;
  for (const entry of entries) {
    const own = operationVersion(entry)!;
    if (own.epoch === place.epoch && own.lsn < place.lsn) found = entry;
  }
  return found;
}

/** Of each key the newest read. */
function keepNewest(known: readonly Operation[], read: Operation): Operation[] {
  const place = operationVersion(read)!;
  const same = known.find(({ key }) => key === read.key);
  if (same !== undefined && comparePositions(operationVersion(same)!, place) >= 0) return [...known];
  return [...known.filter((other) => other !== same), read];
}

function violated(
  told: { readonly read: Operation; readonly seen: Operation; readonly due: Operation },
  describe: Describe,
): Verdict {
  const { read, seen, due } = told;
  const found = operationVersion(read) === null ? 'found nothing' : `returned ${describe(read)}`;
  const sentence = `Read ${read.id} of ${read.key} ${found} after read ${seen.id} of ${seen.key} by the same client had returned ${describe(seen)}, and ${describe(due)} of ${read.key} came before that.`;
  const operations = [read, seen, due];
  const steps = operations.flatMap((one) => [one.invokedStep, one.completedStep]).filter((step) => step !== undefined);
  return {
    status: 'violated',
    sentence,
    witness: { operations: operations.map(({ id }) => id), steps, key: read.key },
  };
}
