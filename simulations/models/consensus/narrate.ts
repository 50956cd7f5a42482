import { unreachable } from '../../kernel/invariant.ts';
import type { StepView } from '../../kernel/view.ts';
import { faultTitle } from '../../scenario/fault-title.ts';
import type { NarrateContext } from '../model.ts';
import { OPERATION } from './focus.ts';
import type { LogChanged } from './history.ts';
import type * as Sent from './messages.ts';
import { entryWords } from './panels.ts';
import type { PersistToken } from './raft/state.ts';

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
  | Sent.VoteRequest
  | Sent.VoteReply
  | Sent.Append
  | Sent.AppendReply
  | Sent.InstallSnapshot
  | Sent.TimeoutNow;

const LOST_WORDS = {
  chance: 'was lost on the way',
  cut: 'was lost: nothing passes the cut',
  down: 'was lost: the host is down',
  gone: 'came too late: nobody waits for it',
} as const;

/** One plain sentence for a step. */
export function narrate(step: StepView, context: NarrateContext): string {
  switch (step.kind) {
    case 'deliver':
      return withConsequences(delivered(step, context), step);
    case 'lost':
      return `${subject(step, context)} ${LOST_WORDS[step.lostTo ?? 'chance']}.`;
    case 'timer':
      return withConsequences(timer(step, context), step);
    case 'persisted':
      return withConsequences(persisted(step), step);
    case 'started':
      return `${step.process} started.`;
    case 'crashed':
      return `${step.host} crashed and lost what was not on disk.`;
    case 'restarted':
      return `${step.process} restarted with what its disk holds.`;
    case 'paused':
      return `${step.host} paused: everything that arrives waits.`;
    case 'resumed':
      return `${step.host} went on.`;
    case 'fault.begin':
      return `Fault: ${faultWords(step)} began.`;
    case 'fault.end':
      return `Fault: ${faultWords(step)} ended.`;
    default:
      return unreachable(step.kind);
  }
}

function faultWords(step: StepView): string {
  return step.fault === undefined ? 'something' : faultTitle(step.fault.fault);
}

const requestOf = (client: string, sequence: number, context: NarrateContext): string =>
  `${context.numbering.get(`${OPERATION}${client}${sequence}`) ?? `${client}${sequence}`}`;

function notes<Data>(step: StepView, name: string): readonly Data[] {
  return step.effects.flatMap((effect) =>
    effect.type === 'note' && effect.name === name ? [effect.data as Data] : [],
  );
}

const sends = (step: StepView, type: string): boolean =>
  step.effects.some((effect) => effect.type === 'send' && effect.message.type === type);

