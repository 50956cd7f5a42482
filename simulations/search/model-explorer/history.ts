import type { Effect, ProcessId } from '../../kernel/behavior.ts';
import type { Operation } from '../../kernel/history.ts';
import { OperationLog } from '../../kernel/operations.ts';

type ClientEffect = Extract<Effect, { type: 'client.invoke' | 'client.complete' }>;

/** An operation begins or ends. */
export interface Moment {
  readonly client: ProcessId;
  readonly effect: ClientEffect;
}

/** What the clients saw so far, in an order from which the real-time order of the operations follows. */
export type History = readonly Moment[];

/**
 * The history after some more moments, in its canonical form. Operations that begin one after the other, without one that ends in between,
 * all precede and follow the same operations; so do those that end one after the other: their order is not kept. That an
 * outcome is unknown is no moment at all: the operation stays open.
 */
export function extend(history: History, moments: readonly Moment[]): History {
  const extended = [...history];
  for (const moment of moments) {
    const { effect } = moment;
    if (effect.type === 'client.complete' && effect.outcome === 'info') continue;
    let at = extended.length;
    while (at > 0 && extended[at - 1]!.effect.type === effect.type && nameOf(extended[at - 1]!) > nameOf(moment)) at--;
    extended.splice(at, 0, moment);
  }
  return extended;
}

function nameOf({ client, effect }: Moment): string {
  return `${client} ${String(effect.operation).padStart(6, '0')}`;
}

/** The operations of a history. Their instants are positions in it: only their order means anything. */
export function operationsOf(history: History): readonly Operation[] {
  const log = new OperationLog();
  history.forEach(({ client, effect }, at) => {
    if (effect.type === 'client.invoke') log.invoke(client, effect, at, 0);
    else log.complete(client, effect, at, 0);
  });
  return log.operations;
}
