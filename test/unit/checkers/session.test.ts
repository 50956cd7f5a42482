import { describe, expect, test } from 'vitest';
import {
  checkMonotonicReads,
  checkMonotonicWrites,
  checkReadYourWrites,
  checkWritesFollowReads,
  type SessionOptions,
  type VersionOrder,
} from '../../../simulations/checkers/session.ts';
import type { Value } from '../../../simulations/kernel/value.ts';
import { history, type Sketch } from './history-builder.ts';

/** Numbers are a total order; lists of numbers are sets of siblings, ordered by inclusion. */
function compare(a: Value, b: Value): VersionOrder {
  const one = new Set(Array.isArray(a) ? a : Array.from({ length: Number(a) }, (_, index) => index));
  const other = new Set(Array.isArray(b) ? b : Array.from({ length: Number(b) }, (_, index) => index));
  const within = [...one].every((element) => other.has(element));
  const around = [...other].every((element) => one.has(element));
  if (within && around) return 'equal';
  return within ? 'before' : around ? 'after' : 'concurrent';
}
const options: SessionOptions = { compare, describe: ({ version }) => `v${version}` };

const checks = {
  'read your writes': checkReadYourWrites,
  'monotonic reads': checkMonotonicReads,
  'monotonic writes': checkMonotonicWrites,
  'writes follow reads': checkWritesFollowReads,
} as const;

const write = (at: number, version: Value, more: Partial<Sketch> = {}): Sketch => ({
  f: 'write',
  at: [at, at + 1],
  client: 'a',
  version,
  ...more,
});
const read = (at: number, version: Value, more: Partial<Sketch> = {}): Sketch => ({
  ...write(at, version, more),
  f: 'read',
});

interface Case {
  readonly check: keyof typeof checks;
  readonly claim: string;
  readonly sketches: readonly Sketch[];
  readonly siblings?: boolean;
}

const accepted: readonly Case[] = [
  { check: 'read your writes', claim: 'its own version', sketches: [write(0, 3), read(2, 3)] },
  { check: 'read your writes', claim: 'a newer version', sketches: [write(0, 3), read(2, 5)] },
  {
    check: 'read your writes',
    claim: 'nothing after its own delete',
    sketches: [write(0, 3), write(2, 4, { f: 'delete' }), read(4, null)],
  },
  {
    check: 'read your writes',
    claim: 'nothing after a later delete by another client, of unknown outcome',
    sketches: [
      write(0, 3),
      write(2, 4, { f: 'delete', client: 'b', outcome: 'info', version: undefined }),
      read(4, null),
    ],
  },
  {
    check: 'read your writes',
    claim: 'an older version while its own write was still open',
    sketches: [write(0, 1), write(2, 3, { at: [2, 6] }), read(4, 1, { at: [4, 5] })],
  },
  {
    check: 'read your writes',
    claim: 'a concurrent version, where one may win',
    sketches: [write(0, [1]), read(2, [2])],
  },
  { check: 'monotonic reads', claim: 'the same, then a newer one', sketches: [read(0, 3), read(2, 3), read(4, 4)] },
  { check: 'monotonic reads', claim: 'nothing, then something', sketches: [read(0, 2), read(2, 2), read(4, 3)] },
  {
    check: 'monotonic reads',
    claim: 'older, but on another key or by another client',
    sketches: [read(0, 3), read(2, 3), read(4, 2, { key: 'y' }), read(6, 1, { client: 'b' })],
  },
  {
    check: 'monotonic reads',
    claim: 'one sibling more',
    sketches: [read(0, [1]), read(2, [1, 2])],
    siblings: true,
  },
  { check: 'monotonic writes', claim: 'newer versions', sketches: [write(0, 3), write(2, 4)] },
  {
    check: 'monotonic writes',
    claim: 'an older version whose outcome is unknown',
    sketches: [write(0, 3), write(2, 2, { outcome: 'info' }), write(4, 5)],
  },
  { check: 'writes follow reads', claim: 'a newer version', sketches: [read(0, 3), write(2, 4)] },
];

