import type { ProcessView } from '../../../kernel/view.ts';
import type { Machine } from '../messages.ts';
import { quorumSize } from '../quorum.ts';
import type { Protocol, Sight } from '../sight.ts';
import { applyRest } from '../slots.ts';
import { isUpToDate, lastIndexOf, lastTermOf } from './log.ts';
import type { ServerContext } from './state.ts';

const contextOf = (process: ProcessView): ServerContext => process.snapshot.context as ServerContext;

const PART_WORDS: Readonly<Record<string, string>> = { preCandidate: 'pre-candidate', transferring: 'hands over' };

/** Votes of a candidate, and of a leader the servers that have its oldest entry which is not committed. */
function gaugeOf(process: ProcessView): Sight['gauge'] {
  const { durable, volatile } = contextOf(process);
  const { members, settings, granted, office, commit } = volatile;
  const need = quorumSize(members.voters.length, settings.quorum);
  const count = (has: (server: string) => boolean): number => Math.min(need, members.voters.filter(has).length);
  const { state } = process.snapshot;
  if (state === 'preCandidate' || state === 'candidate') {
    const term = state === 'candidate' ? durable.term : durable.term + 1;
    return { have: count((server) => granted.includes(server)), need, label: `votes for term ${term}` };
  }
  if (office === null || lastIndexOf(durable) <= commit) return undefined;
  const holders = office.progress.filter(({ match }) => match > commit).map(({ server }) => server);
  return { have: count((server) => holders.includes(server)), need, label: `entry ${commit + 1}` };
}

function sight(process: ProcessView): Sight {
  const { durable, volatile } = contextOf(process);
  const { state } = process.snapshot;
  return {
    part: PART_WORDS[state] ?? state,
    leads: state === 'leader' || state === 'transferring',
    number: durable.term,
    log: durable,
    commit: volatile.commit,
    machine: volatile.machine,
    voters: volatile.members.voters,
    gauge: gaugeOf(process),
  };
}

/**
 * The leader's log prevails, carried out to its last entry. Without one, or when what there is of a leader has slept through later terms, it is the most
 * up-to-date log, which can still be elected.
 */
function outcome(servers: readonly ProcessView[], leader: ProcessView | undefined): Machine {
  let best = contextOf(servers[0]!);
  for (const process of servers) {
    const server = contextOf(process);
    if (isUpToDate(best.durable, lastTermOf(server.durable), lastIndexOf(server.durable))) best = server;
  }
  const leading = leader === undefined ? undefined : contextOf(leader);
  const prevails = leading !== undefined && leading.durable.term >= lastTermOf(best.durable) ? leading : best;
  return applyRest(prevails.volatile, prevails.durable);
}

/** Raft, as the pictures and checks that all protocols share see it. */
export const raft: Protocol = { numberWord: 'term', sight, outcome };
