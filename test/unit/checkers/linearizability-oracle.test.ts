import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkLinearizable } from '../../../simulations/checkers/linearizability.ts';
import { kvSpec, registerSpec, type SequentialSpec } from '../../../simulations/checkers/specs.ts';
import type { Operation } from '../../../simulations/kernel/history.ts';
import { isLinearizable } from './brute-force.ts';
import { randomHistory } from './random-history.ts';

interface Setting {
  readonly title: string;
  readonly spec: SequentialSpec;
  readonly values: readonly string[];
  readonly keys: readonly string[];
  readonly operations: readonly Operation['f'][];
}

const settings: readonly Setting[] = [
  {
    title: 'register with compare-and-set and delete, 1 key',
    spec: registerSpec(),
    values: ['1', '2', '3'],
    keys: ['x'],
    operations: ['read', 'write', 'cas', 'cas', 'delete'],
  },
  {
    title: 'register of reads and writes, 2 values',
    spec: registerSpec(),
    values: ['1', '2'],
    keys: ['x'],
    operations: ['read', 'write'],
  },
  {
    title: 'register that starts with a value, 2 keys',
    spec: registerSpec('1'),
    values: ['1', '2', '3'],
    keys: ['x', 'y'],
    operations: ['read', 'write', 'cas', 'delete'],
  },
  {
    title: 'key-value store with append and delete, 1 key',
    spec: kvSpec(),
    values: ['a', 'b'],
    keys: ['x'],
    operations: ['read', 'write', 'append', 'append', 'delete'],
  },
  {
    title: 'key-value store with append, 2 keys',
    spec: kvSpec(),
    values: ['', 'a', 'b', 'ab'],
    keys: ['x', 'y'],
    operations: ['read', 'append', 'append', 'append'],
  },
];
const RUNS = 4_000;

function judged(operations: readonly Operation[], spec: SequentialSpec): Operation[] {
  const nulls = operations.some((one) => one.f === 'delete');
  return operations.filter((one) => !spec.nullMayBeBlank || nulls || one.f !== 'read' || one.output !== null);
}

for (const setting of settings) {
  const { spec } = setting;
  const histories = randomHistory({ object: spec, ...setting });
  describe(setting.title, () => {
    test(`linearizability: agrees with brute force (${RUNS} random histories of up to 8 operations or so)`, () => {
      const seen = { ok: 0, violated: 0 };
      fc.assert(
        fc.property(histories, (operations) => {
          fc.pre(operations.length > 0);
          const expected = isLinearizable(judged(operations, spec), spec) ? 'ok' : 'violated';
          seen[expected] += 1;
          expect(checkLinearizable(operations, spec).status).toBe(expected);
        }),
        { numRuns: RUNS, seed: 1 },
      );
      expect(Math.min(seen.ok, seen.violated)).toBeGreaterThan(RUNS / 20);
    });

    test(`linearizability: a witness proves the violation alone, and every read of it is needed (${RUNS} random histories)`, () => {
      fc.assert(
        fc.property(histories, (operations) => {
          fc.pre(operations.length > 0);
          const verdict = checkLinearizable(operations, spec);
          if (verdict.status !== 'violated') return;
          const ids = new Set(verdict.witness.operations);
          const witness = operations.filter(({ id }) => ids.has(id));
          expect(witness).toHaveLength(verdict.witness.operations.length);
          expect(isLinearizable(witness, spec)).toBe(false);
          for (const read of witness.filter(({ f }) => f === 'read')) {
            const rest = witness.filter((one) => one !== read);
            expect(isLinearizable(rest, spec), `still violated without read ${read.id}`).toBe(true);
          }
          for (const absent of judged(operations, spec).filter(({ id }) => !ids.has(id))) {
            const more = [...witness, absent];
            expect(isLinearizable(more, spec), `operation ${absent.id} would have explained it`).toBe(false);
          }
        }),
        { numRuns: RUNS, seed: 2 },
      );
    });
  });
}
