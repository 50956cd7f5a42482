import { describe, expect, test } from 'vitest';
import { makeFrame } from '../../../app/_stage/layout/frame.ts';
import { nearestStep, REACH, stepPoint } from '../../../app/_stage/layout/hit.ts';
import { arrowOf } from '../../../simulations/export/picture/arrows.ts';
import { faultBands, sidesOf } from '../../../simulations/export/picture/fault-bands.ts';
import { messagesIn } from '../../../simulations/export/picture/messages.ts';
import { barsIn } from '../../../simulations/export/picture/operations.ts';
import { boundaryWords, proofOf } from '../../../simulations/export/picture/proof.ts';
import { strataPaths } from '../../../simulations/export/picture/strata-paths.ts';
import type { Fault } from '../../../simulations/kernel/faults.ts';
import type { Run } from '../../../simulations/run/execute.ts';
import { focus, runToy } from './toy-model.ts';

const write = { f: 'write', to: 'r1', atUs: 100_000, value: 1 } as const;
const read = { f: 'read', to: 'r1', atUs: 150_000 } as const;
const stale = { f: 'read', to: 'r2', atUs: 200_000 } as const;
const cut: Fault = {
  id: 'cut',
  action: {
    do: 'cut',
    sides: [
      ['a', 'r1'],
      ['r2', 'r3', 'b'],
    ],
    oneWay: false,
  },
  when: { atUs: 90_000 },
  forUs: 100_000,
};

/** The field is 300 px wide for 300 ms, from x = 46. */
function frameOf(run: Run, selectedStep?: number) {
  return makeFrame({
    run,
    focus,
    size: 'lab',
    fromUs: 0,
    untilUs: 300_000,
    width: 360,
    selectedStep,
    witness: undefined,
    id: 't',
  });
}

describe('arrows', () => {
  test('a message goes from the edge of the bar to the edge of the band (bar 20, band 13)', () => {
    const frame = frameOf(runToy({ a: [write] }));
    const arrow = arrowOf(messagesIn(frame.run, 0, 300_000).flights[0]!, frame.lanes, frame.x);
    const [a, r1] = frame.lanes.lanes;
    expect(arrow.points).toEqual([
      [146, a!.y + 10],
      [156, r1!.y - 6.5],
    ]);
    expect(arrow.end).toBe('head');
  });

  test('a message into a cut ends in a cross on the near edge of the seam', () => {
    const frame = frameOf(runToy({ a: [{ ...write, to: 'r2' }], b: [] }, [cut]));
    const arrow = arrowOf(messagesIn(frame.run, 0, 300_000).flights[0]!, frame.lanes, frame.x);
    expect(arrow.end).toBe('cross');
    expect(arrow.points.at(-1)![1]).toBeCloseTo(frame.lanes.seams[0]!.y, 6);
  });

  test('coming from below it ends on the dropped edge, half a pitch lower', () => {
    const frame = frameOf(runToy({ a: [], b: [write] }, [cut]));
    const arrow = arrowOf(messagesIn(frame.run, 0, 300_000).flights[0]!, frame.lanes, frame.x);
    expect(arrow.points.at(-1)![1]).toBeCloseTo(frame.lanes.seams[0]!.y + 18, 6);
  });

  test('a held message has a flat stretch as long as it was held (18 ms: 18 px)', () => {
    const slow: Fault = {
      id: 's',
      action: { do: 'slow', from: 'a', to: 'r1', extra: { kind: 'constant', us: 18_000 } },
      when: { atUs: 0 },
    };
    const frame = frameOf(runToy({ a: [write] }, [slow]));
    const { held } = arrowOf(messagesIn(frame.run, 0, 300_000).flights[0]!, frame.lanes, frame.x);
    expect(held![1][0] - held![0][0]).toBeCloseTo(18, 6);
    expect(held![1][1]).toBe(held![0][1]);
  });
});

