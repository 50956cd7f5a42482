import type { Operation } from '../kernel/history.ts';
import type { Value } from '../kernel/value.ts';
import { allOf } from './counted.ts';
import { nameAtStart, nameOf } from './linearizability-sentence.ts';
import { wordingOf } from './value-identity.ts';
import type { Verdict } from './verdict.ts';

/** How one version relates to another: `before` means that whoever has the other has seen it. */
export type VersionOrder = 'before' | 'after' | 'equal' | 'concurrent';

/** What the four checks need to know about the store. */
export interface SessionOptions {
  /** Orders two versions, or two sets of siblings, of one key. Never called with null. */
  readonly compare: (a: Value, b: Value) => VersionOrder;
  /**
   * Whether the store keeps every concurrent version. Then a version that is concurrent with one the client knew was made or
   * read without it, which violates too. Default false: such a version may have won against the one the client knew,
   * which a client cannot tell, so only a version strictly before counts.
   */
  readonly keepsSiblings?: boolean;
  /** The version of an operation in a sentence, such as "v4". Default: "version 4". */
  readonly describe?: (operation: Operation) => string;
}

/** What an operation of a session obliges a later one to, and how to say it when it does not. */
interface Guarantee {
  readonly known: 'read' | 'write';
  readonly judged: 'read' | 'write';
  readonly missing: string;
  readonly tell: (judged: Operation, known: Operation, version: (operation: Operation) => string) => string;
}

function versionOf(operation: Operation): Value {
  return operation.version ?? null;
}

function found(read: Operation, version: (operation: Operation) => string): string {
  return versionOf(read) === null ? 'found nothing' : `returned ${version(read)}`;
}

/** What counts: acknowledged operations whose version is known. A read that found nothing has version null, which is known. */
function kindOf(operation: Operation): 'read' | 'write' | undefined {
  if (operation.outcome !== 'ok' || operation.version === undefined) return undefined;
  if (operation.f === 'read') return 'read';
  return operation.version === null ? undefined : 'write';
}

/** The operations that count, by client and key, each list in order of invocation. */
function sessionsOf(operations: readonly Operation[], { known, judged }: Guarantee): readonly (readonly Operation[])[] {
  const sessions: Operation[][] = [];
  const byClient = new Map<string, Map<string, Operation[]>>();
  for (const operation of operations) {
    const kind = kindOf(operation);
    if (kind !== known && kind !== judged) continue;
    let byKey = byClient.get(operation.client);
    if (byKey === undefined) {
      byKey = new Map();
      byClient.set(operation.client, byKey);
    }
    const session = byKey.get(operation.key);
    if (session !== undefined) session.push(operation);
    else {
      const started = [operation];
      byKey.set(operation.key, started);
      sessions.push(started);
    }
  }
  return sessions;
}

/** An operation between its two moments, with what the client knew when it invoked it. */
interface Open {
  readonly operation: Operation;
  readonly knownBefore: readonly Operation[];
}

/**
 * Goes through one session in the order of its moments. `complete` is told of each operation with what the client knew when it invoked it,
 * and says whether it teaches the client a version; it stops the walk by returning undefined.
 */
function walk(
  session: readonly Operation[],
  compare: SessionOptions['compare'],
  complete: (operation: Operation, knownBefore: readonly Operation[]) => boolean | undefined,
): void {
  let known: readonly Operation[] = [];
  // One at most, but for clients that went on after an unknown outcome.
  const open: Open[] = [];
  const endUntil = (order: number): boolean => {
    while (open.length > 0 && open[0]!.operation.completedOrder < order) {
      const { operation, knownBefore } = open.shift()!;
      const teaches = complete(operation, knownBefore);
      if (teaches === undefined) return false;
      if (teaches) known = learnt(known, operation, compare);
    }
    return true;
  };
  for (const operation of session) {
    if (!endUntil(operation.invokedOrder)) return;
    let at = open.length;
    while (at > 0 && open[at - 1]!.operation.completedOrder > operation.completedOrder) at--;
    open.splice(at, 0, { operation, knownBefore: known });
  }
  endUntil(Number.POSITIVE_INFINITY);
}

/** What a client knows after an operation, as the latest versions only. */
function learnt(
  known: readonly Operation[],
  operation: Operation,
  compare: SessionOptions['compare'],
): readonly Operation[] {
  const version = versionOf(operation);
  if (version === null) return known;
  const orders = known.map((one) => compare(versionOf(one), version));
  if (orders.includes('after')) return known;
  return [...known.filter((_, index) => orders[index] === 'concurrent'), operation];
}

/** Deletes per key, acknowledged or not: what may have left nothing to find. */
function deletesByKey(operations: readonly Operation[]): Map<string, Operation[]> {
  const deletes = new Map<string, Operation[]>();
  for (const operation of operations) {
    if (operation.f !== 'delete' || operation.outcome === 'fail') continue;
    const sameKey = deletes.get(operation.key);
    if (sameKey === undefined) deletes.set(operation.key, [operation]);
    else sameKey.push(operation);
  }
  return deletes;
}

