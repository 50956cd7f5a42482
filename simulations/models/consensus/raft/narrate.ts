import { unreachable } from '../../../kernel/invariant.ts';
import type { StepView } from '../../../kernel/view.ts';
import type { NarrateContext } from '../../model.ts';
import type { LogChanged } from '../history.ts';
import type * as Sent from '../messages.ts';
import { type EntryWords, entriesTold, notes, sends } from '../telling.ts';
import type { PersistToken } from './state.ts';

/** What servers of Raft send each other, but for the word to take over. */
export type RaftMessage = Sent.VoteRequest | Sent.VoteReply | Sent.Append | Sent.AppendReply | Sent.InstallSnapshot;

/** A message between servers has arrived. */
export function tellRaft(step: StepView, message: RaftMessage, context: NarrateContext): string {
  const { host, from = '' } = step;
  switch (message.type) {
    case 'PreVote':
      return `${host} was asked by ${from} whether it would vote for it in term ${message.term}${reaction(step, 'PreVoteReply')}.`;
    case 'RequestVote':
      return `${host} was asked by ${from} for its vote in term ${message.term}${reaction(step, 'VoteReply')}.`;
    case 'PreVoteReply':
      return `${from} would ${message.granted ? '' : 'not '}vote for ${host}.`;
    case 'VoteReply':
      return message.granted
        ? `${from} voted for ${host} in term ${message.term}.`
        : `${from} refused ${host} its vote.`;
    case 'Heartbeat':
      return sends(step, 'HeartbeatReply') || step.effects.length > 0
        ? `${host} heard the heartbeat of ${from}, leader of term ${message.term}.`
        : `${host} ignored a heartbeat of ${from}.`;
    case 'AppendEntries':
      return received(step, message, context);
    case 'AppendReply':
    case 'HeartbeatReply':
    case 'SnapshotReply':
      return replied(step, message);
    case 'InstallSnapshot':
      return `${host} got a snapshot up to entry ${message.snapshot.index} from ${from}.`;
    default:
      return unreachable(message);
  }
}

function reaction(step: StepView, type: string): string {
  if (notes(step, 'vote.granted').length > 0) return ' and gives it';
  for (const effect of step.effects) {
    if (effect.type !== 'send' || effect.message.type !== type) continue;
    return (effect.message as unknown as Sent.VoteReply).granted ? ' and would' : ' and refuses';
  }
  return step.effects.length === 0 ? ' and does not listen, because it hears a leader' : ' and refuses';
}

const WORDS: EntryWords = { noun: ['entry', 'entries'], nothing: 'begins its term' };

function received(step: StepView, { entries, prevIndex }: Sent.Append, context: NarrateContext): string {
  const { host, from = '' } = step;
  const what = entriesTold(entries, context, WORDS);
  const [cut] = notes<LogChanged>(step, 'log.truncated');
  if (cut !== undefined) return `${host} replaced what it had from index ${cut.from} on by ${what} of ${from}.`;
  if (notes(step, 'log.appended').length > 0) return `${host} appended ${what} from ${from} and writes to disk.`;
  const refused = step.effects.some(
    (effect) => effect.type === 'send' && effect.message.type === 'AppendReply' && effect.message.success === false,
  );
  if (refused) return `${host} refused ${what} of ${from}: it lacks entry ${prevIndex}, or has another there.`;
  return `${host} had ${what} of ${from} already.`;
}

function replied(step: StepView, { success, index, refused, term }: Sent.AppendReply): string {
  const { host, from = '' } = step;
  if (success) return `${host} heard that ${from} has its log up to entry ${index} on disk.`;
  if (refused > 0) return `${host} heard that ${from} lacks entry ${refused}, and looks further back.`;
  return `${host} heard from ${from} of term ${term}.`;
}

/** A server's disk has a state. */
export function tellRaftDisk({ host }: StepView, { reply, campaign, term, index }: PersistToken): string {
  if (campaign) return `${host} has its vote for itself in term ${term} on disk, so that it counts.`;
  if (reply === null) return `${host} has its log up to entry ${index} on disk.`;
  switch (reply.type) {
    case 'VoteReply':
      return `${host} has term ${term} and its vote on disk and answers.`;
    case 'SnapshotReply':
      return `${host} has the snapshot on disk and says so.`;
    default:
      return `${host} has its log up to entry ${index} on disk and says so.`;
  }
}
