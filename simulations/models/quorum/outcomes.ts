import { checkNoLostAcknowledgedWrite, checkNoResurrection, type FinalContents } from '../../checkers/acknowledged.ts';
import { checkConvergence } from '../../checkers/convergence.ts';
import { partOf, percentOf } from '../../checkers/counted.ts';
import { checkLinearizable } from '../../checkers/linearizability.ts';
import {
  checkMonotonicReads,
  checkMonotonicWrites,
  checkReadYourWrites,
  checkWritesFollowReads,
  type SessionOptions,
} from '../../checkers/session.ts';
import { registerSpec } from '../../checkers/specs.ts';
import type { Verdict } from '../../checkers/verdict.ts';
import type { Operation } from '../../kernel/history.ts';
import type { RunRecord } from '../../kernel/view.ts';
import { formatDuration } from '../../scenario/duration.ts';
import type { Property } from '../model.ts';
import { keysOf, numberOperations, operationNames, operationNumber } from '../numbering.ts';
import { focusOn, operationMark } from './focus.ts';
import {
  compareOperationVersions,
  diskOf,
  judgeReads,
  mergedContents,
  operationVersion,
  type VersionStored,
} from './history.ts';
import type { QuorumKnobs } from './knobs.ts';
import { healedUs, operationsAfterHeal } from './occurrences.ts';
import { type Cell, type Cells, compareVersions, covers } from './versions.ts';

type Eventually = Extract<Property<QuorumKnobs>, { kind: 'eventually' }>;

const unknown = (sentence: string, spent: number): Verdict => ({ status: 'unknown', sentence, spent });

/** Words versions as the pictures do: v4. Numbered only when a sentence is needed. */
function describer({ operations }: RunRecord): (operation: Operation) => string {
  let byKey: Map<string, ReturnType<typeof focusOn>> | undefined;
  const names = operationNames(operations);
  return (operation) => {
    byKey ??= new Map(keysOf(operations).map((key) => [key, focusOn(operations, key)]));
    const focus = byKey.get(operation.key)!;
    const known = operationMark(operation, focus)?.label;
    return known ?? `v${focus.numbering.get(names[operation.id]!) ?? '?'}`;
  };
}

function sessionOptions(run: RunRecord, knobs: QuorumKnobs): SessionOptions {
  return { compare: compareOperationVersions, keepsSiblings: knobs.version === 'vv', describe: describer(run) };
}

/** Which operations' values survive, per key, on all disks together, as far as `counts` says. */
function survivors(run: RunRecord, counts: (cell: Cell) => boolean = () => true): FinalContents {
  const ids = new Map(operationNames(run.operations).map((name, id) => [name, id]));
  const contents: Record<string, readonly (number | null)[]> = {};
  for (const [key, cells] of Object.entries(mergedContents(run))) {
    contents[key] = cells.filter(counts).map(({ write }) => ids.get(write) ?? null);
  }
  return contents;
}

/** A tombstone is the same as nothing: one replica may have purged it already. */
function visible(cells: Cells): readonly string[] | null {
  const live = cells.filter((cell) => !cell.deleted).map((cell) => cell.write);
  return live.length === 0 ? null : live;
}

/** Messages that may still change what a replica holds. */
const CHANGING = new Set(['RWrite', 'Repair', 'HintReplay', 'MerkleStream', 'Write', 'Delete']);

function unsettled(run: RunRecord, knobs: QuorumKnobs): string | undefined {
  const { end, endUs } = run;
  if (run.faults.length > 0 && healedUs(run) === undefined) return 'A fault lasts to the end of the run.';
  if (end.inFlight.some(({ message }) => CHANGING.has(message.type))) return 'Versions are still on their way.';
  if (knobs.antiEntropyEvery === 0) return undefined;
  const lastUs = run.operations.reduce((last, { invokedAt }) => Math.max(last, invokedAt), healedUs(run) ?? 0);
  const neededUs = knobs.antiEntropyEvery * 1.1 * 2 * knobs.replicas;
  return endUs - lastUs >= neededUs ? undefined : 'The run ends before anti-entropy had time to compare all replicas.';
}

function converged(run: RunRecord, knobs: QuorumKnobs): Verdict {
  const replicas = run.end.processes.filter(({ role, id }) => role === 'replica' && id.startsWith('r'));
  const contents = replicas.map(({ id, disk }) => {
    const { store } = diskOf(disk);
    return { replica: id, contents: Object.fromEntries(Object.keys(store).map((key) => [key, visible(store[key]!)])) };
  });
  const numbering = numberOperations(run.operations);
  const named = (write: string) => `write ${operationNumber(write, numbering)}`;
  const verdict = checkConvergence(contents, {
    describe: (writes) =>
      writes === null ? 'nothing' : `what ${(writes as readonly string[]).map(named).join(' and ')} left`,
  });
  if (verdict.status !== 'violated') return verdict;
  const reason = unsettled(run, knobs);
  return reason === undefined ? verdict : unknown(`${verdict.sentence} ${reason}`, run.events);
}

