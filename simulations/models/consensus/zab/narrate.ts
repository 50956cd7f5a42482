import { listOf } from '../../../checkers/linearizability-sentence.ts';
import { unreachable } from '../../../kernel/invariant.ts';
import type { StepView } from '../../../kernel/view.ts';
import type { NarrateContext } from '../../model.ts';
import { operationNumber } from '../../numbering.ts';
import { type EntryWords, entriesTold, entryTold, notes, sends } from '../telling.ts';
import type { NewEpoch, NewLeader, Notification, Ping, Propose, Sync, Synced, ZabMessage, Zxid } from './messages.ts';
import type { ZabToken } from './state.ts';

const ELECTION = ['Notification', 'CEpoch', 'NewEpoch', 'AckEpoch', 'NewLeader', 'AckNewLeader'] as const;
const BROADCAST = ['Propose', 'Ack', 'Commit', 'Ping', 'Pong', 'Sync', 'Synced'] as const;
const TYPES: readonly string[] = [...ELECTION, ...BROADCAST] satisfies readonly ZabMessage['type'][];

/** Whether a message is one of this protocol. */
export function isZab(message: { readonly type: string }): message is ZabMessage {
  return TYPES.includes(message.type);
}

const named = (epoch: number, counter: number): string => `⟨${epoch},${counter}⟩`;
const ended = ({ epoch, counter }: Zxid): string =>
  epoch === 0 ? 'nothing' : `a history up to ${named(epoch, counter)}`;

const readOf = ({ client, sequence }: Sync | Synced, { numbering }: NarrateContext): string =>
  `read ${operationNumber(`${client}${sequence}`, numbering)}`;

/** A message between servers has arrived. */
export function tellZab(step: StepView, message: ZabMessage, context: NarrateContext): string {
  const { host, from = '' } = step;
  switch (message.type) {
    case 'Notification':
      return notified(step, message);
    case 'CEpoch':
      return sends(step, 'Notification')
        ? `${from} came to ${host} as a follower, but ${host} does not lead.`
        : `${from} came to ${host} as a follower; it agreed to epoch ${message.acceptedEpoch} last.`;
    case 'NewEpoch':
      return agreed(step, message);
    case 'AckEpoch':
      return message.counts
        ? `${from} agreed to epoch ${message.epoch} and has ${ended(message.last)}.`
        : `${from} told ${host} that it has ${ended(message.last)}.`;
    case 'NewLeader':
      return tookOver(step, message, context);
    case 'AckNewLeader':
      return `${host} heard that ${from} has its history on disk.`;
    case 'Propose':
      return proposed(step, message, context);
    case 'Ack':
      return `${host} heard that ${from} has everything up to ${named(message.epoch, message.counter)} on disk.`;
    case 'Commit':
      return message.counter === 0
        ? `${host} heard from ${from} that epoch ${message.epoch} is established.`
        : `${host} heard from ${from} that ${named(message.epoch, message.counter)} is committed.`;
    case 'Ping':
      return pinged(step, message);
    case 'Pong':
      return message.counter === 0
        ? `${host} heard from ${from}, which has no proposal of epoch ${message.epoch} on disk.`
        : `${host} heard from ${from}, which has proposals up to ${named(message.epoch, message.counter)} on disk.`;
    case 'Sync':
      return `${from} asked ${host} how far it must be to answer ${readOf(message, context)}.`;
    case 'Synced':
      return `${host} may answer ${readOf(message, context)} when it has delivered ${named(message.epoch, message.counter)}.`;
    default:
      return unreachable(message);
  }
}

function notified(step: StepView, { vote, looking, round }: Notification): string {
  const { host, from = '' } = step;
  if (!looking) {
    const turns = notes(step, 'looking.began').length > 0 ? ', and so it looks again' : '';
    return `${from} told ${host} that ${vote.leader} leads${turns}.`;
  }
  const what = `${host} heard that ${from} looks for a leader and wants ${vote.leader}`;
  if (step.effects.length === 0) return `${what}.`;
  const answers = step.effects.flatMap((effect) =>
    effect.type === 'send' && effect.message.type === 'Notification' ? [effect.message as unknown as Notification] : [],
  );
  if (answers[0] === undefined) return `${what}: that makes a quorum.`;
  const { leader } = answers[0].vote;
  if (answers[0].looking && answers[0].round > round) return `${what}, in an earlier round; it names its own vote.`;
  return answers[0].looking
    ? `${what}; it wants ${leader} now and tells the others.`
    : `${what}; it says that ${leader} leads.`;
}

function agreed(step: StepView, { epoch }: NewEpoch): string {
  const { host, from = '' } = step;
  if (notes(step, 'epoch.accepted').length > 0)
    return `${host} agrees to epoch ${epoch} of ${from}, and to none before it any more.`;
  return sends(step, 'AckEpoch')
    ? `${host} had agreed to epoch ${epoch} before and tells ${from} where its history ends.`
    : `${host} ignored epoch ${epoch} of ${from}.`;
}

const WORDS: EntryWords = { noun: ['entry', 'entries'], nothing: 'begins its epoch' };

function tookOver(
  step: StepView,
  { epoch, synchronises, snapshot, entries }: NewLeader,
  context: NarrateContext,
): string {
  const { host, from = '' } = step;
  if (sends(step, 'AckEpoch')) return `${host} cannot join its history to that of ${from} and asks for all of it.`;
  if (!step.effects.some(({ type }) => type === 'disk.persist' || type === 'send'))
    return `${host} ignored a history of ${from}.`;
  if (!synchronises) return `${host} follows ${from} in epoch ${epoch} and goes on with its own history.`;
  const [cut] = notes<{ readonly from: number; readonly to: number }>(step, 'log.truncated');
  const done = [
    ...(cut === undefined ? [] : [`drops what it had from index ${cut.from} on`]),
    ...(snapshot === null ? [] : [`takes the state up to index ${snapshot.index}`]),
    entries.length === 0 ? 'gets nothing new' : `gets ${entriesTold(entries, context, WORDS)}`,
  ];
  return `${host} makes its history that of ${from} in epoch ${epoch}: it ${listOf(done)}.`;
}

function proposed(step: StepView, { epoch, entry }: Propose, context: NarrateContext): string {
  const { host, from = '' } = step;
  const what = `${named(epoch, entry.counter)} (${entryTold(entry, context, WORDS.nothing)})`;
  if (notes(step, 'log.appended').length > 0) return `${host} appended ${what} of ${from} and writes to disk.`;
  return sends(step, 'Ack')
    ? `${host} had ${what} of ${from} already.`
    : `${host} cannot take ${what} of ${from}: it lacks what comes before.`;
}

function pinged(step: StepView, { epoch }: Ping): string {
  const { host, from = '' } = step;
  if (sends(step, 'AckEpoch')) return `${host} heard the ping of ${from} and asks for what it missed.`;
  return sends(step, 'Pong')
    ? `${host} heard the ping of ${from}, leader of epoch ${epoch}.`
    : `${host} ignored a ping of ${from}.`;
}

/** A server's disk has a state. */
export function tellZabDisk({ host }: StepView, { reply, own, epoch, index }: ZabToken): string {
  if (own === 'epoch') return `${host} has its epoch ${epoch} on disk and counts itself.`;
  switch (reply?.type) {
    case 'AckEpoch':
      return `${host} has epoch ${epoch} on disk and says so.`;
    case 'AckNewLeader':
      return `${host} has the leader's history on disk and says so.`;
    case 'Ack':
      return `${host} has its history up to index ${index} on disk and says so.`;
    default:
      return `${host} has its history up to index ${index} on disk.`;
  }
}
