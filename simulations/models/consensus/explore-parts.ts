import type { Message } from '../../kernel/behavior.ts';
import type { Value } from '../../kernel/value.ts';
import type { NoteView } from '../../kernel/view.ts';
import type { Explorable, ExploredProcess } from '../explorable.ts';
import type { ClientContext } from './client.ts';
import type { ConsensusKnobs } from './knobs.ts';
import type { Workload } from './workload.ts';

/** How one protocol is explored. */
export type ConsensusForm = Explorable<ConsensusKnobs, Workload>;

/** The notes of one name. */
export const named = (notes: readonly NoteView[], name: string): readonly NoteView[] =>
  notes.filter((note) => note.name === name);

/** `leader.elected` and `log.appended` notes say in which term, ballot or epoch. */
export const termOf = (data: Value): number => (data as { readonly term: number }).term;

/** What every replicated log promises, judged from operations or from notes that are kept. */
export const COMMON_JUDGED: ConsensusForm['judged'] = {
  linearizable: 'history',
  'read-your-writes': 'history',
  'monotonic-reads': 'history',
  'election-safety': 'notes',
  'ballot-safety': 'notes',
  'epoch-safety': 'notes',
  'state-machine-safety': 'notes',
  'exactly-once': 'notes',
};

/** Two elections of one server in one term are a clash; that an entry is applied again after a restart is none. */
export const COMMON_NOTES: ConsensusForm['keptNotes'] = { 'leader.elected': 2, 'entry.applied': 1 };

/** A leader is elected after entries were applied: by a server that applies none in the same step. */
export const leaderReplaced: ConsensusForm['occurs'][string] = ({ kept, now }) => {
  const applying = named(now, 'entry.applied').map(({ host }) => host);
  const before = named(kept, 'entry.applied').filter(({ host }) => !applying.includes(host));
  return named(now, 'leader.elected').length > 0 && before.length > 0;
};

/** Two servers have applied something. */
export const entryApplied: ConsensusForm['occurs'][string] = ({ kept }) =>
  new Set(named(kept, 'entry.applied').map(({ host }) => host)).size > 1;

/** In exploration clocks hardly move, and in the run of a counterexample each step takes 10 ms: with waits as long as these nobody is late in either. */
export const NOBODY_LATE = { heartbeat: 10_000_000, electionMin: 60_000_000, electionMax: 60_000_000 } as const;

/** A client does nothing about answers to any request but the one that it waits for. */
export function clientIgnores({ state, context }: ExploredProcess, message: Message): boolean {
  const { sequence } = message as Message & { readonly sequence: number };
  return state === 'idle' || sequence < (context as ClientContext).volatile.sequence;
}

/** Fields that say when, where nobody asks how long ago; and what is written back now and then, where the disk is waited for. */
export function unreadTimes({ fsync }: ConsensusKnobs): readonly string[] {
  return ['startedAtUs', 'heardUs', 'sentUs', ...(fsync ? ['flushed'] : [])];
}
