import type { Effect, Environment } from '../../kernel/behavior.ts';
import type { Read } from './messages.ts';
import {
  appliedPosition,
  type NodeContext,
  type NodeStep,
  note,
  remembering,
  send,
  type WaitingRead,
} from './node-state.ts';
import { lookUp, type Position } from './wal.ts';

/** Answers a read from what is applied; with a token that this node has not applied yet, makes it wait. */
export function serveRead(context: NodeContext, read: Read, { from, clockUs }: Environment): NodeStep {
  const { durable, volatile } = context;
  const { sequence, key, token } = read;
  if (token === null) return { effects: [answer(context, from, read)] };
  if (lookUp(durable.wal, token) === 'lost') return { effects: loseToken(from, sequence, token) };
  if (token.lsn <= volatile.applied) return { effects: [answer(context, from, read)] };
  const waiting = [...volatile.waiting, { client: from, sequence, key, token, sinceUs: clockUs }];
  return {
    context: { durable, volatile: remembering(volatile, { waiting }) },
    effects: [note('read.behind', { client: from, sequence, applied: volatile.applied, token: token.lsn })],
  };
}

/** After the log was applied further, or changed: answers the waiting reads whose time has come. */
export function serveWaiting(context: NodeContext, clockUs: number, effects: Effect[]): NodeContext {
  const { durable, volatile } = context;
  if (volatile.waiting.length === 0) return context;
  const waiting: WaitingRead[] = [];
  for (const one of volatile.waiting) {
    const { client, sequence, token, sinceUs } = one;
    if (lookUp(durable.wal, token) === 'lost') effects.push(...loseToken(client, sequence, token));
    else if (token.lsn > volatile.applied) waiting.push(one);
    else {
      effects.push(note('read.waited', { client, sequence, waitedUs: clockUs - sinceUs }));
      effects.push(answer(context, client, one));
    }
  }
  if (waiting.length === volatile.waiting.length) return context;
  return { durable, volatile: remembering(volatile, { waiting }) };
}

/** Refuses a request: whoever sent it may try elsewhere, nothing was done. */
export function refuse(
  { durable }: NodeContext,
  event: { readonly sequence: number },
  { from, self }: Environment,
): NodeStep {
  const leader = durable.leader === self ? null : durable.leader;
  return { effects: [send(from, { type: 'NotLeader', sequence: event.sequence, epoch: durable.epoch, leader })] };
}

function answer(context: NodeContext, client: string, read: Pick<Read, 'sequence' | 'key'>): Effect {
  const entry = context.volatile.store[read.key] ?? null;
  const position: Position = appliedPosition(context);
  return send(client, { type: 'ReadReply', sequence: read.sequence, entry, position });
}

function loseToken(client: string, sequence: number, { epoch, lsn }: Position): readonly Effect[] {
  return [note('token.lost', { client, sequence, epoch, lsn }), send(client, { type: 'TokenLost', sequence })];
}
