import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  append,
  EMPTY_WAL,
  type Entry,
  endOfWal,
  entriesBetween,
  entryAt,
  epochAt,
  forkPoint,
  isPrefix,
  lookUp,
  truncate,
  type Wal,
} from '../../../simulations/models/replication/wal.ts';

const entry = (lsn: number, epoch: number): Entry => ({ lsn, epoch, write: `a${lsn}`, key: 'x', value: lsn });

/** A log whose entries have these epochs, in order. */
function walOf(epochs: readonly number[]): Wal {
  return epochs.reduce((wal, epoch, at) => append(wal, entry(at + 1, epoch)), EMPTY_WAL);
}

/** Rising epochs, of up to 200 entries: more than three chunks. */
const rising = fc.array(fc.nat(3), { maxLength: 200 }).map((steps) => {
  let epoch = 1;
  return steps.map((step) => {
    if (step === 3) epoch++;
    return epoch;
  });
});

describe('wal', () => {
  test('holds what a plain list would, after any appends and truncations', () => {
    fc.assert(
      fc.property(rising, fc.array(fc.nat(220), { maxLength: 4 }), (epochs, cuts) => {
        let list = epochs.map((epoch, at) => entry(at + 1, epoch));
        let wal = walOf(epochs);
        for (const cut of cuts) {
          list = list.slice(0, cut);
          wal = truncate(wal, cut);
          const next = entry(list.length + 1, 99);
          list = [...list, next];
          wal = append(wal, next);
        }
        expect(entriesBetween(wal, 1, wal.length)).toEqual(list);
        expect(wal.length).toBe(list.length);
        expect(entryAt(wal, list.length + 1)).toBeUndefined();
        for (const { lsn, epoch } of list) expect(epochAt(wal.epochs, lsn)).toBe(epoch);
        expect(endOfWal(wal)).toEqual({ epoch: list.at(-1)?.epoch ?? 0, lsn: list.length });
      }),
      { numRuns: 200, seed: 3 },
    );
  });

  test('appending and truncating leave earlier versions of the log as they were', () => {
    const before = walOf([1, 1, 2]);
    append(before, entry(4, 3));
    truncate(before, 1);
    expect(entriesBetween(before, 1, 3)).toEqual([entry(1, 1), entry(2, 1), entry(3, 2)]);
  });

  test('the fork point of two histories with a common past is where they part', () => {
    fc.assert(
      fc.property(rising, fc.nat(30), fc.nat(30), (common, own, theirs) => {
        const last = common.at(-1) ?? 0;
        const a = walOf([...common, ...Array.from({ length: own }, () => last + 1)]);
        const b = walOf([...common, ...Array.from({ length: theirs }, () => last + 2)]);
        const expected = common.length;
        expect(forkPoint(a, b)).toBe(expected);
        expect(forkPoint(b, a)).toBe(expected);
        expect(forkPoint(a, a)).toBe(a.length);
        expect(forkPoint(a, truncate(a, 3))).toBe(Math.min(3, a.length));
      }),
      { numRuns: 200, seed: 5 },
    );
  });

  test('a prefix has the same history as far as it goes: not a longer log, and not one that agrees again after a difference', () => {
    const wal = walOf([1, 1, 2, 2, 2]);
    for (let lsn = 0; lsn <= 5; lsn++) expect(isPrefix(truncate(wal, lsn), wal)).toBe(true);
    expect(isPrefix(wal, truncate(wal, 4))).toBe(false);
    expect(isPrefix(walOf([1, 1, 1, 2]), wal)).toBe(false);
    expect(isPrefix(walOf([1, 1, 1]), wal)).toBe(false);
    expect(isPrefix(walOf([1, 2]), wal)).toBe(false);
  });

  test('a place is here, still to come, or lost because another epoch began before it', () => {
    const wal = walOf([1, 1, 1, 3, 3]);
    expect(lookUp(wal, { epoch: 1, lsn: 3 })).toBe('here');
    expect(lookUp(wal, { epoch: 3, lsn: 5 })).toBe('here');
    expect(lookUp(wal, { epoch: 3, lsn: 6 })).toBe('later');
    expect(lookUp(wal, { epoch: 4, lsn: 6 })).toBe('later');
    expect(lookUp(wal, { epoch: 1, lsn: 4 })).toBe('lost');
    expect(lookUp(wal, { epoch: 1, lsn: 9 })).toBe('lost');
    expect(lookUp(wal, { epoch: 2, lsn: 6 })).toBe('lost');
  });
});
