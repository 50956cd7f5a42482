import type { Effect, Environment } from '../../kernel/behavior.ts';
import { copied, withEntry } from '../../kernel/copies.ts';
import { applyAll, mergeEntry, mergeStores } from './apply.ts';
import { changeBy, rightsHeld } from './change.ts';
import { type Datum, readContext, shownOf, siblingCount } from './datum.ts';
import { moveDelta, UNUSED } from './escrow.ts';
import type { Accepted, RightsMoved, Taken } from './history.ts';
import { laterClock, tickClock } from './hlc.ts';
import type { Stamp } from './lww.ts';
import type * as Sent from './messages.ts';
import {
  type Durable,
  holding,
  knowing,
  note,
  type PersistToken,
  peerOf,
  persist,
  type RegionContext,
  type RegionStep,
  remembering,
  send,
} from './region-state.ts';
import { hearing } from './replicate.ts';
import { purgeTimer } from './tombstones.ts';
import { joinVectors, NO_VECTOR, type Vector } from './vectors.ts';

/** What the clock of a region shows, skew included. */
export function wallUs({ config }: { readonly config: Sent.Config }, { self, clockUs }: Environment): number {
  return clockUs + (config.skewsUs[self] ?? 0);
}

/** Puts a region's own new entry into its store and its outbox, and onto the disk. */
function enter(
  { durable, volatile }: RegionContext,
  entry: Sent.Entry,
  environment: Environment,
  taking: { readonly token: PersistToken; readonly effects: Effect[] } & Partial<Pick<Durable, 'sessions' | 'clock'>>,
): RegionStep {
  const { token, effects, sessions = durable.sessions, clock = durable.clock } = taking;
  const store = mergeEntry(durable.store, entry, volatile.config, effects);
  const vector = withEntry(durable.vector, entry.origin, entry.seq);
  const next = holding(durable, { store, vector, outbox: [...durable.outbox, entry], sessions, clock });
  const timer = purgeTimer(store, volatile.config, wallUs(volatile, environment));
  if (timer !== undefined) effects.push(timer);
  return persist({ durable: next, volatile }, token, effects);
}

/** A client's update: applied here at once, acknowledged when the disk has it, sent to the others later. */
export function takeUpdate(context: RegionContext, event: Sent.Update, environment: Environment): RegionStep {
  const { durable, volatile } = context;
  const { config } = volatile;
  const { from: client, self: origin } = environment;
  const { sequence, key, act } = event;
  if (sequence <= (durable.sessions[client] ?? 0)) return {};
  const sessions = copied(durable.sessions);
  sessions[client] = sequence;
  const wall = wallUs(volatile, environment);
  const seq = (durable.vector[origin] ?? 0) + 1;
  const clock = config.resolve === 'lww-hlc' ? tickClock(durable.clock, wall) : durable.clock;
  const stamp: Stamp =
    config.resolve === 'lww-hlc'
      ? { timeUs: clock.timeUs, counter: clock.counter, node: origin }
      : { timeUs: wall, counter: seq, node: origin };
  const write = `${client}${sequence}`;
  const taking = { config, origin, seq, write, stamp, context: event.context };
  const delta = changeBy(act, durable.store[key]?.datum, taking);
  if (delta === undefined) return refuse({ durable: holding(durable, { sessions }), volatile }, event, environment);
  const entry: Sent.Entry = { origin, seq, key, write, seen: durable.vector, act, delta };
  const accepted: Accepted = { origin, seq, key, write, seen: durable.vector, act };
  const reply: Sent.UpdateReply = {
    type: 'UpdateReply',
    sequence,
    origin,
    seq,
    context: contextAfter(delta, event, origin),
  };
  const token = { to: client, reply };
  return enter(context, entry, environment, { token, effects: [note('write.accepted', accepted)], sessions, clock });
}

/** What the client has seen after its write: itself too, unless that would claim unread siblings of the same region. */
function contextAfter(delta: Datum, { context }: Sent.Update, origin: string): Vector {
  if (delta.kind !== 'siblings') return NO_VECTOR;
  const own = delta.set.find(({ name }) => name === origin);
  return own === undefined || own.values.length > 1 ? context : readContext(delta);
}

/** Says no, which costs the client nothing but the operation, and asks whoever has most rights for some, among those that are not silent. */
function refuse(context: RegionContext, event: Sent.Update, { self, from }: Environment): RegionStep {
  const { config, silent } = context.volatile;
  const { key, act, sequence } = event;
  const effects: Effect[] = [note('write.refused', { key, origin: self, write: `${from}${sequence}` })];
  effects.push(send(from, { type: 'Refusal', sequence }));
  if (config.resolve === 'escrow' && config.transferRights && act.do === 'count') {
    const held = context.durable.store[key]?.datum;
    const [richest] = config.regions
      .filter((name) => name !== self && !silent.includes(name))
      .map((name) => ({ name, rights: rightsHeld(held, name, config) }))
      .sort((a, b) => b.rights - a.rights || (a.name < b.name ? -1 : 1));
    const isWorthAsking = richest !== undefined && richest.rights > 0;
    if (isWorthAsking) effects.push(send(richest.name, { type: 'RightsRequest', key, amount: act.amount }));
  }
  return { context, effects };
}

