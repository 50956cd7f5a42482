import type { Effect, Environment } from '../../kernel/behavior.ts';
import { appended } from '../../kernel/copies.ts';
import { type CoordinatorContext, type CoordinatorStep, type Progress, progressed } from './coordinator-state.ts';
import type * as Sent from './messages.ts';
import { note, send } from './store.ts';

/** One more replica has the write on disk. The mistake counts the coordinator's own replica twice. */
export function countAck(
  { volatile }: CoordinatorContext,
  _event: Sent.RAck,
  environment: Environment,
): CoordinatorStep {
  const { from, host } = environment;
  if (volatile.acks.includes(from)) return {};
  const twice = from === host && volatile.input.config.mistake === 'coordinator-counts-own-ack-twice';
  const acks = twice ? [...volatile.acks, from, from] : appended(volatile.acks, from);
  return { context: progressed(volatile, { acks }) };
}

/** One more hint is on disk. */
export function countHint(
  { volatile }: CoordinatorContext,
  event: Sent.HintAck,
  { from }: Environment,
): CoordinatorStep {
  const { target } = event;
  if (volatile.hints.some((hint) => hint.target === target)) return {};
  return { context: progressed(volatile, { hints: [...volatile.hints, { target, holder: from }] }) };
}

/** Nodes that count towards W: replicas that acknowledged, and with a sloppy quorum spares that hold a hint. */
export function countedForWrite({ acks, hints, input }: Progress): readonly string[] {
  if (!input.config.sloppy || hints.length === 0) return acks;
  const spares = new Set(hints.map((hint) => hint.holder).filter((holder) => input.config.spares.includes(holder)));
  return [...acks, ...spares];
}

/** At the quorum: tells the client. */
export function settleWrite(volatile: Progress): CoordinatorStep {
  const { input } = volatile;
  const cell = input.cell!;
  const members = countedForWrite(volatile);
  const request = cell.deleted ? 'delete' : 'write';
  const effects: Effect[] = [
    note('quorum.met', { request, key: input.key, write: cell.write, version: cell.version, members }),
    send(input.client, { type: 'WriteReply', sequence: input.sequence, cell }),
  ];
  return { context: progressed(volatile, { replied: true }), effects };
}

/**
 * Hands a hint to another node for each replica that has not answered: to the spares in turn, or where there are none to
 * the replicas that did answer. With nobody to hand it to, tries again later.
 */
export function handOff({ volatile }: CoordinatorContext): CoordinatorStep {
  const { config, key, cell } = volatile.input;
  if (cell === null) return askSpares(volatile);
  const missing = config.replicas.filter((replica) => !volatile.acks.includes(replica));
  const holders = config.spares.length > 0 ? config.spares : [...new Set(volatile.acks)];
  if (missing.length === 0) return {};
  if (holders.length === 0) return { effects: [hintTimer(config)] };
  const effects = missing.map((target, at) => send(holders[at % holders.length]!, { type: 'Hint', target, key, cell }));
  return { effects };
}

/** A sloppy read turns to the spares for the replicas that do not answer. */
function askSpares(volatile: Progress): CoordinatorStep {
  const { config, key } = volatile.input;
  if (volatile.replied || volatile.asked.length > config.replicas.length) return {};
  const effects = config.spares.map((spare) => send(spare, { type: 'RRead', key }));
  return { context: progressed(volatile, { asked: [...volatile.asked, ...config.spares] }), effects };
}

export function hintTimer(config: Sent.Config): Effect {
  return { type: 'timer.set', name: 'hint', delayUs: config.hintAfterUs };
}

/** Whether nothing more is to come for a write: each replica acknowledged it or has a hint waiting. */
export function writeComplete({ input, acks, hints }: Progress): boolean {
  for (const replica of input.config.replicas) {
    if (!acks.includes(replica) && !hints.some((hint) => hint.target === replica)) return false;
  }
  return true;
}
