import { describe, expect, test } from 'vitest';
import { figureLines } from '../../../simulations/cli/bench.ts';
import {
  derivedFigures,
  engineParts,
  measurePart,
  models,
  prepareJob,
  sweepScenario,
  targets,
} from '../../../simulations/index.ts';
import { busyRun } from '../../../simulations/run/bench/busy-run.ts';
import { isMet } from '../../../simulations/run/bench/figures.ts';
import { bestRate, percentile } from '../../../simulations/run/bench/rate.ts';
import { execute } from '../../../simulations/run/execute.ts';
import { runChunk } from '../../../simulations/search/sweep/run-chunk.ts';

/** A clock that moves on by what work costs. */
function bookedTime() {
  let ms = 0;
  return { now: () => ms, spend: (cost: number) => (ms += cost) };
}

describe('rates', () => {
  test('the best of eight rounds counts, and the warm-up does not', () => {
    const time = bookedTime();
    // Warm-up: 1,500 rounds of 1 ms. Then 10 units of work at a time take 250 ms, twice 125 ms, 500 ms, and five times 250 ms.
    const costs = [...Array.from({ length: 1_500 }, () => 1), 250, 125, 125, 500, 250, 250, 250, 250, 250];
    const rate = bestRate(() => {
      time.spend(costs.shift()!);
      return 10;
    }, time.now);
    expect(costs).toEqual([]);
    expect(rate).toBe(80);
  });

  test('percentile: 99 of 100 values lie below the 99th percentile, and one value is all of its percentiles', () => {
    const values = Array.from({ length: 100 }, (_, at) => 99 - at);
    expect([percentile(values, 0), percentile(values, 0.5), percentile(values, 0.99)]).toEqual([0, 50, 99]);
    expect(percentile([7], 0.99)).toBe(7);
  });
});

describe.each(models.map((model) => [model.id, model] as const))('the measured runs of %s', (_id, model) => {
  test('clients are at work until the end of the busy run, of every length', () => {
    const setups = [{}, ...Object.values(model.busySetups ?? {})];
    for (const [durationUs, knobs] of [2_000_000, 20_000_000].flatMap((us) =>
      setups.map((one) => [us, one] as const),
    )) {
      const run = execute({ ...busyRun({ model, knobs }, durationUs), history: false, checks: false });
      const clients = new Set(run.record.operations.map(({ client }) => client));
      expect([run.stopped, clients.size]).toEqual(['duration', 4]);
      for (const client of clients) {
        const last = run.record.operations.findLast((operation) => operation.client === client)!;
        expect(last.invokedAt).toBeGreaterThan(durationUs - 300_000);
      }
      expect(run.events / (durationUs / 1_000_000)).toBeGreaterThan(500);
    }
  });

  test('a sweep runs 10 seconds with all checks and two clients', () => {
    const prepared = prepareJob({
      request: { model: model.id, scenario: sweepScenario(model) },
      seeds: { from: 1, to: 3 },
    });
    if (!prepared.ok) throw new Error(JSON.stringify(prepared.problems));
    const { input } = prepared.prepared;
    expect([input.durationUs, input.checks ?? true]).toEqual([10_000_000, true]);
    const run = execute(input);
    expect(new Set(run.record.operations.map(({ client }) => client)).size).toBe(2);
    expect(runChunk(prepared.prepared, { from: 1, to: 3 })).toMatchObject({ seeds: 3 });
  });

  test('every figure that has a target is measured, and every figure is a positive number', () => {
    // Each reading of this clock is a second later, so that every round is short.
    let ms = 0;
    let bytes = 0;
    const now = () => (ms += 1000);
    const heapBytes = () => (bytes += 1_000_000);
    const size = { busyUs: 500_000, keptEvents: 3_000, looks: 10 };
    const parts = engineParts.map((part) => measurePart(part, { model }, { now, heapBytes }, size));
    const measured = Object.assign({}, ...parts) as Record<string, number>;
    const figures: Record<string, number> = { ...measured, ...derivedFigures(measured) };
    for (const [name, value] of Object.entries(figures)) expect(value, name).toBeGreaterThan(0);
    const measuredHere = targets.filter(
      ({ figure }) =>
        /^(engine|statechart)\./.test(figure) && (model.id === 'quorum' || figure !== 'engine.handWrittenRatio'),
    );
    expect(Object.keys(figures)).toEqual(expect.arrayContaining(measuredHere.map(({ figure }) => figure)));
    expect(figures['engine.keptEvents']).toBeGreaterThanOrEqual(3_000);
    expect(figures['engine.bytesPerEvent']).toBe(1_000_000 / figures['engine.keptEvents']!);
    expect([figures['engine.seekMs.p99'], figures['engine.stepMs.p99']]).toEqual([1000, 1000]);
  });
});

describe('the report', () => {
  test.each([
    ['engine.eventsPerSecond.bare', 1_000_000, true],
    ['engine.eventsPerSecond.bare', 999_999, false],
    ['engine.bytesPerEvent', 150, true],
    ['engine.bytesPerEvent', 150.1, false],
  ])('%s of %d: met is %s', (figure, value, met) => {
    expect(isMet(targets.find((target) => target.figure === figure)!, value)).toBe(met);
  });

  test('figures come in groups, with target and verdict where they have one', () => {
    const lines = figureLines({
      'engine.events': 12_130,
      'engine.eventsPerSecond.bare': 1_200_000,
      'explore.statesPerSecond': 90_000,
      'engine.bytesPerEvent': 174.31,
      'consensus.engine.events': 5,
      'machine.processorShare': 0.95,
    });
    expect(lines.map((line) => line.replace(/ {2,}/g, ' | '))).toEqual([
      'Engine: busy runs, one thread',
      ' | engine.events | 12,130',
      ' | engine.eventsPerSecond.bare | 1,200,000 | target at least 1,000,000: met',
      ' | engine.bytesPerEvent | 174.3 | target at most 150: missed',
      '',
      'Explore: two-phase commit, seven resource managers',
      ' | explore.statesPerSecond | 90,000 | target at least 100,000: missed',
      '',
      'Machine, while one thread was measured',
      ' | machine.processorShare | 0.95',
      '',
      'Other models',
      ' | consensus.engine.events | 5.00',
      '',
    ]);
  });

  test('a crowded machine is said to be one', () => {
    expect(figureLines({ 'machine.processorShare': 0.31 }).at(-1)).toMatch(/^Other work left 31\.00 % of a processor/);
    expect(figureLines({ 'machine.processorShare': 1 }).join('\n')).not.toContain('Other work');
  });
});
