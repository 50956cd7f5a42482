import type { Environment } from '../../../kernel/behavior.ts';
import { appended } from '../../../kernel/copies.ts';
import { note } from '../effects.ts';
import type { ReadRequest } from '../messages.ts';
import { quorumSize, reachedByQuorum } from '../quorum.ts';
import { readAnswer } from '../requests.ts';
import { type Doing, doingIn, ownOffice, progressOf } from './progress.ts';
import { heartbeatAll } from './sending.ts';
import type { Office, PendingRead, ServerContext, ServerStep } from './state.ts';

/** From what this server has applied, which may be old; by any server. */
export function readLocally(context: ServerContext, event: ReadRequest, { from: client }: Environment): ServerStep {
  const { sequence, key } = event;
  return {
    effects: [note('read.served', { by: 'local' }), readAnswer(context.volatile.machine, { client, sequence, key })],
  };
}

/** Until when, on its own clock, the leader knows that nobody else can lead: its lease from the latest round that a majority answered. */
function leaseEndsUs({ volatile }: ServerContext, { host, clockUs }: Environment): number {
  const { settings, members, office } = volatile;
  const reached = (server: string) => (server === host ? clockUs : (progressOf(office!, server)?.sentUs ?? 0));
  return reachedByQuorum(members, reached, settings.quorum) + settings.leaseUs;
}

/**
 * A read that does not go through the log (dissertation, section 6.4). With a lease the leader answers at once. Else it remembers how far it has
 * committed, makes sure with a round of heartbeats that it still leads, and answers when it has applied that much. Either way it must have
 * committed an entry of its own term, or it may not know what its predecessors committed.
 */
export function beginRead(context: ServerContext, event: ReadRequest, environment: Environment): ServerStep {
  const { volatile } = context;
  const office = volatile.office!;
  const { sequence, key } = event;
  const { from: client } = environment;
  const knowsAll = volatile.commit >= office.firstIndex;
  if (volatile.settings.read === 'lease' && knowsAll && environment.clockUs < leaseEndsUs(context, environment)) {
    return {
      effects: [note('read.served', { by: 'lease' }), readAnswer(context.volatile.machine, { client, sequence, key })],
    };
  }
  const doing = doingIn(environment);
  const begun = ownOffice(heartbeatAll(context, doing), doing);
  const { round } = begun.volatile.office;
  const index = Math.max(volatile.commit, office.firstIndex);
  begun.volatile.office.reads = appended(office.reads, { client, sequence, key, index, round });
  return { context: settleReads(begun, doing), effects: doing.effects.taken() };
}

/** Answers the reads whose round a majority has answered and whose index is applied. */
export function settleReads(context: ServerContext, doing: Doing): ServerContext {
  const { office } = context.volatile;
  if (office === null || office.reads.length === 0) return context;
  // As with commits: most answers come before a majority has answered, or after.
  const [oldest] = office.reads;
  let reached = 1;
  for (const { server, round } of office.progress) {
    if (server !== doing.environment.host && round >= oldest!.round) reached++;
  }
  const { members, settings } = context.volatile;
  return reached < quorumSize(members.voters.length, settings.quorum) ? context : answered(context, office, doing);
}

function answered(context: ServerContext, office: Office, doing: Doing): ServerContext {
  const { settings, members, commit, machine } = context.volatile;
  const { environment, effects } = doing;
  const reached = (server: string) =>
    server === environment.host ? office.round : (progressOf(office, server)?.round ?? 0);
  const round = reachedByQuorum(members, reached, settings.quorum);
  const isDue = (read: PendingRead) => read.round <= round && read.index <= commit;
  if (!office.reads.some(isDue)) return context;
  for (const read of office.reads) {
    if (!isDue(read)) continue;
    effects.push(note('read.served', { by: 'index' }));
    effects.push(readAnswer(machine, read));
  }
  const own = ownOffice(context, doing);
  own.volatile.office.reads = office.reads.filter((read) => !isDue(read));
  return own;
}
