import type { Effect, Environment, ProcessEvent } from '../../../kernel/behavior.ts';
import type * as Sent from '../messages.ts';
import type { CoordinatorInput } from '../requests.ts';
import { note, send } from '../store.ts';
import { type Cell, type Cells, chosenCell, mergeCells, NO_CELLS, sameCells } from '../versions.ts';
import { NOTHING_DURABLE, type Program, programBehavior, unexpected } from './program.ts';

interface Coordinator extends Program {
  readonly input: CoordinatorInput;
  /** Who answered or acknowledged, in order; of a read, with what. Made anew, since `push` would set room for 17 aside. */
  heard: readonly string[];
  answers: readonly Cells[];
  newest: Cells;
}

const NOBODY: readonly string[] = [];
const NOTHING: readonly Cells[] = [];

/** The coordinator of `../coordinator.ts` as a plain program: quorums without hints, asynchronous read repair or none. */
export const coordinator = programBehavior<CoordinatorInput, Coordinator>(
  'coordinator',
  (input) => ({
    context: NOTHING_DURABLE,
    state: 'fanout',
    done: false,
    input,
    heard: NOBODY,
    answers: NOTHING,
    newest: NO_CELLS,
  }),
  react,
);

function react(own: Coordinator, event: ProcessEvent, { from }: Environment, effects: Effect[]): void {
  switch (event.type) {
    case 'process.started':
      fanOut(own.input, effects);
      break;
    case 'RResp':
      if (!own.heard.includes(from)) hear(own, from, (event as Sent.RResp).cells, effects);
      break;
    case 'RAck':
      if (!own.heard.includes(from)) acknowledge(own, from, own.input.cell!, effects);
      break;
    case 'timer.request':
      own.state = own.state === 'fanout' ? 'timeout' : 'done';
      own.done = true;
      break;
    default:
      unexpected('coordinator', own.state, event);
  }
}

function fanOut({ config, key, cell }: CoordinatorInput, effects: Effect[]): void {
  const message = cell === null ? { type: 'RRead', key } : { type: 'RWrite', key, cell };
  for (const replica of config.replicas) effects.push(send(replica, message));
  effects.push({ type: 'timer.set', name: 'request', delayUs: config.requestTimeoutUs });
  if (config.hintAfterUs > 0 && cell !== null)
    effects.push({ type: 'timer.set', name: 'hint', delayUs: config.hintAfterUs });
}

function acknowledge(own: Coordinator, from: string, cell: Cell, effects: Effect[]): void {
  const { config, client, sequence, key } = own.input;
  const heard = [...own.heard, from];
  own.heard = heard;
  if (own.state === 'fanout' && heard.length >= config.writeQuorum) {
    own.state = 'quorumMet';
    const { write, version } = cell;
    effects.push(note('quorum.met', { request: 'write', key, write, version, members: heard }));
    effects.push(send(client, { type: 'WriteReply', sequence, cell }));
  }
  endWhenComplete(own);
}

function hear(own: Coordinator, from: string, cells: Cells, effects: Effect[]): void {
  const { config, key } = own.input;
  const before = own.newest;
  own.heard = [...own.heard, from];
  own.answers = [...own.answers, cells];
  own.newest = mergeCells(before, cells);
  if (own.state === 'fanout') {
    if (own.heard.length >= config.readQuorum) settleRead(own, effects);
  } else if (config.readRepair === 'async') {
    if (!sameCells(own.newest, before)) repairStale(own, effects);
    else if (!sameCells(cells, own.newest)) effects.push(send(from, repairOf(key, own.newest)));
  }
  endWhenComplete(own);
}

function settleRead(own: Coordinator, effects: Effect[]): void {
  const { config, client, sequence, key } = own.input;
  own.state = 'quorumMet';
  const write = chosenCell(own.newest)?.write ?? null;
  effects.push(note('quorum.met', { request: 'read', key, write, members: own.heard }));
  effects.push(send(client, { type: 'ReadReply', sequence, cells: own.newest }));
  if (config.readRepair === 'async') repairStale(own, effects);
}

function repairStale({ heard, answers, newest, input }: Coordinator, effects: Effect[]): void {
  for (let at = 0; at < answers.length; at++) {
    if (!sameCells(answers[at]!, newest)) effects.push(send(heard[at]!, repairOf(input.key, newest)));
  }
}

function repairOf(key: string, cells: Cells): Sent.Repair {
  return { type: 'Repair', key, cells, acknowledge: false };
}

function endWhenComplete(own: Coordinator): void {
  if (own.state === 'fanout' || own.heard.length < own.input.config.replicas.length) return;
  own.state = 'done';
  own.done = true;
}
