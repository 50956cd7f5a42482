import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Operation } from '../../../simulations/kernel/history.ts';
import type { Trace } from '../../../simulations/kernel/trace.ts';
import { series as staleness } from '../../../simulations/models/quorum/series.ts';
import type { DeclaredSeries } from '../../../simulations/models/series.ts';
import type { Run } from '../../../simulations/run/execute.ts';
import { type EventSeries, type LevelSeries, type PointSeries, seriesOf } from '../../../simulations/run/series.ts';
import { quantileOf, spreadOf } from '../../../simulations/run/series-window.ts';
import { runOf, variants } from '../../helpers/scenarios.ts';
import { runToy } from '../stage/toy-model.ts';

const only = (run: Run, id: string) => seriesOf(run).find((one) => one.id === id);
const points = (run: Run, id: string) => only(run, id) as PointSeries;
const level = (run: Run, id: string) => only(run, id) as LevelSeries;
const events = (run: Run, id: string) => only(run, id) as EventSeries;

interface Planted {
  readonly f?: Operation['f'];
  readonly fromUs: number;
  /** Undefined: open at the end of the run. */
  readonly untilUs: number | undefined;
  readonly outcome?: Operation['outcome'];
}

/** A run of nothing but these operations, each ending at a step of its own. */
function planted(operations: readonly Planted[], declared: readonly DeclaredSeries[] = []): Run {
  const closed = [...operations.keys()].filter((id) => operations[id]!.untilUs !== undefined);
  const byEnd = closed.toSorted((a, b) => operations[a]!.untilUs! - operations[b]!.untilUs!);
  const record = {
    endUs: 1_000,
    notes: [],
    operations: operations.map(({ f = 'read', fromUs, untilUs, outcome = 'ok' }, id) => ({
      id,
      client: 'a',
      f,
      key: 'x',
      outcome,
      invokedAt: fromUs,
      completedStep: untilUs === undefined ? undefined : byEnd.indexOf(id),
    })),
  };
  const timeline = {
    length: 0,
    trace: { length: 0 } as Trace,
    timeUs: (step: number) => operations[byEnd[step]!]!.untilUs!,
    worldAt: () => ({ inFlight: [] }),
  };
  return { record, timeline, input: { model: { series: () => declared }, knobs: {} } } as unknown as Run;
}

describe('series of a run', () => {
  const run = runToy(
    {
      a: [
        { f: 'write', to: 'r1', atUs: 10_000, value: 1 },
        { f: 'read', to: 'r1', atUs: 40_000 },
      ],
      b: [{ f: 'read', to: 'r2', atUs: 15_000 }],
    },
    [],
    100_000,
  );

  test('latency: with links of 10 ms and disks of 2 ms a write takes 22 ms, a read 20 ms, each at its end', () => {
    expect([...points(run, 'latency-write').atUs]).toEqual([32_000]);
    expect([...points(run, 'latency-write').values]).toEqual([22_000]);
    expect([...points(run, 'latency-read').atUs]).toEqual([35_000, 60_000]);
    expect([...points(run, 'latency-read').values]).toEqual([20_000, 20_000]);
    expect([...points(run, 'latency-read').operations]).toEqual([1, 2]);
  });

  test('load: operations and messages between 10 and 60 ms, exact to the microsecond', () => {
    const operations = level(run, 'operations-in-flight');
    expect([...operations.atUs]).toEqual([10_000, 15_000, 32_000, 35_000, 40_000, 60_000]);
    expect([...operations.values]).toEqual([1, 2, 1, 0, 1, 0]);
    const messages = level(run, 'messages-in-flight');
    // At 25 ms one read arrives and its answer leaves: the level stays.
    expect([...messages.atUs]).toEqual([10_000, 15_000, 20_000, 22_000, 32_000, 35_000, 40_000, 60_000]);
    expect([...messages.values]).toEqual([1, 2, 1, 2, 1, 0, 1, 0]);
    expect([...events(run, 'messages-sent').atUs]).toEqual([10_000, 15_000, 22_000, 25_000, 40_000, 50_000]);
  });

  test('a message under way at the end has been sent and is in flight', () => {
    const short = runToy({ a: [{ f: 'read', to: 'r1', atUs: 10_000 }] }, [], 15_000);
    expect([...level(short, 'messages-in-flight').values]).toEqual([1]);
    expect([...events(short, 'messages-sent').atUs]).toEqual([10_000]);
    expect(only(short, 'latency-read')).toBeUndefined();
    expect(only(short, 'availability')).toBeUndefined();
  });

  test('timed out and failed operations keep their time and are told apart; open ones have none', () => {
    const mixed = planted([
      { fromUs: 0, untilUs: 300 },
      { fromUs: 10, untilUs: 110, outcome: 'info' },
      { fromUs: 20, untilUs: 50, outcome: 'fail' },
      { fromUs: 30, untilUs: undefined, outcome: 'info' },
    ]);
    const latency = points(mixed, 'latency-read');
    expect([...latency.operations]).toEqual([2, 1, 0]);
    expect([...latency.values]).toEqual([30, 100, 300]);
    expect([...latency.endings]).toEqual([2, 1, 0]);
    expect([...events(mixed, 'availability').good]).toEqual([0, 0, 1]);
    expect(level(mixed, 'operations-in-flight').values.at(-1)).toBe(1);
    expect(spreadOf(latency)).toMatchObject({ count: 1 });
  });

  test('what a model declares stands where its operations ended; of several levels at one instant the last counts', () => {
    const declared: readonly DeclaredSeries[] = [
      {
        kind: 'points',
        id: 'p',
        title: 'P',
        unit: 'count',
        points: [
          { operation: 1, value: undefined },
          { operation: 0, value: 7 },
        ],
      },
      {
        kind: 'level',
        id: 'l',
        title: 'L',
        unit: 'count',
        changes: [
          { atUs: 100, value: 3 },
          { atUs: 100, value: 4 },
          { atUs: 600, value: 0 },
        ],
      },
    ];
    const run = planted(
      [
        { fromUs: 0, untilUs: 300 },
        { fromUs: 0, untilUs: 200 },
      ],
      declared,
    );
    expect([...points(run, 'p').atUs]).toEqual([200, 300]);
    expect([...points(run, 'p').values]).toEqual([Number.NaN, 7]);
    expect([...level(run, 'l').values]).toEqual([4, 0]);
    // Of 1,000 us it held 4 for 500 and 0 for the rest.
    expect([...spreadOf(level(run, 'l')).shares]).toEqual([0.5, 1]);
  });

  test('a run without operations and messages has no series', () => {
    expect(seriesOf(planted([]))).toEqual([]);
  });

  test('the load at an instant is what has begun and not ended (any operations)', () => {
    const instant = fc.integer({ min: 0, max: 40 });
    const operation = fc.tuple(instant, fc.option(fc.integer({ min: 0, max: 20 }), { nil: undefined }));
    fc.assert(
      fc.property(fc.array(operation, { minLength: 1, maxLength: 30 }), instant, (spans, atUs) => {
        const sorted = spans.toSorted(([a], [b]) => a - b);
        const run = planted(
          sorted.map(([fromUs, took]) => ({ fromUs, untilUs: took === undefined ? undefined : fromUs + took })),
        );
        const { atUs: times, values } = level(run, 'operations-in-flight');
        const expected = sorted.filter(([from, took]) => from <= atUs && (took === undefined || from + took > atUs));
        expect(values[times.findLastIndex((us) => us <= atUs)] ?? 0).toBe(expected.length);
      }),
    );
  });
});

