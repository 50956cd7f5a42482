import { describe, expect, test } from 'vitest';
import { operationName } from '../../simulations/export/picture/operations.ts';
import type { Entry, Members } from '../../simulations/models/consensus/messages.ts';
import { entriesTold, entryTold } from '../../simulations/models/consensus/telling.ts';
import { numberVersions, operationNames } from '../../simulations/models/numbering.ts';
import type { LogMatrix } from '../../simulations/models/scene.ts';
import type { Run } from '../../simulations/run/execute.ts';
import { runOf, variants } from '../helpers/scenarios.ts';

const sentenceOf = (run: Run, property: string): string =>
  run.verdicts.find(({ id }) => id === property)!.verdict.sentence;

/** How clients and servers name operations among themselves. A key that is called the same is not meant. */
function namesIn(run: Run): RegExp {
  const { operations } = run.record;
  const keys = new Set(operations.map(({ key }) => key));
  const names = operationNames(operations).filter((name) => !keys.has(name));
  return new RegExp(`(?<![\\w⟨,])(${names.join('|')})(?![\\w,]\\d|\\w)`);
}

const NOUNS =
  'reads|writes|updates|adds|removes|deletes|operations|pairs|promises|keys|disks|entries|rights|replicas|nodes|regions';

/** A singular with a plural, or the other way round: "1 reads", "All 2 reads", "1 of 4 operations were". */
const MISCOUNTED = new RegExp(`\\b(1 (${NOUNS})\\b|All [12] |1 of [\\d,]+ [a-z ]+ were\\b)`);

const WORDS_MAX = 30;

describe('what a reader is told of every scenario', () => {
  test.each(variants)(
    '%s, %s: verdicts and steps name operations by their numbers, and count as people do',
    (id, variant) => {
      const run = runOf(id, variant);
      const { model } = run.input;
      const names = namesIn(run);
      const timeline = run.timeline!;
      for (const { verdict } of run.verdicts) {
        expect(verdict.sentence).not.toMatch(names);
        expect(verdict.sentence).not.toMatch(MISCOUNTED);
        for (const sentence of verdict.sentence.split(/[.:;] /))
          expect(sentence.split(' ').length, sentence).toBeLessThanOrEqual(WORDS_MAX);
      }
      const focus = model.focus(run.record.operations, model.keys(run.record.operations)[0] ?? '');
      for (let step = 0; step < timeline.length; step++) {
        const told = model.narrate(timeline.step(step), focus);
        if (names.test(told) || MISCOUNTED.test(told)) expect.fail(`step ${step}: ${told}`);
      }
    },
  );
});

test.each([
  [
    'raft-fsync-off',
    'off',
    'state-machine-safety',
    'At index 2, r3 applied write 0 of term 1 and r1 applied write 11 of term 1.',
  ],
  [
    'raft-figure-8',
    'any',
    'state-machine-safety',
    'At index 3, r1 applied write 2 of term 1 and r5 applied a no-op of term 2.',
  ],
  [
    'raft-member-swap',
    'naive',
    'state-machine-safety',
    'At index 3, r3 applied a change of the group of term 1 and r1 applied a no-op of term 2.',
  ],
  [
    'raft-snapshot-sessions',
    'keys',
    'exactly-once',
    'Write 5 was carried out at index 7 on r1 and again at index 10 on r2.',
  ],
  ['raft-double-vote', 'memory', 'log-matching', 'r3 and r1 have different entries of term 1 at index 2.'],
  [
    'paxos-gaps',
    'ignored',
    'one-value-per-slot',
    'For slot 2, write 2 was chosen in ballot 1 by r1, and write 3 in ballot 2 by r2.',
  ],
  [
    'async-failover-orders',
    'degrade',
    'acknowledged-durable',
    'Write 0 at LSN 1 was acknowledged when it was on 1 disk, not 2.',
  ],
  [
    'cart-multiregion',
    'siblings',
    'no-resurrection',
    'bread is in cart again: operation 8 had seen it and removed it, and nothing has added it since.',
  ],
  [
    'cart-multiregion',
    'lww-wall',
    'later-write-wins',
    'us dropped operation 14 for operation 13, which it had seen: the clock that stamped operation 13 was ahead.',
  ],
  [
    'tombstone-zombie',
    'short',
    'freshness',
    '5 of 9 reads were fresh 100 ms after the acknowledgement: 55.555 %; the objective is 99.9 %.',
  ],
  [
    'global-counter-raft',
    'three',
    'half-within-40-ms',
    '0 of 21 updates were answered within 40 ms: 0 %; the objective is 50 %.',
  ],
])('%s, %s: %s says "%s"', (id, variant, property, sentence) => {
  expect(sentenceOf(runOf(id, variant), property)).toBe(sentence);
});

