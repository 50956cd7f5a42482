import type { Operation } from '../kernel/history.ts';
import type { Value } from '../kernel/value.ts';
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

interface Moment {
  readonly order: number;
  readonly invoked: boolean;
  readonly operation: Operation;
}

/** One client on one key: what it knows, as the latest versions only, and what it knew when it invoked what is open. */
class Session {
  private known: readonly Operation[] = [];
  private readonly knownAtInvocation = new Map<Operation, readonly Operation[]>();
  private readonly compare: SessionOptions['compare'];

  constructor(compare: SessionOptions['compare']) {
    this.compare = compare;
  }

  invoke(operation: Operation): void {
    this.knownAtInvocation.set(operation, this.known);
  }

  /** What the client knew when it invoked an operation that has just completed. */
  complete(operation: Operation): readonly Operation[] {
    const known = this.knownAtInvocation.get(operation)!;
    this.knownAtInvocation.delete(operation);
    return known;
  }

  learn(operation: Operation): void {
    const version = versionOf(operation);
    if (version === null) return;
    const orders = this.known.map((one) => this.compare(versionOf(one), version));
    if (orders.includes('after')) return;
    this.known = [...this.known.filter((_, index) => orders[index] === 'concurrent'), operation];
  }
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

function momentsOf(operations: readonly Operation[], guarantee: Guarantee): Moment[] {
  const moments: Moment[] = [];
  for (const operation of operations) {
    const kind = kindOf(operation);
    if (kind !== guarantee.known && kind !== guarantee.judged) continue;
    moments.push({ order: operation.invokedOrder, invoked: true, operation });
    moments.push({ order: operation.completedOrder, invoked: false, operation });
  }
  return moments.sort((a, b) => a.order - b.order);
}

function checkGuarantee(operations: readonly Operation[], guarantee: Guarantee, options: SessionOptions): Verdict {
  const { compare } = options;
  const version = options.describe ?? ((operation: Operation) => `version ${wordingOf(versionOf(operation))}`);
  const deletes = deletesByKey(operations);
  const sessions = new Map<string, Session>();
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

  for (const { invoked, operation } of momentsOf(operations, guarantee)) {
    const name = `${operation.client.length} ${operation.client} ${operation.key}`;
    let session = sessions.get(name);
    if (session === undefined) {
      session = new Session(compare);
      sessions.set(name, session);
    }
    if (invoked) {
      session.invoke(operation);
      continue;
    }
    const knownBefore = session.complete(operation);
    if (kindOf(operation) === guarantee.judged) {
      if (knownBefore.length > 0) judged += 1;
      const known = knownBefore.find((one) => precedes(operation, one));
      if (known !== undefined) return violated(operation, known, guarantee.tell(operation, known, version));
    }
    if (kindOf(operation) === guarantee.known) session.learn(operation);
  }
  if (judged === 0) return { status: 'unknown', sentence: guarantee.missing, spent: 0 };
  return { status: 'ok', sentence: `All ${judged} ${guarantee.judged}s that the guarantee speaks of kept it.` };
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
