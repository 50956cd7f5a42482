import type { Operation } from '../../kernel/history.ts';
import type { NoteView, RunRecord } from '../../kernel/view.ts';
import type { Hazard } from '../model.ts';
import { operationNames } from '../numbering.ts';
import { judgeReads, operationVersion, type QuorumMet, type VersionStored } from './history.ts';
import type { QuorumKnobs } from './knobs.ts';

/** When a write first reached a replica, when each replica got it, and when it had its quorum (Infinity: never). */
interface Spread {
  readonly key: string;
  readonly storedUs: Map<string, number>;
  metUs: number;
}

function spreads(notes: readonly NoteView[]): ReadonlyMap<string, Spread> {
  const byWrite = new Map<string, Spread>();
  const of = (write: string, key: string): Spread => {
    const known = byWrite.get(write) ?? { key, storedUs: new Map(), metUs: Number.POSITIVE_INFINITY };
    byWrite.set(write, known);
    return known;
  };
  for (const { name, data, host, atUs } of notes) {
    if (name === 'version.stored') {
      const { key, now } = data as VersionStored;
      for (const { write } of now) {
        const { storedUs } = of(write, key);
        if (!storedUs.has(host)) storedUs.set(host, atUs);
      }
    } else if (name === 'quorum.met') {
      const { request, write, key } = data as QuorumMet;
      if (request !== 'read' && write !== null) of(write, key).metUs = atUs;
    }
  }
  return byWrite;
}

/** Whether two reads, one after the other, were answered on a key while a write to it was on some replicas and had no quorum. */
function partialWriteRead(run: RunRecord): boolean {
  const readsOf = readsByKey(run.operations);
  for (const { key, storedUs, metUs } of spreads(run.notes).values()) {
    const reads = readsOf.get(key);
    if (reads === undefined || storedUs.size === 0) continue;
    const firstUs = Math.min(...storedUs.values());
    // The first answer while the write was partial; a second read must begin after it and before the write has its quorum.
    const { completed, invoked } = reads;
    let at = placeOf(completed, (read) => read.completedAt >= firstUs);
    while (at < completed.length && completed[at]!.invokedAt > metUs) at++;
    const first = completed[at];
    if (first === undefined || first.completedAt > metUs) continue;
    const second = invoked[placeOf(invoked, (read) => read.invokedAt >= first.completedAt)];
    if (second !== undefined && second.invokedAt <= metUs) return true;
  }
  return false;
}

interface Reads {
  /** In the order of their answers, and in that of their questions. */
  readonly completed: Operation[];
  readonly invoked: readonly Operation[];
}

/** Answered reads. Operations come in the order in which they were invoked. */
function readsByKey(operations: readonly Operation[]): ReadonlyMap<string, Reads> {
  const reads = new Map<string, Operation[]>();
  for (const operation of operations) {
    if (operation.f !== 'read' || operation.outcome !== 'ok') continue;
    const known = reads.get(operation.key);
    if (known === undefined) reads.set(operation.key, [operation]);
    else known.push(operation);
  }
  const byKey = new Map<string, Reads>();
  for (const [key, invoked] of reads)
    byKey.set(key, { invoked, completed: [...invoked].sort((a, b) => a.completedAt - b.completedAt) });
  return byKey;
}

/** The place of the first operation that passes; those before it in the list must all fail. */
function placeOf(list: readonly Operation[], passes: (operation: Operation) => boolean): number {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (passes(list[middle]!)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Whether a replica went without an acknowledged delete for longer than a request lasts, and repair of some kind ran. */
function replicaMissedDelete(run: RunRecord, knobs: QuorumKnobs): boolean {
  const { MerkleStream, Repair, HintReplay } = run.messages;
  if (MerkleStream === undefined && Repair === undefined && HintReplay === undefined) return false;
  const names = operationNames(run.operations);
  const byWrite = spreads(run.notes);
  return run.operations.some((operation) => {
    if (operation.f !== 'delete' || operation.outcome !== 'ok') return false;
    const storedUs = byWrite.get(names[operation.id]!)?.storedUs;
    const lateUs = operation.completedAt + knobs.requestTimeout;
    for (let index = 1; index <= knobs.replicas; index++) {
      if ((storedUs?.get(`r${index}`) ?? Number.POSITIVE_INFINITY) > lateUs) return true;
    }
    return false;
  });
}

function partialWriteReturned(run: RunRecord): boolean {
  const names = operationNames(run.operations);
  const unacknowledged = new Set(run.operations.filter(isUnknownWrite).map(({ id }) => names[id]));
  return run.operations.some((read) => {
    const version = read.f === 'read' ? operationVersion(read) : undefined;
    return version !== undefined && version !== null && unacknowledged.has(version.write);
  });
}

const isUnknownWrite = ({ f, outcome }: Operation): boolean => f !== 'read' && outcome === 'info';

/** Hazards by the name that a scenario's `witness` gives. */
export const witnesses: Readonly<Record<string, Hazard<QuorumKnobs>>> = {
  'partial-write-read': {
    title: 'a write was partly applied while two reads, one after the other, overlapped it',
    check: partialWriteRead,
  },
  'partial-write-returned': {
    title: 'a read returned a write whose client had no answer',
    check: partialWriteReturned,
  },
  'replica-missed-delete': {
    title: 'a replica missed an acknowledged delete and repair ran',
    check: replicaMissedDelete,
  },
  'read-after-ack': {
    title: 'a read began so long after an acknowledgement that it should be fresh',
    check: (run, knobs) => judgeReads(run.operations, knobs.freshAfter).length > 0,
  },
  'stale-read': {
    title: 'a read returned less than what had been acknowledged before it began',
    check: (run) => judgeReads(run.operations, 0).some(({ behind }) => behind > 0),
  },
  'hint-replayed': {
    title: 'a hint was replayed',
    check: ({ messages }) => messages.HintReplay !== undefined,
  },
};
