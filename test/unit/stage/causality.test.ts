import { describe, expect, test } from 'vitest';
import { causesOf, coneOf } from '../../../app/_stage/layout/causality.ts';
import { moveStep } from '../../../app/_stage/layout/step-moves.ts';
import { runIndex } from '../../../simulations/export/picture/run-index.ts';
import { execute, type Run } from '../../../simulations/run/execute.ts';
import { longInput } from '../../helpers/long-run.ts';
import { runToy } from './toy-model.ts';

const workload = {
  a: [
    { f: 'write', to: 'r1', atUs: 20_000, value: 1 },
    { f: 'read', to: 'r2', atUs: 60_000 },
  ],
  b: [
    { f: 'read', to: 'r1', atUs: 25_000 },
    { f: 'write', to: 'r2', atUs: 61_000, value: 2 },
  ],
} as const;

/** Reachability along causes and host order, step by step: the definition, with no cleverness. */
function bruteForce(run: Run, from: number): Uint8Array {
  const trace = run.timeline!.trace;
  const { before } = runIndex(run);
  const reaches = (late: number, early: number): boolean =>
    late === early ||
    (late > early && [trace.cause(late), before[late]!].some((next) => next >= 0 && reaches(next, early)));
  return Uint8Array.from({ length: trace.length }, (_, step) =>
    step === from ? 3 : reaches(from, step) ? 1 : reaches(step, from) ? 2 : 0,
  );
}

function stepAt(run: Run, host: string, atUs: number): number {
  const trace = run.timeline!.trace;
  const hosts = runIndex(run).hosts;
  for (let step = 0; step < trace.length; step++) {
    if (trace.timeUs(step) === atUs && hosts[trace.host(step)]?.id === host) return step;
  }
  throw new Error(`no step at ${atUs} on ${host}`);
}

describe('causality', () => {
  test('past and future of every step equal brute-force reachability (2 clients, 4 operations)', () => {
    const run = runToy(workload);
    for (let step = 0; step < run.timeline!.length; step++) {
      expect([...coneOf(run, step).relation]).toEqual([...bruteForce(run, step)]);
    }
  });

  test('a lost message tells its receiver nothing', () => {
    const run = runToy(workload, [
      { id: 'l', action: { do: 'loss', from: 'a', to: 'r2', ratio: 1 }, when: { atUs: 0 } },
    ]);
    const sent = stepAt(run, 'a', 60_000);
    const arrival = stepAt(run, 'r2', 71_000);
    expect(coneOf(run, sent).relation[arrival]).toBe(0);
  });

  test('the chain of an answer runs from the beginning of its operation to its end, and not before', () => {
    const run = runToy(workload);
    const trace = run.timeline!.trace;
    const { chain } = coneOf(run, stepAt(run, 'r2', 70_000));
    expect(chain.map((step) => trace.timeUs(step))).toEqual([60_000, 70_000, 80_000]);
    expect(causesOf(run, chain[0]!)).toEqual([chain[0]]);
    expect(causesOf(run, stepAt(run, 'b', 0))).toHaveLength(1);
  });

  test('200,000 steps: the cone marks every step once', () => {
    const run = execute({ ...longInput(295), checks: false });
    const length = run.timeline!.length;
    expect(length).toBeGreaterThan(200_000);
    const { past, future } = coneOf(run, length >> 1);
    // The hosts hear of each other all the time, so that little is concurrent with anything.
    expect(past + future + 1).toBeGreaterThan(length * 0.9);
    expect(past + future + 1).toBeLessThanOrEqual(length);
  });
});

describe('step moves', () => {
  test('left and right follow a lane, up and down the causes', () => {
    const run = runToy(workload);
    const arrival = stepAt(run, 'r2', 70_000);
    expect(run.timeline!.timeUs(moveStep(run, arrival, 'right'))).toBe(71_000);
    expect(moveStep(run, moveStep(run, arrival, 'right'), 'left')).toBe(arrival);
    expect(run.timeline!.timeUs(moveStep(run, arrival, 'cause'))).toBe(60_000);
    expect(run.timeline!.timeUs(moveStep(run, arrival, 'effect'))).toBe(80_000);
    const first = moveStep(run, arrival, 'first');
    expect(moveStep(run, first, 'left')).toBe(first);
  });
});
