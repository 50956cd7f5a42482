import type { Effect, Environment } from '../../../kernel/behavior.ts';
import { note, send } from '../effects.ts';
import type { ReadRequest } from '../messages.ts';
import { reachedByQuorum } from '../quorum.ts';
import { readAnswer } from '../requests.ts';
import type { Heartbeat, HeartbeatReply } from './messages.ts';
import { type Doing, inOffice, type PaxosContext, type PaxosStep, type PendingRead } from './state.ts';

/** From what this server has applied, which may be old; by any server. */
export function readLocally({ volatile }: PaxosContext, event: ReadRequest, { from: client }: Environment): PaxosStep {
  const { sequence, key } = event;
  return { effects: [note('read.served', { by: 'local' }), readAnswer(volatile.machine, { client, sequence, key })] };
}

/**
 * A read that takes no slot: the leader makes sure with one round of heartbeats that no higher ballot has a quorum, so that nobody else has had
 * anything chosen, and answers when it has applied what phase 1 found and what was applied when the read came.
 */
export function beginRead(context: PaxosContext, event: ReadRequest, environment: Environment): PaxosStep {
  const { office, commit } = context.volatile;
  const { ballot, peers, barrier, reads } = office!;
  const { sequence, key } = event;
  const { from: client } = environment;
  const round = office!.round + 1;
  const message: Heartbeat = { type: 'Heartbeat', ballot, commit, round };
  const doing: Doing = { environment, effects: peers.map(({ server }) => send(server, message)) };
  const read: PendingRead = { client, sequence, key, index: Math.max(commit, barrier), round };
  const waiting = inOffice(context, { round, reads: [...reads, read] });
  return { context: settleReads(waiting, doing), effects: doing.effects };
}

/** Answers the reads whose round a quorum has answered and whose slot is applied. */
export function settleReads(context: PaxosContext, { environment, effects }: Doing): PaxosContext {
  const { settings, office, commit, machine } = context.volatile;
  const { reads } = office!;
  if (reads.length === 0) return context;
  const reached = (server: string): number =>
    server === environment.host ? office!.round : (office!.peers.find((peer) => peer.server === server)?.round ?? 0);
  const round = reachedByQuorum({ voters: settings.servers, outgoing: [] }, reached, settings.quorum);
  const left: PendingRead[] = [];
  for (const read of reads) {
    if (read.round > round || read.index > commit) left.push(read);
    else effects.push(note('read.served', { by: 'index' }), readAnswer(machine, read));
  }
  return left.length === reads.length ? context : inOffice(context, { reads: left });
}

/** A server has answered a heartbeat: it knew of no higher ballot then. */
export function countHeartbeat(context: PaxosContext, event: HeartbeatReply, environment: Environment): PaxosStep {
  const { peers } = context.volatile.office!;
  const { from: server, clockUs: heardUs } = environment;
  const heard = peers.map((peer) =>
    peer.server === server ? { server, round: Math.max(peer.round, event.round), heardUs } : peer,
  );
  const effects: Effect[] = [];
  return { context: settleReads(inOffice(context, { peers: heard }), { environment, effects }), effects };
}

/** Whether a quorum has been silent for an election timeout: then somebody else may lead. */
export function hasLostQuorum({ volatile }: PaxosContext, _event: unknown, { host, clockUs }: Environment): boolean {
  const { settings, office } = volatile;
  if (!settings.checkQuorum) return false;
  const heard = (server: string): number =>
    server === host ? clockUs : (office!.peers.find((peer) => peer.server === server)?.heardUs ?? 0);
  const heardUs = reachedByQuorum({ voters: settings.servers, outgoing: [] }, heard, settings.quorum);
  return clockUs - heardUs > settings.electionMinUs;
}
