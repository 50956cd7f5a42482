import { listOf } from '../../checkers/linearizability-sentence.ts';
import type { StepView } from '../../kernel/view.ts';
import type { NarrateContext } from '../model.ts';
import { operationNumber } from '../numbering.ts';
import { tellStep } from '../step-words.ts';
import type { LeaderElected, LogChanged } from './history.ts';
import type * as Sent from './messages.ts';
import type { Accept, PaxosMessage } from './paxos/messages.ts';
import { tellPaxos, tellPaxosDisk } from './paxos/narrate.ts';
import type { PaxosToken } from './paxos/state.ts';
import { type RaftMessage, tellRaft, tellRaftDisk } from './raft/narrate.ts';
import type { PersistToken } from './raft/state.ts';
import { notes, sends } from './telling.ts';
import type { ZabMessage } from './zab/messages.ts';
import { isZab, tellZab, tellZabDisk } from './zab/narrate.ts';
import type { ZabToken } from './zab/state.ts';

/** Any message of the model, as narration sees it. */
type Told =
  | Sent.ReadRequest
  | Sent.WriteRequest
  | Sent.CasRequest
  | Sent.ChangeRequest
  | Sent.TransferRequest
  | Sent.ReadReply
  | Sent.WriteReply
  | Sent.ChangeReply
  | Sent.Redirect
  | Sent.TimeoutNow
  | RaftMessage
  | PaxosMessage
  | ZabMessage;

/** One plain sentence for a step. */
export function narrate(step: StepView, context: NarrateContext): string {
  return tellStep(step, {
    subject: () => subject(step, context),
    gone: 'came too late: nobody waits for it',
    handled: {
      deliver: () => withConsequences(delivered(step, context), step),
      timer: () => withConsequences(timer(step, context), step),
      persisted: () => withConsequences(persisted(step), step),
      started: () => `${step.process} started.`,
      restarted: () => `${step.process} restarted with what its disk holds.`,
    },
  });
}

const requestOf = (client: string, sequence: number, context: NarrateContext): string =>
  operationNumber(`${client}${sequence}`, context.numbering);

/** What else came of a step: an election won, entries committed, a snapshot. */
function withConsequences(sentence: string, step: StepView): string {
  const more: string[] = [];
  for (const { term, word = 'term' } of notes<LeaderElected>(step, 'leader.elected')) {
    more.push(`${step.host} is the leader of ${word} ${term}.`);
  }
  const gaps = notes<{ readonly index: number }>(step, 'gap.filled').map(({ index }) => index);
  if (gaps.length > 0)
    more.push(`It fills slot ${gaps.join(' and slot ')}, for which nobody had a value, with a no-op.`);
  for (const { index } of notes<{ readonly index: number }>(step, 'slot.chosen')) {
    more.push(`A quorum has accepted it: the value of slot ${index} is chosen.`);
  }
  const applied = notes<{ readonly index: number }>(step, 'entry.applied').map(({ index }) => index);
  const [first] = applied;
  if (first !== undefined) {
    const last = applied.at(-1)!;
    const which =
      first === last ? `Entry ${first} is` : `Entries ${first} ${last === first + 1 ? 'and' : 'to'} ${last} are`;
    more.push(`${which} committed and applied on ${step.host}.`);
  }
  for (const { index } of notes<{ readonly index: number }>(step, 'snapshot.taken')) {
    more.push(`${step.host} replaced its log up to entry ${index} by a snapshot.`);
  }
  return [sentence, ...more].join(' ');
}

function delivered(step: StepView, context: NarrateContext): string {
  const message = step.message as unknown as Told;
  const { host, from = '' } = step;
  switch (message.type) {
    case 'Read':
    case 'Write':
    case 'Cas':
      return asked(step, message, context);
    case 'ChangeMembers':
      return askedToChange(step, `make ${listOf(message.voters)} the voters`);
    case 'Transfer':
      return askedToChange(step, `hand the leadership to ${message.target}`);
    case 'ReadReply':
    case 'WriteReply':
      return answered(step, message, context);
    case 'ChangeReply':
      return message.refused === ''
        ? `${host} heard that its change is done.`
        : `${host} was refused: ${message.refused}.`;
    case 'Redirect':
      return message.leader === ''
        ? `${host} heard from ${from} that it knows no leader.`
        : `${host} heard from ${from} that ${message.leader} leads.`;
    case 'TimeoutNow':
      return `${from} told ${host} to take over.`;
    default:
      if (isZab(message)) return tellZab(step, message, context);
      return 'ballot' in message ? tellPaxos(step, message, context) : tellRaft(step, message, context);
  }
}

