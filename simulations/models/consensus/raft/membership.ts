import { unreachable } from '../../../kernel/invariant.ts';
import type { Members } from '../messages.ts';

/** One step of a change of the group. */
export interface MemberChange {
  readonly op: 'voter' | 'learner' | 'remove';
  readonly server: string;
}

/** The changed group, or why there is none. */
export type Changed =
  | { readonly ok: true; readonly members: Members }
  | { readonly ok: false; readonly problem: string };

/** A group of voters alone. */
export function groupOf(voters: readonly string[]): Members {
  return { voters, outgoing: [], learners: [], learnersNext: [] };
}

/** Whether a decision needs two majorities at the moment. */
export function isJoint({ outgoing }: Members): boolean {
  return outgoing.length > 0;
}

/** Everybody who receives entries, without repetition. */
export function serversOf({ voters, outgoing, learners, learnersNext }: Members): readonly string[] {
  const servers = voters.slice();
  for (const group of [outgoing, learners, learnersNext]) {
    for (const server of group) if (!servers.includes(server)) servers.push(server);
  }
  return servers;
}

/** What a server is in a group. */
export function placeOf({ voters, outgoing, learners }: Members, server: string): 'voter' | 'learner' | 'outside' {
  if (voters.includes(server) || outgoing.includes(server)) return 'voter';
  return learners.includes(server) ? 'learner' : 'outside';
}

const without = (servers: readonly string[], server: string): readonly string[] =>
  servers.filter((other) => other !== server);
const withServer = (servers: readonly string[], server: string): readonly string[] =>
  servers.includes(server) ? servers : [...servers, server];

function applyChange(members: Members, { op, server }: MemberChange): Members {
  const { voters, outgoing, learners, learnersNext } = members;
  switch (op) {
    case 'voter':
      return {
        voters: withServer(voters, server),
        outgoing,
        learners: without(learners, server),
        learnersNext: without(learnersNext, server),
      };
    case 'learner': {
      const fewer = without(voters, server);
      // While it still votes in the outgoing half it cannot be a learner yet.
      if (outgoing.includes(server)) {
        return { voters: fewer, outgoing, learners, learnersNext: withServer(learnersNext, server) };
      }
      return { voters: fewer, outgoing, learners: withServer(learners, server), learnersNext };
    }
    case 'remove':
      return {
        voters: without(voters, server),
        outgoing,
        learners: without(learners, server),
        learnersNext: without(learnersNext, server),
      };
    default:
      return unreachable(op);
  }
}

function applyAll(members: Members, changes: readonly MemberChange[]): Changed {
  const changed = changes.reduce(applyChange, members);
  if (changed.voters.length === 0) return { ok: false, problem: 'removed all voters' };
  return { ok: true, members: changed };
}

/** How many servers vote in one group and not in the other. */
function votersApart(a: Members, b: Members): number {
  const gone = a.voters.filter((voter) => !b.voters.includes(voter)).length;
  return gone + b.voters.filter((voter) => !a.voters.includes(voter)).length;
}

/** A change of at most one voter, which keeps any two majorities overlapping (dissertation, section 4.1). Learners may change freely. */
export function changeSimply(members: Members, changes: readonly MemberChange[]): Changed {
  if (isJoint(members)) return { ok: false, problem: "can't apply simple config change in joint config" };
  const changed = applyAll(members, changes);
  if (changed.ok && votersApart(members, changed.members) > 1) {
    return { ok: false, problem: 'more than one voter changed without entering joint config' };
  }
  return changed;
}

/** The joint configuration C(old,new) of section 4.3: both groups decide until it is left. */
export function enterJoint(members: Members, changes: readonly MemberChange[]): Changed {
  if (isJoint(members)) return { ok: false, problem: 'config is already joint' };
  if (members.voters.length === 0) return { ok: false, problem: "can't make a zero-voter config joint" };
  const { voters, learners, learnersNext } = members;
  return applyAll({ voters, outgoing: voters, learners, learnersNext }, changes);
}

/** C(new) alone. */
export function leaveJoint(members: Members): Changed {
  if (!isJoint(members)) return { ok: false, problem: "can't leave a non-joint config" };
  const { voters, learners, learnersNext } = members;
  return {
    ok: true,
    members: { voters, outgoing: [], learners: [...learners, ...learnersNext], learnersNext: [] },
  };
}

/** What turns one group into exactly these voters and learners. */
export function changesTo(
  members: Members,
  wanted: { readonly voters: readonly string[]; readonly learners: readonly string[] },
): readonly MemberChange[] {
  const changes: MemberChange[] = [];
  for (const server of serversOf(members)) {
    if (!wanted.voters.includes(server) && !wanted.learners.includes(server)) changes.push({ op: 'remove', server });
  }
  for (const server of wanted.voters) if (!members.voters.includes(server)) changes.push({ op: 'voter', server });
  for (const server of wanted.learners) if (!members.learners.includes(server)) changes.push({ op: 'learner', server });
  return changes;
}
