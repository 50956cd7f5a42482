import { describe, expect, test } from 'vitest';
import { execute, type Run, resolveRun, type Variant, verificationOf } from '../../../simulations/index.ts';
import { rateOf } from '../../../simulations/run/statistics.ts';
import { runOf } from '../../helpers/scenarios.ts';
import { scenario, tallyOf } from './fixtures.ts';

const variant = scenario.variants.find(({ id }) => id === 'off')!;
const pinned = runOf(scenario.id, 'off', { history: false });
const SEEDS = 60;
const tally = tallyOf({ from: 1, to: SEEDS });

/** Every seed's run on its own, as nobody would who has a pool. */
const runs: readonly Run[] = Array.from({ length: SEEDS }, (_, at) => {
  const resolved = resolveRun({ model: scenario.model, scenario, variant: 'off', seed: at + 1 });
  if (!resolved.ok) throw new Error('does not resolve');
  return execute({ ...resolved.input, history: false });
}).filter((run) => run.witnessed[scenario.witness!]);

describe('the verification of a variant', () => {
  const verified = verificationOf(scenario, variant, pinned, tally);

  test(`has the rates, seeds and exact medians of ${SEEDS} runs made one by one`, () => {
    const violating = (id: string) =>
      runs
        .filter((run) => run.verdicts.some((named) => named.id === id && named.verdict.status === 'violated'))
        .map((run) => run.input.seed);
    expect(verified).toMatchObject({ variant: 'off', digest: pinned.digest, seeds: SEEDS, witnessed: runs.length });
    expect(Object.keys(verified.violatingSeeds)).toEqual(['linearizable', 'monotonic-reads']);
    for (const [id, seeds] of Object.entries(verified.violatingSeeds)) {
      expect(seeds, id).toEqual(violating(id));
      expect(verified.violations[id]).toEqual(rateOf(seeds.length, runs.length));
    }
    for (const metric of scenario.cost.metrics) {
      const values = runs.flatMap((run) => run.metrics.filter(({ id }) => id === metric).map(({ value }) => value));
      expect(verified.medians[metric], metric).toBe(values.sort((a, b) => a - b)[Math.floor(values.length / 2)]);
    }
    expect(verified.mismatches).toEqual([]);
  });

  const claims = (rates: Variant['rates']) => verificationOf(scenario, { ...variant, rates }, pinned, tally).mismatches;

  test('refutes "never" by one seed, and a rate only when the whole interval is on the wrong side', () => {
    const { share, low, high } = verified.violations.linearizable!;
    expect(claims([{ property: 'linearizable', atMost: 0 }])).toEqual([
      {
        variant: 'off',
        seed: verified.violatingSeeds.linearizable![0],
        sentence: expect.stringContaining('at most 0'),
      },
    ]);
    expect(claims([{ property: 'linearizable', atMost: (share + low) / 2 }])).toEqual([]);
    expect(claims([{ property: 'linearizable', atLeast: (share + high) / 2 }])).toEqual([]);
    expect(claims([{ property: 'linearizable', atLeast: high + 0.01 }])).toHaveLength(1);
  });

  test('says so when seeds stalled, and when nothing was witnessed', () => {
    const stalled = verificationOf(scenario, variant, pinned, { ...tally, stalled: [4, 9] }).mismatches;
    expect(stalled).toEqual([
      { variant: 'off', seed: 4, sentence: expect.stringMatching(/^in 2 of \d+ seeds too few/) },
    ]);
    const none = verificationOf(scenario, { ...variant, rates: [] }, pinned, { ...tally, witnessed: 0 }).mismatches;
    expect(none.map(({ sentence }) => sentence)).toEqual(['the witness occurred in no seed, so nothing is shown']);
  });
});
