import type { Effect, Environment, Message } from '../../kernel/behavior.ts';
import type { Value } from '../../kernel/value.ts';
import type { Settings } from './messages.ts';

/** A server's memory, as far as all protocols have it. */
interface Memory {
  readonly settings: Settings;
  /** Who leads, as far as known; ''. */
  readonly leader: string;
}

/** Where effects go, in order. */
export type Effects = { push(effect: Effect): void };

export const send = (to: string, message: Message): Effect => ({ type: 'send', to, message });
export const note = (name: string, data: Value): Effect => ({ type: 'note', name, data });

/** Until a leader is heard, or a vote is given, this long; drawn by the kernel. */
export function electionTimer({ settings }: Pick<Memory, 'settings'>): Effect {
  return { type: 'timer.set', name: 'election', delayUs: settings.electionUs };
}

/** Without fsync the disk is written now and then. */
export function flushTimer({ volatile }: { readonly volatile: Pick<Memory, 'settings'> }): readonly Effect[] {
  const { fsync, flushEveryUs } = volatile.settings;
  return fsync ? [] : [{ type: 'timer.set', name: 'flush', delayUs: flushEveryUs }];
}

/** Not here: to the leader, if this server knows one. */
export function redirected(
  { leader }: Pick<Memory, 'leader'>,
  sequence: number,
  { from, host }: Environment,
): readonly Effect[] {
  return [send(from, { type: 'Redirect', sequence, leader: leader === host ? '' : leader })];
}

/** What an operator is told where the protocol has no change of the group. */
export function refusedChange(sequence: number, { from }: Environment): readonly Effect[] {
  const refused = 'with this protocol the group and its leader cannot be changed by hand';
  return [send(from, { type: 'ChangeReply', sequence, refused })];
}
