import type { Effect, Environment } from '../../kernel/behavior.ts';
import { withEntry } from '../../kernel/copies.ts';
import type { AppendAck, HeartbeatAck, Join, Promote, Write } from './messages.ts';
import {
  applied,
  cancel,
  type Durable,
  type NodeContext,
  type NodeStep,
  note,
  type Peer,
  type PersistToken,
  persist,
  remembering,
  send,
  servedIn,
  timer,
  type Volatile,
} from './node-state.ts';
import { serveWaiting } from './reads.ts';
import { append, type Entry, endOfWal, entriesBetween, epochAt, forkPoint } from './wal.ts';

/** Whether the node may act as a leader at this instant: without fencing always, with it while its lease lasts. */
export function leaseHeld({ volatile }: NodeContext, clockUs: number): boolean {
  return !volatile.config.fencing || clockUs < volatile.leaseUntilUs;
}

/** How far the log is committed: on this disk, and acknowledged by as many followers as the mode asks for. Never falls. */
export function committedLsn({ durable, volatile }: NodeContext): number {
  const { config, flushed, peers, degraded } = volatile;
  const early = config.mistake === 'ack-before-flush' && config.acksNeeded === 0;
  const own = early ? durable.wal.length : flushed;
  if (config.acksNeeded === 0 || degraded) return Math.max(volatile.applied, own);
  const acked = Object.values(peers).map((peer) => peer.acked);
  acked.sort((a, b) => b - a);
  return Math.max(volatile.applied, Math.min(own, acked[config.acksNeeded - 1] ?? 0));
}

/** Opens for business at the start of the run. */
export function openAsLeader(context: NodeContext, { clockUs, self }: Environment): NodeStep {
  const { durable, volatile } = context;
  const peers: Record<string, Peer> = {};
  for (const node of volatile.config.nodes) if (node !== self) peers[node] = { sent: 0, acked: 0, reminded: 0 };
  const leaseUntilUs = clockUs + volatile.config.suspectAfterUs;
  const next = { durable, volatile: remembering(volatile, { peers, leaseUntilUs }) };
  return { context: next, effects: [...beats(next, clockUs, true), ...leaseTimer(next, clockUs), reminder(next)] };
}

/** A leader that comes back from a crash: its log is what its disk holds, and nobody is known to follow. */
export function reopen(context: NodeContext, { clockUs }: Environment): NodeStep {
  const { durable, volatile } = context;
  const next = {
    durable,
    volatile: remembering(volatile, { flushed: durable.wal.length, served: servedIn(durable.wal) }),
  };
  return { context: next, effects: [...beats(next, clockUs, false), ...announce(next), reminder(next)] };
}

/** Made the leader of its epoch: begins it with a record of its own, which must be committed before anything is served. */
export function beginEpoch(context: NodeContext, _event: Promote, { clockUs, self }: Environment): NodeStep {
  const { durable, volatile } = context;
  const record: Entry = { lsn: durable.wal.length + 1, epoch: durable.epoch, write: '', key: '', value: null };
  const wal = append(durable.wal, record);
  const memory = { served: servedIn(wal), peers: {}, marks: [], pending: [], degraded: false };
  const next = {
    durable: { epoch: durable.epoch, leads: true, leader: self, wal },
    volatile: remembering(volatile, memory),
  };
  const effects: Effect[] = [
    note('wal.appended', { from: record.lsn, to: record.lsn, epoch: record.epoch, leads: true }),
    persist(next, 'wal'),
    cancel('join'),
    cancel('apply'),
    ...beats(next, clockUs, false),
    ...announce(next),
    reminder(next),
  ];
  if (degrades(volatile)) effects.push(timer('degrade', volatile.config.degradeAfterUs));
  return { context: next, effects };
}

