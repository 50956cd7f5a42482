import type { Effect, Environment } from '../../kernel/behavior.ts';
import type { Append, AppendAck, Ask, Fence, NewLeader, Rewind } from './messages.ts';
import {
  applied,
  cancel,
  type Durable,
  type NodeContext,
  type NodeStep,
  note,
  type PersistToken,
  persist,
  remembering,
  send,
  timer,
} from './node-state.ts';
import { serveWaiting } from './reads.ts';
import { append, endOfWal, epochAt, truncate } from './wal.ts';

/** Whether an Append is from the leader that this node follows and continues its log, so that nothing is skipped and nothing contradicted. */
export function fits({ durable, volatile }: NodeContext, { epoch, prev, entries }: Append, from: string): boolean {
  const { wal } = durable;
  if (epoch !== durable.epoch || from !== durable.leader || prev.lsn > wal.length) return false;
  if (volatile.config.mistake === 'follow-without-rewind') return true;
  if (epochAt(wal.epochs, prev.lsn) !== prev.epoch) return false;
  return entries.every((entry) => entry.lsn > wal.length || epochAt(wal.epochs, entry.lsn) === entry.epoch);
}

/** The same for a node that catches up: then its log may not go on where the leader's ends. */
export function joins(context: NodeContext, event: Append, from: string): boolean {
  if (context.volatile.config.mistake === 'follow-without-rewind') return fits(context, event, from);
  return fits(context, event, from) && event.prev.lsn + event.entries.length >= context.durable.wal.length;
}

/** Takes in what is new and starts its way to the disk; what is not new is only acknowledged. */
export function receive(context: NodeContext, event: Append, { from }: Environment): NodeStep {
  const { durable, volatile } = context;
  const before = durable.wal.length;
  const fresh = event.entries.slice(Math.max(0, before - event.prev.lsn));
  if (fresh.length === 0) return { effects: [acknowledgement(context)] };
  let { wal } = durable;
  for (const entry of fresh) wal = append(wal, entry);
  const next = { durable: { epoch: durable.epoch, leads: false, leader: durable.leader, wal }, volatile };
  const effects: Effect[] = [
    note('wal.appended', { from: before + 1, to: wal.length, epoch: durable.epoch, leads: false }),
    persist(next, 'wal'),
  ];
  const { ackPoint, mistake } = volatile.config;
  if (ackPoint === 'received' || mistake === 'ack-before-flush')
    effects.push({ type: 'send', to: from, message: cursors(next) });
  return { context: next, effects };
}

/** The disk has it: acknowledges, applies, answers who waited. */
export function flushed(context: NodeContext, token: PersistToken, environment: Environment): NodeStep {
  const { durable, volatile } = context;
  if (token.generation !== volatile.generation) return {};
  const flushedLsn = Math.max(volatile.flushed, token.lsn);
  let next: NodeContext = { durable, volatile: remembering(volatile, { flushed: flushedLsn }) };
  const effects: Effect[] = [];
  if (token.for === 'fence') effects.push(send(token.to!, { type: 'FenceAck', epoch: durable.epoch }));
  if (token.for === 'position') {
    const position = endOfWal(durable.wal);
    effects.push(send(token.to!, { type: 'AskReply', epoch: durable.epoch, position }));
  }
  if (token.for === 'rewind') effects.push(...join(durable, volatile.config.joinEveryUs));
  if (token.for === 'wal' && volatile.config.ackPoint === 'flushed' && durable.leader !== null) {
    effects.push(acknowledgement(next));
  }
  if (volatile.config.applyDelayUs === 0) next = applyUntil(next, flushedLsn, environment.clockUs, effects);
  else if (volatile.applying <= volatile.applied && flushedLsn > volatile.applied) {
    next = { durable, volatile: remembering(next.volatile, { applying: flushedLsn }) };
    effects.push(timer('apply', volatile.config.applyDelayUs));
  }
  return { context: next, effects };
}

/** Applies what was flushed when the timer was set, and sets it again for what has come since. */
export function applyFlushed(context: NodeContext, { clockUs }: Environment): NodeStep {
  const { volatile } = context;
  const effects: Effect[] = [];
  const next = applyUntil(context, Math.min(volatile.applying, volatile.flushed), clockUs, effects);
  if (volatile.flushed <= next.volatile.applied) return { context: next, effects };
  effects.push(timer('apply', volatile.config.applyDelayUs));
  return {
    context: { durable: next.durable, volatile: remembering(next.volatile, { applying: volatile.flushed }) },
    effects,
  };
}

function applyUntil(context: NodeContext, lsn: number, clockUs: number, effects: Effect[]): NodeContext {
  const { durable, volatile } = context;
  if (lsn <= volatile.applied) return context;
  const store = applied(volatile.store, durable.wal, volatile.applied, lsn);
  const next = { durable, volatile: remembering(volatile, { applied: lsn, store }) };
  effects.push(note('wal.applied', { lsn, epoch: durable.epoch }));
  if (volatile.config.ackPoint === 'applied' && durable.leader !== null) effects.push(acknowledgement(next));
  return serveWaiting(next, clockUs, effects);
}

/** Follows the leader that the message names, and says what it holds. */
export function follow(context: NodeContext, event: NewLeader, environment: Environment): NodeStep {
  return followNode(context, event.epoch, event.leader, environment);
}

/** Entries of a later epoch: whoever sends them leads it. */
export function followSender(context: NodeContext, event: Append, environment: Environment): NodeStep {
  return followNode(context, event.epoch, environment.from, environment);
}

