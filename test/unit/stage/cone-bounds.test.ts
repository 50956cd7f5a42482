import fc from 'fast-check';
import { expect, test } from 'vitest';
import { coneOf } from '../../../app/_stage/layout/causality.ts';
import { coneBounds } from '../../../simulations/export/picture/cone-bounds.ts';
import { runIndex } from '../../../simulations/export/picture/run-index.ts';
import { execute } from '../../../simulations/run/execute.ts';
import { longInput } from '../../helpers/long-run.ts';

/** Every kind of fault, about 14,000 steps. */
const run = execute({ ...longInput(20), checks: false });
const { stepsOf } = runIndex(run);
const anyStep = fc.integer({ min: 0, max: run.timeline!.length - 1 });

test('the bounds of a cone split every host into past, concurrent and future, as looking at each step does (any step)', () => {
  fc.assert(
    fc.property(anyStep, (step) => {
      const { relation } = coneOf(run, step);
      coneBounds(run, relation).forEach(({ past, future }, host) => {
        const expected = stepsOf[host]!.map((one, at) => (one === step ? 3 : at < past ? 1 : at >= future ? 2 : 0));
        expect(stepsOf[host]!.map((one) => relation[one]!)).toEqual(expected);
      });
    }),
    { numRuns: 25 },
  );
});

test('a cone counts its past and its future as looking at each step does (any step)', () => {
  fc.assert(
    fc.property(anyStep, (step) => {
      const { relation, past, future } = coneOf(run, step);
      const count = (value: number) => relation.reduce((sum, one) => sum + Number(one === value), 0);
      expect([past, future]).toEqual([count(1), count(2)]);
    }),
    { numRuns: 60 },
  );
});

test('what an explanation lights is in no order: of each host the last lit step counts', () => {
  const relation = new Uint8Array(run.timeline!.length);
  const [host] = stepsOf;
  for (const at of [5, 900, 12]) relation[host![at]!] = 1;
  const [bounds, other] = coneBounds(run, relation);
  expect(bounds).toEqual({ past: 901, future: host!.length });
  expect(other).toEqual({ past: 0, future: stepsOf[1]!.length });
});
