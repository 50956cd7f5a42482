import type { Effect } from '../../../kernel/behavior.ts';
import { note } from '../effects.ts';
import { answerOf, readAnswer } from '../requests.ts';
import { isSnapshotDue, lastSlot } from '../slots.ts';
import { applyEntry } from '../store.ts';
import type { HistorySnapshot, Transaction } from './messages.ts';
import { type Durable, recalling, sync, type ZabContext } from './state.ts';

/** Delivers, in the order of the history, everything up to a place; a leader answers the clients. Puts transactions away as a snapshot now and then. */
function deliverTo(
  context: ZabContext,
  index: number,
  { effects, answers }: { readonly effects: Effect[]; readonly answers: boolean },
): ZabContext {
  const { durable, volatile } = context;
  let { machine, commit } = volatile;
  const { snapshot, log } = durable;
  for (let at = commit + 1; at <= index; at++) {
    const entry = log[at - snapshot.index - 1]!;
    const { term, counter, client, sequence, command } = entry;
    let executed = false;
    if (client !== '') {
      const applied = applyEntry(machine, entry);
      ({ machine, executed } = applied);
      if (answers) effects.push(answerOf(entry, applied.result));
    }
    effects.push(note('entry.applied', { index: at, term, counter, client, sequence, executed, kind: command.kind }));
    commit = at;
  }
  if (commit === volatile.commit) return context;
  return snapshotIfDue({ durable, volatile: recalling(volatile, { commit, machine }) }, effects);
}

function snapshotIfDue(context: ZabContext, effects: Effect[]): ZabContext {
  const { durable, volatile } = context;
  const { commit, settings } = volatile;
  const { acceptedEpoch, currentEpoch, snapshot, log } = durable;
  const entry = log[commit - snapshot.index - 1];
  if (!isSnapshotDue(durable, commit, settings) || entry === undefined) return context;
  const machine = settings.snapshotSessions ? volatile.machine : { cells: volatile.machine.cells, sessions: [] };
  const { term, counter } = entry;
  effects.push(note('snapshot.taken', { index: commit, term }));
  const taken: HistorySnapshot = { index: commit, term, counter, machine };
  const next: Durable = { acceptedEpoch, currentEpoch, snapshot: taken, log: log.slice(commit - snapshot.index) };
  return sync({ durable: next, volatile }, effects);
}

/** Proposals of this epoch are committed up to `counter`, and with them the history before. Delivers what is there, and answers reads that waited for it. */
export function commitTo(
  context: ZabContext,
  counter: number,
  options: { readonly effects: Effect[]; readonly answers: boolean },
): ZabContext {
  const { durable, volatile } = context;
  const committed = Math.max(volatile.committed, counter);
  const known = committed === volatile.committed ? context : { durable, volatile: recalling(volatile, { committed }) };
  if (committed < 0) return known;
  const index = Math.min(volatile.base + committed, lastSlot(durable));
  return answerReads(deliverTo(known, index, options), options.effects);
}

/** Answers the reads that the leader has let pass and whose transaction is delivered here. */
export function answerReads(context: ZabContext, effects: Effect[]): ZabContext {
  const { durable, volatile } = context;
  const { reads, commit, base, machine } = volatile;
  if (reads.length === 0) return context;
  const isReady = ({ round, counter }: (typeof reads)[number]): boolean =>
    round === 0 && counter >= 0 && base + counter <= commit;
  const left = reads.filter((read) => !isReady(read));
  if (left.length === reads.length) return context;
  for (const read of reads) {
    if (isReady(read)) effects.push(note('read.served', { by: 'sync' }), readAnswer(machine, read));
  }
  return { durable, volatile: recalling(volatile, { reads: left }) };
}

/** What is noted of a transaction that a leader sends out. */
export function transactionNote({ index, term, counter, client, sequence, command }: Transaction): Effect {
  return note('transaction.broadcast', { index, term, counter, client, sequence, kind: command.kind });
}
