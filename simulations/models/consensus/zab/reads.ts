import type { Environment } from '../../../kernel/behavior.ts';
import { note, send } from '../effects.ts';
import type { ReadRequest } from '../messages.ts';
import { reachedByQuorum } from '../quorum.ts';
import { readAnswer } from '../requests.ts';
import { answerReads } from './deliver.ts';
import type { Sync, Synced } from './messages.ts';
import { pingAll } from './pings.ts';
import { type Doing, type PendingRead, recalling, type ZabContext, type ZabStep } from './state.ts';

/** From what this server has delivered, which may be old: what ZooKeeper does unless it is asked for more. */
export function readLocally({ volatile }: ZabContext, event: ReadRequest, { from: client }: Environment): ZabStep {
  const { sequence, key } = event;
  return { effects: [note('read.served', { by: 'local' }), readAnswer(volatile.machine, { client, sequence, key })] };
}

function withRead({ durable, volatile }: ZabContext, read: PendingRead): ZabContext {
  return { durable, volatile: recalling(volatile, { reads: [...volatile.reads, read] }) };
}

/** A read at a follower that must not be old: asks the leader how far to wait. */
export function askLeader(context: ZabContext, event: ReadRequest, { from: client }: Environment): ZabStep {
  const { leader, reads } = context.volatile;
  const { sequence, key } = event;
  const { currentEpoch: epoch } = context.durable;
  const isKnown = reads.some((read) => read.client === client && read.sequence === sequence);
  const next = isKnown ? context : withRead(context, { client, sequence, key, via: '', round: 0, counter: -1 });
  return { context: next, effects: [send(leader, { type: 'Sync', epoch, client, sequence })] };
}

/**
 * The leader makes sure with one round of pings that it still leads, so that nobody else has committed anything. A follower is then told how far it must be, and a
 * client is answered. ZooKeeper's own sync spares itself this round, and is wrong about a leader that has been replaced and does not know.
 */
function beginRead(
  context: ZabContext,
  read: Pick<PendingRead, 'client' | 'sequence' | 'key' | 'via'>,
  environment: Environment,
): ZabStep {
  const doing: Doing = { environment, effects: [] };
  const begun = pingAll(context, doing);
  const { office, committed } = begun.volatile;
  const { client, sequence, key, via } = read;
  const waiting = withRead(begun, { client, sequence, key, via, round: office!.round, counter: committed });
  return { context: settleReads(waiting, doing), effects: doing.effects };
}

/** A client's read at the leader. */
export function readHere(context: ZabContext, event: ReadRequest, environment: Environment): ZabStep {
  const { sequence, key } = event;
  return beginRead(context, { client: environment.from, sequence, key, via: '' }, environment);
}

/** A follower's question at the leader. */
export function readThere(context: ZabContext, event: Sync, environment: Environment): ZabStep {
  const { client, sequence } = event;
  return beginRead(context, { client, sequence, key: '', via: environment.from }, environment);
}

/** Lets those reads pass whose round of pings a quorum has answered. */
export function settleReads(context: ZabContext, { environment, effects }: Doing): ZabContext {
  const { durable, volatile } = context;
  const { settings, office, reads, machine } = volatile;
  if (reads.length === 0) return context;
  const reached = (server: string): number =>
    server === environment.host
      ? office!.round
      : (office!.followers.find((follower) => follower.server === server)?.round ?? 0);
  const round = reachedByQuorum({ voters: settings.servers, outgoing: [] }, reached, settings.quorum);
  const left = reads.filter((read) => read.round > round);
  if (left.length === reads.length) return context;
  const { epoch } = office!;
  for (const read of reads) {
    if (read.round > round) continue;
    const { client, sequence, counter, via } = read;
    if (via === '') effects.push(note('read.served', { by: 'sync' }), readAnswer(machine, read));
    else effects.push(send(via, { type: 'Synced', epoch, client, sequence, counter }));
  }
  return { durable, volatile: recalling(volatile, { reads: left }) };
}

/** The leader has told how far a read must wait. */
export function waitFor({ durable, volatile }: ZabContext, event: Synced): ZabStep {
  const { client, sequence, counter } = event;
  const reads = volatile.reads.map((read) =>
    read.client === client && read.sequence === sequence
      ? { client, sequence, key: read.key, via: '', round: 0, counter }
      : read,
  );
  const doing: Doing['effects'] = [];
  return { context: answerReads({ durable, volatile: recalling(volatile, { reads }) }, doing), effects: doing };
}
