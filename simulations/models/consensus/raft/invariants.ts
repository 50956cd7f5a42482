import type { ProcessView, StepView, WorldView } from '../../../kernel/view.ts';
import type { Finding, Property } from '../../model.ts';
import { type LeaderElected, type LogChanged, memoryOf, serverOf, serversIn } from '../history.ts';
import type { ConsensusKnobs } from '../knobs.ts';
import { SERVER_ROLES, sightOf } from '../protocols.ts';
import { entryAt, lastIndexOf, termAt } from './log.ts';
import type { Durable } from './state.ts';

type Always = Extract<Property<ConsensusKnobs>, { kind: 'always' }>;

/** The notes of one name that a step left, for the server that it happened on. */
function notesOf<Data>(step: StepView, name: string): readonly Data[] {
  const data: Data[] = [];
  for (const effect of step.effects) if (effect.type === 'note' && effect.name === name) data.push(effect.data as Data);
  return data;
}

function found(step: StepView, sentence: string): Finding {
  return { sentence, witness: { operations: [], steps: [step.index] } };
}

const durableOf = (process: ProcessView): Durable => serverOf(process).durable;

/** Two places with one index and one term hold one entry, and stand after the same term; by induction all before them agree. */
function mismatch(own: Durable, other: Durable, { from, to }: LogChanged): number | undefined {
  for (let index = from; index <= to; index++) {
    const mine = entryAt(own, index);
    const theirs = entryAt(other, index);
    if (mine === undefined || theirs === undefined || mine.term !== theirs.term) continue;
    // Most often both are the object that the leader sent, and so are the entries before.
    const earlier = entryAt(own, index - 1);
    if (mine === theirs && earlier !== undefined && earlier === entryAt(other, index - 1)) continue;
    if (mine.client !== theirs.client || mine.sequence !== theirs.sequence) return index;
    if (mine.command.kind !== theirs.command.kind) return index;
    const [before, beforeTheirs] = [termAt(own, index - 1), termAt(other, index - 1)];
    if (before >= 0 && beforeTheirs >= 0 && before !== beforeTheirs) return index - 1;
  }
  return undefined;
}

function checkMatching(world: WorldView, step: StepView): Finding | undefined {
  const process = world.process(step.process);
  if (process?.role !== SERVER_ROLES.raft) return undefined;
  for (const change of notesOf<LogChanged>(step, 'log.appended')) {
    // Asked at every write: in a sweep, a list of the servers each time is felt.
    for (const other of world.processes) {
      if (other === process || other.role !== SERVER_ROLES.raft) continue;
      const index = mismatch(durableOf(process), durableOf(other), change);
      if (index === undefined) continue;
      const [own, theirs] = [durableOf(process), durableOf(other)];
      const term = termAt(own, index);
      const what =
        term === termAt(theirs, index)
          ? `different entries of term ${term} at index ${index}`
          : `different entries at index ${index}, and the same one of term ${termAt(own, index + 1)} after it`;
      return found(step, `${process.host} and ${other.host} have ${what}.`);
    }
  }
  return undefined;
}

/** What some server knows to be committed, and the new leader lacks. Entries inside a snapshot are committed. */
function checkComplete(world: WorldView, step: StepView): Finding | undefined {
  const process = world.process(step.process);
  const [elected] = notesOf<LeaderElected>(step, 'leader.elected');
  if (process?.role !== SERVER_ROLES.raft || elected === undefined) return undefined;
  const own = durableOf(process);
  for (const other of serversIn(world)) {
    if (other === process) continue;
    const theirs = durableOf(other);
    const index = Math.min(memoryOf(other).commit, lastIndexOf(theirs));
    const term = termAt(theirs, index);
    // A server may have learnt of it from a later leader: then it says nothing about this one.
    if (index <= own.snapshot.index || term < 0 || theirs.term > elected.term) continue;
    if (termAt(own, index) === term) continue;
    const has = lastIndexOf(own) < index ? 'ends before it' : `has an entry of term ${termAt(own, index)} there`;
    return found(
      step,
      `${process.host} leads term ${elected.term} without the entry of term ${term} at index ${index}, which ${other.host} knows to be committed: its log ${has}.`,
    );
  }
  return undefined;
}

function checkAppendOnly(world: WorldView, step: StepView): Finding | undefined {
  const process = world.process(step.process);
  const [cut] = notesOf<LogChanged>(step, 'log.truncated');
  if (process?.role !== SERVER_ROLES.raft || cut === undefined || !sightOf(process).leads) return undefined;
  return found(step, `${process.host} replaced its entries from index ${cut.from} on while it led term ${cut.term}.`);
}

/** Claims of Raft that hold after every step. Each names the `sometimes` that shows it was put to the test. */
export const invariants: readonly Always[] = [
  {
    kind: 'always',
    id: 'leader-completeness',
    title: 'a leader has every committed entry',
    exercisedBy: 'leader-replaced',
    notes: ['leader.elected'],
    check: checkComplete,
  },
  {
    kind: 'always',
    id: 'log-matching',
    title: 'logs agree up to any entry that they share',
    exercisedBy: 'entry-replicated',
    notes: ['log.appended'],
    check: checkMatching,
  },
  {
    kind: 'always',
    id: 'leader-append-only',
    title: 'a leader only appends to its log',
    exercisedBy: 'entry-overwritten',
    notes: ['log.truncated'],
    check: checkAppendOnly,
  },
];
