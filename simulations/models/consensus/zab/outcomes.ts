import type { Verdict } from '../../../checkers/verdict.ts';
import type { NoteView, RunRecord } from '../../../kernel/view.ts';
import type { Property } from '../../model.ts';
import { numberOperations } from '../../numbering.ts';
import { commandName, firstClash, isSameCommand } from '../clash.ts';
import type { EntryApplied } from '../history.ts';
import type { ConsensusKnobs } from '../knobs.ts';
import { compareZxid } from './state.ts';

/** What `entry.applied` notes say with this protocol: `term` and `counter` are the zxid. `transaction.broadcast` notes say the same of what a leader sends out. */
type Delivered = EntryApplied & { readonly counter: number };
type Zxid = Pick<Delivered, 'term' | 'counter'>;

const UNJUDGED = 'There was nothing to judge.';
const delivered = (note: NoteView): Delivered => note.data as Delivered;
const zxidName = ({ term, counter }: Zxid): string => `⟨${term},${counter}⟩`;
const isSame = (one: Zxid, other: Zxid): boolean => one.term === other.term && one.counter === other.counter;

/** Total order and agreement (DSN 2011): what servers have delivered are prefixes of one sequence. */
function prefix(run: RunRecord, { protocol }: ConsensusKnobs): Verdict {
  if (protocol !== 'zab') return { status: 'unknown', sentence: UNJUDGED, spent: run.events };
  return firstClash<Delivered>(run, 'entry.applied', {
    slot: ({ index }) => index,
    agree: (one, other) => isSame(delivered(one), delivered(other)),
    tell: (one, other) => {
      const [a, b] = [delivered(one), delivered(other)];
      return `As transaction ${a.index}, ${one.host} delivered ${zxidName(a)} and ${other.host} delivered ${zxidName(b)}: neither sequence is a prefix of the other.`;
    },
    holds: 'What each server delivered is a prefix of what any other did, or the other way round.',
  });
}

/** Whether `next` may be delivered right after `before`: the next of the same primary, or the first of a later one. */
function mayFollow(before: Zxid, next: Zxid): boolean {
  return before.term === next.term
    ? next.counter === before.counter + 1
    : next.term > before.term && next.counter === 1;
}

function violated(sentence: string, ...steps: readonly number[]): Verdict {
  return { status: 'violated', sentence, witness: { operations: [], steps } };
}

/** Local and global primary order: transactions of one primary in its order and without gaps, those of an earlier primary before those of a later one. */
function primaryOrder({ notes, events }: RunRecord, { protocol }: ConsensusKnobs): Verdict {
  if (protocol !== 'zab') return { status: 'unknown', sentence: UNJUDGED, spent: events };
  const places = new Map<string, { readonly zxid: Zxid; readonly step: number }>();
  for (const { name, host, step, data } of notes) {
    if (name !== 'entry.applied' && name !== 'snapshot.installed') continue;
    const { index, term, counter } = data as Delivered;
    const zxid = { term, counter };
    const before = places.get(`${host} ${index - 1}`);
    places.set(`${host} ${index}`, { zxid, step });
    if (name !== 'entry.applied' || before === undefined || mayFollow(before.zxid, zxid)) continue;
    const order = compareZxid({ epoch: before.zxid.term, counter: before.zxid.counter }, { epoch: term, counter });
    const why = order >= 0 ? 'which comes after it' : 'without what was broadcast between them';
    return violated(
      `${host} delivered ${zxidName(zxid)} right after ${zxidName(before.zxid)}, ${why}.`,
      before.step,
      step,
    );
  }
  return {
    status: 'ok',
    sentence: 'Every server delivered transactions in the order of their primaries, without gaps.',
  };
}

/** Integrity: what is delivered was broadcast, under that zxid and no other transaction with it. */
function integrity({ notes, events, operations }: RunRecord, { protocol }: ConsensusKnobs): Verdict {
  if (protocol !== 'zab') return { status: 'unknown', sentence: UNJUDGED, spent: events };
  const sent = new Map<string, NoteView>();
  for (const note of notes) {
    const isBroadcast = note.name === 'transaction.broadcast';
    if (!isBroadcast && note.name !== 'entry.applied') continue;
    const data = delivered(note);
    const zxid = zxidName(data);
    const known = sent.get(zxid);
    if (known === undefined) {
      if (!isBroadcast) return violated(`${note.host} delivered ${zxid}, which nobody had broadcast.`, note.step);
      sent.set(zxid, note);
    } else if (!isSameCommand(delivered(known), data)) {
      const numbering = numberOperations(operations);
      const [first, second] = [delivered(known), data].map((command) => commandName(command, numbering));
      const did = isBroadcast ? 'broadcast' : 'delivered';
      const sentence = `${known.host} broadcast ${first} as ${zxid}, and ${note.host} ${did} ${second} as ${zxid}.`;
      return violated(sentence, known.step, note.step);
    }
  }
  return { status: 'ok', sentence: 'Everything delivered was broadcast, and no zxid names two transactions.' };
}

/** Primary integrity: before a primary broadcasts it has delivered whatever anybody delivers of earlier primaries. */
function primaryIntegrity({ notes, events }: RunRecord, { protocol }: ConsensusKnobs): Verdict {
  if (protocol !== 'zab') return { status: 'unknown', sentence: UNJUDGED, spent: events };
  const all = notes.filter(({ name }) => name === 'entry.applied');
  for (const first of notes) {
    if (first.name !== 'transaction.broadcast' || delivered(first).counter !== 1) continue;
    const { term } = delivered(first);
    const own = deliveredBefore(notes, first);
    const missed = all.find((note) => {
      const { index, term: epoch, counter } = delivered(note);
      if (epoch >= term || index <= own.snapshotIndex) return false;
      const here = own.places.get(index);
      return here === undefined || !isSame(here, { term: epoch, counter });
    });
    if (missed === undefined) continue;
    const sentence = `${first.host} began to broadcast in epoch ${term} without having delivered ${zxidName(delivered(missed))}, which ${missed.host} delivers.`;
    return violated(sentence, first.step, missed.step);
  }
  return {
    status: 'ok',
    sentence: 'Every primary had delivered what was delivered of earlier ones before it broadcast.',
  };
}

/** What a server had delivered before a step, by place, and how far a snapshot stands for it. */
function deliveredBefore(
  notes: readonly NoteView[],
  { host, step }: NoteView,
): { readonly places: ReadonlyMap<number, Zxid>; readonly snapshotIndex: number } {
  const places = new Map<number, Zxid>();
  let snapshotIndex = 0;
  for (const note of notes) {
    if (note.step >= step) break;
    if (note.host !== host) continue;
    if (note.name === 'snapshot.installed') snapshotIndex = Math.max(snapshotIndex, delivered(note).index);
    else if (note.name === 'entry.applied') places.set(delivered(note).index, delivered(note));
  }
  return { places, snapshotIndex };
}

function outcome(
  id: string,
  title: string,
  check: Extract<Property<ConsensusKnobs>, { kind: 'eventually' }>['check'],
): Property<ConsensusKnobs> {
  return { kind: 'eventually', id, title, exercisedBy: 'epoch-succeeded', check };
}

/** What Zab promises beside what every replicated log does (DSN 2011). */
export const historyOutcomes: readonly Property<ConsensusKnobs>[] = [
  outcome('prefix', 'delivered sequences are prefixes of each other', prefix),
  outcome('primary-order', 'transactions are delivered in primary order', primaryOrder),
  outcome('primary-integrity', 'a primary has delivered what came before', primaryIntegrity),
  outcome('integrity', 'only what was broadcast is delivered', integrity),
];
