import type { HostId, ProcessId } from '../../kernel/behavior.ts';
import type { Value } from '../../kernel/value.ts';

/** A note that is part of the state, because a claim is about it. `key` is the same for notes that say the same. */
export interface KeptNote {
  readonly host: HostId;
  readonly process: ProcessId;
  readonly name: string;
  readonly data: Value;
  readonly key: string;
}

/** Sorted by key: which of them came first is not kept. */
export type KeptNotes = readonly KeptNote[];

/** The text that names a set of notes: the same exactly for the same notes as often. */
export function keyOfNotes(notes: KeptNotes): string {
  return notes.map(({ key }) => key).join('|');
}

/** The notes with some more, each as often as `atMost` says of its name and no more. */
export function addNotes(kept: KeptNotes, more: KeptNotes, atMost: Readonly<Record<string, number>>): KeptNotes {
  const notes = [...kept];
  for (const note of more) {
    const same = notes.filter(({ key }) => key === note.key).length;
    if (same < (atMost[note.name] ?? 0)) notes.push(note);
  }
  return notes.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
}
