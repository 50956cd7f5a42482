import { unreachable } from '../../kernel/invariant.ts';
import type { StepView } from '../../kernel/view.ts';
import type { NarrateContext } from '../model.ts';
import { operationNumber } from '../numbering.ts';
import { tellStep } from '../step-words.ts';
import { markOf, stratumOf } from './focus.ts';
import type { QuorumMet } from './history.ts';
import type * as Sent from './messages.ts';
import { type Cells, chosenCell } from './versions.ts';

/** Any message of the model, as narration sees it. */
type Told =
  | Sent.ReadRequest
  | Sent.WriteRequest
  | Sent.ReadReply
  | Sent.WriteReply
  | Sent.RWrite
  | Sent.RAck
  | Sent.RRead
  | Sent.RResp
  | Sent.Repair
  | Sent.RepairAck
  | Sent.Hint
  | Sent.HintAck
  | Sent.HintReplay
  | Sent.HintReplayAck
  | Sent.Rejoin
  | Sent.RejoinAck
  | Sent.TreeRead
  | Sent.Tree
  | Sent.MerkleRoot
  | Sent.MerkleRange
  | Sent.RangesRead
  | Sent.Ranges
  | Sent.MerkleStream;

const ROLE_WORDS: Readonly<Record<string, string>> = { antiEntropy: 'anti-entropy' };
/** One plain sentence for a step. */
export function narrate(step: StepView, context: NarrateContext): string {
  return tellStep(step, {
    subject: () => subject(step, context),
    gone: 'came too late: the request was over',
    handled: {
      deliver: () => delivered(step, context),
      timer: () => timer(step, context),
      persisted: () => persisted(step, context),
      started: () => started(step, context),
      restarted: () => restarted(step, context),
    },
  });
}

function restarted(step: StepView, context: NarrateContext): string {
  return step.process === step.host
    ? `${step.host} restarted with what its disk holds and told the others.`
    : `${wording(step.process, context)} restarted.`;
}

/** `read-b7` → "read 17", `r1/antiEntropy` → "anti-entropy of r1", `r3` → "r3". */
function wording(process: string, { numbering }: NarrateContext): string {
  const [host, name] = process.split('/');
  if (name === undefined) return process;
  const [verb, operation] = name.split('-');
  if (operation === undefined) return `${ROLE_WORDS[name] ?? name} of ${host}`;
  return `${verb} ${operationNumber(operation, numbering)}`;
}

const hostOf = (process: string | undefined): string => process?.split('/')[0] ?? '';
const requestOf = (client: string, sequence: number, context: NarrateContext): string =>
  operationNumber(`${client}${sequence}`, context.numbering);

/** "version 5", "a tombstone (version 6)", "nothing". Versions of other keys go by their write. */
function versionWords(cells: Cells, key: string | undefined, context: NarrateContext): string {
  const cell = chosenCell(cells);
  if (cell === undefined) return 'nothing';
  const mark = markOf(cells, context);
  const inView = (key ?? context.key) === context.key && mark !== undefined && mark.rank > 0;
  if (!inView)
    return `${cell.deleted ? 'the tombstone of delete' : 'the value of write'} ${operationNumber(cell.write, context.numbering)}`;
  const number = cells.length === 1 ? `version ${mark.rank}` : `the siblings ${mark.label.split('+').join(' and ')}`;
  return mark.deleted ? `a tombstone (${number})` : number;
}

/** Whether some disk has a newer version of the key in view than these cells. */
function isStale(cells: Cells, key: string, context: NarrateContext): boolean {
  const { world } = context;
  if (world === undefined || key !== context.key) return false;
  const rank = markOf(cells, context)?.rank ?? 0;
  return world.processes.some(({ role, disk }) => (stratumOf(role, disk, context)?.rank ?? 0) > rank);
}

function effectOf(step: StepView, type: string) {
  return step.effects.find((effect) => effect.type === type);
}

function quorumOf(step: StepView): QuorumMet | undefined {
  for (const effect of step.effects) {
    if (effect.type === 'note' && effect.name === 'quorum.met') return effect.data as QuorumMet;
  }
  return undefined;
}

function sentMessage<T extends Told['type']>(step: StepView, type: T): Extract<Told, { type: T }> | undefined {
  for (const effect of step.effects) {
    if (effect.type === 'send' && effect.message.type === type)
      return effect.message as unknown as Extract<Told, { type: T }>;
  }
  return undefined;
}

function counted(step: StepView, what: string, context: NarrateContext): string {
  const met = quorumOf(step);
  const request = wording(step.process, context);
  const sentence = `${step.host} counted ${what} for ${request}`;
  return met === undefined ? `${sentence}.` : `${sentence} and met its quorum with ${met.members.join(', ')}.`;
}

