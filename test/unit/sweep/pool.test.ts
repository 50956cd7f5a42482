import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { SweepPool, type SweepState } from '../../../simulations/index.ts';
import { CHUNK_SEEDS } from '../../../simulations/search/sweep/job.ts';
import { prepareJob, runChunk } from '../../../simulations/search/sweep/run-chunk.ts';
import { answerAt, FakeWorkers, inThread, job, scenario, stateOf, sweepWith, tallyOf } from './fixtures.ts';

const SEEDS = { from: 1, to: 130 };
const expected = JSON.stringify(stateOf(SEEDS));
const picks = fc.array(fc.nat(7), { minLength: 1, maxLength: 20 });

describe('a sweep gives the same bytes', () => {
  test('with 1, 2, 3 or 8 workers that answer in any order (130 seeds)', () => {
    fc.assert(
      fc.property(fc.constantFrom(1, 2, 3, 8), picks, (workers, order) => {
        const { state } = sweepWith({ job: job(130), workers, step: answerAt(order) });
        expect(JSON.stringify(state)).toBe(expected);
      }),
      { numRuns: 20 },
    );
  });

  test('when workers die now and then: their seeds are run again', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(1, 2, 3),
        picks,
        fc.array(fc.boolean(), { maxLength: 6 }),
        (workers, order, deaths) => {
          const dead = new Map<number, number>();
          const { state } = sweepWith({
            job: job(130),
            workers,
            step(fakes, busy, at) {
              const worker = busy[order[at % order.length]! % busy.length]!;
              const { from } = worker.inbox[0]!.seeds;
              const before = dead.get(from) ?? 0;
              if (deaths[at] !== true || before >= 2) return fakes.answer(worker);
              dead.set(from, before + 1);
              fakes.die(worker, 'gone');
            },
          });
          expect(JSON.stringify(state)).toBe(expected);
        },
      ),
      { numRuns: 20 },
    );
  });

  test('when it is cancelled anywhere and started again from its state', () => {
    fc.assert(
      fc.property(fc.nat(6), picks, fc.constantFrom(1, 3), (answers, order, workers) => {
        const fakes = new FakeWorkers();
        const handlers = { onDone: vi.fn(), onError: vi.fn() };
        const running = new SweepPool(fakes.spawn, workers).start(job(130), handlers);
        const step = answerAt(order);
        for (let at = 0; at < answers && fakes.busy.length > 0; at++) step(fakes, fakes.busy, at);
        running.cancel();
        const begun = JSON.parse(JSON.stringify(running.state())) as SweepState;
        const { state } = sweepWith({ job: job(130), workers: 2, step, begun });
        expect(JSON.stringify(state)).toBe(expected);
      }),
      { numRuns: 20 },
    );
  });

  test('as one that runs every seed in this thread', () => {
    const queue: (() => void)[] = [];
    const states: SweepState[] = [];
    const pool = new SweepPool(
      inThread((answer) => queue.push(answer)),
      2,
    );
    pool.start(job(60), { onDone: (state) => states.push(state), onError: (message) => expect.fail(message) });
    for (let next = queue.pop(); next !== undefined; next = queue.pop()) next();
    expect(states.map((state) => JSON.stringify(state))).toEqual([JSON.stringify(stateOf({ from: 1, to: 60 }))]);
  });
});

describe('an early stop', () => {
  const violatingIn = (to: number) =>
    new Set(Object.values(tallyOf({ from: 1, to }).properties).flatMap(({ violated }) => violated)).size;

  test('after k violating seeds keeps the shortest beginning that has them, whatever the order of answers', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), fc.constantFrom(1, 2, 3, 8), picks, (violations, workers, order) => {
        const { state } = sweepWith({ job: job(130), workers, step: answerAt(order), stop: { violations } });
        expect(state.stopped).toBe('violations');
        expect(violatingIn(state.next - 1)).toBeGreaterThanOrEqual(violations);
        expect(violatingIn(state.next - 1 - CHUNK_SEEDS)).toBeLessThan(violations);
        expect(JSON.stringify(state.tally)).toBe(JSON.stringify(tallyOf({ from: 1, to: state.next - 1 })));
      }),
      { numRuns: 20 },
    );
  });

  test('below a width needs every rate that narrow, and ends at the same seed with 1 and 3 workers', () => {
    const ends = [1, 3].map((workers) => {
      const { state } = sweepWith({ job: job(130), workers, step: answerAt([2, 0, 1]), stop: { width: 0.16 } });
      return [state.stopped, state.next];
    });
    expect(ends[0]).toEqual(ends[1]);
    expect(ends[0]![0]).toBe('width');
    expect(ends[0]![1]).toBeGreaterThan(26);
  });

  test('that never comes runs every seed', () => {
    const { state } = sweepWith({
      job: job(130),
      workers: 2,
      step: answerAt([0]),
      stop: { violations: 1000, width: 0.001 },
    });
    expect(JSON.stringify(state)).toBe(expected);
  });

  test('leaves its workers to the next sweep, whose job they get, and ignores what they still answer to the first', () => {
    const fakes = new FakeWorkers();
    const pool = new SweepPool(fakes.spawn, 2);
    const done: SweepState[] = [];
    const handlers = { onDone: (state: SweepState) => done.push(state), onError: expect.fail };
    pool.start(job(130), handlers, { stop: { violations: 1 } });
    fakes.answer(fakes.all[0]!);
    expect(done.map(({ next }) => next)).toEqual([26]);
    const onProgress = vi.fn();
    pool.start(job(60, 11), { ...handlers, onProgress });
    expect(fakes.all).toHaveLength(2);
    fakes.answer(fakes.all[1]!);
    expect(onProgress).not.toHaveBeenCalled();
    while (done.length < 2) fakes.answer(fakes.busy[0]!);
    expect(fakes.jobs.map(({ seeds }) => seeds.from)).toEqual([1, 1, 11, 11]);
    expect(JSON.stringify(done[1])).toBe(JSON.stringify(stateOf({ from: 11, to: 60 })));
  });
});