function followNode(context: NodeContext, epoch: number, leader: string, { clockUs }: Environment): NodeStep {
  const next = adopt(context, { epoch, leader });
  const effects: Effect[] = [persist(next, 'epoch'), ...join(next.durable, next.volatile.config.joinEveryUs)];
  return settledDown(context, next, clockUs, effects);
}

/** A gap in what the leader sends: asks it to begin where this log ends. */
export function askAgain({ durable, volatile }: NodeContext): NodeStep {
  return { effects: join(durable, volatile.config.joinEveryUs) };
}

/** Promises to take nothing of earlier epochs, and tells the monitor what its disk holds once the promise is on it. */
export function promise(context: NodeContext, event: Ask, { from, clockUs }: Environment): NodeStep {
  const next = adopt(context, { epoch: event.epoch, leader: null });
  return settledDown(context, next, clockUs, [persist(next, 'position', from), retry(next)]);
}

/** Fenced: stops leading, and says so once that is on disk. */
export function yieldTo(context: NodeContext, event: Fence, { from, clockUs }: Environment): NodeStep {
  const next = adopt(context, { epoch: event.epoch, leader: null });
  return settledDown(context, next, clockUs, [persist(next, 'fence', from), retry(next)]);
}

/** Entries of an earlier epoch: with fencing the sender is told that its time is over. */
export function rejectStale({ durable, volatile }: NodeContext, _event: Append, { from }: Environment): NodeStep {
  return volatile.config.fencing ? { effects: [send(from, { type: 'Fence', epoch: durable.epoch })] } : {};
}

/** Cuts off what the leader never had, from the log and from what is applied. */
export function rewind(context: NodeContext, event: Rewind, { clockUs }: Environment): NodeStep {
  const { durable, volatile } = context;
  const { lsn } = event;
  const wal = truncate(durable.wal, lsn);
  const kept = Math.min(volatile.applied, lsn);
  const store = kept === volatile.applied ? volatile.store : applied({}, wal, 0, kept);
  const generation = volatile.generation + 1;
  const flushedLsn = Math.min(volatile.flushed, lsn);
  const next = {
    durable: { epoch: durable.epoch, leads: false, leader: durable.leader, wal },
    volatile: remembering(volatile, { generation, flushed: flushedLsn, applied: kept, applying: kept, store }),
  };
  const effects: Effect[] = [
    note('wal.rewound', { from: durable.wal.length, to: lsn, epoch: durable.epoch }),
    cancel('apply'),
    persist(next, 'rewind'),
  ];
  return { context: serveWaiting(next, clockUs, effects), effects };
}

/** After a crash: the disk is all there is. Applies it and asks for the rest. */
export function rejoin(context: NodeContext, { clockUs }: Environment): NodeStep {
  const { durable, volatile } = context;
  const effects: Effect[] = [...join(durable, volatile.config.joinEveryUs)];
  if (durable.leader === null) effects.push(send(volatile.config.monitor, { type: 'WhoLeads' }));
  const next = { durable, volatile: remembering(volatile, { flushed: durable.wal.length }) };
  return { context: applyUntil(next, durable.wal.length, clockUs, effects), effects };
}

/** Nobody has answered: asks the leader again, and the monitor who that is. */
export function retryJoin({ durable, volatile }: NodeContext): NodeStep {
  const { config } = volatile;
  return { effects: [send(config.monitor, { type: 'WhoLeads' }), ...join(durable, config.joinEveryUs)] };
}

/** In step with the leader: it is asked no more. */
export function inStep(): NodeStep {
  return { effects: [cancel('join')] };
}

/** The context under a later epoch, or the same with another leader; what leading had gathered is forgotten. */
function adopt({ durable, volatile }: NodeContext, to: Pick<Durable, 'epoch' | 'leader'>): NodeContext {
  const generation = volatile.generation + 1;
  const applying = volatile.applied;
  return {
    durable: { epoch: to.epoch, leads: false, leader: to.leader, wal: durable.wal },
    volatile: remembering(volatile, { generation, applying, peers: {}, marks: [], pending: [], degraded: false }),
  };
}

/** Stops the timers of the part that it played before. */
function settledDown(before: NodeContext, next: NodeContext, clockUs: number, effects: Effect[]): NodeStep {
  if (before.durable.leads) {
    effects.push(cancel('heartbeat'), cancel('lease'), cancel('remind'), cancel('degrade'), cancel('ship'));
    effects.push(note('leader.stepped-down', { epoch: before.durable.epoch, next: next.durable.epoch }));
  }
  effects.push(cancel('apply'));
  return { context: serveWaiting(next, clockUs, effects), effects };
}

function join({ epoch, leader, wal }: Durable, joinEveryUs: number): readonly Effect[] {
  const again = timer('join', joinEveryUs);
  if (leader === null) return [again];
  return [send(leader, { type: 'Join', epoch, length: wal.length, epochs: wal.epochs }), again];
}

function retry({ volatile }: NodeContext): Effect {
  return timer('join', volatile.config.joinEveryUs);
}

function cursors({ durable, volatile }: NodeContext): AppendAck {
  const received = durable.wal.length;
  const early = volatile.config.mistake === 'ack-before-flush';
  const claimed = early ? received : volatile.flushed;
  const done = early ? received : volatile.applied;
  return { type: 'AppendAck', epoch: durable.epoch, received, flushed: claimed, applied: done };
}

function acknowledgement(context: NodeContext): Effect {
  return send(context.durable.leader!, cursors(context));
}
