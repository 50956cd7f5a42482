import { describe, expect, test } from 'vitest';
import { checkLinearizable, LINEARIZABILITY_BUDGET } from '../../../simulations/checkers/linearizability.ts';
import { kvSpec, registerSpec } from '../../../simulations/checkers/specs.ts';
import { history, type Sketch } from './history-builder.ts';

const register = registerSpec();

describe('accepted', () => {
  const cases: Record<string, Sketch[]> = {
    'a read that overlaps a write may return the old value': [
      { f: 'write', at: [0, 1], value: 1 },
      { f: 'write', at: [2, 5], value: 2 },
      { f: 'read', at: [3, 4], value: 1 },
    ],
    'a write of unknown outcome may take effect after a later write': [
      { f: 'write', at: [0, 0], value: 1, outcome: 'info' },
      { f: 'write', at: [1, 2], value: 2 },
      { f: 'read', at: [3, 4], value: 2 },
      { f: 'read', at: [5, 6], value: 1 },
    ],
    'a write of unknown outcome may never take effect': [
      { f: 'write', at: [0, 0], value: 1, outcome: 'info' },
      { f: 'read', at: [1, 2], value: null },
    ],
    'a chain of compare-and-sets of unknown outcome may explain a read': [
      { f: 'write', at: [0, 1], value: 1 },
      { f: 'cas', at: [2, 2], value: [2, 3], outcome: 'info' },
      { f: 'cas', at: [3, 3], value: [1, 2], outcome: 'info' },
      { f: 'read', at: [4, 5], value: 3 },
    ],
    'a read of unknown outcome says nothing': [{ f: 'read', at: [0, 0], outcome: 'info' }],
    'a delete leaves nothing': [
      { f: 'write', at: [0, 1], value: 1 },
      { f: 'delete', at: [2, 3] },
      { f: 'read', at: [4, 5], value: null },
    ],
    'lists and records are equal by structure': [
      { f: 'write', at: [0, 1], value: { a: 1, b: [2] } },
      { f: 'read', at: [2, 3], value: { b: [2], a: 1 } },
    ],
  };
  for (const [claim, sketches] of Object.entries(cases)) {
    test(`linearizability: ${claim}`, () => {
      expect(checkLinearizable(history(...sketches), register)).toMatchObject({ status: 'ok' });
    });
  }

  test('linearizability: a read of null says nothing of a register that starts at 0 and is never deleted', () => {
    const operations = history({ f: 'write', at: [0, 1], value: 1 }, { f: 'read', at: [2, 3], value: null });
    expect(checkLinearizable(operations, registerSpec(0)).status).toBe('ok');
    expect(checkLinearizable(operations, register).status).toBe('violated');
  });

  test('linearizability: a history in which everything failed is explained, an empty one is unknown', () => {
    expect(checkLinearizable(history({ f: 'write', at: [0, 1], outcome: 'fail' }), register).status).toBe('ok');
    expect(checkLinearizable([], register)).toEqual({
      status: 'unknown',
      sentence: 'The history holds no operation.',
      spent: 0,
    });
  });
});