/** Everything in the log is committed and the lease is held: begins to serve. */
export function takeOver(context: NodeContext, environment: Environment): NodeStep {
  const { durable } = context;
  const step = settle(context, environment.clockUs);
  const effects: Effect[] = [
    note('leader.active', { epoch: durable.epoch, lsn: durable.wal.length }),
    ...beats(context, environment.clockUs, true),
    ...leaseTimer(context, environment.clockUs),
    ...(step.effects ?? []),
  ];
  return { context: step.context ?? context, effects };
}

/** Appends a client's write to the log and starts its way to the disk. */
export function acceptWrite(context: NodeContext, event: Write, { from, clockUs }: Environment): NodeStep {
  const { durable, volatile } = context;
  const { sequence, key, value } = event;
  if (sequence <= (volatile.served[from] ?? 0)) return {};
  const lsn = durable.wal.length + 1;
  const entry: Entry = { lsn, epoch: durable.epoch, write: `${from}${sequence}`, key, value };
  const served = withEntry(volatile.served, from, sequence);
  const pending = [...volatile.pending, { lsn, client: from, sequence, sinceUs: clockUs }];
  const next = {
    durable: { epoch: durable.epoch, leads: true, leader: durable.leader, wal: append(durable.wal, entry) },
    volatile: remembering(volatile, { served, pending }),
  };
  const effects: Effect[] = [
    note('wal.appended', { from: lsn, to: lsn, epoch: entry.epoch, leads: true }),
    persist(next, 'wal'),
  ];
  if (volatile.pending.length === 0 && degrades(volatile)) {
    effects.push(timer('degrade', volatile.config.degradeAfterUs));
  }
  if (volatile.config.mistake !== 'ack-before-flush') return { context: next, effects };
  const step = settle(next, clockUs);
  return { context: step.context ?? next, effects: [...effects, ...(step.effects ?? [])] };
}

/** The disk has the log up to the token, and only that is ever shipped: at once, or when each follower's lag is over. */
export function noteFlush(context: NodeContext, token: PersistToken, { clockUs }: Environment): NodeStep {
  const { durable, volatile } = context;
  if (token.generation !== volatile.generation || token.lsn <= volatile.flushed) return {};
  const marks = [...volatile.marks, { lsn: token.lsn, atUs: clockUs }];
  return ship({ durable, volatile: remembering(volatile, { flushed: token.lsn, marks }) }, clockUs);
}

/** Sends each follower what has waited for as long as its lag. The wait is the leader's: a crash takes what has not been sent. */
export function ship(context: NodeContext, clockUs: number): NodeStep {
  const { durable, volatile } = context;
  const { marks } = volatile;
  const effects: Effect[] = [];
  const peers: Record<string, Peer> = {};
  let nextUs = Number.POSITIVE_INFINITY;
  let least = volatile.flushed;
  for (const node in volatile.peers) {
    const peer = volatile.peers[node]!;
    const lagUs = lagOf(durable, volatile, node);
    let { sent } = peer;
    for (const { lsn, atUs } of marks) {
      if (lsn <= sent) continue;
      if (atUs + lagUs > clockUs) {
        nextUs = Math.min(nextUs, atUs + lagUs);
        break;
      }
      sent = lsn;
    }
    if (sent > peer.sent) effects.push(appendTo(node, context, peer.sent, sent));
    peers[node] = sent === peer.sent ? peer : { sent, acked: peer.acked, reminded: peer.reminded };
    least = Math.min(least, sent);
  }
  if (nextUs < Number.POSITIVE_INFINITY) effects.push(timer('ship', nextUs - clockUs));
  const waiting = marks.filter(({ lsn }) => lsn > least);
  return { context: { durable, volatile: remembering(volatile, { peers, marks: waiting }) }, effects };
}

/** The lag of a follower: followers stand in a row, from the nearest to the farthest. */
function lagOf({ leader }: Durable, { config }: Volatile, node: string): number {
  const { lagMinUs, lagMaxUs, nodes } = config;
  const followers = nodes.filter((other) => other !== leader);
  if (followers.length < 2) return lagMinUs;
  return lagMinUs + Math.round(((lagMaxUs - lagMinUs) * followers.indexOf(node)) / (followers.length - 1));
}