function delivered(step: StepView, context: NarrateContext): string {
  const message = step.message as unknown as Told;
  const { host } = step;
  const from = hostOf(step.from);
  const again = step.duplicate === true ? ' (a duplicate)' : '';
  switch (message.type) {
    case 'Read':
      return `${host} took read ${requestOf(from, message.sequence, context)} of ${message.key} from ${from}${again}.`;
    case 'Write':
    case 'Delete':
      return `${host} took ${message.type.toLowerCase()} ${requestOf(from, message.sequence, context)} of ${message.key} from ${from}${again}.`;
    case 'RRead': {
      const cells = sentMessage(step, 'RResp')?.cells ?? [];
      const stale = isStale(cells, message.key, context) ? ' (stale)' : '';
      const asked = wording(step.from ?? '', context);
      return `${host} answered ${asked} of ${message.key} with ${versionWords(cells, message.key, context)}${stale}.`;
    }
    case 'RResp':
      return counted(step, `${whose(from, host)} answer`, context);
    case 'RAck':
      return counted(step, `${whose(from, host)} acknowledgement`, context);
    case 'RepairAck':
      return `${host} heard that ${from} holds the answer of ${wording(step.process, context)}.`;
    case 'RWrite': {
      const what = `${wording(step.from ?? '', context)} of ${message.key}`;
      // Of another key than the one in view there is no number of the version to add.
      return message.key === context.key
        ? received(step, what, [message.cell], message.key, context)
        : `${host} received ${what} ${taking(step)}.`;
    }
    case 'ReadReply':
      return `Read ${requestOf(step.process, message.sequence, context)} returned ${versionWords(message.cells, undefined, context)} to ${host}${ignored(step)}.`;
    case 'WriteReply':
      return `${host} learned that ${message.cell.deleted ? 'delete' : 'write'} ${requestOf(step.process, message.sequence, context)} is acknowledged${ignored(step)}.`;
    default:
      return background(step, message, context);
  }
}

const whose = (from: string, host: string): string => (from === host ? 'its own' : `${from}'s`);
const ignored = (step: StepView): string => (effectOf(step, 'client.complete') === undefined ? ', too late' : '');

/** What a replica does with versions that arrive. */
function received(step: StepView, what: string, cells: Cells, key: string, context: NarrateContext): string {
  return `${step.host} received ${what}, ${versionWords(cells, key, context)}, ${taking(step)}.`;
}

function taking(step: StepView): string {
  const stored = step.effects.some((effect) => effect.type === 'note' && effect.name === 'version.stored');
  return stored ? 'and is writing it to disk' : 'and had it, or newer, already';
}

const entries = ({ entries: { length } }: Sent.MerkleStream): string =>
  `${length} ${length === 1 ? 'entry' : 'entries'}`;

type Background = Exclude<
  Told,
  {
    type:
      | 'Read'
      | 'Write'
      | 'Delete'
      | 'RRead'
      | 'RResp'
      | 'RAck'
      | 'RepairAck'
      | 'RWrite'
      | 'ReadReply'
      | 'WriteReply';
  }
>;

function background(step: StepView, message: Background, context: NarrateContext): string {
  const { host } = step;
  const from = hostOf(step.from);
  switch (message.type) {
    case 'Repair':
      return received(step, `a repair of ${message.key} from ${from}`, message.cells, message.key, context);
    case 'Hint':
      return `${host} keeps ${versionWords([message.cell], message.key, context)} of ${message.key} as a hint for ${message.target}.`;
    case 'HintAck':
      return counted(step, `the hint for ${message.target} on ${from}`, context);
    case 'HintReplay':
      return received(step, `a hint for ${message.key} from ${from}`, [message.cell], message.key, context);
    case 'HintReplayAck':
      return `${host} dropped a hint: ${from} has it.`;
    case 'Rejoin':
      return `${host} heard that ${from} is back.`;
    case 'RejoinAck':
      return `${host} was welcomed back by ${from}.`;
    case 'TreeRead':
      return `${host} hashed its key ranges for anti-entropy.`;
    case 'Tree': {
      const root = effectOf(step, 'send');
      return `${host} offered its root hash to ${root?.type === 'send' ? root.to : 'the next replica'}.`;
    }
    case 'MerkleRoot':
      return `${host} compared root hashes with ${from}: ${sentMessage(step, 'MerkleRange')?.tree.length === 0 ? 'equal' : 'different'}.`;
    case 'MerkleRange':
      return message.tree.length === 0
        ? `${host} heard that ${from} holds the same.`
        : `${host} found the key ranges in which it differs from ${from}.`;
    case 'RangesRead':
      return `${host} read the ranges that differ.`;
    case 'Ranges':
      return `${host} sent its versions of the ranges that differ.`;
    case 'MerkleStream':
      if (step.process !== host) return `${host} got ${entries(message)} back from ${from}.`;
      // Its own anti-entropy hands over what came back from the other side.
      return from === host
        ? `${host} took in the ${entries(message)} that its anti-entropy had got.`
        : `${host} took in ${entries(message)} of anti-entropy from ${from}.`;
    default:
      return unreachable(message);
  }
}

