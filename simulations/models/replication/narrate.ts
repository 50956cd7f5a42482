import { unreachable } from '../../kernel/invariant.ts';
import type { StepView } from '../../kernel/view.ts';
import type { NarrateContext } from '../model.ts';
import { operationNumber } from '../numbering.ts';
import { tellStep } from '../step-words.ts';
import type { LeaderChosen, WalAppended } from './history.ts';
import type * as Sent from './messages.ts';
import type { PersistToken } from './node-state.ts';
import type { Position } from './wal.ts';

/** Any message of the model, as narration sees it. */
type Told =
  | Sent.Write
  | Sent.Read
  | Sent.WriteReply
  | Sent.ReadReply
  | Sent.NotLeader
  | Sent.TokenLost
  | Sent.Append
  | Sent.AppendAck
  | Sent.Join
  | Sent.Rewind
  | Sent.Heartbeat
  | Sent.HeartbeatAck
  | Sent.Fence
  | Sent.FenceAck
  | Sent.Ask
  | Sent.AskReply
  | Sent.Promote
  | Sent.NewLeader
  | Sent.WhoLeads;

/** One plain sentence for a step. */
export function narrate(step: StepView, context: NarrateContext): string {
  return tellStep(step, {
    subject: () => subject(step, context),
    gone: 'came too late: nobody was there for it',
    handled: {
      deliver: () => delivered(step, context) + aftermath(step),
      timer: () => timer(step, context) + aftermath(step),
      persisted: () => persisted(step) + aftermath(step),
      started: () => `${step.host} started.`,
      restarted: () => restarted(step),
    },
  });
}

const hostOf = (process: string | undefined): string => process?.split('/')[0] ?? '';

/** The number of a client's operation in the history. */
function numberOf(client: string | undefined, sequence: number, { numbering }: NarrateContext): string {
  return operationNumber(`${hostOf(client)}${sequence}`, numbering);
}

const placeWords = ({ epoch, lsn }: Position): string => (epoch < 2 ? `LSN ${lsn}` : `LSN ${lsn} of epoch ${epoch}`);

function entryWords(from: number, to: number): string {
  if (from === to) return `LSN ${from}`;
  return to === from + 1 ? `LSN ${from} and ${to}` : `LSN ${from} to ${to}`;
}

function noteOf<Data>(step: StepView, name: string): Data | undefined {
  for (const effect of step.effects) if (effect.type === 'note' && effect.name === name) return effect.data as Data;
  return undefined;
}

/** What else a step brought about, as further sentences. */
function aftermath(step: StepView): string {
  const words: string[] = [];
  const chosen = noteOf<LeaderChosen>(step, 'leader.chosen');
  if (chosen !== undefined) {
    const place = placeWords(chosen.positions[chosen.leader]!);
    words.push(`It chose ${chosen.leader}, whose log ends at ${place}, to lead epoch ${chosen.epoch}.`);
  }
  const active = noteOf<{ readonly epoch: number }>(step, 'leader.active');
  if (active !== undefined) words.push(`${step.host} now leads epoch ${active.epoch} and takes writes.`);
  const acknowledged = step.effects.filter((effect) => effect.type === 'note' && effect.name === 'write.acknowledged');
  if (acknowledged.length > 0) {
    const lsns = acknowledged.map((effect) => (effect as { readonly data: unknown }).data as Position);
    const verb = lsns.length === 1 ? 'is' : 'are';
    words.push(`${entryWords(lsns[0]!.lsn, lsns[lsns.length - 1]!.lsn)} ${verb} committed and acknowledged.`);
  }
  const waited = step.effects.filter((effect) => effect.type === 'note' && effect.name === 'read.waited').length;
  if (waited > 0) words.push(`${waited} waiting ${waited === 1 ? 'read' : 'reads'} could be answered.`);
  if (noteOf(step, 'semisync.restored') !== undefined) words.push('It waits for followers again.');
  return words.map((sentence) => ` ${sentence}`).join('');
}

const ignored = (step: StepView): string =>
  step.effects.some(({ type }) => type === 'client.complete') ? '' : ', too late';