describe('what an entry of a replicated log does', () => {
  const { operations } = runOf('raft-fsync-off', 'off').record;
  const focus = { key: 'x', numbering: numberVersions(operations, 'x') };
  const names = operationNames(operations);
  const entry = (index: number, command: Entry['command'], id?: number): Entry => {
    const client = id === undefined ? '' : operations[id]!.client;
    return {
      index,
      term: 1,
      client,
      sequence: id === undefined ? 0 : Number(names[id]!.slice(client.length)),
      command,
    };
  };
  const members = (voters: readonly string[], outgoing: readonly string[]): Members => ({
    voters,
    outgoing,
    learners: [],
    learnersNext: [],
  });
  const write = (key: string) => ({ kind: 'write', key, value: 1 }) as const;

  test.each([
    ['write 0 of x, version 1', entry(2, write('x'), 0)],
    ['write 6 of y', entry(2, write('y'), 6)],
    ['read 8 of x', entry(2, { kind: 'read', key: 'x' }, 8)],
    ['compare-and-set 6 of y', entry(2, { kind: 'cas', key: 'y', from: 1, to: 2 }, 6)],
    ['begins its term', entry(2, { kind: 'noop' })],
    ['the voters r1, r2 and r3', entry(2, { kind: 'members', members: members(['r1', 'r2', 'r3'], []) })],
    [
      'the voters r1 and r4 jointly with r1 and r2',
      entry(2, { kind: 'members', members: members(['r1', 'r4'], ['r1', 'r2']) }),
    ],
  ])('%s', (words, told) => {
    expect(entryTold(told, focus, 'begins its term')).toBe(words);
  });

  test('up to four entries are told one by one, more by their places', () => {
    const words = { noun: ['entry', 'entries'], nothing: 'begins its term' } as const;
    const entries = [2, 3, 4, 5, 6].map((index) => entry(index, { kind: 'noop' }));
    expect(entriesTold(entries.slice(0, 1), focus, words)).toBe('entry 2 (begins its term)');
    expect(entriesTold(entries.slice(0, 2), focus, words)).toBe('entries 2 (begins its term) and 3 (begins its term)');
    expect(entriesTold(entries, focus, words)).toBe('entries 2 to 6 (5 in all)');
  });
});

test.each([
  ['raft-fsync-off', 'off', 'y 6'],
  ['async-failover-orders', 'degrade', 'w77'],
])('%s, %s: cells of the log name writes by their numbers, as bars and steps do (%s)', (id, variant, label) => {
  const run = runOf(id, variant);
  const { model, timeline } = { ...run.input, timeline: run.timeline! };
  const focus = model.focus(run.record.operations, 'x');
  const scene = model.scene(timeline.worldAt(timeline.length), focus);
  const matrix = scene.panels!.find(({ kind }) => kind === 'log-matrix')! as LogMatrix;
  const labels = matrix.lanes.flatMap(({ cells }) => cells.map((cell) => cell?.label ?? ''));
  expect(labels).toContain(label);
  expect(labels.filter((one) => namesIn(run).test(one))).toEqual([]);
});

test('async-failover-orders, degrade: what an operation wrote or found is named by the number of its write', () => {
  const run = runOf('async-failover-orders', 'degrade');
  const { model } = run.input;
  const { operations } = run.record;
  const focus = model.focus(operations, '');
  const values = operations.flatMap((operation) => model.versionOf(operation, focus)?.value ?? []);
  expect(values).toContain('write 0');
  expect(values.filter((value) => namesIn(run).test(value))).toEqual([]);
});

test.each(variants)('%s, %s: a bar calls each operation what the step says that begins it', (id, variant) => {
  const run = runOf(id, variant);
  const { model } = run.input;
  const { operations } = run.record;
  const focus = model.focus(operations, model.keys(operations)[0] ?? '');
  for (const operation of operations) {
    const told = model.narrate(run.timeline!.step(operation.invokedStep!), focus);
    expect(` ${told}`).toMatch(new RegExp(` ${operationName(run, operation)}[ ,.]`));
  }
});