/** What a lost message was, for the sentence that says so. */
const NOUNS: Readonly<Record<string, string>> = {
  RRead: 'The question',
  RResp: 'The answer',
  RWrite: 'The version',
  RAck: 'The acknowledgement',
  Repair: 'The repair',
  RepairAck: 'The acknowledged repair',
  Hint: 'The hint',
  HintAck: 'The acknowledged hint',
  HintReplay: 'A replayed hint',
  HintReplayAck: 'The acknowledged replay',
  MerkleRoot: 'A root hash',
  MerkleRange: 'A hash tree',
  MerkleStream: 'A stream of versions',
  Rejoin: 'The news that a replica is back',
  RejoinAck: 'A welcome back',
};

/** A message as the beginning of a sentence: "The version of write 5 from r2 to r1". */
export function subject(step: StepView, context: NarrateContext): string {
  const [from, to] = [step.fromHost ?? hostOf(step.from), hostOf(step.to) || step.host];
  const noun = fromClient(step, from, to, context) ?? betweenReplicas(step, context);
  return `${noun} from ${from} to ${to}`;
}

/** What a client and its coordinator send each other, by the operation that it is about. */
function fromClient(step: StepView, from: string, to: string, context: NarrateContext): string | undefined {
  const message = step.message as unknown as Told | undefined;
  switch (message?.type) {
    case 'Read':
    case 'Write':
    case 'Delete':
      return `${message.type} ${requestOf(from, message.sequence, context)}`;
    case 'ReadReply':
      return `The result of read ${requestOf(to, message.sequence, context)}`;
    case 'WriteReply':
      return `The result of ${message.cell.deleted ? 'delete' : 'write'} ${requestOf(to, message.sequence, context)}`;
    default:
      return undefined;
  }
}

function betweenReplicas(step: StepView, context: NarrateContext): string {
  const noun = NOUNS[step.message?.type ?? ''] ?? 'A message';
  const about = [step.from, step.to].find((process) => process?.includes('-'));
  return about === undefined ? noun : `${noun} of ${wording(about, context)}`;
}

function timer(step: StepView, context: NarrateContext): string {
  const invoke = effectOf(step, 'client.invoke');
  if (invoke?.type === 'client.invoke') {
    return `${step.host} began ${invoke.f} ${requestOf(step.process, invoke.operation, context)} of ${invoke.key}.`;
  }
  const complete = effectOf(step, 'client.complete');
  if (complete?.type === 'client.complete') {
    return `${step.host} gave up on operation ${requestOf(step.process, complete.operation, context)}: its outcome is unknown.`;
  }
  switch (step.timer) {
    case 'request':
      return `${step.host} stopped waiting for ${wording(step.process, context)}.`;
    case 'hint':
      return `${step.host} turned to other nodes for the replicas that had not answered ${wording(step.process, context)}.`;
    case 'hints':
      return `${step.host} tried to deliver its hints.`;
    case 'purge':
      return `${step.host} purged tombstones whose grace was over.`;
    case 'rejoin':
      return `${step.host} counts as up again, though not every node has answered.`;
    case 'round':
      return `${step.host} began a round of anti-entropy.`;
    default:
      return `The timer ${step.timer} of ${wording(step.process, context)} fired.`;
  }
}

function persisted(step: StepView, context: NarrateContext): string {
  const token = step.token as { readonly to: string; readonly reply: { readonly type: string } } | null;
  if (token === null) return `${step.host} has its latest state on disk.`;
  const request = wording(token.to, context);
  switch (token.reply.type) {
    case 'RAck':
      return `${step.host} has ${request} on disk and acknowledges it.`;
    case 'RepairAck':
      return `${step.host} has the answer of ${request} on disk and says so.`;
    case 'HintAck':
      return `${step.host} has its hint of ${request} on disk and says so.`;
    default:
      return `${step.host} has what it was sent on disk and told ${request}.`;
  }
}

function started(step: StepView, context: NarrateContext): string {
  const asked = step.effects.flatMap((effect) => (effect.type === 'send' ? [effect.to] : []));
  if (asked.length === 0) return `${wording(step.process, context)} started.`;
  return `${step.host} asked ${asked.join(', ')} for ${wording(step.process, context)}.`;
}
