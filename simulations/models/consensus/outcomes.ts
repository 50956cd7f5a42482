import { checkNoLostAcknowledgedWrite, type FinalContents } from '../../checkers/acknowledged.ts';
import { partOf } from '../../checkers/counted.ts';
import { checkLinearizable } from '../../checkers/linearizability.ts';
import { checkMonotonicReads, checkReadYourWrites, type SessionOptions } from '../../checkers/session.ts';
import { registerSpec } from '../../checkers/specs.ts';
import type { Verdict } from '../../checkers/verdict.ts';
import type { Operation } from '../../kernel/history.ts';
import type { Value } from '../../kernel/value.ts';
import type { NoteView, RunRecord } from '../../kernel/view.ts';
import type { Property } from '../model.ts';
import { keysOf, operationNames } from '../numbering.ts';
import { commandAtStart, commandName, firstClash, isSameCommand } from './clash.ts';
import type { OperationVersion } from './client.ts';
import { focusOn, operationMark } from './focus.ts';
import { type EntryApplied, finalMachine, type LeaderElected } from './history.ts';
import type { ConsensusKnobs } from './knobs.ts';
import { operationsAfterHeal } from './occurrences.ts';

type Eventually = Extract<Property<ConsensusKnobs>, { kind: 'eventually' }>;

const unknown = (sentence: string, spent: number): Verdict => ({ status: 'unknown', sentence, spent });

/** Words versions as the pictures do: v4. Numbered only when a sentence is needed. */
function describer({ operations }: RunRecord): (operation: Operation) => string {
  let byKey: Map<string, ReturnType<typeof focusOn>> | undefined;
  let names: readonly string[] = [];
  return (operation) => {
    if (byKey === undefined) {
      byKey = new Map(keysOf(operations).map((key) => [key, focusOn(operations, key)]));
      names = operationNames(operations);
    }
    const focus = byKey.get(operation.key)!;
    const known = operationMark(operation, focus)?.label;
    return known ?? `v${focus.numbering.get(names[operation.id]!) ?? '?'}`;
  };
}

/** Places in one log: the later is the newer. Two writes at one place are in two logs, and neither has seen the other. */
function compareVersions(a: Value, b: Value): ReturnType<SessionOptions['compare']> {
  const [one, other] = [a as OperationVersion, b as OperationVersion];
  if (one.index !== other.index) return one.index < other.index ? 'before' : 'after';
  return one.write === other.write ? 'equal' : 'concurrent';
}

/** Which operations' values the group ended with, by key. */
function survivors(run: RunRecord): FinalContents {
  const names = operationNames(run.operations);
  const contents: Record<string, readonly (number | null)[]> = {};
  for (const { key, write } of finalMachine(run)?.cells ?? []) {
    const id = names.indexOf(write);
    contents[key] = [id < 0 ? null : id];
  }
  return contents;
}

function electionSafety(run: RunRecord, { protocol }: ConsensusKnobs): Verdict {
  const word = NUMBER_WORDS[protocol];
  return firstClash<LeaderElected>(run, 'leader.elected', {
    slot: ({ term }) => term,
    agree: () => false,
    tell: (one, other) => {
      const { term, votes } = other.data as LeaderElected;
      const first = (one.data as LeaderElected).votes;
      const both = votes.filter((voter) => first.includes(voter));
      const twice = both.length === 0 ? 'no server voted for both' : `${both.join(' and ')} voted for both`;
      const whom =
        one.host === other.host
          ? `${one.host} was elected twice in ${word} ${term}`
          : `${one.host} and ${other.host} were both elected in ${word} ${term}`;
      return `${whom}: ${twice}.`;
    },
    holds: `No ${word} had two leaders.`,
  });
}

const applied = (note: NoteView): EntryApplied => note.data as EntryApplied;

/** What the numbers of leaders are called. */
export const NUMBER_WORDS = { raft: 'term', paxos: 'ballot', zab: 'epoch' } as const;

