import type { Verdict } from '../../checkers/verdict.ts';
import type { Operation } from '../../kernel/history.ts';
import type { NoteView, RunRecord } from '../../kernel/view.ts';
import { numberOperations, operationNumber } from '../numbering.ts';
import type { EntryApplied } from './history.ts';

/** Which notes of one name contradict each other. */
interface Contradiction<Data> {
  /** What a note is about, by number; undefined: nothing that can clash. */
  readonly slot: (data: Data) => number | undefined;
  /** Whose numbers these are, where each has its own. Default: they are of one sequence. */
  readonly owner?: (data: Data) => string;
  readonly agree: (one: NoteView, other: NoteView) => boolean;
}

/** What `firstClash` looks for, and says. */
export interface ClashRule<Data> extends Contradiction<Data> {
  readonly tell: (one: NoteView, other: NoteView, numbering: ReadonlyMap<string, number>) => string;
  /** Which operation both notes are about, if they are about one. */
  readonly about?: (data: Data) => Operation | undefined;
  readonly holds: string;
}

/** Runs through the notes of one name up to the first that contradicts an earlier one; `clash` is that one and this, `judged` whether there were any. */
export function findClash<Data>(
  { notes }: Pick<RunRecord, 'notes'>,
  name: string,
  { slot: slotOf, owner: ownerOf, agree }: Contradiction<Data>,
): { readonly judged: boolean; readonly clash?: readonly [one: NoteView, other: NoteView] } {
  const bySlot = new Map<string, Map<number, NoteView>>();
  for (const note of notes) {
    if (note.name !== name) continue;
    const slot = slotOf(note.data as Data);
    if (slot === undefined) continue;
    const owner = ownerOf === undefined ? '' : ownerOf(note.data as Data);
    let own = bySlot.get(owner);
    if (own === undefined) {
      own = new Map();
      bySlot.set(owner, own);
    }
    const known = own.get(slot);
    if (known === undefined) own.set(slot, note);
    else if (!agree(known, note)) return { judged: true, clash: [known, note] };
  }
  return { judged: bySlot.size > 0 };
}

/** Reports the first note of a name that contradicts an earlier one. */
export function firstClash<Data>(run: RunRecord, name: string, rule: ClashRule<Data>): Verdict {
  const { judged, clash } = findClash(run, name, rule);
  if (!judged) return { status: 'unknown', sentence: 'There was nothing to judge.', spent: run.events };
  if (clash === undefined) return { status: 'ok', sentence: rule.holds };
  const [one, other] = clash;
  const sentence = rule.tell(one, other, numberOperations(run.operations));
  const about = rule.about?.(other.data as Data);
  const which = about === undefined ? { operations: [] } : { operations: [about.id], key: about.key };
  return { status: 'violated', sentence, witness: { ...which, steps: [one.step, other.step] } };
}

/** What tells one command from another. */
type Command = Pick<EntryApplied, 'client' | 'sequence' | 'kind'>;

/** Whether two notes speak of one command. */
export function isSameCommand(one: Command, other: Command): boolean {
  return one.client === other.client && one.sequence === other.sequence && one.kind === other.kind;
}

const NAMES: Readonly<Record<Command['kind'], string>> = {
  noop: 'a no-op',
  members: 'a change of the group',
  read: 'read',
  write: 'write',
  cas: 'compare-and-set',
};

/** A command in words, with its number in the history: `write 14`. */
export function commandName({ client, sequence, kind }: Command, numbering: ReadonlyMap<string, number>): string {
  return client === '' ? NAMES[kind] : `${NAMES[kind]} ${operationNumber(`${client}${sequence}`, numbering)}`;
}

/** The same at the start of a sentence. */
export function commandAtStart(command: Command, numbering: ReadonlyMap<string, number>): string {
  const name = commandName(command, numbering);
  return name.charAt(0).toUpperCase() + name.slice(1);
}