describe('series and metrics of the shipped scenarios agree', () => {
  test.each(variants)('%s, %s', (scenario, variant) => {
    const run = runOf(scenario, variant);
    const metric = (id: string) => run.metrics.find((one) => one.id === id)?.value;
    const reads = only(run, 'latency-read');
    if (reads !== undefined && metric('read-p50') !== undefined) {
      expect(quantileOf(spreadOf(reads as PointSeries), 0.5)).toBe(metric('read-p50'));
      expect(quantileOf(spreadOf(reads as PointSeries), 0.99)).toBe(metric('read-p99'));
    }
    const behind = only(run, 'staleness-versions');
    if (behind !== undefined) {
      const { values, shares, count } = spreadOf(behind as PointSeries);
      if (count > 0) expect(1 - (values[0] === 0 ? shares[0]! : 0)).toBeCloseTo(metric('stale-reads')!, 12);
      expect(values.at(-1) ?? 0).toBe(metric('versions-behind'));
      const age = only(run, 'staleness-time') as PointSeries;
      const stale = (behind as PointSeries).values.map((value) => Number(value > 0));
      expect(age.values.map((value) => Number(value > 0))).toEqual(stale);
    }
    const sent = events(run, 'messages-sent');
    const lost = sent.good.filter((good) => good === 0).length;
    expect(lost).toBeLessThanOrEqual(Object.values(run.record.messages).reduce((sum, type) => sum + type.lost, 0));
    const fresh = runOf(scenario, variant);
    fresh.timeline!.worldAt(Math.floor(fresh.timeline!.length / 2));
    expect(seriesOf(fresh)).toEqual(seriesOf(run));
  });
});

describe('staleness of quorum reads', () => {
  const stamp = (timeUs: number) => ({ write: `w${timeUs}`, version: { timeUs, counter: 0, node: 'r1' } });
  const operation = (id: number, f: Operation['f'], fromUs: number, untilUs: number, version: unknown): Operation => ({
    id,
    client: 'a',
    f,
    key: 'x',
    input: null,
    output: null,
    outcome: version === undefined ? 'info' : 'ok',
    invokedAt: fromUs,
    completedAt: version === undefined ? Number.POSITIVE_INFINITY : untilUs,
    invokedOrder: id * 2,
    completedOrder: version === undefined ? Number.POSITIVE_INFINITY : id * 2 + 1,
    completedStep: id,
    version: version as Operation['version'],
  });
  const history = [
    operation(0, 'read', 0, 5, null),
    operation(1, 'write', 10, 20, stamp(10)),
    operation(2, 'write', 30, 40, stamp(30)),
    operation(3, 'write', 50, 65, stamp(50)),
    operation(4, 'read', 100, 110, stamp(10)),
    operation(5, 'read', 120, 130, stamp(50)),
    operation(6, 'read', 140, 200, undefined),
  ];

  test('a read that returns the first of three writes is 2 versions and 100 - 65 us behind', () => {
    const [versions, age] = staleness({ operations: history });
    expect(versions).toMatchObject({
      points: [{ operation: 4, value: 2 }, { operation: 5, value: 0 }, { operation: 6 }],
    });
    expect(age).toMatchObject({ points: [{ operation: 4, value: 35 }, { operation: 5, value: 0 }, { operation: 6 }] });
  });

  test('without reads there is nothing to measure', () => {
    expect(staleness({ operations: history.filter(({ f }) => f === 'write') })).toEqual([]);
  });
});
