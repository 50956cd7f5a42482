import type { Effect, Environment } from '../../kernel/behavior.ts';
import { appended } from '../../kernel/copies.ts';
import {
  type CoordinatorContext,
  type CoordinatorEvent,
  type CoordinatorStep,
  type Progress,
  progressed,
} from './coordinator-state.ts';
import type * as Sent from './messages.ts';
import { note, send } from './store.ts';
import { type Cells, chosenCell, mergeCells, sameCells } from './versions.ts';

/** The newest of all answers. The mistake `repair-resurrects-delete` takes a tombstone for a replica that missed the value. */
function newestOf(newest: Cells, cells: Cells, mistake: Sent.Mistake): Cells {
  if (mistake !== 'repair-resurrects-delete') return mergeCells(newest, cells);
  const live = cells.filter((cell) => !cell.deleted);
  if (live.length > 0 && newest.every((cell) => cell.deleted)) return live;
  return live.length > 0 || newest.length === 0 ? mergeCells(newest, cells) : newest;
}

/** One more answer; a duplicate counts once. */
export function countAnswer(
  { volatile }: CoordinatorContext,
  event: Sent.RResp,
  { from }: Environment,
): CoordinatorStep {
  for (const answer of volatile.answers) if (answer.from === from) return {};
  const newest = newestOf(volatile.newest, event.cells, volatile.input.config.mistake);
  return {
    context: progressed(volatile, { answers: appended(volatile.answers, { from, cells: event.cells }), newest }),
  };
}

/** Who among the answers holds the newest version. */
function holders({ answers, newest }: Progress): readonly string[] {
  return answers.filter((answer) => sameCells(answer.cells, newest)).map((answer) => answer.from);
}

/** Whether the answer may only go out once W replicas hold it. */
export function needsWriteBack(progress: Progress): boolean {
  const { config } = progress.input;
  if (config.readRepair !== 'blocking' || progress.newest.length === 0) return false;
  return holders(progress).length < config.writeQuorum;
}

/** At the quorum: answers the client, unless the answer has to be written back first; asynchronous repair starts here. */
export function settleRead(volatile: Progress): CoordinatorStep {
  const { key } = volatile.input;
  const members = volatile.answers.map((answer) => answer.from);
  const write = chosenCell(volatile.newest)?.write ?? null;
  const met = note('quorum.met', { request: 'read', key, write, members });
  if (needsWriteBack(volatile)) return { effects: [met] };
  const effects: Effect[] = [met, readReply(volatile)];
  if (volatile.input.config.readRepair === 'async') repairStale(volatile, effects);
  return { context: progressed(volatile, { replied: true }), effects };
}

function readReply({ input, newest }: Progress): Effect {
  return send(input.client, { type: 'ReadReply', sequence: input.sequence, cells: newest });
}

function repairStale({ answers, newest, input }: Progress, effects: Effect[]): void {
  for (const { from, cells } of answers) {
    if (!sameCells(cells, newest)) effects.push(send(from, repairOf(input.key, newest, false)));
  }
}

function repairOf(key: string, cells: Cells, acknowledge: boolean): Sent.Repair {
  return { type: 'Repair', key, cells, acknowledge };
}

/** An answer after the quorum changes nothing for the client; with asynchronous repair it is repaired, or repairs the others. */
export function lateAnswer(context: CoordinatorContext, event: Sent.RResp, environment: Environment): CoordinatorStep {
  const step = countAnswer(context, event, environment);
  if (step.context === undefined || context.volatile.input.config.readRepair !== 'async') return step;
  const { volatile } = step.context;
  const effects: Effect[] = [];
  if (!sameCells(volatile.newest, context.volatile.newest)) repairStale(volatile, effects);
  else if (!sameCells(event.cells, volatile.newest)) {
    effects.push(send(environment.from, repairOf(volatile.input.key, volatile.newest, false)));
  }
  return { context: step.context, effects };
}

/** The second phase of an ABD read: the newest version goes to every replica not known to hold it. */
export function writeBack({ volatile }: CoordinatorContext): CoordinatorStep {
  const acks = holders(volatile);
  const { key, config } = volatile.input;
  const repairing = config.replicas.filter((replica) => !acks.includes(replica));
  const effects = repairing.map((replica) => send(replica, repairOf(key, volatile.newest, true)));
  return { context: progressed(volatile, { acks, repairing }), effects };
}

/** One more replica holds the answer; at W the client gets it. */
export function countRepair(
  { volatile }: CoordinatorContext,
  _event: Sent.RepairAck,
  { from }: Environment,
): CoordinatorStep {
  if (!volatile.repairing.includes(from)) return {};
  const acks = appended(volatile.acks, from);
  const repairing = volatile.repairing.filter((replica) => replica !== from);
  const replies = !volatile.replied && acks.length >= volatile.input.config.writeQuorum;
  const effects = replies ? [readReply(volatile)] : [];
  return { context: progressed(volatile, { acks, repairing, replied: volatile.replied || replies }), effects };
}

/** A late answer during write-back is only counted as heard. */
export const hearAnswer = (
  { volatile }: CoordinatorContext,
  event: CoordinatorEvent,
  { from }: Environment,
): CoordinatorStep => {
  if (event.type !== 'RResp' || volatile.answers.some((answer) => answer.from === from)) return {};
  return { context: progressed(volatile, { answers: appended(volatile.answers, { from, cells: event.cells }) }) };
};