function delivered(step: StepView, context: NarrateContext): string {
  const message = step.message as unknown as Told;
  const { host } = step;
  const from = hostOf(step.from);
  const again = step.duplicate === true ? ' (a duplicate)' : '';
  switch (message.type) {
    case 'Write':
      return taken(step, `write ${numberOf(from, message.sequence, context)} of ${message.key} from ${from}${again}`);
    case 'Read':
      return read(step, message, `read ${numberOf(from, message.sequence, context)} of ${message.key}${again}`);
    case 'WriteReply':
      return `${host} learned that write ${numberOf(host, message.sequence, context)} is committed at ${placeWords(message.position)}${ignored(step)}.`;
    case 'ReadReply': {
      const found = message.entry === null ? 'nothing' : placeWords(message.entry);
      return `Read ${numberOf(host, message.sequence, context)} returned ${found} to ${host}${ignored(step)}.`;
    }
    case 'NotLeader':
      return `${host} was refused by ${from}${message.leader === null ? '' : `, which names ${message.leader} as the leader`}, and will try again.`;
    case 'TokenLost':
      return `${host} learned from ${from} that what its session had seen is lost: read ${numberOf(host, message.sequence, context)} failed.`;
    case 'Append':
      return appended(step, message);
    case 'AppendAck':
      return `${host} heard that ${from} has received LSN ${message.received}, flushed ${message.flushed} and applied ${message.applied}.`;
    case 'Join':
      return joined(step, message);
    case 'Rewind':
      return `${host} cut off its log after LSN ${message.lsn}, where its history and that of ${from} part.`;
    default:
      return aboutLeading(step, message);
  }
}

function taken(step: StepView, what: string): string {
  const added = noteOf<WalAppended>(step, 'wal.appended');
  if (added !== undefined) return `${step.host} put ${what} into its log at LSN ${added.to}.`;
  const refused = step.effects.some((effect) => effect.type === 'send' && effect.message.type === 'NotLeader');
  return refused ? `${step.host} refused ${what}: it does not lead.` : `${step.host} had ${what} already.`;
}

function read(step: StepView, { token }: Sent.Read, what: string): string {
  const { host } = step;
  for (const effect of step.effects) {
    if (effect.type !== 'send') continue;
    const reply = effect.message as unknown as Told;
    if (reply.type === 'NotLeader') return `${host} refused ${what}: it does not lead.`;
    if (reply.type === 'TokenLost') {
      return `${host} cannot answer ${what}: ${token === null ? 'its token' : placeWords(token)} is not part of the log any more.`;
    }
    if (reply.type === 'ReadReply') {
      return `${host} answered ${what} with ${reply.entry === null ? 'nothing' : placeWords(reply.entry)}.`;
    }
  }
  return `${host} has not applied ${token === null ? 'enough' : placeWords(token)} yet and lets ${what} wait.`;
}

function appended(step: StepView, { epoch, prev, entries }: Sent.Append): string {
  const { host } = step;
  const from = hostOf(step.from);
  const what =
    entries.length === 0 ? `a probe at LSN ${prev.lsn}` : entryWords(prev.lsn + 1, prev.lsn + entries.length);
  const added = noteOf<WalAppended>(step, 'wal.appended');
  if (added !== undefined) return `${host} received ${what} from ${from} and is writing it to disk.`;
  for (const effect of step.effects) {
    if (effect.type !== 'send') continue;
    const { type } = effect.message;
    if (type === 'AppendAck')
      return `${host} received ${what} from ${from} and ${entries.length === 0 ? 'says what it has' : 'had it already'}.`;
    if (type === 'Fence') return `${host} refused ${what} from ${from}: epoch ${epoch} is over.`;
    if (type === 'Join')
      return `${host} received ${what} from ${from}, which does not continue its log, and asks for what is missing.`;
  }
  return `${host} received ${what} from ${from} and could not use it.`;
}

function joined(step: StepView, { length }: Sent.Join): string {
  const from = hostOf(step.from);
  for (const effect of step.effects) {
    if (effect.type !== 'send') continue;
    const reply = effect.message as unknown as Told;
    if (reply.type === 'Rewind') {
      return `${step.host} found that the log of ${from}, ${length} long, parts from its own after LSN ${reply.lsn}.`;
    }
    if (reply.type === 'Append')
      return `${step.host} took ${from} as a follower and sends what comes after LSN ${length}.`;
  }
  return `${step.host} heard that ${from} wants to follow.`;
}

type AboutLeading = Extract<
  Told,
  {
    type:
      | 'Heartbeat'
      | 'HeartbeatAck'
      | 'Fence'
      | 'FenceAck'
      | 'Ask'
      | 'AskReply'
      | 'Promote'
      | 'NewLeader'
      | 'WhoLeads';
  }
>;

function aboutLeading(step: StepView, message: AboutLeading): string {
  const { host } = step;
  const from = hostOf(step.from);
  const changed = step.effects.length > 0;
  switch (message.type) {
    case 'Heartbeat':
      return `${host} heard a heartbeat of ${from}, epoch ${message.epoch}.`;
    case 'HeartbeatAck':
      return `${host} heard from ${from}: its lease is renewed.`;
    case 'Fence':
      return changed
        ? `${host} was fenced: it takes nothing of epochs before ${message.epoch} any more.`
        : `${host} was fenced already.`;
    case 'FenceAck':
      return `${host} heard that ${from} is fenced.`;
    case 'Ask':
      return changed
        ? `${host} promises epoch ${message.epoch} and will say where its log ends.`
        : `${host} was asked again where its log ends.`;
    case 'AskReply':
      return `${host} learned that the log of ${from} ends at ${placeWords(message.position)}.`;
    case 'Promote':
      return changed
        ? `${host} begins epoch ${message.epoch} with a record of its own.`
        : `${host} was promoted again.`;
    case 'NewLeader':
      return `${host} learned that ${message.leader} leads epoch ${message.epoch}.`;
    case 'WhoLeads':
      return `${from} asked ${host} who leads.`;
    default:
      return unreachable(message);
  }
}