describe('rejected, with the smallest witness', () => {
  const noise: Sketch[] = [
    { f: 'write', at: [100, 101], value: 7 },
    { f: 'read', at: [102, 103], value: 7 },
    { f: 'write', at: [104, 105], value: 9, key: 'y' },
  ];
  const cases: { claim: string; sketches: Sketch[]; sentence: string; witness: number[] }[] = [
    {
      claim: 'new, then old',
      sketches: [
        { f: 'write', at: [0, 1], value: 4 },
        { f: 'read', at: [2, 3], value: 4 },
        { f: 'write', at: [4, 20], value: 5 },
        { f: 'read', at: [5, 6], value: 5 },
        { f: 'read', at: [7, 8], value: 4 },
      ],
      sentence: 'Read 4 returned 4 after read 3 had returned 5.',
      witness: [4, 3, 0, 2],
    },
    {
      claim: 'old after an acknowledged write',
      sketches: [
        { f: 'write', at: [0, 1], value: 4 },
        { f: 'write', at: [2, 3], value: 5 },
        { f: 'read', at: [4, 5], value: 4 },
      ],
      sentence: 'Read 2 returned 4 after write 1 of 5 was acknowledged.',
      witness: [2, 1, 0],
    },
    {
      claim: 'nothing after an acknowledged write',
      sketches: [
        { f: 'write', at: [0, 1], value: 4 },
        { f: 'read', at: [2, 3], value: null },
      ],
      sentence: 'Read 1 found nothing after write 0 of 4 was acknowledged.',
      witness: [1, 0],
    },
    {
      claim: 'a value after its delete',
      sketches: [
        { f: 'write', at: [0, 1], value: 4 },
        { f: 'delete', at: [2, 3] },
        { f: 'read', at: [4, 5], value: 4 },
      ],
      sentence: 'Read 2 returned 4 after delete 1 was acknowledged.',
      witness: [2, 1, 0],
    },
    {
      claim: 'a value from nowhere',
      sketches: [{ f: 'read', at: [0, 1], value: 3 }],
      sentence: 'Read 0 returned 3, which nobody ever wrote.',
      witness: [0],
    },
    {
      claim: 'a value from the future',
      sketches: [
        { f: 'read', at: [0, 1], value: 3 },
        { f: 'write', at: [2, 3], value: 3 },
      ],
      sentence: 'Read 0 returned 3 before write 1 of it had begun.',
      witness: [0, 1],
    },
    {
      claim: 'a value whose write had failed',
      sketches: [
        { f: 'write', at: [0, 1], value: 3, outcome: 'fail' },
        { f: 'read', at: [2, 3], value: 3 },
      ],
      sentence: 'Read 1 returned 3, although write 0 of it had failed.',
      witness: [1, 0],
    },
    {
      claim: 'two compare-and-sets that both won',
      sketches: [
        { f: 'write', at: [0, 1], value: 1 },
        { f: 'cas', at: [2, 5], value: [1, 2] },
        { f: 'cas', at: [3, 6], value: [1, 3] },
      ],
      sentence: 'No order of operations 0, 1 and 2 on key x explains what they returned.',
      witness: [0, 1, 2],
    },
  ];
  for (const { claim, sketches, sentence, witness } of cases) {
    test(`linearizability: ${claim} is told as "${sentence}"`, () => {
      const verdict = checkLinearizable(history(...sketches, ...noise), register);
      expect(verdict).toEqual({ status: 'violated', sentence, witness: { operations: witness, steps: [], key: 'x' } });
    });
  }

  test('linearizability: key-value store, an append that was acknowledged and is missing', () => {
    const verdict = checkLinearizable(
      history(
        { f: 'append', at: [0, 1], value: 'a' },
        { f: 'append', at: [2, 3], value: 'b' },
        { f: 'read', at: [4, 5], value: 'a' },
      ),
      kvSpec(),
    );
    expect(verdict.sentence).toBe('Read 2 returned "a" after append 1 of "b" was acknowledged.');
  });

  test('linearizability: the witness carries trace steps, and the caller words the values', () => {
    const operations = history(
      { f: 'write', at: [0, 1], value: 4, steps: [10, 11] },
      { f: 'read', at: [2, 3], value: null, steps: [12, 13] },
    );
    const verdict = checkLinearizable(operations, register, { describe: ({ id }) => `v${id}` });
    expect(verdict).toEqual({
      status: 'violated',
      sentence: 'Read 1 found nothing after write 0 of v0 was acknowledged.',
      witness: { operations: [1, 0], steps: [12, 13, 10, 11], key: 'x' },
    });
  });

  test('linearizability: an append to a register is a mistake of the caller', () => {
    expect(() => checkLinearizable(history({ f: 'append', at: [0, 1], value: 1 }), register)).toThrow('does not know');
  });
});

/** 2n operations that all overlap, and one more that finds what nobody wrote: every subset of them is a configuration. */
function pathological(n: number, key = 'x'): Sketch[] {
  const sketches: Sketch[] = [{ f: 'cas', at: [700, 2_900], value: ['never', 1], key }];
  for (let index = 0; index < n; index += 1) {
    sketches.push({ f: 'cas', at: [index, 1_000 + index], value: [index % 5, (index * 3 + 1) % 5], key });
    sketches.push({ f: 'write', at: [300 + index, 2_000 + index], value: index % 5, key });
  }
  return sketches;
}

describe('the budget', () => {
  test(`linearizability: 200 overlapping operations without an answer end in unknown (budget ${LINEARIZABILITY_BUDGET})`, () => {
    const start = performance.now();
    const verdict = checkLinearizable(history(...pathological(100)), register);
    expect(performance.now() - start).toBeLessThan(15_000);
    expect(verdict.status).toBe('unknown');
    if (verdict.status === 'unknown') expect(verdict.spent).toBeGreaterThan(100_000);
  });

  test('linearizability: overlapping appends without an answer end in unknown (200 operations)', () => {
    const sketches: Sketch[] = [];
    for (let index = 0; index < 200; index += 1) {
      sketches.push({ f: 'append', at: [index, 1_000 + index], value: `[${index}]` });
    }
    sketches.push({ f: 'write', at: [500, 2_000], value: '' }, { f: 'read', at: [501, 2_001], value: 'never' });
    const start = performance.now();
    expect(checkLinearizable(history(...sketches), kvSpec()).status).toBe('unknown');
    expect(performance.now() - start).toBeLessThan(15_000);
  });

  test('linearizability: a budget of 1,000 configurations is not overspent by much', () => {
    const verdict = checkLinearizable(history(...pathological(50)), register, { budget: 1_000 });
    expect(verdict).toMatchObject({ status: 'unknown' });
    if (verdict.status === 'unknown') expect(verdict.spent).toBeLessThan(1_100);
  });

  test('linearizability: a key that cannot be decided does not hide a violation on another', () => {
    const sketches = [
      ...pathological(50, 'hard'),
      { f: 'write', at: [5_000, 5_001], value: 1, key: 'easy' } as const,
      { f: 'read', at: [5_002, 5_003], value: 2, key: 'easy' } as const,
    ];
    const verdict = checkLinearizable(history(...sketches), register, { budget: 10_000 });
    expect(verdict).toMatchObject({ status: 'violated', witness: { key: 'easy' } });
  });
});