/** Deletes undone at the end, and tombstones that a replica gave up for an older value on the way. */
function noResurrection(run: RunRecord, knobs: QuorumKnobs): Verdict {
  const numbering = numberOperations(run.operations);
  for (const { name, data, step, host } of run.notes) {
    if (name !== 'version.stored') continue;
    const { key, now, over } = data as VersionStored;
    const dead = over.find((cell) => cell.deleted && !covers(now, [cell]));
    const risen = now.find((cell) => !cell.deleted);
    if (dead === undefined || risen === undefined || !isBefore(run, risen.write, dead.write)) continue;
    const [gone, back] = [dead, risen].map(({ write }) => operationNumber(write, numbering));
    const sentence = `${host} gave up the tombstone of delete ${gone} under ${key} for what write ${back} had left before it.`;
    return {
      status: 'violated',
      sentence,
      witness: { operations: idsOf(run, [risen.write, dead.write]), steps: [step], key },
    };
  }
  return checkNoResurrection(
    run.operations,
    survivors(run, (cell) => knobs.version !== 'vv' || wasDeleted(run, cell)),
  );
}

/** With version vectors a delete removes what its client had seen; a value it had not seen rightly stays, as a sibling. */
function wasDeleted({ operations }: RunRecord, cell: Cell): boolean {
  return operations.some((operation) => {
    const version = operation.f === 'delete' ? operationVersion(operation) : undefined;
    return version !== undefined && version !== null && compareVersions(cell.version, version.version) === 'before';
  });
}

function idsOf(run: RunRecord, writes: readonly string[]): readonly number[] {
  const names = operationNames(run.operations);
  return writes.map((write) => names.indexOf(write)).filter((id) => id >= 0);
}

/** Whether one write had certainly ended before another began. */
function isBefore(run: RunRecord, write: string, later: string): boolean {
  const [first, second] = idsOf(run, [write, later]).map((id) => run.operations[id]);
  return first !== undefined && second !== undefined && first.completedOrder < second.invokedOrder;
}

function fresh(run: RunRecord, knobs: QuorumKnobs): Verdict {
  const reads = judgeReads(run.operations, knobs.freshAfter);
  if (reads.length === 0) return unknown('No read began that long after an acknowledgement.', 0);
  const stale = reads.filter(({ behind }) => behind > 0);
  const count = reads.length - stale.length;
  const counted = `${partOf(count, reads.length, 'read')} fresh ${formatDuration(knobs.freshAfter)} after the acknowledgement`;
  const objective = `${Math.round(knobs.freshShare * 100_000) / 1000} %`;
  const measured = `${counted}: ${percentOf(count, reads.length, 3)}; the objective is ${objective}.`;
  const [first] = stale;
  if (count / reads.length >= knobs.freshShare || first === undefined) return { status: 'ok', sentence: measured };
  const { read, newest } = first;
  const steps = [newest.completedStep, read.invokedStep, read.completedStep].filter((step) => step !== undefined);
  return {
    status: 'violated',
    sentence: measured,
    witness: { operations: [newest.id, read.id], steps, key: read.key },
  };
}

/** After the last fault has ended, nine operations in ten must get an answer. */
function availableAfterHeal(run: RunRecord, knobs: QuorumKnobs): Verdict {
  const tried = operationsAfterHeal(run, knobs);
  const unanswered = tried.filter(({ outcome }) => outcome !== 'ok');
  const answered = tried.length - unanswered.length;
  const sentence = `${partOf(answered, tried.length, 'operation', 'after the last fault')} answered.`;
  if (tried.length === 0) return unknown('No operation began after the last fault had ended.', 0);
  if (unanswered.length * 10 <= tried.length) return { status: 'ok', sentence };
  return { status: 'violated', sentence, witness: { operations: unanswered.map(({ id }) => id), steps: [] } };
}

function outcome(id: string, title: string, exercisedBy: string, check: Eventually['check']): Eventually {
  return { kind: 'eventually', id, title, exercisedBy, check };
}

/** What the whole history and the final disks must show. */
export const outcomes: readonly Eventually[] = [
  outcome('linearizable', 'linearizable', 'write-read', (run) =>
    checkLinearizable(run.operations, registerSpec(null), { describe: describer(run) }),
  ),
  outcome('no-lost-acknowledged-write', 'no acknowledged write lost', 'write-acknowledged', (run) =>
    checkNoLostAcknowledgedWrite(run.operations, survivors(run)),
  ),
  outcome('monotonic-reads', 'monotonic reads, per client', 'read-again', (run, knobs) =>
    checkMonotonicReads(run.operations, sessionOptions(run, knobs)),
  ),
  outcome('read-your-writes', 'read your writes', 'read-after-own-write', (run, knobs) =>
    checkReadYourWrites(run.operations, sessionOptions(run, knobs)),
  ),
  outcome('monotonic-writes', 'monotonic writes', 'write-again', (run, knobs) =>
    checkMonotonicWrites(run.operations, sessionOptions(run, knobs)),
  ),
  outcome('writes-follow-reads', 'writes follow reads', 'write-after-read', (run, knobs) =>
    checkWritesFollowReads(run.operations, sessionOptions(run, knobs)),
  ),
  outcome('available-after-heal', 'available after heal', 'operation-after-heal', availableAfterHeal),
  outcome('convergence', 'replicas converge', 'replica-missed-write', converged),
  outcome('no-resurrection', 'no deleted value returns', 'delete-acknowledged', noResurrection),
  outcome('freshness', 'reads are fresh in time', 'read-after-acknowledgement', fresh),
];