/** A follower has come further. */
export function countAck({ durable, volatile }: NodeContext, event: AppendAck, { from }: Environment): NodeStep {
  const peer = volatile.peers[from];
  const reached = event[volatile.config.ackPoint];
  if (peer === undefined || event.epoch !== durable.epoch || reached <= peer.acked) return {};
  const moved: Peer = { sent: Math.max(peer.sent, reached), acked: reached, reminded: peer.reminded };
  const peers = withEntry(volatile.peers, from, moved);
  const isCaughtUp = volatile.degraded && caughtUp(peers, volatile.flushed) >= volatile.config.acksNeeded;
  const next = { durable, volatile: remembering(volatile, { peers, degraded: volatile.degraded && !isCaughtUp }) };
  return { context: next, effects: isCaughtUp ? [note('semisync.restored', { lsn: reached })] : [] };
}

function caughtUp(peers: Volatile['peers'], lsn: number): number {
  return Object.values(peers).filter(({ acked }) => acked >= lsn).length;
}

/** Applies what has become committed and tells the clients. */
export function settle(context: NodeContext, clockUs: number): NodeStep {
  const { durable, volatile } = context;
  const lsn = committedLsn(context);
  if (lsn <= volatile.applied) return {};
  const store = applied(volatile.store, durable.wal, volatile.applied, lsn);
  const effects: Effect[] = [];
  let told = 0;
  for (const { lsn: own, client, sequence } of volatile.pending) {
    if (own > lsn) break;
    told++;
    const position = { epoch: epochAt(durable.wal.epochs, own), lsn: own };
    effects.push(note('write.acknowledged', { epoch: position.epoch, lsn: own, write: `${client}${sequence}` }));
    effects.push(send(client, { type: 'WriteReply', sequence, position }));
  }
  const pending = told === 0 ? volatile.pending : volatile.pending.slice(told);
  const settled = { durable, volatile: remembering(volatile, { applied: lsn, applying: lsn, store, pending }) };
  if (told > 0 && degrades(volatile)) {
    const [oldest] = pending;
    const waitedUs = oldest === undefined ? 0 : clockUs - oldest.sinceUs;
    const restUs = Math.max(0, volatile.config.degradeAfterUs - waitedUs);
    effects.push(oldest === undefined ? cancel('degrade') : timer('degrade', restUs));
  }
  return { context: serveWaiting(settled, clockUs, effects), effects };
}

/** Waited long enough for followers: from now on its own disk will do, until one has caught up. Nobody is told. */
export function degrade({ durable, volatile }: NodeContext): NodeStep {
  if (durable.wal.length <= volatile.applied) return {};
  const next = { durable, volatile: remembering(volatile, { degraded: true }) };
  return { context: next, effects: [note('semisync.degraded', { lsn: volatile.flushed })] };
}

/** Takes a node among its followers, or tells it where their logs part. */
export function admit({ durable, volatile }: NodeContext, event: Join, { from, self }: Environment): NodeStep {
  const { epoch, wal } = durable;
  if (event.epoch !== epoch) return { effects: [send(from, { type: 'NewLeader', epoch, leader: self })] };
  const lsn = forkPoint(event, wal);
  const rewinds = volatile.config.mistake !== 'follow-without-rewind';
  if (lsn < event.length && rewinds) return { effects: [send(from, { type: 'Rewind', epoch, lsn })] };
  const sent = Math.max(lsn, volatile.flushed);
  const peers = withEntry(volatile.peers, from, { sent, acked: 0, reminded: 0 });
  const next = { durable, volatile: remembering(volatile, { peers }) };
  return { context: next, effects: [appendTo(from, next, lsn, sent)] };
}

