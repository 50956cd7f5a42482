import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Effect, Environment, Message, ProcessEvent, Snapshot } from '../../../simulations/kernel/behavior.ts';
import type { Entry } from '../../../simulations/models/consensus/messages.ts';
import { groupOf } from '../../../simulations/models/consensus/raft/membership.ts';
import { serverChart } from '../../../simulations/models/consensus/raft/server.ts';
import type { Durable, Office, ServerContext } from '../../../simulations/models/consensus/raft/state.ts';
import { EMPTY_MACHINE } from '../../../simulations/models/consensus/store.ts';
import { settingsOf } from '../../../simulations/models/consensus/topology.ts';
import { compiledBehavior } from '../../../simulations/statechart/compiled.ts';
import { DEFAULTS } from './run-consensus.ts';

/** Tables of etcd's tests of the paper, played on one server without a world: what it answers, in which state it ends. */
const paper = JSON.parse(readFileSync('test/fixtures/raft/paper.json', 'utf8'));
const behavior = compiledBehavior('server', serverChart);

const entriesOf = (terms: readonly number[]): readonly Entry[] =>
  terms.map((term, at) => ({ index: at + 1, term, client: '', sequence: 0, command: { kind: 'noop' } }));

/** A server of a group of `size` that plays without pre-vote, and answers its own writes to disk at once. */
function server(size: number, change: Partial<Durable> = {}) {
  const settings = settingsOf({ ...DEFAULTS, servers: size, preVote: false, checkQuorum: false });
  let snapshot: Snapshot = behavior.initial({ settings, server: 'r1' });
  const sent: { readonly to: string; readonly message: Message }[] = [];
  const environment = (from: string): Environment => ({ self: 'r1', host: 'r1', from, clockUs: 1_000_000 });
  const react = (event: ProcessEvent, from = ''): void => {
    const output: { effects: readonly Effect[] } = { effects: [] };
    snapshot = behavior.react(snapshot, event, environment(from), output);
    for (const effect of output.effects) {
      if (effect.type === 'send') sent.push(effect);
      if (effect.type === 'disk.persist') react({ type: 'disk.persisted', token: effect.token });
    }
  };
  const context = (): ServerContext => snapshot.context as ServerContext;
  const durable: Durable = {
    term: 0,
    votedFor: null,
    snapshot: { index: 0, term: 0, members: groupOf(settings.voters), machine: EMPTY_MACHINE },
    log: [],
    ...change,
  };
  snapshot = behavior.recover({ settings, server: 'r1' }, durable);
  react({ type: 'process.restarted' });
  return {
    react,
    sent,
    context,
    state: () => snapshot.state,
    set: (next: ServerContext) => (snapshot = { ...snapshot, context: next }),
  };
}

type Table<Row> = readonly Row[];

describe('votes in one round', () => {
  const table: Table<{ size: number; votes: Record<string, boolean>; state: string }> = paper.votesOneRound;
  test.each(table)('of $size servers, with $votes: $state', ({ size, votes, state }) => {
    const one = server(size);
    one.react({ type: 'timer.election' });
    for (const [id, granted] of Object.entries(votes)) one.react({ type: 'VoteReply', term: 1, granted }, `r${id}`);
    expect(one.state()).toBe(state);
    expect(one.context().durable.term).toBe(1);
  });
});

describe('a follower that voted for one', () => {
  const table: Table<{ votedFor: number | null; candidate: number; reject: boolean }> = paper.followerVote;
  test.each(table)('$votedFor, asked by $candidate: rejects $reject', ({ votedFor, candidate, reject }) => {
    const one = server(3, { term: 1, votedFor: votedFor === null ? null : `r${votedFor}` });
    one.react({ type: 'RequestVote', term: 1, lastIndex: 0, lastTerm: 0, transfer: false }, `r${candidate}`);
    expect(one.sent).toEqual([
      { type: 'send', to: `r${candidate}`, message: { type: 'VoteReply', term: 1, granted: !reject } },
    ]);
  });
});

