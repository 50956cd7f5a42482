import type { Effect, Environment } from '../../kernel/behavior.ts';
import type { Config, Entry } from './messages.ts';
import { forwards, receiversOf } from './paths.ts';
import {
  type Durable,
  knowing,
  type Peer,
  peerOf,
  type RegionContext,
  type RegionStep,
  remembering,
  send,
  tickSoon,
  type Volatile,
} from './region-state.ts';
import { joinVectors, type Vector } from './vectors.ts';

/** After how many unanswered rounds a region counts another as silent. */
const ROUNDS_UNTIL_SILENT = 3;

/** A silent receiver is tried more and more rarely, but at least once in so many rounds. */
export const ROUNDS_BETWEEN_TRIES_MAX = 8;

/** How long to wait for an acknowledgement: longer, the longer nothing was heard. */
function patienceUs({ retransmitUs }: Config, waitedUs: number): number {
  const rounds = Math.floor(waitedUs / (4 * retransmitUs));
  return retransmitUs * Math.max(1, Math.min(ROUNDS_BETWEEN_TRIES_MAX, rounds));
}

/**
 * Whether `known` covers what a receiver ought to have of a vector from this region: in a mesh the region's own writes, else all but those that the receiver
 * made itself.
 */
function coversDue(known: Vector, vector: Vector, config: Config, self: string, receiver: string): boolean {
  if (!forwards(config)) return (known[self] ?? 0) >= (vector[self] ?? 0);
  for (const name in vector) if (name !== receiver && (known[name] ?? 0) < vector[name]!) return false;
  return true;
}

/** Whether all that is on disk is known to be where it is sent. */
export function isBacklogEmpty(volatile: Volatile, self: string): boolean {
  const { config, synced } = volatile;
  return receiversOf(config, self).every((name) =>
    coversDue(peerOf(volatile, name).known, synced.vector, config, self, name),
  );
}

/** How many entries a receiver is not known to have. */
export function backlogOf({ durable, volatile }: RegionContext, receiver: string): number {
  const { known } = peerOf(volatile, receiver);
  return durable.outbox.filter(({ origin, seq }) => origin !== receiver && seq > (known[origin] ?? 0)).length;
}

/** What a receiver has coming next. */
function nextEntries(
  { outbox }: Durable,
  { synced, config }: Volatile,
  sent: Vector,
  receiver: string,
): readonly Entry[] {
  const next: Entry[] = [];
  for (const entry of outbox) {
    const { origin, seq } = entry;
    if (origin === receiver || seq <= (sent[origin] ?? 0) || seq > (synced.vector[origin] ?? 0)) continue;
    next.push(entry);
    if (next.length === config.batch) break;
  }
  return next;
}

function lastOf(entries: readonly Entry[]): Vector {
  const last: Record<string, number> = {};
  for (const { origin, seq } of entries) last[origin] = Math.max(last[origin] ?? 0, seq);
  return last;
}

/** One receiver's turn: what is sent to it, and what is then known of it. Undefined: it has everything. */
function turnOf(
  context: RegionContext,
  self: string,
  receiver: string,
  clockUs: number,
): { peer: Peer; effect?: Effect } | undefined {
  const { durable, volatile } = context;
  const { config, synced, life } = volatile;
  const before = peerOf(volatile, receiver);
  const { known } = before;
  if (coversDue(known, synced.vector, config, self, receiver)) return undefined;
  const waitingUs = before.waitingUs < 0 ? clockUs : before.waitingUs;
  const isOverdue = clockUs - before.sentUs >= patienceUs(config, clockUs - waitingUs);
  const sent = isOverdue ? known : before.sent;
  if (coversDue(sent, synced.vector, config, self, receiver))
    return { peer: { known, sent, sentUs: before.sentUs, waitingUs, life: before.life } };
  if (!coversDue(sent, durable.floor, config, self, receiver)) {
    const { vector, store, clock } = synced;
    const peer = { known, sent: joinVectors(sent, vector), sentUs: clockUs, waitingUs, life: before.life };
    return { peer, effect: send(receiver, { type: 'State', vector, store, clock }) };
  }
  const entries = nextEntries(durable, volatile, sent, receiver);
  const peer = { known, sent: joinVectors(sent, lastOf(entries)), sentUs: clockUs, waitingUs, life: before.life };
  return { peer, effect: send(receiver, { type: 'Replicate', base: sent, entries, life }) };
}

/** Sends each receiver what it lacks, again when an acknowledgement is overdue, and sets the timer while anything is due. */
export function replicate(context: RegionContext, _event: unknown, { self, clockUs }: Environment): RegionStep {
  const { durable } = context;
  let { volatile } = context;
  const { config } = volatile;
  const effects: Effect[] = [];
  const silent: string[] = [];
  let nextUs = Number.POSITIVE_INFINITY;
  for (const receiver of receiversOf(config, self)) {
    const turn = turnOf({ durable, volatile }, self, receiver, clockUs);
    if (turn === undefined) continue;
    const { peer, effect } = turn;
    if (effect !== undefined) effects.push(effect);
    volatile = remembering(volatile, { peers: knowing(volatile, receiver, peer) });
    const hasMore = !coversDue(peer.sent, volatile.synced.vector, config, self, receiver);
    nextUs = Math.min(
      nextUs,
      hasMore ? config.replicateEveryUs : peer.sentUs + patienceUs(config, clockUs - peer.waitingUs) - clockUs,
    );
    if (clockUs - peer.waitingUs >= ROUNDS_UNTIL_SILENT * config.retransmitUs) silent.push(receiver);
  }
  const isDue = nextUs < Number.POSITIVE_INFINITY;
  const delayUs = Math.max(1, nextUs);
  if (isDue) effects.push({ type: 'timer.set', name: 'replicate', delayUs });
  const tickUs = isDue ? clockUs + delayUs : 0;
  return { context: { durable, volatile: remembering(volatile, { silent, tickUs }) }, effects };
}

/** What a region remembers once it has heard from a receiver that was silent: everything unacknowledged is due again, now. */
export function hearing(volatile: Volatile, name: string, clockUs: number, effects: Effect[]): Volatile {
  if (!volatile.silent.includes(name)) return volatile;
  const silent = volatile.silent.filter((other) => other !== name);
  const peers = knowing(volatile, name, { sentUs: 0, waitingUs: -1 });
  return tickSoon(remembering(volatile, { silent, peers }), clockUs, effects);
}

/** The outbox without what all receivers have. */
export function trimmed(durable: Durable, volatile: Volatile, self: string): Partial<Durable> {
  const receivers = receiversOf(volatile.config, self);
  const isEverywhere = ({ origin, seq }: Entry): boolean =>
    receivers.every((name) => name === origin || (peerOf(volatile, name).known[origin] ?? 0) >= seq);
  const { outbox } = durable;
  if (outbox.length === 0 || !isEverywhere(outbox[0]!)) return {};
  const kept = outbox.filter((entry) => !isEverywhere(entry));
  return { outbox: kept, floor: joinVectors(durable.floor, lastOf(outbox.filter(isEverywhere))) };
}