/** Tells the monitor that it lives. */
export function beat(context: NodeContext, { clockUs }: Environment): NodeStep {
  return { effects: beats(context, clockUs, true) };
}

/** Tells the monitor that it lives and would lead: it waits for a lease, or for its log to be committed. */
export function beatInWaiting(context: NodeContext, { clockUs }: Environment): NodeStep {
  return { effects: beats(context, clockUs, false) };
}

/** Asks followers that have not moved where they are, and tells nodes that have not joined who leads. */
export function remind({ durable, volatile }: NodeContext, { self }: Environment): NodeStep {
  const { config, flushed } = volatile;
  const effects: Effect[] = [];
  const peers: Record<string, Peer> = {};
  for (const node of config.nodes) {
    const peer = volatile.peers[node];
    if (node === self) continue;
    if (peer === undefined) effects.push(send(node, { type: 'NewLeader', epoch: durable.epoch, leader: self }));
    else {
      peers[node] = { sent: peer.sent, acked: peer.acked, reminded: peer.acked };
      const stuck = peer.acked === peer.reminded && peer.acked < flushed;
      if (stuck) effects.push(appendTo(node, { durable, volatile }, peer.sent, peer.sent));
    }
  }
  const next = { durable, volatile: remembering(volatile, { peers }) };
  effects.push(reminder(next));
  return { context: next, effects };
}

/** The monitor has heard a heartbeat: the lease lasts from the moment at which that was sent. */
export function renewLease(context: NodeContext, event: HeartbeatAck, { clockUs }: Environment): NodeStep {
  const { durable, volatile } = context;
  const untilUs = event.sentUs + volatile.config.suspectAfterUs;
  if (untilUs <= volatile.leaseUntilUs) return {};
  const next = { durable, volatile: remembering(volatile, { leaseUntilUs: untilUs }) };
  return { context: next, effects: leaseTimer(next, clockUs) };
}

/** The lease has run out: until it is renewed, nothing is accepted and nothing acknowledged. */
export function loseLease({ durable }: NodeContext): NodeStep {
  return { effects: [note('leader.fenced', { epoch: durable.epoch })] };
}

function beats({ durable, volatile }: NodeContext, clockUs: number, serving: boolean): readonly Effect[] {
  const { monitor, heartbeatEveryUs } = volatile.config;
  return [
    send(monitor, { type: 'Heartbeat', epoch: durable.epoch, sentUs: clockUs, serving }),
    timer('heartbeat', heartbeatEveryUs),
  ];
}

function leaseTimer({ volatile }: NodeContext, clockUs: number): readonly Effect[] {
  if (!volatile.config.fencing) return [];
  return [timer('lease', Math.max(0, volatile.leaseUntilUs - clockUs))];
}

function announce({ durable, volatile }: NodeContext): readonly Effect[] {
  const { epoch, leader } = durable;
  const others = volatile.config.nodes.filter((node) => node !== leader);
  return others.map((node) => send(node, { type: 'NewLeader', epoch, leader }));
}

function reminder({ volatile }: NodeContext): Effect {
  return timer('remind', Math.max(volatile.config.suspectAfterUs, volatile.config.joinEveryUs));
}

function appendTo(node: string, { durable }: NodeContext, after: number, until: number): Effect {
  const { epoch, wal } = durable;
  const prev = { epoch: epochAt(wal.epochs, after), lsn: after };
  return send(node, { type: 'Append', epoch, prev, entries: entriesBetween(wal, after + 1, until) });
}

function degrades({ config }: Volatile): boolean {
  return config.degradeAfterUs > 0 && config.acksNeeded > 0;
}

/** Whether everything in the log is on this disk and on as many others as the mode asks for. */
export function allCommitted(context: NodeContext): boolean {
  return (
    context.volatile.flushed === endOfWal(context.durable.wal).lsn &&
    committedLsn(context) >= context.durable.wal.length
  );
}
