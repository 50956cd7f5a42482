import { describe, expect, test } from 'vitest';
import {
  checkNoLostAcknowledgedWrite,
  checkNoResurrection,
  type FinalContents,
} from '../../../simulations/checkers/acknowledged.ts';
import { history, type Sketch } from './history-builder.ts';

const two: Sketch[] = [
  { f: 'write', at: [0, 1], value: 1 },
  { f: 'write', at: [2, 3], value: 2 },
];

describe('no lost acknowledged write', () => {
  const accepted: [string, Sketch[], FinalContents][] = [
    ['the last write survives', two, { x: [1] }],
    ['it is one of the siblings', two, { x: [0, 1] }],
    [
      'a concurrent write survives',
      [
        { f: 'write', at: [0, 3] },
        { f: 'write', at: [1, 2] },
      ],
      { x: [0] },
    ],
    ['an older write of unknown outcome survives', [{ f: 'write', at: [0, 0], outcome: 'info' }, two[1]!], { x: [0] }],
    ['a later delete left its tombstone', [two[0]!, { f: 'delete', at: [2, 3] }], { x: [1] }],
    ['a later delete left nothing', [two[0]!, { f: 'delete', at: [2, 3] }], {}],
    [
      'a delete of unknown outcome left nothing',
      [{ f: 'delete', at: [0, 0], outcome: 'info' }, two[1]!],
      { x: [null] },
    ],
  ];
  for (const [claim, sketches, contents] of accepted) {
    test(`no lost acknowledged write: accepted when ${claim}`, () => {
      expect(checkNoLostAcknowledgedWrite(history(...sketches), contents).status).toBe('ok');
    });
  }

  const rejected: [string, Sketch[], FinalContents, string, number[]][] = [
    ['an older write survives', two, { x: [0] }, 'key x ended with what write 0 left, which was older.', [1, 0]],
    ['nothing survives', two, {}, 'key x ended with nothing, and no delete explains it.', [1]],
    [
      'only an older delete could explain nothing',
      [{ f: 'delete', at: [0, 1] }, two[1]!],
      { x: [null] },
      'key x ended with nothing, and no delete explains it.',
      [1],
    ],
    [
      'a write that failed survives',
      [{ f: 'write', at: [4, 5], outcome: 'fail' }, two[1]!],
      { x: [1] },
      'key x ended with what write 1 left.',
      [0, 1],
    ],
    [
      'the value it had deleted survives',
      [two[0]!, { f: 'delete', at: [2, 3] }],
      { x: [0] },
      'key x ended with what write 0 left, which was older.',
      [1, 0],
    ],
  ];
  for (const [claim, sketches, contents, ending, witness] of rejected) {
    test(`no lost acknowledged write: rejected when ${claim}`, () => {
      const verdict = checkNoLostAcknowledgedWrite(history(...sketches), contents);
      expect(verdict).toMatchObject({ status: 'violated', witness: { operations: witness, key: 'x' } });
      expect(verdict.sentence).toMatch(new RegExp(`^(Write|Delete) ${witness[0]} was acknowledged, but ${ending}$`));
    });
  }

  test('no lost acknowledged write: without an acknowledged write it is unknown', () => {
    const operations = history({ f: 'write', at: [0, 0], outcome: 'info' }, { f: 'read', at: [1, 2] });
    expect(checkNoLostAcknowledgedWrite(operations, {}).status).toBe('unknown');
  });

  test('no lost acknowledged write: a survivor that nobody wrote is a mistake of the caller', () => {
    expect(() => checkNoLostAcknowledgedWrite(history(...two), { x: [9] })).toThrow('no operation of the history');
    expect(() => checkNoLostAcknowledgedWrite(history(...two), { y: [0] })).toThrow('not written to its key');
  });
});

describe('no resurrection', () => {
  const removed: Sketch[] = [two[0]!, { f: 'delete', at: [2, 5] }];
  const accepted: [string, Sketch[], FinalContents][] = [
    ['nothing survives', removed, {}],
    ['the tombstone survives', removed, { x: [1] }],
    ['a later write survives', [...removed, { f: 'write', at: [6, 7] }], { x: [2] }],
    ['a concurrent write survives', [...removed, { f: 'write', at: [3, 4] }], { x: [2] }],
    ['an older delete survives', [{ f: 'delete', at: [0, 1] }, removed[1]!], { x: [0] }],
    ['a write of unknown outcome survives', [{ ...two[0]!, outcome: 'info' }, removed[1]!], { x: [0] }],
  ];
  for (const [claim, sketches, contents] of accepted) {
    test(`no resurrection: accepted when ${claim}`, () => {
      expect(checkNoResurrection(history(...sketches), contents).status).toBe('ok');
    });
  }

  test('no resurrection: rejected when a deleted value survives, even beside the tombstone', () => {
    for (const contents of [{ x: [0] }, { x: [1, 0] }]) {
      expect(checkNoResurrection(history(...removed), contents)).toEqual({
        status: 'violated',
        sentence: 'Delete 1 was acknowledged, but key x ended with what write 0 had left before it.',
        witness: { operations: [1, 0], steps: [], key: 'x' },
      });
    }
  });

  test('no resurrection: a delete of unknown outcome promises nothing, so it is unknown', () => {
    const operations = history(two[0]!, { f: 'delete', at: [2, 2], outcome: 'info' });
    expect(checkNoResurrection(operations, { x: [0] }).status).toBe('unknown');
  });
});