/** What else came of a step: an election won, entries committed, a snapshot. */
function withConsequences(sentence: string, step: StepView): string {
  const more: string[] = [];
  for (const { term } of notes<{ readonly term: number }>(step, 'leader.elected')) {
    more.push(`${step.host} is the leader of term ${term}.`);
  }
  const applied = notes<{ readonly index: number }>(step, 'entry.applied').map(({ index }) => index);
  const [first] = applied;
  if (first !== undefined) {
    const last = applied.at(-1)!;
    const which = first === last ? `Entry ${first} is` : `Entries ${first} to ${last} are`;
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
      return askedToChange(step, `make ${message.voters.join(', ')} the voters`);
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
        ? `${from} knew no leader to send ${host} to.`
        : `${from} sent ${host} to ${message.leader}.`;
    case 'TimeoutNow':
      return `${from} told ${host} to take over.`;
    default:
      return between(step, message, context);
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
  if (sends(step, 'Redirect')) return `${host} does not lead and sent ${what} on.`;
  const [added] = notes<LogChanged>(step, 'log.appended');
  if (added !== undefined) return `${host} appended ${what} to its log at index ${added.from}.`;
  const by = notes<{ readonly by: string }>(step, 'read.served')[0]?.by;
  if (by === 'lease') return `${host} answered ${what} alone, by its lease.`;
  if (by === 'local') return `${host} answered ${what} with what it had applied.`;
  if (sends(step, 'WriteReply') || sends(step, 'ReadReply')) return `${host} answered ${what}.`;
  return sends(step, 'Heartbeat')
    ? `${host} asks the others whether it still leads, for ${what}.`
    : `${host} dropped ${what}.`;
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
  const found = write === '' ? 'nothing' : rank === undefined ? `what ${write} wrote` : `version ${rank}`;
  return `Read ${request} returned ${found} to ${host}${late}.`;
}

type Between = Sent.VoteRequest | Sent.VoteReply | Sent.Append | Sent.AppendReply | Sent.InstallSnapshot;

function between(step: StepView, message: Between, context: NarrateContext): string {
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

function received(step: StepView, { entries, prevIndex }: Sent.Append, context: NarrateContext): string {
  const { host, from = '' } = step;
  const what = entries.map((entry) => `${entry.index} (${entryWords(entry, context)})`).join(', ');
  const noun = entries.length === 1 ? 'entry' : 'entries';
  const [cut] = notes<LogChanged>(step, 'log.truncated');
  if (cut !== undefined) return `${host} replaced what it had from index ${cut.from} on by ${noun} ${what} of ${from}.`;
  if (notes(step, 'log.appended').length > 0)
    return `${host} appended ${noun} ${what} from ${from} and writes to disk.`;
  const refused = step.effects.some(
    (effect) => effect.type === 'send' && effect.message.type === 'AppendReply' && effect.message.success === false,
  );
  if (refused) return `${host} refused ${noun} ${what} of ${from}: it lacks entry ${prevIndex}, or has another there.`;
  return `${host} had ${noun} ${what} of ${from} already.`;
}

function replied(step: StepView, { success, index, refused, term }: Sent.AppendReply): string {
  const { host, from = '' } = step;
  if (success) return `${host} heard that ${from} has its log up to entry ${index} on disk.`;
  if (refused > 0) return `${host} heard that ${from} lacks entry ${refused}, and looks further back.`;
  return `${host} heard from ${from} of term ${term}.`;
}

/** What a lost message was, for the sentence that says so. */
const NOUNS: Readonly<Record<string, string>> = {
  Read: 'A read',
  Write: 'A write',
  Cas: 'A compare-and-set',
  ReadReply: 'The answer to a read',
  WriteReply: 'The acknowledgement to the client',
  ChangeMembers: 'A change of the group',
  Transfer: 'A transfer of the leadership',
  ChangeReply: 'The answer to the operator',
  Redirect: 'The name of the leader',
  PreVote: 'The question before an election',
  PreVoteReply: 'The answer before an election',
  RequestVote: 'The request for a vote',
  VoteReply: 'The vote',
  AppendEntries: 'Entries',
  AppendReply: 'The acknowledgement of entries',
  Heartbeat: 'A heartbeat',
  HeartbeatReply: 'The answer to a heartbeat',
  InstallSnapshot: 'A snapshot',
  SnapshotReply: 'The acknowledgement of a snapshot',
  TimeoutNow: 'The word to take over',
};

/** A message as the beginning of a sentence: "The vote from r2 to r1". */
export function subject(step: StepView, context: NarrateContext): string {
  const { from = '', to = '', host, message } = step;
  const noun = NOUNS[message?.type ?? ''] ?? 'A message';
  const { sequence } = (message ?? {}) as { readonly sequence?: number };
  const client = /^r\d+$/.test(from) ? to : from;
  const request = typeof sequence === 'number' ? ` of operation ${requestOf(client, sequence, context)}` : '';
  return `${noun}${request} from ${from} to ${to || host}`;
}

function timer(step: StepView, context: NarrateContext): string {
  const { host, process } = step;
  for (const effect of step.effects) {
    if (effect.type === 'client.invoke') {
      return `${host} began ${effect.f} ${requestOf(process, effect.operation, context)} of ${effect.key}.`;
    }
    if (effect.type === 'client.complete') {
      return `${host} gave up on operation ${requestOf(process, effect.operation, context)}: its outcome is unknown.`;
    }
  }
  switch (step.timer) {
    case 'election':
      return electionBegan(step);
    case 'heartbeat':
      return sends(step, 'Heartbeat')
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
  const [began] = notes<{ readonly term: number }>(step, 'election.began');
  return began === undefined
    ? `${host} has heard no leader and does not vote.`
    : `${host} stands for election in term ${began.term}.`;
}

function persisted(step: StepView): string {
  const { host } = step;
  const { reply, campaign, term, index } = step.token as PersistToken;
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
