import type { ProcessView } from '../../../kernel/view.ts';
import type { Machine } from '../messages.ts';
import { quorumSize } from '../quorum.ts';
import type { Protocol, Sight } from '../sight.ts';
import { applyRest } from '../slots.ts';
import { compareZxid, lastZxid, type ZabContext } from './state.ts';

const contextOf = (process: ProcessView): ZabContext => process.snapshot.context as ZabContext;

const PART_WORDS: Readonly<Record<string, string>> = {
  'follower.discovery': 'follower in discovery',
  'follower.synchronisation': 'follower in synchronisation',
  'follower.broadcast': 'follower',
  'leader.discovery': 'leader in discovery',
  'leader.synchronisation': 'leader in synchronisation',
  'leader.broadcast': 'leader',
};

/** Whom a quorum must still agree with: votes, consent to an epoch, histories made alike, acknowledgements of a proposal. */
function gaugeOf(process: ProcessView): Sight['gauge'] {
  const { votes, vote, settings, office, committed } = contextOf(process).volatile;
  const need = quorumSize(settings.servers.length, settings.quorum);
  const gauge = (have: number, label: string): Sight['gauge'] => ({ have: Math.min(need, have), need, label });
  if (process.snapshot.state === 'looking') {
    return gauge(votes.filter(({ leader }) => leader === vote.leader).length, `votes for ${vote.leader}`);
  }
  if (office === null) return undefined;
  const { epoch, followers, counter } = office;
  switch (process.snapshot.state) {
    case 'leader.discovery':
      return gauge(followers.filter(({ agreed }) => agreed).length, epoch === 0 ? 'a new epoch' : `epoch ${epoch}`);
    case 'leader.synchronisation':
      return gauge(followers.filter(({ synced }) => synced).length, `the history of epoch ${epoch}`);
    default: {
      if (counter <= committed) return undefined;
      const next = committed + 1;
      return gauge(followers.filter((one) => one.counter >= next).length, `transaction ⟨${epoch},${next}⟩`);
    }
  }
}

function sight(process: ProcessView): Sight {
  const { durable, volatile } = contextOf(process);
  const { state } = process.snapshot;
  return {
    part: PART_WORDS[state] ?? state,
    leads: state === 'leader.broadcast',
    number: durable.currentEpoch,
    log: durable,
    commit: volatile.commit,
    machine: volatile.machine,
    voters: volatile.settings.servers,
    gauge: gaugeOf(process),
  };
}

/** The leader's history prevails, or else that of the latest epoch and then the longest, whose server can still be elected: delivered to its end. */
function outcome(servers: readonly ProcessView[], leader: ProcessView | undefined): Machine {
  let best = contextOf(leader ?? servers[0]!);
  for (const process of leader === undefined ? servers : []) {
    const { durable } = contextOf(process);
    const epochs = durable.currentEpoch - best.durable.currentEpoch;
    if (epochs > 0 || (epochs === 0 && compareZxid(lastZxid(durable), lastZxid(best.durable)) > 0)) {
      best = contextOf(process);
    }
  }
  return applyRest(best.volatile, best.durable);
}

/** Zab, as the pictures and checks that all protocols share see it. */
export const zab: Protocol = { numberWord: 'epoch', sight, outcome };
