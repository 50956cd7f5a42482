import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Cell,
  type Cells,
  compareVersions,
  covers,
  joinClocks,
  laterClock,
  mergeCells,
  mintVersion,
  sameCells,
  tickClock,
  type Version,
} from '../../../simulations/models/quorum/versions.ts';

function cellOf(version: Version): Cell {
  const write = JSON.stringify(version);
  return { write, version, value: write, deleted: false, deletedAtUs: 0 };
}

const stamps = fc
  .record({
    timeUs: fc.integer({ min: 0, max: 3 }),
    counter: fc.integer({ min: 0, max: 2 }),
    node: fc.constantFrom('r1', 'r2'),
  })
  .map((version): Cells => [cellOf(version)]);
const vectors = fc
  .record({ a: fc.integer({ min: 0, max: 3 }), b: fc.integer({ min: 0, max: 3 }), c: fc.integer({ min: 0, max: 3 }) })
  .map((clocks): Cells => [cellOf({ clocks })]);
const sets = (one: fc.Arbitrary<Cells>) =>
  fc.array(one, { maxLength: 5 }).map((all) => all.reduce((merged, cells) => mergeCells(merged, cells), [] as Cells));

describe.each([
  ['stamps', sets(stamps)],
  ['version vectors', sets(vectors)],
] as const)('versions: merging %s', (_name, cells) => {
  it('does not depend on the order, nor on repetition', () => {
    fc.assert(
      fc.property(cells, cells, cells, (a, b, c) => {
        expect(sameCells(mergeCells(a, b), mergeCells(b, a))).toBe(true);
        expect(sameCells(mergeCells(mergeCells(a, b), c), mergeCells(a, mergeCells(b, c)))).toBe(true);
        expect(mergeCells(a, a)).toBe(a);
      }),
    );
  });

  it('covers both sides and keeps only cells that nothing has overwritten', () => {
    fc.assert(
      fc.property(cells, cells, (a, b) => {
        const merged = mergeCells(a, b);
        expect(covers(merged, a) && covers(merged, b)).toBe(true);
        for (const one of merged) {
          for (const other of merged) {
            if (one !== other) expect(compareVersions(one.version, other.version)).toBe('concurrent');
          }
        }
      }),
    );
  });
});

describe('versions: order', () => {
  it('stamps are totally ordered by time, then counter, then node', () => {
    expect(compareVersions({ timeUs: 1, counter: 9, node: 'r9' }, { timeUs: 2, counter: 1, node: 'r1' })).toBe(
      'before',
    );
    expect(compareVersions({ timeUs: 2, counter: 1, node: 'r2' }, { timeUs: 2, counter: 9, node: 'r1' })).toBe(
      'before',
    );
    expect(compareVersions({ timeUs: 2, counter: 1, node: 'r2' }, { timeUs: 2, counter: 1, node: 'r1' })).toBe('after');
  });

  it('vectors are concurrent when each has seen a write that the other has not', () => {
    expect(compareVersions({ clocks: { a: 1 } }, { clocks: { b: 1 } })).toBe('concurrent');
    expect(compareVersions({ clocks: { a: 1 } }, { clocks: { a: 1, b: 1 } })).toBe('before');
    expect(compareVersions({ clocks: { a: 1, b: 0 } }, { clocks: { a: 1 } })).toBe('equal');
    expect(joinClocks({ a: 2, b: 1 }, { a: 1, c: 3 })).toEqual({ a: 2, b: 1, c: 3 });
  });

  it('a hybrid clock never falls behind what it has seen, even when the wall clock does', () => {
    const seen = laterClock({ timeUs: 10, counter: 0 }, { timeUs: 500, counter: 3 });
    expect(tickClock(seen, 20)).toEqual({ timeUs: 500, counter: 4 });
    expect(tickClock(seen, 600)).toEqual({ timeUs: 600, counter: 0 });
  });

  it('a write that has seen all siblings replaces them all', () => {
    const siblings = mergeCells([cellOf({ clocks: { a: 1 } })], [cellOf({ clocks: { b: 1 } })]);
    expect(siblings).toHaveLength(2);
    const version = mintVersion({
      kind: 'vv',
      node: 'r1',
      count: 1,
      wallUs: 0,
      clock: { timeUs: 0, counter: 0 },
      client: 'c',
      sequence: 4,
      context: { a: 1, b: 1 },
    });
    expect(mergeCells(siblings, [cellOf(version)])).toHaveLength(1);
  });
});
