import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Digest } from '../../../simulations/kernel/digest.ts';

const digestOf = (...values: readonly unknown[]): string => {
  const digest = new Digest();
  for (const value of values) digest.value(value);
  return digest.hex();
};

const value = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.maxSafeInteger(),
    fc.string(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.string({ minLength: 1, maxLength: 12 }), tie('value'), { maxKeys: 4, noNullPrototype: true }),
  ),
})).value;

describe('the running digest', () => {
  test('is a function of the values alone', () => {
    fc.assert(fc.property(value, (one) => digestOf(one) === digestOf(structuredClone(one))));
  });

  test('two values of different text have different digests', () => {
    fc.assert(
      fc.property(value, value, (one, other) => {
        fc.pre(JSON.stringify(one) !== JSON.stringify(other));
        expect(digestOf(one)).not.toBe(digestOf(other));
      }),
    );
  });

  test('200,000 pairs of small numbers have 200,000 digests and, but for a few, marks of their own', () => {
    const digests = new Set<string>();
    const marks = new Set<number>();
    for (let a = 0; a < 200; a++) {
      for (let b = 0; b < 1_000; b++) {
        const digest = new Digest();
        digest.word(a);
        digest.word(b);
        digests.add(digest.hex());
        marks.add(digest.mark);
      }
    }
    expect(digests.size).toBe(200_000);
    // Of 200,000 random words of 32 bits, five are expected to meet another.
    expect(marks.size).toBeGreaterThan(199_980);
  });

  test('what differs early still differs after ten thousand equal words', () => {
    const [one, other] = [new Digest(), new Digest()];
    one.word(1);
    other.word(2);
    for (let at = 0; at < 10_000; at++) {
      one.word(at);
      other.word(at);
    }
    expect(one.hex()).not.toBe(other.hex());
    expect(one.mark).not.toBe(other.mark);
  });

  test('a field left out, a field of another name and a field moved all count', () => {
    const message = { type: 'Write', key: 'x', value: 'b1' };
    const variants = [
      message,
      { type: 'Write', key: 'x' },
      { type: 'Write', key: 'x', after: 'b1' },
      { type: 'Write', value: 'b1', key: 'x' },
      { type: 'Write', key: 'x', value: 'b1', repair: true },
      { type: 'Write', key: 'x', value: 'b1', retry: true },
    ];
    expect(new Set(variants.map((variant) => digestOf(variant))).size).toBe(variants.length);
  });
});
