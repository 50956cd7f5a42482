import type { Verdict } from '../../checkers/verdict.ts';
import type { NoteView, RunRecord } from '../../kernel/view.ts';
import type { EntryApplied } from './history.ts';

/** What `firstClash` looks for. */
export interface ClashRule<Data> {
  /** What a note is about; undefined: nothing that can clash. */
  readonly slot: (data: Data) => string | undefined;
  readonly agree: (one: NoteView, other: NoteView) => boolean;
  readonly tell: (one: NoteView, other: NoteView) => string;
  readonly holds: string;
}

/** Runs through the notes of one name and reports the first that contradicts an earlier one. */
export function firstClash<Data>({ notes, events }: RunRecord, name: string, rule: ClashRule<Data>): Verdict {
  const bySlot = new Map<string, NoteView>();
  for (const note of notes) {
    if (note.name !== name) continue;
    const slot = rule.slot(note.data as Data);
    if (slot === undefined) continue;
    const known = bySlot.get(slot);
    if (known === undefined) bySlot.set(slot, note);
    else if (!rule.agree(known, note)) {
      const steps = [known.step, note.step];
      return { status: 'violated', sentence: rule.tell(known, note), witness: { operations: [], steps } };
    }
  }
  return bySlot.size === 0
    ? { status: 'unknown', sentence: 'There was nothing to judge.', spent: events }
    : { status: 'ok', sentence: rule.holds };
}

/** A command in words: `write a3`. */
export function commandName({ client, sequence, kind }: Pick<EntryApplied, 'client' | 'sequence' | 'kind'>): string {
  return client === '' ? `a ${kind} entry` : `${kind} ${client}${sequence}`;
}

/** The same at the start of a sentence. */
export function commandAtStart(entry: Parameters<typeof commandName>[0]): string {
  const name = commandName(entry);
  return name.charAt(0).toUpperCase() + name.slice(1);
}
