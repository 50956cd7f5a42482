import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { execute, metricSummaries, prepareJob, propertySummaries, resolveRun } from '../../../simulations/index.ts';
import { Distribution } from '../../../simulations/search/sweep/distribution.ts';
import { runChunk } from '../../../simulations/search/sweep/run-chunk.ts';
import { rateOfProperty, TallyBook } from '../../../simulations/search/sweep/tally.ts';
import { runOf } from '../../helpers/scenarios.ts';
import { job, scenario, tallyOf } from './fixtures.ts';

const prepared = prepareJob(job(60));
if (!prepared.ok) throw new Error('does not resolve');
const whole = runChunk(prepared.prepared, { from: 1, to: 60 });

describe('a tally', () => {
  test('of neighbouring stretches merges to that of all their seeds, byte for byte, wherever they are cut (60 seeds)', () => {
    expect(whole.properties.linearizable!.violated.length).toBeGreaterThan(3);
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 2, max: 60 }), { maxLength: 6 }), (cuts) => {
        const starts = [1, ...cuts.sort((a, b) => a - b)];
        const book = new TallyBook();
        starts.forEach((from, at) => {
          book.addTally(JSON.parse(JSON.stringify(tallyOf({ from, to: (starts[at + 1] ?? 61) - 1 }))));
        });
        expect(JSON.stringify(book.tally())).toBe(JSON.stringify(whole));
      }),
      { numRuns: 15 },
    );
  });

  test('of a scenario without a witness counts every seed', () => {
    const { witness, ...rest } = scenario;
    const { request } = job(20);
    const loose = prepareJob({ ...job(20), request: { ...request, scenario: rest } });
    if (!loose.ok) throw new Error('does not resolve');
    const counted = runChunk(loose.prepared, { from: 1, to: 20 });
    expect(counted.witnessed).toBe(20);
    expect(tallyOf({ from: 1, to: 20 }).witnessed).toBeLessThan(20);
    expect(witness).toBeDefined();
  });

  test('counts what the runs of its seeds show, each resolved on its own (seeds 1 to 20)', () => {
    const seeds = Array.from({ length: 20 }, (_, at) => at + 1);
    const runs = seeds.map((seed) => runOf(scenario.id, 'off', { seed, history: false }));
    const violates = (run: (typeof runs)[number], id: string) =>
      run.verdicts.find((named) => named.id === id)!.verdict.status === 'violated';
    const tally = tallyOf({ from: 1, to: 20 });
    const witnessed = runs.filter((run) => run.witnessed[scenario.witness!]);
    expect(tally.witnessed).toBe(witnessed.length);
    expect(tally.events).toBe(runs.reduce((sum, run) => sum + run.events, 0));
    for (const id of Object.keys(tally.properties)) {
      expect(tally.properties[id]!.violated, id).toEqual(
        witnessed.filter((run) => violates(run, id)).map((run) => run.input.seed),
      );
    }
  });

  test('keeps violations of seeds without the witness apart from the rate', () => {
    const resolved = resolveRun({ model: scenario.model, scenario, variant: 'off', seed: 11 });
    if (!resolved.ok) throw new Error('does not resolve');
    const run = execute({ ...resolved.input, history: false });
    const book = new TallyBook();
    book.addRun({ ...run, witnessed: {} }, scenario, []);
    const { linearizable } = book.tally().properties;
    expect(linearizable).toMatchObject({ ok: 0, violated: [], violatedUnwitnessed: [11] });
    expect(book.violations).toBe(1);
    expect(rateOfProperty(linearizable!)).toMatchObject({ count: 0, of: 0, high: 1 });
  });

  test('holds a run to the floor of its own variant, where that has one', () => {
    const stalledWith = (ofScenario: number, ofVariant?: number) => {
      const variants = scenario.variants.map((one) => (one.id === 'off' ? { ...one, progressMin: ofVariant } : one));
      const { request } = job(12);
      const held = prepareJob({
        ...job(12),
        request: { ...request, scenario: { ...scenario, progressMin: ofScenario, variants } },
      });
      if (!held.ok) throw new Error('does not resolve');
      return runChunk(held.prepared, { from: 1, to: 12 }).stalled;
    };
    expect(stalledWith(0)).toEqual([]);
    expect(stalledWith(1.01).length).toBeGreaterThan(0);
    expect(stalledWith(1.01, 0)).toEqual([]);
    expect(stalledWith(0, 1.01)).toEqual(stalledWith(1.01));
  });

  test('takes no unknown verdict for one that holds', () => {
    const summary = propertySummaries(whole)['no-resurrection']!;
    expect(summary).toMatchObject({ unknown: whole.witnessed, rate: { count: 0, of: 0, low: 0, high: 1 } });
  });

  test('of a model without a scenario counts every seed', () => {
    const bare = prepareJob({ request: { model: 'quorum' }, seeds: { from: 1, to: 3 } });
    if (!bare.ok) throw new Error('does not resolve');
    expect(runChunk(bare.prepared, { from: 1, to: 3 })).toMatchObject({ seeds: 3, witnessed: 3 });
  });
});