const append = (prevIndex: number, prevTerm: number, entries: readonly Entry[] = []): ProcessEvent => ({
  type: 'AppendEntries',
  term: 2,
  prevIndex,
  prevTerm,
  entries,
  commit: 0,
  round: 1,
  sentUs: 1,
});

describe('a follower with entries of terms 1 and 2', () => {
  const { followerLogTerms, cases } = paper.followerCheckAppend as {
    followerLogTerms: number[];
    cases: Table<{ prevTerm: number; prevIndex: number; reject: boolean; hintIndex: number; hintTerm: number }>;
  };
  test.each(cases)(
    'asked to continue after index $prevIndex of term $prevTerm: rejects $reject, hints at $hintIndex',
    (row) => {
      const one = server(3, { term: 2, log: entriesOf(followerLogTerms) });
      one.react(append(row.prevIndex, row.prevTerm), 'r2');
      const { message } = one.sent.at(-1)!;
      expect(message.success).toBe(!row.reject);
      if (row.reject)
        expect([message.index, message.hintTerm, message.refused]).toEqual([
          row.hintIndex,
          row.hintTerm,
          row.prevIndex,
        ]);
    },
  );
});

describe('a follower with entries of terms 1 and 2 takes in', () => {
  const { followerLogTerms, cases } = paper.followerAppend as {
    followerLogTerms: number[];
    cases: Table<{ prevIndex: number; prevTerm: number; entries: [index: number, term: number][]; log: number[] }>;
  };
  test.each(cases)('$entries after index $prevIndex: terms $log', ({ prevIndex, prevTerm, entries, log }) => {
    const one = server(3, { term: 2, log: entriesOf(followerLogTerms) });
    const sent = entries.map(([index, term]): Entry => ({ ...entriesOf([term])[0]!, index }));
    one.react(append(prevIndex, prevTerm, sent), 'r2');
    expect(one.context().durable.log.map(({ term }) => term)).toEqual(log);
    expect(one.sent.at(-1)!.message.success).toBe(true);
  });
});

/** A leader whose followers have reached these indexes, asked anew what is committed by an answer that says what it knew. */
function committed(match: readonly number[], logTerms: readonly number[], leaderTerm: number): number {
  const one = server(match.length, { term: leaderTerm - 1, log: entriesOf(logTerms) });
  one.react({ type: 'timer.election' });
  for (let id = 2; id <= match.length; id++)
    one.react({ type: 'VoteReply', term: leaderTerm, granted: true }, `r${id}`);
  const { durable, volatile } = one.context();
  // Without the leader's own first entry, as the table has it.
  const progress = volatile.office!.progress.map((known, at) => ({
    ...known,
    match: at === 0 ? match[0]! : 0,
    next: 1,
  }));
  const office: Office = { ...volatile.office!, progress };
  const log = entriesOf(logTerms);
  one.set({ durable: { ...durable, log }, volatile: { ...volatile, office, commit: 0, syncedIndex: match[0]! } });
  const event = (index: number): ProcessEvent => ({
    type: 'AppendReply',
    term: leaderTerm,
    success: true,
    index,
    hintTerm: 0,
    refused: 0,
    round: 0,
    sentUs: 0,
  });
  for (let id = 2; id <= match.length; id++) one.react(event(match[id - 1]!), `r${id}`);
  return one.context().volatile.commit;
}

describe('a leader commits', () => {
  const table: Table<{ match: number[]; logTerms: number[]; leaderTerm: number; commit: number }> = paper.maybeCommit;
  // Alone it commits when its disk has the entry, and no answer comes to ask.
  test.each(table.filter(({ match }) => match.length > 1))(
    'with $match on disk, terms $logTerms, in term $leaderTerm: $commit',
    ({ match, logTerms, leaderTerm, commit }) => {
      expect(committed(match, logTerms, leaderTerm)).toBe(commit);
    },
  );
});
