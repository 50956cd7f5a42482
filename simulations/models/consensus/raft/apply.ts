import type { Environment } from '../../../kernel/behavior.ts';
import { type Effects, note } from '../effects.ts';
import { answerOf } from '../requests.ts';
import { isSnapshotDue } from '../slots.ts';
import { applyEntry } from '../store.ts';
import { entryAt, membersAt, termAt } from './log.ts';
import { type OwnContext, type ServerContext, sync } from './state.ts';

/**
 * Applies every entry up to `index`, which is committed, in place; a leader answers the clients. Takes a snapshot when enough entries have come since the last one.
 */
export function commitTo(
  own: OwnContext,
  index: number,
  options: { readonly effects: Effects; readonly answers: boolean },
): ServerContext {
  const { durable, volatile } = own;
  const { effects, answers } = options;
  let { machine } = volatile;
  for (let at = volatile.commit + 1; at <= index; at++) {
    const entry = entryAt(durable, at)!;
    const { term, client, sequence, command } = entry;
    let executed = false;
    if (client !== '') {
      const applied = applyEntry(machine, entry);
      ({ machine, executed } = applied);
      if (answers) effects.push(answerOf(entry, applied.result));
    }
    effects.push(note('entry.applied', { index: at, term, client, sequence, executed, kind: command.kind }));
  }
  volatile.commit = index;
  volatile.machine = machine;
  return snapshotIfDue(own, effects);
}

function snapshotIfDue(context: ServerContext, effects: Effects): ServerContext {
  const { durable, volatile } = context;
  const { commit, settings } = volatile;
  if (!isSnapshotDue(durable, commit, settings)) return context;
  const machine = settings.snapshotSessions ? volatile.machine : { cells: volatile.machine.cells, sessions: [] };
  const { members } = membersAt(durable, commit);
  const snapshot = { index: commit, term: termAt(durable, commit), members, machine };
  const log = durable.log.slice(commit - durable.snapshot.index);
  const { term, votedFor } = durable;
  effects.push(note('snapshot.taken', { index: commit, term: snapshot.term }));
  return sync({ durable: { term, votedFor, snapshot, log }, volatile }, effects);
}

/** Whether a client may be answered from what this server has applied, whoever leads. */
export function answersLocally({ volatile }: ServerContext, _event: unknown, _environment: Environment): boolean {
  return volatile.settings.read === 'local';
}
