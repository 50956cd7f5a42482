import { many } from '../../checkers/counted.ts';
import { listOf } from '../../checkers/linearizability-sentence.ts';
import { unreachable } from '../../kernel/invariant.ts';
import type { Value } from '../../kernel/value.ts';
import type { StepView } from '../../kernel/view.ts';
import type { NarrateContext } from '../model.ts';
import { operationNumber } from '../numbering.ts';
import { tellStep } from '../step-words.ts';
import { wordsOf } from './focus.ts';
import type { Applied, Discarded, RightsMoved } from './history.ts';
import type * as Sent from './messages.ts';

/** Any message of the model, as narration sees it. */
type Told =
  | Sent.Read
  | Sent.Update
  | Sent.ReadReply
  | Sent.UpdateReply
  | Sent.Refusal
  | Sent.Replicate
  | Sent.Ack
  | Sent.Resume
  | Sent.State
  | Sent.RightsRequest;

/** One plain sentence for a step. */
export function narrate(step: StepView, context: NarrateContext): string {
  return tellStep(step, {
    subject: () => subject(step, context),
    gone: 'came too late',
    handled: {
      deliver: () => delivered(step, context),
      timer: () => timer(step, context),
      persisted: () => persisted(step, context),
      started: () => `${step.process} started.`,
      restarted: () => restarted(step),
    },
  });
}

function restarted({ effects, host }: StepView): string {
  const asks = effects.some(({ type }) => type === 'send');
  return asks ? `${host} restarted and asks the others what it has missed.` : `${host} restarted.`;
}

const requestOf = (client: string, sequence: number, { numbering }: NarrateContext): string =>
  `operation ${operationNumber(`${client}${sequence}`, numbering)}`;

const readOf = (client: string, sequence: number, { numbering }: NarrateContext): string =>
  `read ${operationNumber(`${client}${sequence}`, numbering)}`;

const foundWords = (value: Value): string => (Array.isArray(value) && value.length === 0 ? 'it empty' : wordsOf(value));

/** "version 5", or the operation behind it where its key is not in view. */
function writeWords(write: string, { numbering }: NarrateContext): string {
  const rank = numbering.get(write);
  if (rank !== undefined) return `version ${rank}`;
  return write === '' ? 'rights' : `operation ${operationNumber(write, numbering)}`;
}

function actWords(act: Sent.Act, key: string): string {
  switch (act.do) {
    case 'add':
      return `adding ${act.item} to ${key}`;
    case 'remove':
      return `removing ${act.item} from ${key}`;
    case 'write':
      return `writing ${wordsOf(act.value)} to ${key}`;
    case 'delete':
      return `deleting ${key}`;
    case 'count':
      return `counting ${key} ${act.amount > 0 ? 'up' : 'down'} by ${Math.abs(act.amount)}`;
    default:
      return unreachable(act);
  }
}

function notesIn<Data>(step: StepView, name: string): readonly Data[] {
  return step.effects.flatMap((effect) =>
    effect.type === 'note' && effect.name === name ? [effect.data as Data] : [],
  );
}

/** What a merge did beside merging: which writes met unknown ones, and which were dropped. */
function mergeWords(step: StepView, context: NarrateContext): string {
  const [dropped] = notesIn<Discarded>(step, 'write.discarded');
  if (dropped !== undefined) {
    const why = dropped.hadSeen ? `, though ${writeWords(dropped.write, context)} had seen it` : '';
    return `; ${writeWords(dropped.by, context)} wins over ${writeWords(dropped.write, context)}${why}`;
  }
  const met = notesIn<Applied>(step, 'entry.applied').find(({ conflict }) => conflict !== null);
  if (met === undefined) return '';
  return `; ${writeWords(met.write, context)} is concurrent with ${writeWords(met.conflict!, context)} and is merged with it`;
}

function delivered(step: StepView, context: NarrateContext): string {
  const message = step.message as unknown as Told;
  const { host, from = '' } = step;
  const again = step.duplicate === true ? ' (a duplicate)' : '';
  switch (message.type) {
    case 'Read':
      return `${host} took ${readOf(from, message.sequence, context)} of ${message.key} from ${from}${again}.`;
    case 'Put':
    case 'Del':
      return updated(step, message, context);
    case 'ReadReply':
      return `${host} found ${foundWords(message.value)} in ${readOf(host, message.sequence, context)}${ignored(step)}.`;
    case 'UpdateReply':
      return `${host} learned that ${requestOf(host, message.sequence, context)} is acknowledged${ignored(step)}.`;
    case 'Refusal':
      return `${host} learned that ${requestOf(host, message.sequence, context)} is refused${ignored(step)}.`;
    case 'Replicate':
      return batch(step, message, context);
    case 'Ack':
      return message.refused
        ? `${host} heard that ${from} lacks writes before its batch and goes back to what ${from} has.`
        : `${host} heard what ${from} has on disk${again}.`;
    case 'Resume':
      return `${host} heard that ${from} is back and sends it all that it has.`;
    case 'State':
      return `${host} merged the whole store of ${from} into its own${mergeWords(step, context)}.`;
    case 'RightsRequest': {
      const [moved] = notesIn<RightsMoved>(step, 'rights.moved');
      return moved === undefined
        ? `${host} was asked by ${from} for rights to ${message.key} and has none to spare.`
        : `${host} hands ${many(moved.amount, 'right')} to ${message.key} over to ${from}.`;
    }
    default:
      return unreachable(message);
  }
}