function stateMachineSafety(run: RunRecord, { protocol }: ConsensusKnobs): Verdict {
  const word = NUMBER_WORDS[protocol];
  return firstClash<EntryApplied>(run, 'entry.applied', {
    slot: ({ index }) => index,
    agree: (one, other) => {
      const [a, b] = [applied(one), applied(other)];
      // With Paxos one value may be learnt under several ballots.
      const isOne = a.term === b.term || protocol === 'paxos';
      return isOne && isSameCommand(a, b);
    },
    tell: (one, other, numbering) => {
      const [a, b] = [applied(one), applied(other)];
      const [first, second] = [commandName(a, numbering), commandName(b, numbering)];
      return `At index ${a.index}, ${one.host} applied ${first} of ${word} ${a.term} and ${other.host} applied ${second} of ${word} ${b.term}.`;
    },
    holds: 'No two servers applied different entries at one index.',
  });
}

function exactlyOnce(run: RunRecord): Verdict {
  return firstClash<EntryApplied>(run, 'entry.applied', {
    slot: ({ sequence, executed }) => (executed ? sequence : undefined),
    owner: ({ client }) => client,
    agree: (one, other) => applied(one).index === applied(other).index,
    tell: (one, other, numbering) => {
      const [a, b] = [applied(one), applied(other)];
      return `${commandAtStart(b, numbering)} was carried out at index ${a.index} on ${one.host} and again at index ${b.index} on ${other.host}.`;
    },
    about: ({ client, sequence }) => run.operations[operationNames(run.operations).indexOf(`${client}${sequence}`)],
    holds: 'No command of a client was carried out twice.',
  });
}

/** After the last fault has ended and a leader could be elected, nine operations in ten must get an answer. */
function availableAfterHeal(run: RunRecord, knobs: ConsensusKnobs): Verdict {
  const tried = operationsAfterHeal(run, knobs);
  if (tried.length === 0) return unknown('No operation began after the last fault had ended.', 0);
  const unanswered = tried.filter(({ outcome }) => outcome === 'info');
  const answered = tried.length - unanswered.length;
  const sentence = `${partOf(answered, tried.length, 'operation', 'after the last fault')} answered.`;
  if (unanswered.length * 10 <= tried.length) return { status: 'ok', sentence };
  return { status: 'violated', sentence, witness: { operations: unanswered.map(({ id }) => id), steps: [] } };
}

function outcome(id: string, title: string, exercisedBy: string, check: Eventually['check']): Eventually {
  return { kind: 'eventually', id, title, exercisedBy, check };
}

const sessionOptions = (run: RunRecord): SessionOptions => ({ compare: compareVersions, describe: describer(run) });

/** What each protocol promises of its leaders, in its own word for their numbers. */
export const leaderOutcomes: Readonly<Record<ConsensusKnobs['protocol'], Eventually>> = {
  raft: outcome('election-safety', 'at most one leader in a term', 'leader-elected', electionSafety),
  paxos: outcome('ballot-safety', 'at most one leader with a ballot', 'leader-elected', electionSafety),
  zab: outcome('epoch-safety', 'at most one leader in an epoch', 'leader-elected', electionSafety),
};

/** What the whole history, all elections, all applied entries and the final state must show. */
export const outcomes: readonly Eventually[] = [
  outcome('linearizable', 'linearizable', 'write-read', (run) =>
    checkLinearizable(run.operations, registerSpec(null), { describe: describer(run) }),
  ),
  outcome('state-machine-safety', 'one entry at each index, whoever applies it', 'entry-applied', stateMachineSafety),
  outcome('exactly-once', 'no command is carried out twice', 'write-acknowledged', exactlyOnce),
  outcome('no-lost-acknowledged-write', 'no acknowledged write lost', 'write-acknowledged', (run) =>
    checkNoLostAcknowledgedWrite(run.operations, survivors(run)),
  ),
  outcome('read-your-writes', 'read your writes', 'read-after-own-write', (run) =>
    checkReadYourWrites(run.operations, sessionOptions(run)),
  ),
  outcome('monotonic-reads', 'monotonic reads, per client', 'read-again', (run) =>
    checkMonotonicReads(run.operations, sessionOptions(run)),
  ),
  outcome('available-after-heal', 'available after heal', 'operation-after-heal', availableAfterHeal),
];