function asked(
  step: StepView,
  message: Sent.ReadRequest | Sent.WriteRequest | Sent.CasRequest,
  context: NarrateContext,
): string {
  const { host, from = '' } = step;
  const verb = { Read: 'read', Write: 'write', Cas: 'compare-and-set' }[message.type];
  const what = `${verb} ${requestOf(from, message.sequence, context)} of ${message.key}`;
  if (sends(step, 'Redirect')) return `${host} does not lead and refused ${what}.`;
  const [added] = notes<LogChanged>(step, 'log.appended');
  if (added !== undefined) return `${host} appended ${what} to its log at index ${added.from}.`;
  const [slot] = proposedSlots(step);
  if (slot !== undefined) return `${host} proposes ${what} for slot ${slot}.`;
  const by = notes<{ readonly by: string }>(step, 'read.served')[0]?.by;
  if (by === 'lease') return `${host} answered ${what} alone, by its lease.`;
  if (by === 'local') return `${host} answered ${what} with what it had applied.`;
  if (sends(step, 'WriteReply') || sends(step, 'ReadReply')) return `${host} answered ${what}.`;
  return sends(step, 'Heartbeat')
    ? `${host} asks the others whether it still leads, for ${what}.`
    : sends(step, 'Sync') || sends(step, 'Ping')
      ? `${host} makes sure that ${what} will not be old.`
      : `${host} dropped ${what}.`;
}

/** The slots that a step proposed something for. */
function proposedSlots(step: StepView): readonly number[] {
  return step.effects.flatMap((effect) =>
    effect.type === 'send' && effect.message.type === 'Accept'
      ? [(effect.message as unknown as Accept).entry.index]
      : [],
  );
}

function askedToChange(step: StepView, what: string): string {
  const { host } = step;
  if (sends(step, 'Redirect')) return `${host} was asked to ${what} and cannot now.`;
  const [added] = notes<LogChanged>(step, 'log.appended');
  return added === undefined
    ? `${host} was asked to ${what}.`
    : `${host} was asked to ${what} and appended that at index ${added.from}.`;
}

function answered(step: StepView, message: Sent.ReadReply | Sent.WriteReply, context: NarrateContext): string {
  const { host } = step;
  const { write, ok } = message.result;
  const late = step.effects.some(({ type }) => type === 'client.complete') ? '' : ', too late';
  const request = requestOf(host, message.sequence, context);
  if (message.type === 'WriteReply') {
    return ok
      ? `${host} learned that write ${request} is committed${late}.`
      : `${host} learned that compare-and-set ${request} found something else${late}.`;
  }
  const rank = context.numbering.get(write);
  const written = () => `the value of write ${operationNumber(write, context.numbering)}`;
  const found = write === '' ? 'nothing' : rank === undefined ? written() : `version ${rank}`;
  return `Read ${request} returned ${found} to ${host}${late}.`;
}