/** Hands over half of the rights that are here, or as many as are asked for: as a write like any other, which the taker hears of in its turn. */
export function grantRights(context: RegionContext, event: Sent.RightsRequest, environment: Environment): RegionStep {
  const { durable, volatile } = context;
  const { self, from } = environment;
  const { key } = event;
  const held = durable.store[key]?.datum;
  const rights = rightsHeld(held, self, volatile.config);
  const amount = Math.min(rights, Math.max(event.amount, Math.floor(rights / 2)));
  if (amount <= 0) return {};
  const seq = (durable.vector[self] ?? 0) + 1;
  const escrow = moveDelta(held?.kind === 'escrow' ? held.escrow : UNUSED, self, from, amount);
  const delta = { kind: 'escrow', escrow } as const;
  const entry: Sent.Entry = { origin: self, seq, key, write: '', seen: durable.vector, act: null, delta };
  const moved: RightsMoved = { key, from: self, to: from, amount };
  return enter(context, entry, environment, { token: null, effects: [note('rights.moved', moved)] });
}

/** The writes that an answer shows: with last write wins the winner alone, else the newest of each region. */
function shownWrites(held: Sent.Held | undefined): Sent.Touched {
  if (held?.datum.kind !== 'lww') return held?.touched ?? {};
  const { origin, seq, write } = held.datum.cell;
  return { [origin]: { seq, write } };
}

/** Answers from what the disk holds. */
export function answerRead({ volatile }: RegionContext, event: Sent.Read, { from }: Environment): RegionStep {
  const held = volatile.synced.store[event.key];
  const reply: Sent.ReadReply = {
    type: 'ReadReply',
    sequence: event.sequence,
    value: shownOf(held?.datum, volatile.config.data === 'cart'),
    siblings: siblingCount(held?.datum),
    context: readContext(held?.datum),
    touched: shownWrites(held),
  };
  return { effects: [send(from, reply)] };
}

/** Whether a batch that begins after `base` connects to what is here or waits here. */
function connects(base: Vector, { durable, volatile }: RegionContext): boolean {
  return Object.keys(base).every((name) => {
    const had = durable.vector[name] ?? 0;
    return base[name]! <= had || volatile.waiting.some(({ origin, seq }) => origin === name && seq >= base[name]!);
  });
}

/** A batch of another region: applied as far as its turn has come, acknowledged when the disk has it. */
export function takeBatch(context: RegionContext, event: Sent.Replicate, environment: Environment): RegionStep {
  const { durable, volatile } = context;
  const { config, synced } = volatile;
  const { from } = environment;
  if (event.life !== peerOf(volatile, from).life && peerOf(volatile, from).life > 0) return {};
  if (!connects(event.base, context)) {
    return { effects: [send(from, { type: 'Ack', vector: synced.vector, refused: true })] };
  }
  const effects: Effect[] = [];
  const merged = applyAll(durable, [...volatile.waiting, ...event.entries], config, effects);
  // Whoever sends a write has it, and all that its region took before it.
  const known = event.entries.reduce<Vector>(
    (has, { origin, seq }) => joinVectors(has, { [origin]: seq }),
    peerOf(volatile, from).known,
  );
  const heard = hearing(volatile, from, environment.clockUs, effects);
  const informed = remembering(heard, { waiting: merged.waiting, peers: knowing(heard, from, { known }) });
  if (!merged.changed) {
    effects.push(send(from, { type: 'Ack', vector: synced.vector, refused: false }));
    return { context: { durable, volatile: informed }, effects };
  }
  const { store, vector } = merged.durable;
  const timer = purgeTimer(store, config, wallUs(volatile, environment));
  if (timer !== undefined) effects.push(timer);
  const token = { to: from, reply: { type: 'Ack', vector, refused: false } };
  return persist({ durable: merged.durable, volatile: informed }, token, effects);
}

/** A whole store: merged, whatever is here. What it had and this region had not is in no outbox: the floor says so. */
export function takeState(context: RegionContext, event: Sent.State, { from }: Environment): RegionStep {
  const { durable, volatile } = context;
  const { config } = volatile;
  const taken: Taken = { vector: event.vector };
  const effects: Effect[] = [note('state.taken', taken)];
  const news: Record<string, number> = {};
  for (const name in event.vector) {
    if (event.vector[name]! > (durable.vector[name] ?? 0)) news[name] = event.vector[name]!;
  }
  const next = holding(durable, {
    store: mergeStores(durable.store, event.store, config),
    vector: joinVectors(durable.vector, event.vector),
    floor: joinVectors(durable.floor, news),
    clock: laterClock(durable.clock, event.clock),
  });
  const known = joinVectors(peerOf(volatile, from).known, event.vector);
  const sent = joinVectors(peerOf(volatile, from).sent, event.vector);
  const merged = applyAll(next, volatile.waiting, config, effects);
  const unanswered = volatile.unanswered.filter((name) => name !== from);
  if (unanswered.length === 0 && volatile.unanswered.length > 0) effects.push({ type: 'timer.cancel', name: 'resume' });
  const informed = remembering(volatile, {
    waiting: merged.waiting,
    peers: knowing(volatile, from, { known, sent }),
    unanswered,
  });
  const token = { to: from, reply: { type: 'Ack', vector: merged.durable.vector, refused: false } };
  return persist({ durable: merged.durable, volatile: informed }, token, effects);
}
