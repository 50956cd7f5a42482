import { describe, expect, test } from 'vitest';
import { makeFrame } from '../../../app/_stage/layout/frame.ts';
import { aheadText, aheadUs, clockPaths, clockSpans } from '../../../simulations/export/picture/clock-paths.ts';
import { laneY, opening } from '../../../simulations/export/picture/lanes.ts';
import type { Fault } from '../../../simulations/kernel/faults.ts';
import { runOf } from '../../helpers/scenarios.ts';
import { focus, runToy } from './toy-model.ts';

const skew = (id: string, atUs: number, offsetUs: number, driftPpm = 0): Fault => ({
  id,
  action: { do: 'clock', target: 'r2', offsetUs, driftPpm },
  when: { atUs },
  forUs: 100_000,
});
const write = { f: 'write', to: 'r2', atUs: 20_000, value: 1 } as const;

describe('clocks', () => {
  test('a drawn clock is that of the kernel, at every instant of two overlapping faults', () => {
    const reads = Array.from({ length: 25 }, (_, at) => ({ f: 'read', to: 'r2', atUs: at * 10_000 + 3000 }) as const);
    const run = runToy({ a: reads }, [skew('one', 50_000, 30_000, 100_000), skew('two', 100_000, -5000)]);
    const spans = clockSpans(run);
    expect(spans.map(({ fromUs, untilUs }) => [fromUs, untilUs])).toEqual([
      [50_000, 100_000],
      [100_000, 150_000],
      [150_000, 200_000],
    ]);
    for (let step = 1; step <= run.timeline!.length; step++) {
      const world = run.timeline!.worldAt(step);
      // At the very instant at which a fault begins or ends, steps before and after it see different clocks.
      if (spans.some(({ fromUs, untilUs }) => world.nowUs === fromUs || world.nowUs === untilUs)) continue;
      const span = spans.find(({ fromUs, untilUs }) => world.nowUs >= fromUs && world.nowUs < untilUs);
      const ahead = world.host('r2')!.clockUs - world.nowUs;
      expect(ahead).toBeCloseTo(span === undefined ? 0 : aheadUs(span, world.nowUs), 0);
    }
  });

  test('the words say how far the clock is off where it begins and ends in the window (30 ms, drifting by 10 %)', () => {
    const run = runToy({ a: [write] }, [skew('one', 50_000, 30_000, 100_000)]);
    const frame = makeFrame({
      run,
      focus,
      size: 'lab',
      fromUs: 0,
      untilUs: 300_000,
      width: 860,
      selectedStep: undefined,
      witness: undefined,
      id: 't',
    });
    expect(clockPaths(frame).words.map(({ text }) => text)).toEqual(['clock +30 ms', '+40 ms']);
    expect(clockPaths(frame).scales).not.toBe('');
    const hidden = { order: [], hidden: ['r2'], folded: [] };
    const without = makeFrame({
      run,
      focus,
      size: 'lab',
      fromUs: 0,
      untilUs: 300_000,
      width: 860,
      selectedStep: undefined,
      witness: undefined,
      lanes: hidden,
      id: 't',
    });
    expect(clockPaths(without)).toEqual({ scales: '', words: [] });
  });

  test('offsets are said shortly (+300 ms, \u22122.5 s, +0.4 ms)', () => {
    expect([300_000, -2_500_000, 400].map(aheadText)).toEqual(['+300 ms', '\u22122.5 s', '+0.4 ms']);
  });

  test.each([120, 200, 289])(
    'raft-lease-drift around step %i: scales keep to their lanes, words stand off strata and open seams',
    (step) => {
      const run = runOf('raft-lease-drift', 'none');
      const { model } = run.input;
      const atUs = run.timeline!.timeUs(Math.min(step, run.timeline!.length) - 1);
      const frame = makeFrame({
        run,
        focus: model.focus(run.record.operations, 'x'),
        size: 'lab',
        fromUs: atUs - 300_000,
        untilUs: Math.min(run.record.endUs, atUs + 100_000),
        width: 1024,
        room: 320,
        selectedStep: undefined,
        witness: undefined,
        id: 't',
      });
      const { words } = clockPaths(frame);
      expect(words.length).toBeGreaterThanOrEqual(6);
      const { lanes } = frame;
      for (const { x, y, text, anchor } of words) {
        const at = anchor === 'start' ? x + 10 : x - 10;
        for (const { host, shape } of lanes.lanes) {
          if (shape === 'client') continue;
          const middle = laneY(lanes, host, at, frame.x);
          expect(y <= middle - lanes.band / 2 || y - 7.5 >= middle + lanes.band / 2, `${text} at ${x}`).toBe(true);
        }
        for (const { cut, y: edge } of lanes.seams) {
          const isOpen = opening(at, frame.x(cut.fromUs), frame.x(cut.untilUs)) > 0;
          expect(isOpen && y > edge && y - 7.5 < edge + lanes.pitch / 2, `${text} on a seam`).toBe(false);
        }
      }
    },
  );
});