/** What a lost message was, for the sentence that says so. */
const NOUNS: Readonly<Record<string, string>> = {
  ChangeMembers: 'A change of the group',
  Transfer: 'A transfer of the leadership',
  ChangeReply: 'The answer to the operator',
  Redirect: 'The name of the leader',
  PreVote: 'The pre-vote request',
  PreVoteReply: 'The pre-vote answer',
  RequestVote: 'The request for a vote',
  VoteReply: 'The vote',
  AppendEntries: 'A batch of entries',
  AppendReply: 'The acknowledgement of entries',
  Heartbeat: 'A heartbeat',
  HeartbeatReply: 'The answer to a heartbeat',
  InstallSnapshot: 'A snapshot',
  SnapshotReply: 'The acknowledgement of a snapshot',
  TimeoutNow: 'The word to take over',
  Prepare: 'The request for a promise',
  Promise: 'The promise',
  Accept: 'A proposal',
  Accepted: 'The word that a proposal is accepted',
  Nack: 'A refusal',
  LearnRequest: 'The request for chosen values',
  Learn: 'The list of chosen values',
  Notification: 'A vote',
  CEpoch: 'The word that a follower comes',
  NewEpoch: 'The new epoch',
  AckEpoch: 'The consent to an epoch',
  NewLeader: "The leader's history",
  AckNewLeader: 'The word that the history has arrived',
  Propose: 'A proposal',
  Ack: 'The acknowledgement of a proposal',
  Commit: 'The word that a proposal is committed',
  Ping: 'A ping',
  Pong: 'The answer to a ping',
  Sync: 'The question how far to wait',
  Synced: 'The answer how far to wait',
};

/** A message as the beginning of a sentence: "The vote from r2 to r1". */
export function subject(step: StepView, context: NarrateContext): string {
  const { from = '', to = '', host } = step;
  return `${nounOf(step.message as unknown as Told | undefined, from, to || host, context)} from ${from} to ${to || host}`;
}

function nounOf(message: Told | undefined, from: string, to: string, context: NarrateContext): string {
  switch (message?.type) {
    case 'Read':
      return `Read ${requestOf(from, message.sequence, context)}`;
    case 'Write':
      return `Write ${requestOf(from, message.sequence, context)}`;
    case 'Cas':
      return `Compare-and-set ${requestOf(from, message.sequence, context)}`;
    case 'ReadReply':
      return `The answer to read ${requestOf(to, message.sequence, context)}`;
    case 'WriteReply':
      return `The acknowledgement of operation ${requestOf(to, message.sequence, context)}`;
    default:
      return NOUNS[message?.type ?? ''] ?? 'A message';
  }
}

function timer(step: StepView, context: NarrateContext): string {
  const { host, process } = step;
  for (const effect of step.effects) {
    if (effect.type === 'client.invoke') {
      return `${host} began ${effect.f === 'cas' ? 'compare-and-set' : effect.f} ${requestOf(process, effect.operation, context)} of ${effect.key}.`;
    }
    if (effect.type === 'client.complete') {
      return `${host} gave up on operation ${requestOf(process, effect.operation, context)}: its outcome is unknown.`;
    }
  }
  switch (step.timer) {
    case 'election':
      return electionBegan(step);
    case 'heartbeat':
      if (sends(step, 'CEpoch')) return `${host} goes to its leader again.`;
      return sends(step, 'Heartbeat') || sends(step, 'Ping')
        ? `${host} sent heartbeats.`
        : `${host} has not heard from a quorum and leads no longer.`;
    case 'flush':
      return `${host} was due to write its state to disk.`;
    case 'transfer':
      return `${host} gave up handing over.`;
    case 'attempt':
      return `${host} had no answer and asks the next server.`;
    case 'again':
      return `${host} asks again.`;
    default:
      return `${host} goes on with its script.`;
  }
}

function electionBegan(step: StepView): string {
  const { host } = step;
  if (sends(step, 'PreVote')) return `${host} has heard no leader and asks whether it could win an election.`;
  if (sends(step, 'Prepare')) return `${host} asks again for the promises that it lacks.`;
  const [began] = notes<{ readonly term: number; readonly word?: string }>(step, 'election.began');
  if (notes(step, 'looking.began').length > 0)
    return `${host} waits no longer for the other side and looks for a leader.`;
  if (sends(step, 'Notification')) return `${host} tells the others again whom it wants.`;
  if (began === undefined) return `${host} has heard no leader and does not vote.`;
  return began.word === 'ballot'
    ? `${host} has heard no leader and tries ballot ${began.term}.`
    : `${host} stands for election in term ${began.term}.`;
}

function persisted(step: StepView): string {
  const token = step.token as PersistToken | PaxosToken | ZabToken;
  if ('own' in token) return tellZabDisk(step, token);
  return 'opens' in token ? tellPaxosDisk(step, token) : tellRaftDisk(step, token);
}
