import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type FaultMark, markAt, wordedFaults } from '../../../app/lab/_lab/transport/fault-words.ts';
import { wordPx } from '../../../simulations/index.ts';

const marks: fc.Arbitrary<readonly FaultMark[]> = fc
  .array(
    fc.record({
      share: fc.double({ min: 0, max: 1, noNaN: true }),
      word: fc.constantFrom('cut', 'crash', 'slowDisk', 'loss', 'clock'),
    }),
    { maxLength: 24 },
  )
  .map((list) => list.map((mark, at) => ({ ...mark, id: `f${at}` })));

/** Where the letters of each word stand, in px. */
function boxes(all: readonly FaultMark[], width: number, here: string | undefined) {
  return [...wordedFaults(all, width, here)].map(([id, side]) => {
    const { share, word } = all.find((mark) => mark.id === id)!;
    const x = share * width;
    const from = side === 'after' ? x + 4 : x - 4 - wordPx(word);
    return { id, from, until: from + wordPx(word) };
  });
}

describe('words of faults on the row of steps', () => {
  it('never overlap, and never leave the row (24 faults, 320 to 900 px)', () => {
    fc.assert(
      fc.property(marks, fc.integer({ min: 320, max: 900 }), fc.integer({ min: 0, max: 23 }), (all, width, at) => {
        const words = boxes(all, width, all[at]?.id);
        for (const [index, one] of words.entries()) {
          expect(one.from >= 0 && one.until <= width).toBe(true);
          for (const other of words.slice(index + 1))
            expect(one.until <= other.from || other.until <= one.from).toBe(true);
        }
      }),
    );
  });

  it('the fault at the moment in view has its word however close the others are, on the other side at the end of the row', () => {
    fc.assert(
      fc.property(marks, fc.integer({ min: 320, max: 900 }), fc.integer({ min: 0, max: 23 }), (all, width, at) => {
        const mark = all[at];
        if (mark !== undefined) expect(wordedFaults(all, width, mark.id).has(mark.id)).toBe(true);
      }),
    );
    expect(wordedFaults([{ id: 'a', share: 1, word: 'crash' }], 340, 'a').get('a')).toBe('before');
  });

  it('a word gives way to the mark of the next fault, and a cut comes first', () => {
    const close: readonly FaultMark[] = [
      { id: 'a', share: 0.5, word: 'crash' },
      { id: 'b', share: 0.54, word: 'cut' },
      { id: 'c', share: 0.9, word: 'loss' },
    ];
    expect([...wordedFaults(close, 340, undefined).keys()]).toEqual(['b', 'c']);
    expect([...wordedFaults(close, 340, 'a').keys()]).toEqual(['a', 'c']);
    expect([...wordedFaults(close, 900, undefined).keys()].sort()).toEqual(['b', 'c']);
    expect([...wordedFaults(close, 1400, undefined).keys()].sort()).toEqual(['a', 'b', 'c']);
  });

  it('a moment within 10 px of a mark is the nearest one', () => {
    const two: readonly FaultMark[] = [
      { id: 'a', share: 0.5, word: 'crash' },
      { id: 'b', share: 0.52, word: 'cut' },
    ];
    expect(markAt(two, 0.515, 340)).toBe('b');
    expect(markAt(two, 0.49, 340)).toBe('a');
    expect(markAt(two, 0.6, 340)).toBeUndefined();
  });
});