describe('operations', () => {
  test('a write that is never answered ends torn at the end of the run, with no version', () => {
    const crash: Fault = { id: 'c', action: { do: 'crash', target: 'r1' }, when: { atUs: 0 } };
    const [bar] = barsIn(runToy({ a: [write] }, [crash]), focus, 0, 300_000);
    expect(bar).toMatchObject({ name: 'write 0', unknown: true, untilUs: 300_000, version: undefined, chip: 'start' });
  });

  test('a read has its chip at the end, and bars outside the window are left out', () => {
    const run = runToy({ a: [write, read] });
    expect(barsIn(run, focus, 145_000, 300_000)).toMatchObject([
      { name: 'read 1', chip: 'end', fromUs: 150_000, untilUs: 170_000, version: { label: 'v1' } },
    ]);
  });

  test('the proof boundary stands at the end of the operation that binds, the gap runs to the one that breaks it', () => {
    const run = runToy({ a: [write, read], b: [stale] });
    const proof = proofOf(run, focus, { operations: [2, 1, 0], steps: [] })!;
    expect(proof).toMatchObject({ atUs: 170_000, gapUs: 30_000, closing: { id: 2 }, binding: { id: 1 } });
    expect(boundaryWords(proof)).toBe('v1 was returned');
    expect(proofOf(run, focus, { operations: [], steps: [3] })).toBeUndefined();
  });

  test('a write that went wrong is bound by no answer before it', () => {
    const run = runToy({ a: [write, read], b: [{ ...stale, f: 'write' }] });
    expect(proofOf(run, focus, { operations: [2, 1], steps: [] })).toMatchObject({
      closing: { id: 2 },
      binding: undefined,
    });
  });
});

describe('fault bands', () => {
  test('faults of one time share no row; crashes are drawn on their lanes', () => {
    const slow = (id: string, atUs: number): Fault => ({
      id,
      action: { do: 'slow', from: 'a', to: 'r1', extra: { kind: 'constant', us: 1 } },
      when: { atUs },
      forUs: 40_000,
    });
    const crash: Fault = { id: 'c', action: { do: 'crash', target: 'r1' }, when: { atUs: 0 }, forUs: 10_000 };
    const { bands, rows } = faultBands(
      runToy({ a: [], b: [] }, [slow('s1', 10_000), slow('s2', 20_000), slow('s3', 90_000), crash, cut]),
    );
    expect(bands.map(({ id, row }) => [id, row])).toEqual([
      ['s1', 0],
      ['s2', 1],
      ['s3', 0],
      ['cut', 1],
    ]);
    expect(rows).toBe(2);
    expect(sidesOf(runToy({ a: [], b: [] }, [cut]), 'cut')).toBe('a r1 | r2 r3 b');
  });
});

describe('pointing', () => {
  test('the nearest step within 12 px is hit; of one place the arrival of a message', () => {
    const run = runToy({ a: [write] });
    const frame = frameOf(run);
    const arrival = run.timeline!.stepsUntil(110_000) - 1;
    const [x, y] = stepPoint(frame, arrival)!;
    expect(nearestStep(frame, x - 8, y + 4)).toBe(arrival);
    expect(nearestStep(frame, x - 8, y + 12)).toBeUndefined();
    expect(nearestStep(frame, x - 8, y + 12, REACH.coarse)).toBe(arrival);
  });

  test('a lost message is hit at its cross', () => {
    const run = runToy({ a: [{ ...write, to: 'r2' }], b: [] }, [cut]);
    const frame = frameOf(run);
    const lost = messagesIn(run, 0, 300_000).flights[0]!.step;
    const [x, y] = stepPoint(frame, lost)!;
    expect(nearestStep(frame, x, y)).toBe(lost);
  });
});

describe('strata paths', () => {
  test('a lane is dim between the last step of the past and the first of the future', () => {
    const run = runToy({ a: [write], b: [{ f: 'read', to: 'r2', atUs: 250_000 }] });
    const selected = run.timeline!.stepsUntil(110_000) - 1;
    const frame = frameOf(run, selected);
    expect(strataPaths(frame).dim.new).toBe('');
    const other = frameOf(run, run.timeline!.stepsUntil(260_000) - 1);
    expect(strataPaths(other).lit.new).toBe('');
    expect(strataPaths(other).dim.new).not.toBe('');
  });
});
