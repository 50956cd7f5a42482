import { describe, expect, test } from 'vitest';
import { boundaryWords, proofOf } from '../../../simulations/export/picture/proof.ts';
import { runOf, variants } from '../../helpers/scenarios.ts';

describe.each(variants.filter(([id]) => id.startsWith('raft-challenge') || id.startsWith('quorum')))(
  '%s %s',
  (id, variant) => {
    const run = runOf(id, variant);
    const { model } = run.input;
    const { operations } = run.record;
    const keys = model.keys(operations);
    const witnesses = run.verdicts.flatMap(({ verdict }) => (verdict.status === 'violated' ? [verdict.witness] : []));

    test('a proof says the same, whichever key is in view', () => {
      for (const witness of witnesses) {
        const own = proofOf(run, model.focus(operations, witness.key ?? keys[0] ?? ''), witness);
        for (const key of witness.key === undefined ? [] : keys) {
          const other = proofOf(run, model.focus(operations, key), witness);
          expect(other?.version).toEqual(own?.version);
          if (own !== undefined) expect(boundaryWords(other!)).toBe(boundaryWords(own));
        }
      }
    });
  },
);

test('the version that binds read 90 of raft-challenge is numbered as its own key numbers it', () => {
  const run = runOf('raft-challenge', 'unsynced');
  const { verdict } = run.verdicts.find(({ id }) => id === 'linearizable')!;
  const inView = run.input.model.focus(run.record.operations, 'a');
  expect(verdict.status === 'violated' && proofOf(run, inView, verdict.witness)?.version?.label).toBe('v1');
});
