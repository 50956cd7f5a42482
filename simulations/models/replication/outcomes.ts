import { checkConvergence } from '../../checkers/convergence.ts';
import { allOf, partOf } from '../../checkers/counted.ts';
import { checkLinearizable } from '../../checkers/linearizability.ts';
import { registerSpec } from '../../checkers/specs.ts';
import type { Verdict } from '../../checkers/verdict.ts';
import type { Operation } from '../../kernel/history.ts';
import { unreachable } from '../../kernel/invariant.ts';
import type { RunRecord } from '../../kernel/view.ts';
import type { Property } from '../model.ts';
import { diskOf, lostWrites, nodesOf, operationVersion } from './history.ts';
import type { ReplicationKnobs } from './knobs.ts';
import { healedUs, operationsAfterHeal } from './occurrences.ts';
import { consistentPrefix, monotonicReads, readYourWrites } from './sessions.ts';

type Eventually = Extract<Property<ReplicationKnobs>, { kind: 'eventually' }>;

const unknown = (sentence: string, spent: number): Verdict => ({ status: 'unknown', sentence, spent });

/** Words a version: `LSN 12`, and from the second epoch on `LSN 12 of epoch 2`. */
function describeVersion(operation: Operation): string {
  const version = operationVersion(operation);
  if (version === null) return 'nothing';
  if (version === undefined) return JSON.stringify(operation.input);
  return version.epoch === 1 ? `LSN ${version.lsn}` : `LSN ${version.lsn} of epoch ${version.epoch}`;
}

function linearizable({ operations }: RunRecord): Verdict {
  return checkLinearizable(operations, registerSpec(null), { describe: describeVersion });
}