const rejected: readonly (Case & { readonly sentence: string; readonly witness: readonly number[] })[] = [
  {
    check: 'read your writes',
    claim: 'an older version',
    sketches: [write(0, 3), read(2, 2)],
    sentence: 'Read 1 returned v2 after write 0 of the same client had stored v3.',
    witness: [1, 0],
  },
  {
    check: 'read your writes',
    claim: 'nothing',
    sketches: [write(0, 3), read(2, null)],
    sentence: 'Read 1 found nothing after write 0 of the same client had stored v3.',
    witness: [1, 0],
  },
  {
    check: 'read your writes',
    claim: 'nothing, though a delete was older or came later',
    sketches: [
      write(0, 2, { f: 'delete', client: 'b' }),
      write(2, 3),
      read(4, null),
      write(6, 4, { f: 'delete', client: 'b' }),
    ],
    sentence: 'Read 2 found nothing after write 1 of the same client had stored v3.',
    witness: [2, 1],
  },
  {
    check: 'read your writes',
    claim: 'the value it had deleted',
    sketches: [write(0, 3), write(2, 4, { f: 'delete' }), read(4, 3)],
    sentence: 'Read 2 returned v3 after delete 1 of the same client had stored v4.',
    witness: [2, 1],
  },
  {
    check: 'read your writes',
    claim: 'a concurrent version, where siblings are kept',
    sketches: [write(0, [1]), read(2, [2])],
    siblings: true,
    sentence: 'Read 1 returned v2 after write 0 of the same client had stored v1.',
    witness: [1, 0],
  },
  {
    check: 'monotonic reads',
    claim: 'an older version than its latest reads',
    sketches: [read(0, 3), read(2, 5), read(4, 5), read(6, 4)],
    sentence: 'Read 3 returned v4 after read 2 of the same client had returned v5.',
    witness: [3, 2],
  },
  {
    check: 'monotonic reads',
    claim: 'nothing after something',
    sketches: [read(0, 3), read(2, null)],
    sentence: 'Read 1 found nothing after read 0 of the same client had returned v3.',
    witness: [1, 0],
  },
  {
    check: 'monotonic writes',
    claim: 'an older version',
    sketches: [write(0, 3), write(2, 2, { f: 'append' })],
    sentence: 'Append 1 stored v2 after write 0 of the same client had stored v3.',
    witness: [1, 0],
  },
  {
    check: 'writes follow reads',
    claim: 'an older version than it had read',
    sketches: [read(0, 3), write(2, 2)],
    sentence: 'Write 1 stored v2 after read 0 of the same client had returned v3.',
    witness: [1, 0],
  },
];

describe('accepted', () => {
  for (const { check, claim, sketches, siblings } of accepted) {
    test(`${check}: a client may get ${claim}`, () => {
      const verdict = checks[check](history(...sketches), { ...options, keepsSiblings: siblings ?? false });
      expect(verdict).toMatchObject({ status: 'ok' });
    });
  }
});

describe('rejected', () => {
  for (const { check, claim, sketches, siblings, sentence, witness } of rejected) {
    test(`${check}: a client never gets ${claim}`, () => {
      const verdict = checks[check](history(...sketches), { ...options, keepsSiblings: siblings ?? false });
      expect(verdict).toEqual({ status: 'violated', sentence, witness: { operations: witness, steps: [], key: 'x' } });
    });
  }

  test('monotonic reads: the witness carries trace steps in the order of the sentence', () => {
    const operations = history(read(0, 3, { steps: [1, 2] }), read(2, 1, { steps: [3, 4] }));
    expect(checkMonotonicReads(operations, { compare })).toMatchObject({
      sentence: 'Read 1 returned version 1 after read 0 of the same client had returned version 3.',
      witness: { steps: [3, 4, 1, 2] },
    });
  });
});

describe('unknown', () => {
  const nothing: Record<keyof typeof checks, readonly Sketch[]> = {
    'read your writes': [write(0, 3, { outcome: 'info' }), read(2, 1)],
    'monotonic reads': [read(0, null), read(2, 3)],
    'monotonic writes': [write(0, 3), write(2, 2, { client: 'b' })],
    'writes follow reads': [read(0, 3), write(2, 2, { key: 'y' })],
  };
  for (const [check, sketches] of Object.entries(nothing)) {
    test(`${check}: nothing to compare is unknown`, () => {
      expect(checks[check as keyof typeof checks](history(...sketches), options)).toMatchObject({ status: 'unknown' });
    });
  }
});
