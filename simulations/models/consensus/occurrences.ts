import type { Operation } from '../../kernel/history.ts';
import type { RunRecord } from '../../kernel/view.ts';
import type { Property } from '../model.ts';
import { findClash } from './clash.ts';
import type { EntryApplied, LeaderElected } from './history.ts';
import type { ConsensusKnobs } from './knobs.ts';

type Sometimes = Extract<Property<ConsensusKnobs>, { kind: 'sometimes' }>;

const isOk = ({ outcome }: Operation): boolean => outcome === 'ok';
const isRead = ({ f }: Operation): boolean => f === 'read';
const isWrite = ({ f }: Operation): boolean => f !== 'read';

/** Whether some client, on one key, ended a `first` well and later ended a `second` well. */
function inSession(
  operations: readonly Operation[],
  first: (operation: Operation) => boolean,
  second: (operation: Operation) => boolean,
): boolean {
  const begun = new Set<string>();
  for (const operation of operations) {
    if (!isOk(operation)) continue;
    const session = `${operation.client} ${operation.key}`;
    if (begun.has(session) && second(operation)) return true;
    if (first(operation)) begun.add(session);
  }
  return false;
}

/** The data of all notes of one name. */
export function notesNamed<Data>({ notes }: Pick<RunRecord, 'notes'>, name: string): readonly Data[] {
  const data: Data[] = [];
  for (const note of notes) if (note.name === name) data.push(note.data as Data);
  return data;
}

/** When the last fault ended; undefined when there was none, or one lasts to the end. */
function healedUs({ faults, endUs }: RunRecord): number | undefined {
  if (faults.length === 0) return undefined;
  const healed = Math.max(...faults.map(({ untilUs }) => untilUs));
  return healed < endUs ? healed : undefined;
}

/** The operations that began when a new leader had had time to be elected after the last fault, and early enough to end within the run. */
export function operationsAfterHeal(run: RunRecord, knobs: ConsensusKnobs): readonly Operation[] {
  const healed = healedUs(run);
  if (healed === undefined) return [];
  const sinceUs = healed + 4 * knobs.electionMax;
  const untilUs = run.endUs - knobs.requestTimeout;
  return run.operations.filter(({ invokedAt }) => invokedAt >= sinceUs && invokedAt <= untilUs);
}

/** Whether a command of a client stood at two places of the log. Several servers apply one entry: a second place is what counts. */
function wasRepeated(run: RunRecord): boolean {
  const { clash } = findClash<EntryApplied>(run, 'entry.applied', {
    slot: ({ client, sequence }) => (client === '' ? undefined : sequence),
    owner: ({ client }) => client,
    agree: (one, other) => (one.data as EntryApplied).index === (other.data as EntryApplied).index,
  });
  return clash !== undefined;
}

/** Whether a leader was elected after entries had been committed. */
function wasReplaced({ notes }: RunRecord): boolean {
  let committed = false;
  return notes.some(({ name }) => {
    committed ||= name === 'entry.applied';
    return committed && name === 'leader.elected';
  });
}

function occurrence(id: string, title: string, check: Sometimes['check']): Sometimes {
  return { kind: 'sometimes', id, title, check };
}

/** What must happen for the other properties to mean anything. */
export const occurrences: readonly Sometimes[] = [
  occurrence('leader-elected', 'a leader was elected', ({ notes }) =>
    notes.some(({ name }) => name === 'leader.elected'),
  ),
  occurrence('entry-applied', 'two servers applied an entry', ({ notes }) => {
    const first = notes.find(({ name }) => name === 'entry.applied');
    return notes.some(({ name, host }) => name === 'entry.applied' && host !== first!.host);
  }),
  occurrence('command-repeated', 'a command stood in the log twice', wasRepeated),
  occurrence('write-acknowledged', 'a write was acknowledged', ({ operations }) =>
    operations.some((operation) => isWrite(operation) && isOk(operation)),
  ),
  occurrence('write-read', 'a key was written and read', ({ operations }) => {
    const written = new Set(operations.filter(isWrite).map(({ key }) => key));
    return operations.some((operation) => isRead(operation) && isOk(operation) && written.has(operation.key));
  }),
  occurrence('read-after-own-write', 'a client read what it had written', ({ operations }) =>
    inSession(operations, isWrite, isRead),
  ),
  occurrence('read-again', 'a client read a key again', ({ operations }) => inSession(operations, isRead, isRead)),
  occurrence(
    'operation-after-heal',
    'a client tried something after the last fault had ended and a leader could be elected',
    (run, knobs) => operationsAfterHeal(run, knobs).length > 0,
  ),
  occurrence('election-contested', 'an election had a second candidate, or a later leader followed', (run) => {
    const began = notesNamed<{ readonly term: number }>(run, 'election.began').map(({ term }) => term);
    const elected = notesNamed<LeaderElected>(run, 'leader.elected').length;
    return new Set(began).size < began.length || elected > 1;
  }),
];

/** What must happen for what Raft promises to mean anything. */
export const raftOccurrences: readonly Sometimes[] = [
  occurrence('leader-replaced', 'a second leader was elected after entries had been committed', wasReplaced),
  occurrence('entry-replicated', 'an entry was in more than one log', ({ notes }) => {
    const first = notes.find(({ name }) => name === 'log.appended');
    return notes.some(({ name, host }) => name === 'log.appended' && host !== first!.host);
  }),
  occurrence('entry-overwritten', "a server's entries were overwritten", ({ notes }) =>
    notes.some(({ name }) => name === 'log.truncated'),
  ),
];

/** The same for Multi-Paxos. */
export const paxosOccurrences: readonly Sometimes[] = [
  occurrence('ballot-succeeded', 'a second leader went through phase 1 after slots had been chosen', wasReplaced),
];

/** The same for Zab. */
export const zabOccurrences: readonly Sometimes[] = [
  occurrence('epoch-succeeded', 'a second epoch was established after transactions had been delivered', wasReplaced),
];