describe('a pool', () => {
  test('gives up on seeds that end three workers, names them and the reason, and keeps what came before', () => {
    const outcome = sweepWith({
      job: job(130),
      workers: 2,
      step(fakes, busy) {
        const healthy = busy.find(({ inbox }) => inbox[0]!.seeds.from !== 51);
        if (healthy !== undefined) fakes.answer(healthy);
        else fakes.die(busy[0]!, 'out of memory');
      },
    });
    expect(outcome).toMatchObject({ error: 'seeds 51 to 75 ended 3 workers, the last with: out of memory' });
    expect(outcome.state.next).toBe(51);
  });

  test('ends with the message of a run that breaks, without running it again', () => {
    const queue: (() => void)[] = [];
    const spawn = vi.fn(inThread((answer) => queue.push(answer)));
    const errors: string[] = [];
    const broken = { ...job(60), request: { ...job(60).request, set: { readQuorum: 9 } } };
    new SweepPool(spawn, 1).start(broken, { onDone: () => expect.fail(), onError: (message) => errors.push(message) });
    for (let next = queue.pop(); next !== undefined; next = queue.pop()) next();
    expect(errors).toEqual([expect.stringMatching(/^knobs\.readQuorum: found 9; allowed: a whole number from 1 to 7/)]);
    expect(spawn).toHaveBeenCalledOnce();
  });

  test('names the seed whose run throws', () => {
    const prepared = prepareJob(job(60));
    if (!prepared.ok) throw new Error('does not resolve');
    const { input } = prepared.prepared;
    const model = {
      ...input.model,
      metrics: () => {
        throw new Error('no figures');
      },
    };
    const breaks = { ...prepared.prepared, input: { ...input, model } };
    expect(() => runChunk(breaks, { from: 7, to: 9 })).toThrow('seed 7: no figures');
  });

  test('that is cancelled ends its busy workers and says nothing more', () => {
    const fakes = new FakeWorkers();
    const handlers = { onProgress: vi.fn(), onDone: vi.fn(), onError: vi.fn() };
    const running = new SweepPool(fakes.spawn, 3).start(job(130), handlers);
    fakes.answer(fakes.busy[1]!);
    const busy = [...fakes.busy];
    running.cancel();
    expect(busy.map(({ ended }) => ended)).toEqual([true, true, true]);
    for (const worker of busy) fakes.answer(worker);
    expect(handlers.onProgress.mock.calls).toEqual([[25, 130]]);
    expect(handlers.onDone).not.toHaveBeenCalled();
    expect(handlers.onError).not.toHaveBeenCalled();
  });

  test('may be cancelled by the handler of its progress', () => {
    const fakes = new FakeWorkers();
    const onDone = vi.fn();
    const running = new SweepPool(fakes.spawn, 1).start(job(25), {
      onProgress: () => running.cancel(),
      onDone,
      onError: vi.fn(),
    });
    fakes.answer(fakes.busy[0]!);
    expect(onDone).not.toHaveBeenCalled();
  });

  test('starts no more workers than there are chunks', () => {
    const fakes = new FakeWorkers();
    new SweepPool(fakes.spawn, 8).start(job(60), { onDone: vi.fn(), onError: vi.fn() });
    expect(fakes.all).toHaveLength(3);
  });

  test(`sends the scenario ${scenario.id} as plain JSON, once to each worker`, () => {
    const fakes = new FakeWorkers();
    new SweepPool(fakes.spawn, 2).start(job(130), { onDone: vi.fn(), onError: vi.fn() });
    while (fakes.busy.length > 0) fakes.answer(fakes.busy[0]!);
    expect(fakes.jobs).toEqual([JSON.parse(JSON.stringify(job(130))), JSON.parse(JSON.stringify(job(130)))]);
  });
});
