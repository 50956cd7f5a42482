import type { HostId } from '../../kernel/behavior.ts';
import type { NoteView, RunRecord } from '../../kernel/view.ts';
import type { EntryApplied } from './history.ts';

/** A server that came back from a crash. */
export interface Restart {
  readonly host: HostId;
  readonly atUs: number;
  /** Entries that it carried out again, having done so before the crash: those after the snapshot on its disk. */
  readonly replayed: number;
  /** How long until it had carried out everything that anybody had when it came back; undefined: it did not get so far. */
  readonly catchUpUs: number | undefined;
}

/** Every return of a server from a crash within the run, in the order of the crashes. */
export function restartsOf({
  faults,
  notes,
  endUs,
}: Pick<RunRecord, 'faults' | 'notes' | 'endUs'>): readonly Restart[] {
  const crashes = faults.flatMap(({ fault, sides, sinceUs, untilUs }) =>
    fault.action.do === 'crash' ? (sides[0] ?? []).map((host) => ({ host, sinceUs, untilUs })) : [],
  );
  if (crashes.length === 0) return [];
  const progress = notes.filter(({ name }) => name === 'entry.applied' || name === 'snapshot.installed');
  return crashes.flatMap(({ host, untilUs }): readonly Restart[] => {
    if (untilUs >= endUs) return [];
    const next = crashes.find((other) => other.host === host && other.sinceUs > untilUs);
    const before = progress.filter(({ atUs }) => atUs < untilUs);
    const after = progress.filter(
      (note) => note.host === host && note.atUs >= untilUs && note.atUs < (next?.sinceUs ?? Number.POSITIVE_INFINITY),
    );
    const own = lastOf(before.filter((note) => note.host === host));
    const all = lastOf(before);
    const caughtUp = after.find((note) => indexOf(note) >= all);
    return [
      {
        host,
        atUs: untilUs,
        replayed: after.filter((note) => note.name === 'entry.applied' && indexOf(note) <= own).length,
        catchUpUs: caughtUp === undefined ? undefined : caughtUp.atUs - untilUs,
      },
    ];
  });
}

const indexOf = ({ data }: NoteView): number => (data as Pick<EntryApplied, 'index'>).index;

function lastOf(progress: readonly NoteView[]): number {
  return progress.reduce((last, note) => Math.max(last, indexOf(note)), 0);
}