describe('a distribution', () => {
  const units = { us: [0, 5_000_000], count: [0, 40_000], ratio: [0, 1] } as const;

  test.each(['us', 'count', 'ratio'] as const)(
    'in %s gives quantiles within 0.2 % of those of the sorted values',
    (unit) => {
      const [min, max] = units[unit];
      const value = fc.double({ min, max, noNaN: true }).map((drawn) => (unit === 'us' ? Math.round(drawn) : drawn));
      fc.assert(
        fc.property(
          fc.array(value, { minLength: 1, maxLength: 300 }),
          fc.constantFrom(50, 90, 99),
          (values, percent) => {
            const distribution = new Distribution(unit);
            for (const one of values) distribution.record(one);
            const sorted = [...values].sort((a, b) => a - b);
            const exact = sorted[Math.max(1, Math.ceil((values.length * percent) / 100)) - 1]!;
            // Below a thousandth of a count, or a millionth of a ratio, the scale ends.
            const slack = unit === 'us' ? 0.5 : unit === 'count' ? 0.001 : 0.000_001;
            expect(Math.abs(distribution.quantile(percent) - exact)).toBeLessThanOrEqual(exact * 0.002 + slack);
          },
        ),
      );
    },
  );

  test('gives whole counts to 2,047 and halves of a ratio back exactly', () => {
    for (let count = 0; count < 2048; count += 89) {
      const distribution = new Distribution('count');
      distribution.record(count);
      expect(distribution.quantile(50)).toBe(count);
    }
    for (const share of [0, 0.25, 0.5, 1]) {
      const distribution = new Distribution('ratio');
      distribution.record(share);
      expect(distribution.quantile(50)).toBe(share);
    }
  });

  test('is the same whatever the order in which parts are added', () => {
    const parts = fc.array(fc.array(fc.integer({ min: 0, max: 10_000_000 }), { minLength: 1 }), { minLength: 2 });
    fc.assert(
      fc.property(parts, (lists) => {
        const distributions = lists.map((list) => {
          const part = new Distribution('us');
          for (const value of list) part.record(value);
          return { ...part.extremes, buckets: part.buckets };
        });
        const sum = (of: typeof distributions) => {
          const all = new Distribution('us');
          for (const part of of) all.add(part);
          return JSON.stringify([all.extremes, all.buckets]);
        };
        expect(sum(distributions)).toBe(sum([...distributions].reverse()));
      }),
      { numRuns: 30 },
    );
  });

  test.each([-1, Number.NaN, Number.POSITIVE_INFINITY])('refuses %d', (value) => {
    expect(() => new Distribution('us').record(value)).toThrow(/a metric is a finite number/);
  });

  test('of a metric agrees with the values that the job kept exact (60 seeds)', () => {
    for (const id of scenario.cost.metrics) {
      const values = whole.exact[id]!.flatMap(([value, count]) => Array<number>(count).fill(value));
      const { p50, min, max, count } = metricSummaries(whole)[id]!;
      expect(count).toBe(values.length);
      const exact = values[Math.ceil(values.length / 2) - 1]!;
      expect(Math.abs(p50 - exact)).toBeLessThanOrEqual(exact * 0.002);
      expect([min, max].map((value) => value.toPrecision(5))).toEqual(
        [values[0]!, values.at(-1)!].map((value) => value.toPrecision(5)),
      );
    }
  });
});