/** `12`, `12 to 18`, `12 to 18 and 21`: LSNs that follow each other as ranges. */
function rangesOf(lsns: readonly number[]): string {
  const ranges: [number, number][] = [];
  for (const lsn of [...lsns].sort((a, b) => a - b)) {
    const last = ranges[ranges.length - 1];
    if (last !== undefined && last[1] + 1 === lsn) last[1] = lsn;
    else ranges.push([lsn, lsn]);
  }
  const words = ranges.map(([from, to]) => (from === to ? `${from}` : `${from} to ${to}`));
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words[words.length - 1]}`;
}

/** The log tells exactly which writes are gone: those whose place in it is another history's, or nobody's. */
function noLostWrite(run: RunRecord): Verdict {
  const acknowledged = run.operations.filter(({ f, outcome }) => f === 'write' && outcome === 'ok');
  if (acknowledged.length === 0) return unknown('No write was acknowledged.', 0);
  const lost = lostWrites(run);
  if (lost.length === 0)
    return {
      status: 'ok',
      sentence: `${allOf(acknowledged.length, 'acknowledged write')} ${acknowledged.length === 1 ? 'is' : 'are'} in the log.`,
    };
  const epochs = new Set(lost.map((write) => operationVersion(write)!.epoch));
  const words = [...epochs].map((epoch) => {
    const own = lost.map((write) => operationVersion(write)!).filter((version) => version.epoch === epoch);
    return `LSN ${rangesOf(own.map(({ lsn }) => lsn))} of epoch ${epoch}`;
  });
  const sentence = `${partOf(lost.length, acknowledged.length, 'acknowledged write')} lost: ${words.join(', ')}.`;
  const steps = lost.flatMap((one) => [one.invokedStep, one.completedStep]).filter((step) => step !== undefined);
  return { status: 'violated', sentence, witness: { operations: lost.map(({ id }) => id), steps } };
}

/** Messages that may still change what a node holds. */
const CHANGING = new Set(['Write', 'Append', 'Join', 'Rewind', 'NewLeader', 'Promote']);

function unsettled(run: RunRecord, knobs: ReplicationKnobs): string | undefined {
  const { end, endUs } = run;
  if (run.faults.length > 0 && healedUs(run) === undefined) return 'A fault lasts to the end of the run.';
  if (end.inFlight.some(({ message }) => CHANGING.has(message.type))) return 'Entries are still on their way.';
  const lastUs = run.operations.reduce((last, { invokedAt }) => Math.max(last, invokedAt), healedUs(run) ?? 0);
  const neededUs = 4 * knobs.suspectAfter + 4 * (knobs.lagMax + knobs.latencyMax) + knobs.requestTimeout;
  return endUs - lastUs >= neededUs ? undefined : 'The run ends before every node had time to catch up.';
}

/** One leader makes each epoch's entries, so logs with the same epochs and the same length are the same. */
function converged(run: RunRecord, knobs: ReplicationKnobs): Verdict {
  const contents = nodesOf(run.end).map(({ id, disk }) => {
    const { length, epochs } = diskOf(disk).wal;
    const parts = epochs.map(({ epoch, lsn }) => `epoch ${epoch} from LSN ${lsn}`);
    return { replica: id, contents: { '': `${[...parts, `up to LSN ${length}`].join(', ')}` } };
  });
  const verdict = checkConvergence(contents, { describe: (log) => `${log}`, noun: 'node' });
  if (verdict.status !== 'violated') return verdict;
  const reason = unsettled(run, knobs);
  return reason === undefined ? verdict : unknown(`${verdict.sentence} ${reason}`, run.events);
}

/** After the last fault and one failover, nine operations in ten must get an answer. */
function availableAfterHeal(run: RunRecord, knobs: ReplicationKnobs): Verdict {
  const tried = operationsAfterHeal(run, knobs);
  const unanswered = tried.filter(({ outcome }) => outcome !== 'ok');
  const answered = tried.length - unanswered.length;
  const sentence = `${partOf(answered, tried.length, 'operation', 'after the last fault')} answered.`;
  if (tried.length === 0)
    return unknown('No operation began when the last fault had ended and there had been time for a failover.', 0);
  if (unanswered.length * 10 <= tried.length) return { status: 'ok', sentence };
  return { status: 'violated', sentence, witness: { operations: unanswered.map(({ id }) => id), steps: [] } };
}

/** The promises of a contract, by what they are called. */
function promisesOf(
  contract: ReplicationKnobs['contract'],
): readonly (readonly [string, (run: RunRecord) => Verdict])[] {
  switch (contract) {
    case 'unspecified':
      return [];
    case 'session':
      return [
        ['Read your writes', (run) => readYourWrites(run.operations, describeVersion)],
        ['Monotonic reads', (run) => monotonicReads(run.operations, describeVersion)],
        ['Consistent prefix', (run) => consistentPrefix(run.operations, describeVersion)],
      ];
    case 'linearizable':
      return [['Linearizability', linearizable]];
    default:
      return unreachable(contract);
  }
}

/** Whether the run kept what the interface promises: the contract chooses the checks. */
function contractKept(run: RunRecord, { contract }: ReplicationKnobs): Verdict {
  const promises = promisesOf(contract);
  if (promises.length === 0) return unknown('The contract promises nothing.', 0);
  let judged = 0;
  for (const [promise, check] of promises) {
    const verdict = check(run);
    if (verdict.status === 'violated') return { ...verdict, sentence: `${promise} is promised. ${verdict.sentence}` };
    if (verdict.status === 'ok') judged++;
  }
  const kept = `${partOf(judged, promises.length, 'promise', 'of the contract')} put to the test and kept.`;
  return judged === 0 ? unknown(kept, 0) : { status: 'ok', sentence: kept };
}

function outcome(id: string, title: string, exercisedBy: string, check: Eventually['check']): Eventually {
  return { kind: 'eventually', id, title, exercisedBy, check };
}

/** What the whole history and the final disks must show. */
export const outcomes: readonly Eventually[] = [
  outcome('no-lost-acknowledged-write', 'no acknowledged write lost', 'write-acknowledged', noLostWrite),
  outcome('contract-kept', 'the contract is kept', 'contract-declared', contractKept),
  outcome('read-your-writes', 'read your writes', 'read-after-own-write', (run) =>
    readYourWrites(run.operations, describeVersion),
  ),
  outcome('monotonic-reads', 'monotonic reads', 'read-again', (run) => monotonicReads(run.operations, describeVersion)),
  outcome('consistent-prefix', 'consistent prefix', 'read-another', (run) =>
    consistentPrefix(run.operations, describeVersion),
  ),
  outcome('linearizable', 'linearizable', 'write-read', linearizable),
  outcome('available-after-heal', 'available after heal', 'operation-after-heal', availableAfterHeal),
  outcome('convergence', 'nodes converge on one log', 'follower-appended', converged),
];
