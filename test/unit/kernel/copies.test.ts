import fc from 'fast-check';
import { expect, test } from 'vitest';
import { appended, extended, Gathering, withEntry } from '../../../simulations/kernel/copies.ts';

test('what was gathered is handed on in order and stays as it is when the next handler gathers', () => {
  fc.assert(
    fc.property(fc.array(fc.array(fc.integer(), { maxLength: 12 }), { maxLength: 8 }), (rounds) => {
      const gathering = new Gathering<number>();
      const taken = rounds.map((items) => {
        gathering.begin();
        for (const item of items) gathering.push(item);
        return gathering.taken();
      });
      expect(taken).toEqual(rounds);
    }),
  );
});

test('a list with an item appended, or with a tail in the place of another, leaves the list as it was', () => {
  fc.assert(
    fc.property(fc.array(fc.integer(), { maxLength: 8 }), fc.array(fc.integer()), fc.nat(8), (list, items, from) => {
      const before = [...list];
      expect(appended(list, 7)).toEqual([...before, 7]);
      const kept = Math.min(from, list.length);
      expect(extended(list, items, kept)).toEqual([...before.slice(0, kept), ...items]);
      expect(list).toEqual(before);
    }),
  );
});

test('a record with an entry that it has already is the same record', () => {
  const record = { x: 1, y: undefined as number | undefined };
  expect(withEntry(record, 'x', 1)).toBe(record);
  expect(withEntry(record, 'x', 2)).toEqual({ x: 2, y: undefined });
  expect(Object.keys(withEntry<number | undefined>({ x: 1 }, 'z', undefined))).toEqual(['x', 'z']);
  expect(record).toEqual({ x: 1, y: undefined });
});