/** What a lost message was, for the sentence that says so. */
const NOUNS: Readonly<Record<string, string>> = {
  NotLeader: 'A refusal',
  TokenLost: 'The news that a token is lost',
  Append: 'Log entries',
  AppendAck: 'An acknowledgement',
  Join: 'A request to follow',
  Rewind: 'The order to rewind',
  Heartbeat: 'A heartbeat',
  HeartbeatAck: 'The renewal of a lease',
  Fence: 'The order to stop leading',
  FenceAck: 'The word that a node is fenced',
  Ask: 'The question where a log ends',
  AskReply: 'The word where a log ends',
  Promote: 'The order to lead',
  NewLeader: 'The news of a leader',
  WhoLeads: 'The question who leads',
};

/** A message as the beginning of a sentence: "A heartbeat from n1 to m1". */
export function subject(step: StepView, context: NarrateContext): string {
  const [from, to] = [step.fromHost ?? hostOf(step.from), hostOf(step.to) || step.host];
  return `${nounOf(step.message as unknown as Told | undefined, from, to, context)} from ${from} to ${to}`;
}

function nounOf(message: Told | undefined, from: string, to: string, context: NarrateContext): string {
  switch (message?.type) {
    case 'Write':
      return `Write ${numberOf(from, message.sequence, context)}`;
    case 'Read':
      return `Read ${numberOf(from, message.sequence, context)}`;
    case 'WriteReply':
      return `The acknowledgement of write ${numberOf(to, message.sequence, context)}`;
    case 'ReadReply':
      return `The answer to read ${numberOf(to, message.sequence, context)}`;
    default:
      return NOUNS[message?.type ?? ''] ?? 'A message';
  }
}

const TIMERS: Readonly<Record<string, (host: string) => string>> = {
  heartbeat: (host) => `${host} sent a heartbeat.`,
  lease: (host) => `The lease of ${host} ran out: it accepts and acknowledges nothing until it is renewed.`,
  degrade: (host) => `${host} waited long enough for followers and goes on asynchronously; nobody is told.`,
  apply: (host) => `${host} applied what it had flushed.`,
  join: (host) => `${host} asked again whom to follow.`,
  remind: (host) => `${host} looked after followers that are behind.`,
  ship: (host) => `${host} sent the entries whose lag is over.`,
  retry: (host) => `${host} sent the refused operation again.`,
  suspect: (host) => `${host} has heard no heartbeat for too long and suspects the leader.`,
  confirm: (host) => `${host} acts as if the leader were gone.`,
  fence: (host) => `${host} goes on: the lease of the old leader must be over.`,
  collect: (host) => `${host} looked at the answers that it has.`,
  attempt: (host) => `${host} gives up this attempt and begins another.`,
};

function timer(step: StepView, context: NarrateContext): string {
  for (const effect of step.effects) {
    if (effect.type === 'client.invoke') {
      return `${step.host} began ${effect.f} ${numberOf(step.host, effect.operation, context)} of ${effect.key}.`;
    }
    if (effect.type === 'client.complete') {
      return `${step.host} gave up on operation ${numberOf(step.host, effect.operation, context)}: its outcome is unknown.`;
    }
  }
  return TIMERS[step.timer ?? '']?.(step.host) ?? `The timer ${step.timer} of ${step.host} fired.`;
}

function persisted(step: StepView): string {
  if (typeof step.token === 'number') return `${step.host} has epoch ${step.token} on disk.`;
  const token = step.token as unknown as PersistToken;
  switch (token.for) {
    case 'wal':
      return `${step.host} has its log up to LSN ${token.lsn} on disk.`;
    case 'rewind':
      return `${step.host} has its shorter log, up to LSN ${token.lsn}, on disk.`;
    case 'epoch':
      return `${step.host} has its new epoch on disk.`;
    case 'position':
      return `${step.host} has its promise on disk and says where its log ends: LSN ${token.lsn}.`;
    case 'fence':
      return `${step.host} has on disk that it is fenced, and says so.`;
    default:
      return unreachable(token.for);
  }
}

function restarted(step: StepView): string {
  const joins = step.effects.some((effect) => effect.type === 'send' && effect.message.type === 'Join');
  const leads = step.effects.some((effect) => effect.type === 'send' && effect.message.type === 'Heartbeat');
  if (leads) return `${step.host} restarted as the leader that it was, with what its disk holds.`;
  return joins ? `${step.host} restarted with what its disk holds and asked for the rest.` : `${step.host} restarted.`;
}
