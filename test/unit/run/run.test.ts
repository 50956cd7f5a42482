import { describe, expect, test } from 'vitest';
import { execute, resolveRun } from '../../../simulations/index.ts';
import { RunTree } from '../../../simulations/run/branches.ts';
import { progressOf } from '../../../simulations/run/progress.ts';
import { rateOf } from '../../../simulations/run/statistics.ts';
import { runOf, scenarios } from '../../helpers/scenarios.ts';

const scenario = scenarios.find(({ id }) => id === 'quorum-read-inversion')!;

describe('a run', () => {
  test('is a pure function of its input: history, digest and checks change nothing that happens', () => {
    const resolved = resolveRun({ model: 'quorum', scenario, variant: 'off' });
    if (!resolved.ok) throw new Error('does not resolve');
    const full = execute(resolved.input);
    const bare = execute({ ...resolved.input, history: false, checks: false, digest: false });
    expect(bare.events).toBe(full.events);
    expect(bare.record.operations).toEqual(full.record.operations);
    expect(execute({ ...resolved.input, checks: false }).digest).toBe(full.digest);
  });

  test('that gets a fault at a moment is the same run up to that moment, and the first is kept as it was', () => {
    const before = runOf('quorum-read-inversion', 'off');
    const atUs = 1_000_000;
    const crash = { id: 'hand-1', action: { do: 'crash' as const, target: 'r4' }, when: { atUs } };
    const resolved = resolveRun({ model: 'quorum', scenario, variant: 'off', faults: [...scenario.faults, crash] });
    if (!resolved.ok) throw new Error('does not resolve');
    const after = execute(resolved.input);
    const shared = before.timeline!.stepsUntil(atUs - 1);
    expect(shared).toBeGreaterThan(100);
    for (let step = 0; step < shared; step++) {
      expect(after.timeline!.step(step)).toEqual(before.timeline!.step(step));
    }
    expect(after.timeline!.step(shared)).toMatchObject({ kind: 'fault.begin', atUs });
    expect(after.digest).not.toBe(before.digest);
    expect(runOf('quorum-read-inversion', 'off').digest).toBe(before.digest);
  });

  test('branches at any moment and keeps the branch that it left; a branch can branch again', () => {
    const tree = new RunTree(runOf('quorum-read-inversion', 'off'));
    const crash = (id: string, target: string, atUs: number) => ({
      id,
      action: { do: 'crash' as const, target },
      when: { atUs },
    });
    const first = tree.branch(0, { faults: [...scenario.faults, crash('one', 'r4', 1_000_000)] });
    const second = tree.branch(first.id, {
      faults: [...first.run.input.faults, crash('two', 'r3', 1_500_000)],
    });
    const other = tree.branch(0, { faults: scenario.faults.filter(({ id }) => id !== 'cut') });
    const repaired = tree.branch(other.id, { knobs: { readRepair: 'blocking' } });
    const root = tree.branches[0]!.run;
    expect(first.sharedSteps).toBe(root.timeline!.stepsUntil(999_999));
    expect(second.sharedSteps).toBe(first.run.timeline!.stepsUntil(1_499_999));
    expect(other.sharedSteps).toBe(root.timeline!.stepsUntil(631_999));
    expect(tree.branches.map(({ parent }) => parent)).toEqual([undefined, 0, first.id, 0, other.id]);
    expect(repaired.run.input).toMatchObject({
      faults: other.run.input.faults,
      knobs: { readRepair: 'blocking', readQuorum: 3 },
    });
    expect(root.digest).toBe(runOf('quorum-read-inversion', 'off').digest);
    expect(new Set(tree.branches.map(({ run }) => run.digest)).size).toBe(5);
  });

  test('variants share their luck: same latencies for the same messages until the decision differs (seed 2012)', () => {
    const [off, blocking] = ['off', 'blocking'].map((variant) => runOf('quorum-read-inversion', variant));
    const writes = (run: typeof off) =>
      run!.record.operations
        .filter((operation) => operation.f === 'write')
        .slice(0, 5)
        .map(({ invokedAt, completedAt }) => [invokedAt, completedAt]);
    expect(writes(off)).toEqual(writes(blocking));
  });

  test('with a bound of 100 events is stopped there and says so', () => {
    const resolved = resolveRun({ model: 'quorum' });
    if (!resolved.ok) throw new Error('does not resolve');
    const run = execute({ ...resolved.input, eventsMax: 100 });
    expect([run.stopped, run.events]).toEqual(['events', 100]);
  });
});

test('progress counts only what began after the last fault had ended', () => {
  const { share, attempted } = progressOf(runOf('quorum-read-inversion', 'off').record);
  expect(share).toBe(1);
  expect(attempted).toBeLessThan(scenario.variants.length * 10);
});

// Wilson 1927 as tabulated in Brown, Cai, DasGupta (2001) and by R's prop.test(correct = FALSE).
test.each([
  [0, 10, 0, 0.2775],
  [1, 10, 0.0179, 0.4042],
  [5, 10, 0.2366, 0.7634],
  [10, 10, 0.7225, 1],
  [0, 10_000, 0, 0.000384],
])('the Wilson interval of %d in %d is %f to %f', (count, of, low, high) => {
  const rate = rateOf(count, of);
  expect(rate.low).toBeCloseTo(low, 4);
  expect(rate.high).toBeCloseTo(high, 4);
});
