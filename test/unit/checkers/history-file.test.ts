import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { historyToJsonLines, parseHistory } from '../../../simulations/checkers/history-file.ts';
import { kvSpec, registerSpec } from '../../../simulations/checkers/specs.ts';
import { history } from './history-builder.ts';
import { randomHistory } from './random-history.ts';

describe('parsing', () => {
  test('history file: reads every field, the synonyms and blank lines', () => {
    const parsed = parseHistory(
      [
        '{"process":0,"type":"invoke","f":"put","key":7,"value":1,"index":0}',
        '',
        '{"process":"b","type":"invoke","f":"get","key":"7"}',
        '{"process":0,"type":"ok","f":"write","key":"7","value":1}\r',
        '{"process":"b","type":"ok","f":"read","value":null}',
        '{"process":"nemesis","type":"info","f":"start-partition"}',
        '{"process":"b","type":"invoke","f":"cas","value":[1,2]}',
        '{"process":"b","type":"fail","f":"cas","value":[1,2],"error":"no"}',
      ].join('\n'),
    );
    expect(parsed).toMatchObject({
      ok: true,
      operations: [
        { id: 0, client: '0', f: 'write', key: '7', input: 1, outcome: 'ok', invokedAt: 1, completedOrder: 4 },
        { id: 1, client: 'b', f: 'read', key: '7', output: null, outcome: 'ok', invokedOrder: 3, completedAt: 5 },
        { id: 2, client: 'b', f: 'cas', key: '', input: [1, 2], outcome: 'fail' },
      ],
    });
  });

  test('history file: an operation that is never completed, or in info, has an unknown outcome, and its process may go on', () => {
    const parsed = parseHistory(
      [
        '{"process":0,"type":"invoke","f":"write","value":1}',
        '{"process":0,"type":"info","f":"write","value":1}',
        '{"process":0,"type":"invoke","f":"write","value":2}',
      ].join('\n'),
    );
    const unknown = {
      outcome: 'info',
      completedAt: Number.POSITIVE_INFINITY,
      completedOrder: Number.POSITIVE_INFINITY,
    };
    expect(parsed).toMatchObject({ ok: true, operations: [unknown, unknown] });
  });

  test('history file: an empty text is an empty history', () => {
    expect(parseHistory('\n')).toEqual({ ok: true, operations: [] });
  });
});

describe('problems', () => {
  const invoke = '{"process":0,"type":"invoke","f":"write","value":1}';
  const cases: [string, string[], object][] = [
    ['bad JSON', ['{"process":0,'], { line: 1, field: 'line', allowed: 'a JSON object' }],
    ['no object', ['[1]'], { line: 1, field: 'line', found: '[1]' }],
    ['a missing process', ['{"type":"invoke","f":"read"}'], { line: 1, field: 'process', found: 'nothing' }],
    ['an unknown type', ['{"process":0,"type":"done","f":"read"}'], { field: 'type', found: '"done"' }],
    ['an unknown operation', ['{"process":0,"type":"invoke","f":"push"}'], { field: 'f', found: '"push"' }],
    ['a compare-and-set without a pair', ['{"process":0,"type":"invoke","f":"cas","value":3}'], { field: 'value' }],
    ['a write without a value', ['{"process":0,"type":"invoke","f":"write"}'], { field: 'value', found: 'nothing' }],
    ['a key that is a list', ['{"process":0,"type":"invoke","f":"read","key":[1]}'], { field: 'key', found: '[1]' }],
    [
      'a second invocation',
      [invoke, '', invoke],
      { line: 3, fix: 'Complete the operation of line 1 first, with info if its outcome is unknown.' },
    ],
    ['a completion of nothing', ['{"process":0,"type":"ok","f":"read","value":1}'], { line: 1, field: 'type' }],
    ['a completion of something else', [invoke, '{"process":0,"type":"ok","f":"read"}'], { line: 2, field: 'f' }],
    ['a completion on another key', [invoke, '{"process":0,"type":"ok","f":"write","key":"y"}'], { field: 'key' }],
    [
      'a read that returned no value',
      ['{"process":0,"type":"invoke","f":"read"}', '{"process":0,"type":"ok","f":"read"}'],
      { line: 2, field: 'value' },
    ],
  ];
  for (const [claim, lines, problem] of cases) {
    test(`history file: ${claim} is one problem with its line`, () => {
      const parsed = parseHistory(lines.join('\n'));
      expect(parsed).toMatchObject({ ok: false, problems: [problem] });
    });
  }

  test('history file: an append is a problem when the model is a register', () => {
    const text = '{"process":0,"type":"invoke","f":"append","value":1}';
    const parsed = parseHistory(text, { operations: registerSpec().operations });
    expect(parsed).toMatchObject({
      ok: false,
      problems: [{ field: 'f', allowed: 'read, get, write, put, cas, delete' }],
    });
    expect(parseHistory(text, { operations: kvSpec().operations }).ok).toBe(true);
  });

  test('history file: 20 problems of 50 are listed', () => {
    const parsed = parseHistory('nonsense\n'.repeat(50));
    expect(parsed.ok ? 0 : parsed.problems.length).toBe(20);
  });
});

describe('writing', () => {
  test('history file: a client that went on after an unknown outcome is written so that it can be read back', () => {
    const operations = history(
      { f: 'write', at: [0, 0], client: 'a', value: 1, outcome: 'info' },
      { f: 'read', at: [1, 2], client: 'a', value: 1 },
    );
    const lines = historyToJsonLines(operations).trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line).type)).toEqual(['invoke', 'info', 'invoke', 'ok']);
  });

  test('history file: what was written reads back with the same operations in the same order (1,000 histories)', () => {
    const object = { initial: null, deleted: null };
    const histories = randomHistory({
      object,
      operations: ['write', 'cas', 'append', 'delete'],
      values: ['1', '2'],
      keys: ['', 'x'],
    });
    const order = (operations: readonly { invokedOrder: number; completedOrder: number }[]) =>
      operations
        .flatMap((one, id) => [
          [one.invokedOrder, `${id}`],
          [one.completedOrder, `-${id}`],
        ])
        .filter(([at]) => at !== Number.POSITIVE_INFINITY)
        .sort(([a], [b]) => Number(a) - Number(b))
        .map(([, name]) => name);
    fc.assert(
      fc.property(histories, (operations) => {
        const parsed = parseHistory(historyToJsonLines(operations));
        if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
        const facts = (list: typeof operations) =>
          list.map(({ id, client, f, key, input, output, outcome }) => ({
            id,
            client,
            f,
            key,
            input,
            output,
            outcome,
          }));
        expect(facts([...parsed.operations])).toEqual(facts(operations));
        expect(order(parsed.operations)).toEqual(order(operations));
      }),
      { numRuns: 1_000, seed: 3 },
    );
  });
});
