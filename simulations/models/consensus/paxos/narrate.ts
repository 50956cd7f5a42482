import { unreachable } from '../../../kernel/invariant.ts';
import type { StepView } from '../../../kernel/view.ts';
import type { NarrateContext } from '../../model.ts';
import { type EntryWords, entriesTold, entryTold, notes, sends } from '../telling.ts';
import type { Accept, Learn, PaxosMessage, Prepare, Promised } from './messages.ts';
import type { PaxosToken } from './state.ts';

const WORDS: EntryWords = { noun: ['slot', 'slots'], nothing: 'a no-op' };

/** A message between servers has arrived. */
export function tellPaxos(step: StepView, message: PaxosMessage, context: NarrateContext): string {
  const { host, from = '' } = step;
  switch (message.type) {
    case 'Prepare':
      return prepared(step, message);
    case 'Promise':
      return promised(step, message, context);
    case 'Accept':
      return proposed(step, message, context);
    case 'Accepted':
      return `${host} heard that ${from} has accepted its proposal for slot ${message.index}.`;
    case 'Nack':
      return `${from} refused ${host}: it has promised ballot ${message.promised}.`;
    case 'Heartbeat':
      return heard(step, message.ballot);
    case 'HeartbeatReply':
      return `${host} heard that ${from} knows of no ballot above ${message.ballot}.`;
    case 'LearnRequest':
      return `${from} asked ${host} for what is chosen from slot ${message.from} on.`;
    case 'Learn':
      return learnt(step, message, context);
    default:
      return unreachable(message);
  }
}

function prepared(step: StepView, { ballot }: Prepare): string {
  const { host, from = '' } = step;
  const what = `${host} was asked by ${from} to promise ballot ${ballot}`;
  if (sends(step, 'Nack')) return `${what} and refuses: it has promised a higher one.`;
  if (step.effects.length === 0) return `${what} and does not listen, because it hears a leader.`;
  return sends(step, 'Promise') ? `${what} and does.` : `${what}; it writes the promise to disk first.`;
}

function promised(step: StepView, { ballot, accepted, snapshot }: Promised, context: NarrateContext): string {
  const { host, from = '' } = step;
  const old = snapshot === null ? '' : `, and the state up to slot ${snapshot.index}`;
  const what = accepted.length === 0 ? 'nothing' : entriesTold(accepted, context, WORDS);
  return `${from} promised ballot ${ballot} to ${host} and had accepted ${what}${old}.`;
}

function proposed(step: StepView, { ballot, entry }: Accept, context: NarrateContext): string {
  const { host, from = '' } = step;
  const value = entryTold(entry, context, WORDS.nothing);
  // With its version in between, the value needs a second comma.
  const what = `${value}${value.includes(',') ? ',' : ''} for slot ${entry.index} in ballot ${ballot}`;
  if (sends(step, 'Nack')) return `${host} refused ${what} of ${from}: it has promised a higher ballot.`;
  if (notes(step, 'log.truncated').length > 0)
    return `${host} accepted ${what} of ${from} in the place of another value.`;
  return notes(step, 'log.appended').length > 0
    ? `${host} accepted ${what} of ${from} and writes to disk.`
    : `${host} has applied slot ${entry.index} already and says so to ${from}.`;
}

function heard(step: StepView, ballot: number): string {
  const { host, from = '' } = step;
  if (sends(step, 'Nack'))
    return `${host} refused the heartbeat of ${from}: it has promised a higher ballot than ${ballot}.`;
  const asks = sends(step, 'LearnRequest') ? ' and asks for chosen values that it missed' : '';
  return `${host} heard the heartbeat of ${from}, leader of ballot ${ballot}${asks}.`;
}

function learnt(step: StepView, { entries, snapshot }: Learn, context: NarrateContext): string {
  const { host, from = '' } = step;
  if (step.effects.length === 0) return `${host} had learnt already what ${from} sent.`;
  const old = snapshot === null ? '' : `the state up to slot ${snapshot.index}`;
  const fresh = entries.length === 0 ? '' : `what is chosen for ${entriesTold(entries, context, WORDS)}`;
  return `${host} learnt ${[old, fresh].filter((part) => part !== '').join(' and ')} from ${from}.`;
}

/** A server's disk has a state. */
export function tellPaxosDisk({ host }: StepView, { reply, opens, ballot }: PaxosToken): string {
  if (opens) return `${host} has its ballot ${ballot} on disk and asks for promises.`;
  if (reply?.type === 'Promise') return `${host} has its promise of ballot ${ballot} on disk and gives it.`;
  return reply === null
    ? `${host} has its state on disk.`
    : `${host} has accepted slot ${String(reply.index)} on disk and says so.`;
}
