import { describe, expect, test } from 'vitest';
import { search } from '../../../simulations/search/explore/search.ts';
import { worldOfPlan } from '../../../simulations/search/model-explorer/explore-model.ts';
import { modelSystem } from '../../../simulations/search/model-explorer/model-system.ts';
import { Watch } from '../../../simulations/search/model-explorer/watch.ts';
import { type Toy, toyPlan } from './toy.ts';

function count(toy: Toy) {
  const plan = toyPlan(toy);
  const { moves } = worldOfPlan(plan);
  const watch = new Watch(moves, { model: plan.model, explorable: plan.explorable, knobs: {}, claims: [] });
  const system = modelSystem({ moves, watch, symmetry: undefined, onBroken: () => {} });
  const { table, generated, depth } = search(system, { statesMax: 100_000, depthMax: Number.POSITIVE_INFINITY }, false);
  return { distinct: table.size, generated, depth };
}

const choose = (n: number, k: number): number => (k === 0 ? 1 : (choose(n - 1, k - 1) * n) / k);
const sum = (to: number, term: (at: number) => number): number =>
  Array.from({ length: to + 1 }, (_, at) => term(at)).reduce((all, one) => all + one, 0);

describe('states counted by hand', () => {
  test.each([1, 2, 5])(
    '%i messages in any order: a state for each set of those that arrived, a step for each that did not',
    (n) => {
      expect(count({ messages: n })).toEqual({ distinct: 2 ** n, generated: 1 + n * 2 ** (n - 1), depth: n + 1 });
    },
  );

  test.each([1, 2, 5])('%i messages on an ordered link: one after the other', (n) => {
    expect(count({ messages: n, fifo: true })).toEqual({ distinct: n + 1, generated: n + 1, depth: n + 1 });
  });

  test.each([
    [3, 0],
    [3, 1],
    [4, 2],
    [3, 9],
  ])('%i messages of which %i may be lost: lost ones chosen among all, the others there or not', (n, losses) => {
    const distinct = sum(Math.min(n, losses), (lost) => choose(n, lost) * 2 ** (n - lost));
    expect(count({ messages: n, budgets: { losses } }).distinct).toBe(distinct);
  });

  test.each([
    [2, 1],
    [3, 1],
    [3, 2],
  ])(
    '%i messages of which %i may arrive twice: arrived ones, second arrivals still to come, second arrivals spent',
    (n, duplicates) => {
      // Of `came` messages that have arrived, `open` will again and `spent` are doubled in all; which of the others were doubled is forgotten.
      const distinct = sum(n, (came) =>
        sum(Math.min(came, duplicates), (spent) => choose(n, came) * sum(spent, (open) => choose(came, open))),
      );
      expect(count({ messages: n, budgets: { duplicates } }).distinct).toBe(distinct);
    },
  );

  test.each([
    [3, 0],
    [3, 2],
    [3, 3],
  ])('%i timers of which %i may fire: the sets of those that did', (n, timers) => {
    expect(count({ timers: n, budgets: { timers } }).distinct).toBe(sum(timers, (fired) => choose(n, fired)));
  });

  test.each([1, 3])('%i writes to one disk end in order', (writes) => {
    expect(count({ writes }).distinct).toBe(writes + 1);
  });

  test('messages and writes are independent: 2 messages, 3 writes', () => {
    expect(count({ messages: 2, writes: 3 }).distinct).toBe(4 * 4);
  });

  test('a crash: up, down, up again with what arrived lost, for each message before, while it is down, or after', () => {
    // One message: before the crash under way or seen; down, it is under way or gone, and the budget is spent; up again, it is under way, gone or seen.
    expect(count({ messages: 1, budgets: { crashes: 1 } }).distinct).toBe(2 + 2 + 3);
  });
});
