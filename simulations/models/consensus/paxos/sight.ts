import type { ProcessView } from '../../../kernel/view.ts';
import type { Entry, Machine } from '../messages.ts';
import { quorumSize } from '../quorum.ts';
import type { Protocol, Sight } from '../sight.ts';
import { applyRest, entryIn, lastSlot, withEntry } from '../slots.ts';
import type { PaxosContext } from './state.ts';

const contextOf = (process: ProcessView): PaxosContext => process.snapshot.context as PaxosContext;

const PART_WORDS: Readonly<Record<string, string>> = { phase1: 'phase 1', steady: 'leader' };

/** Promises of a proposer in phase 1, and of a leader the acceptors of its first slot that is not chosen. */
function gaugeOf({ snapshot: { state, context } }: ProcessView): Sight['gauge'] {
  const { settings, office } = (context as PaxosContext).volatile;
  if (office === null) return undefined;
  const need = quorumSize(settings.servers.length, settings.quorum);
  if (state === 'phase1') {
    return { have: Math.min(need, office.promised.length), need, label: `promises for ballot ${office.ballot}` };
  }
  const open = office.proposals.find(({ chosen }) => !chosen);
  if (open === undefined) return undefined;
  return { have: Math.min(need, open.accepted.length), need, label: `slot ${open.entry.index}` };
}

function sight(process: ProcessView): Sight {
  const { durable, volatile } = contextOf(process);
  const { state } = process.snapshot;
  return {
    part: PART_WORDS[state] ?? state,
    leads: state === 'steady',
    number: durable.promised,
    log: durable,
    commit: volatile.commit,
    machine: volatile.machine,
    voters: volatile.settings.servers,
    gauge: gaugeOf(process),
  };
}

/** Whatever is chosen has, of all that acceptors have for its slot, the highest ballot: from the server that has applied most, slot by slot. */
function outcome(servers: readonly ProcessView[]): Machine {
  const contexts = servers.map(contextOf);
  const most = contexts.reduce((best, one) => (one.volatile.commit > best.volatile.commit ? one : best));
  const { snapshot } = most.durable;
  let log: readonly (Entry | null)[] = most.durable.log;
  for (const { durable } of contexts) {
    for (let index = most.volatile.commit + 1; index <= lastSlot(durable); index++) {
      const [known, other] = [entryIn({ snapshot, log }, index), entryIn(durable, index)];
      if (other !== undefined && (known?.term ?? 0) < other.term) log = withEntry({ snapshot, log }, other);
    }
  }
  return applyRest(most.volatile, { snapshot, log });
}

/** Multi-Paxos, as the pictures and checks that all protocols share see it. */
export const paxos: Protocol = { numberWord: 'ballot', sight, outcome };