function checkGuarantee(operations: readonly Operation[], guarantee: Guarantee, options: SessionOptions): Verdict {
  const { compare } = options;
  const version = options.describe ?? ((operation: Operation) => `version ${wordingOf(versionOf(operation))}`);
  const deletes = deletesByKey(operations);
  let judged = 0;

  /** Nothing to find is older than everything, unless a delete that is not older may have happened before the read ended. */
  const precedes = (operation: Operation, known: Operation): boolean => {
    const own = versionOf(operation);
    if (own !== null) {
      const order = compare(own, versionOf(known));
      return order === 'before' || (order === 'concurrent' && options.keepsSiblings === true);
    }
    return !deletes.get(operation.key)?.some((one) => {
      if (one.invokedOrder > operation.completedOrder) return false;
      return versionOf(one) === null || compare(versionOf(one), versionOf(known)) !== 'before';
    });
  };

  let broken: { readonly operation: Operation; readonly known: Operation } | undefined;
  for (const session of sessionsOf(operations, guarantee)) {
    walk(session, compare, (operation, knownBefore) => {
      const kind = kindOf(operation);
      if (kind !== guarantee.judged) return true;
      if (knownBefore.length > 0) judged += 1;
      const known = knownBefore.find((one) => precedes(operation, one));
      if (known === undefined) return kind === guarantee.known;
      // Told is what a client was told first.
      if (broken === undefined || operation.completedOrder < broken.operation.completedOrder)
        broken = { operation, known };
      return undefined;
    });
  }
  if (broken !== undefined)
    return violated(broken.operation, broken.known, guarantee.tell(broken.operation, broken.known, version));
  if (judged === 0) return { status: 'unknown', sentence: guarantee.missing, spent: 0 };
  return { status: 'ok', sentence: `${allOf(judged, guarantee.judged)} that the guarantee speaks of kept it.` };
}

function violated(operation: Operation, known: Operation, sentence: string): Verdict {
  const told = [operation, known];
  const steps = told.flatMap((one) => [one.invokedStep, one.completedStep]).filter((step) => step !== undefined);
  return {
    status: 'violated',
    sentence,
    witness: { operations: told.map(({ id }) => id), steps, ...(operation.key === '' ? {} : { key: operation.key }) },
  };
}

/*
 * The four session guarantees of Terry et al., "Session guarantees for weakly consistent replicated data" (1994), as far as
 * a client can see them. A session is a client on one key; one operation precedes another when it had completed before the
 * other was invoked. Only acknowledged operations with a known version count: a write of unknown outcome promises nothing.
 * Writes, compare-and-sets, appends and deletes are writes. Nothing to compare gives `unknown`.
 */

/**
 * Read your writes: after its own acknowledged write a client never reads an older version, and never nothing, unless
 * a delete that is not older than the write may have removed it (such a delete was invoked before the read ended).
 */
export function checkReadYourWrites(operations: readonly Operation[], options: SessionOptions): Verdict {
  const guarantee: Guarantee = {
    known: 'write',
    judged: 'read',
    missing: 'No client read a key that it had written.',
    tell: (read, write, version) =>
      `${nameAtStart(read)} ${found(read, version)} after ${nameOf(write)} of the same client had stored ${version(write)}.`,
  };
  return checkGuarantee(operations, guarantee, options);
}

/** Monotonic reads: a client never reads a version older than one it has read, nor nothing, unless a delete explains it. */
export function checkMonotonicReads(operations: readonly Operation[], options: SessionOptions): Verdict {
  const guarantee: Guarantee = {
    known: 'read',
    judged: 'read',
    missing: 'No client read a key again that it had found.',
    tell: (read, before, version) =>
      `${nameAtStart(read)} ${found(read, version)} after ${nameOf(before)} of the same client had ${found(before, version)}.`,
  };
  return checkGuarantee(operations, guarantee, options);
}

/** Monotonic writes: a client's acknowledged write never gets a version older than that of its earlier one. */
export function checkMonotonicWrites(operations: readonly Operation[], options: SessionOptions): Verdict {
  const guarantee: Guarantee = {
    known: 'write',
    judged: 'write',
    missing: 'No client wrote a key twice.',
    tell: (write, before, version) =>
      `${nameAtStart(write)} stored ${version(write)} after ${nameOf(before)} of the same client had stored ${version(before)}.`,
  };
  return checkGuarantee(operations, guarantee, options);
}

/** Writes follow reads: a client's acknowledged write never gets a version older than one that the client had read. */
export function checkWritesFollowReads(operations: readonly Operation[], options: SessionOptions): Verdict {
  const guarantee: Guarantee = {
    known: 'read',
    judged: 'write',
    missing: 'No client wrote a key that it had read.',
    tell: (write, read, version) =>
      `${nameAtStart(write)} stored ${version(write)} after ${nameOf(read)} of the same client had ${found(read, version)}.`,
  };
  return checkGuarantee(operations, guarantee, options);
}