const ignored = (step: StepView): string =>
  step.effects.some(({ type }) => type === 'client.complete') ? '' : ', too late';

function updated(step: StepView, message: Sent.Update, context: NarrateContext): string {
  const { host, from = '' } = step;
  const request = `${requestOf(from, message.sequence, context)} (${actWords(message.act, message.key)})`;
  if (notesIn(step, 'write.refused').length > 0)
    return `${host} refused ${request}: it would go beyond what it may count.`;
  if (notesIn(step, 'write.accepted').length === 0) return `${host} got ${request} a second time and did nothing.`;
  return `${host} took ${request} as ${writeWords(`${from}${message.sequence}`, context)}${mergeWords(step, context)}.`;
}

function batch(step: StepView, { entries }: Sent.Replicate, context: NarrateContext): string {
  const { host, from = '' } = step;
  const what = `a batch of ${many(entries.length, 'write')} from ${from}`;
  const reply = step.effects.find((effect) => effect.type === 'send');
  if (reply?.type === 'send' && reply.message.refused === true)
    return `${host} refused ${what}: it lacks what comes before.`;
  const applied = notesIn<Applied>(step, 'entry.applied');
  if (applied.length > 0) {
    const which = applied.length === 1 ? writeWords(applied[0]!.write, context) : many(applied.length, 'write');
    return `${host} got ${what} and applied ${which}${mergeWords(step, context)}.`;
  }
  return reply === undefined
    ? `${host} ignored ${what}: it was sent before ${from} restarted.`
    : `${host} got ${what} and applied none: it has them, or holds them back.`;
}

/** What a lost message was, for the sentence that says so. */
const NOUNS: Readonly<Record<string, string>> = {
  Replicate: 'A batch of writes',
  Ack: 'The acknowledgement of a batch',
  Resume: 'The news that a region is back',
  State: 'A whole store',
  RightsRequest: 'A request for rights',
};

function nounOf(message: Told | undefined, from: string, to: string, context: NarrateContext): string {
  switch (message?.type) {
    case 'Read':
      return `The request of ${readOf(from, message.sequence, context)}`;
    case 'Put':
    case 'Del':
      return `The request of ${requestOf(from, message.sequence, context)}`;
    case 'ReadReply':
      return `The answer to ${readOf(to, message.sequence, context)}`;
    case 'UpdateReply':
      return `The acknowledgement of ${requestOf(to, message.sequence, context)}`;
    case 'Refusal':
      return `The refusal of ${requestOf(to, message.sequence, context)}`;
    default:
      return NOUNS[message?.type ?? ''] ?? 'A message';
  }
}

/** A message as the beginning of a sentence: "A batch of writes from eu to us". */
export function subject(step: StepView, context: NarrateContext): string {
  const message = step.message as unknown as Told | undefined;
  const ranks =
    message?.type === 'Replicate' ? message.entries.flatMap(({ write }) => context.numbering.get(write) ?? []) : [];
  const versions =
    ranks.length === 0 ? '' : ` with version${ranks.length === 1 ? '' : 's'} ${listOf(ranks.map(String))}`;
  const [from, to] = [step.fromHost ?? step.from ?? 'somewhere', step.to ?? step.host];
  return `${nounOf(message, from, to, context)}${versions} from ${from} to ${to}`;
}

function timer(step: StepView, context: NarrateContext): string {
  const begun = step.effects.find((effect) => effect.type === 'client.invoke');
  if (begun?.type === 'client.invoke') {
    const sent = step.effects.find((effect) => effect.type === 'send');
    const update = sent?.type === 'send' ? (sent.message as unknown as Sent.Read | Sent.Update) : undefined;
    return update?.type === 'Put' || update?.type === 'Del'
      ? `${step.host} began ${requestOf(step.process, begun.operation, context)}, ${actWords(update.act, begun.key)}.`
      : `${step.host} began ${readOf(step.process, begun.operation, context)} of ${begun.key}.`;
  }
  const ended = step.effects.find((effect) => effect.type === 'client.complete');
  if (ended?.type === 'client.complete') {
    return `${step.host} gave up on ${requestOf(step.process, ended.operation, context)}: its outcome is unknown.`;
  }
  switch (step.timer) {
    case 'replicate': {
      const to = step.effects.flatMap((effect) => (effect.type === 'send' ? [effect.to] : []));
      return to.length === 0
        ? `${step.host} had nothing to send that is not on its way.`
        : `${step.host} sent its writes to ${to.join(' and ')}.`;
    }
    case 'purge':
      return `${step.host} purged tombstones whose grace was over.`;
    case 'resume':
      return `${step.host} asked again what it has missed.`;
    default:
      return `The timer ${step.timer} of ${step.process} fired.`;
  }
}

function persisted(step: StepView, context: NarrateContext): string {
  const token = step.token as { readonly to: string; readonly reply: Told } | null;
  if (token === null) return `${step.host} has its latest state on disk.`;
  if (token.reply.type === 'UpdateReply') {
    return `${step.host} has ${requestOf(token.to, token.reply.sequence, context)} on disk and acknowledges it.`;
  }
  return `${step.host} has what ${token.to} sent on disk and says so.`;
}
