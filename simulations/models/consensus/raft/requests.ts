import type { Effect, Environment, Message } from '../../../kernel/behavior.ts';
import { send } from '../effects.ts';
import type { ChangeRequest, TransferRequest } from '../messages.ts';
import { commandOf, type DataRequest, knownAnswer } from '../requests.ts';
import { appendOwn, NO_REQUEST } from './commit.ts';
import { handOver } from './lead.ts';
import { type Changed, changeSimply, changesTo, enterJoint, groupOf, isJoint } from './membership.ts';
import { doingIn, placeIn } from './progress.ts';
import { beginRead } from './reads.ts';
import { type ServerContext, type ServerStep, withOffice } from './state.ts';

/** A client's request at the leader: appends it, unless the session has its answer already or a read has a shorter way. */
export function propose(context: ServerContext, event: DataRequest, environment: Environment): ServerStep {
  const { settings, machine } = context.volatile;
  if (event.type === 'Read' && settings.read !== 'log') return beginRead(context, event, environment);
  const { from: client } = environment;
  const { sequence } = event;
  const known = knownAnswer(machine, event, client);
  if (known !== undefined) return { effects: known };
  const doing = doingIn(environment);
  const next = appendOwn(context, commandOf(event), { client, sequence }, doing);
  return { context: next, effects: doing.effects.taken() };
}

/** Not here: to the leader, if this server knows one. */
export function redirect({ volatile }: ServerContext, event: unknown, environment: Environment): ServerStep {
  const { sequence } = event as { readonly sequence: number };
  const leader = volatile.office === null ? volatile.leader : '';
  const message: Message = { type: 'Redirect', sequence, leader: leader === environment.host ? '' : leader };
  return { effects: [send(environment.from, message)] };
}

const sameServers = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((server) => b.includes(server));

/** The group that a change leads to, by the way that is set. `naive` is the mistake: everybody switches when it sees the entry, and majorities need not meet. */
function changed({ volatile }: ServerContext, event: ChangeRequest): Changed {
  const { members, settings } = volatile;
  const changes = changesTo(members, event);
  if (settings.membership === 'joint') return enterJoint(members, changes);
  if (settings.membership === 'single') return changeSimply(members, changes);
  return { ok: true, members: { ...groupOf(event.voters), learners: event.learners } };
}

/**
 * A change of the group (dissertation, chapter 4). One at a time, and not before an entry of the leader's own term is committed: without that guard two leaders can
 * change different groups at once, each by one server, and end with majorities that do not meet (the bug found in 2015).
 */
export function changeMembers(context: ServerContext, event: ChangeRequest, environment: Environment): ServerStep {
  const { volatile } = context;
  const { members, membersIndex, commit, settings } = volatile;
  const office = volatile.office!;
  const { from: client } = environment;
  const { sequence } = event;
  const reply = (refused: string): Effect => send(client, { type: 'ChangeReply', sequence, refused });
  const isDone = sameServers(members.voters, event.voters) && sameServers(members.learners, event.learners);
  if (isDone && membersIndex <= commit && !isJoint(members)) return { effects: [reply('')] };
  if (settings.membership !== 'naive') {
    const isEarly = settings.singleChangeGuard && commit < office.firstIndex;
    if (isEarly || membersIndex > commit || isJoint(members)) return redirect(context, event, environment);
  } else if (isDone) return {};
  const wanted = changed(context, event);
  if (!wanted.ok) return { effects: [reply(wanted.problem)] };
  const doing = doingIn(environment);
  const waiting = withOffice(context, { change: { client, sequence } });
  const next = appendOwn(waiting, { kind: 'members', members: wanted.members }, NO_REQUEST, doing);
  return { context: next, effects: doing.effects.taken() };
}

/** Whether the leadership can go to that server: it votes, and does not lead already. */
export function canTransfer({ volatile }: ServerContext, event: unknown, { host }: Environment): boolean {
  const { target } = event as TransferRequest;
  return target !== host && volatile.members.voters.includes(target);
}

/** Hands the leadership over (dissertation, section 3.10): takes no more requests, and tells the other to begin as soon as it has everything. */
export function beginTransfer(context: ServerContext, event: TransferRequest, environment: Environment): ServerStep {
  const { target: transferee, sequence } = event;
  const doing = doingIn(environment);
  const next = withOffice(context, { transferee });
  const handed = handOver(next, placeIn(next.volatile.office!, transferee), doing);
  const [, delayUs] = next.volatile.settings.electionUs;
  return {
    context: handed,
    effects: [
      { type: 'timer.set', name: 'transfer', delayUs },
      send(environment.from, { type: 'ChangeReply', sequence, refused: '' }),
      ...doing.effects.taken(),
    ],
  };
}

/** It leads already, or cannot lead. */
export function refuseTransfer(
  { volatile }: ServerContext,
  event: TransferRequest,
  environment: Environment,
): ServerStep {
  const { sequence, target } = event;
  const refused = volatile.members.voters.includes(target) ? '' : `${target} does not vote in this group`;
  return { effects: [send(environment.from, { type: 'ChangeReply', sequence, refused })] };
}
