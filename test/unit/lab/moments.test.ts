import { describe, expect, it, vi } from 'vitest';
import { momentAt } from '../../../app/_run/moment.ts';
import { plainFrame } from '../../../app/_stage/layout/frame.ts';
import { captionTabs } from '../../../app/_stage/marks/caption-layer.tsx';
import { narrationOf } from '../../../app/lab/_lab/state/hooks.ts';
import { runOf } from '../../helpers/scenarios.ts';

const run = runOf('quorum-read-inversion', 'off');
const { model } = run.input;
const focus = model.focus(run.record.operations, model.keys(run.record.operations)[0]!);

describe('looking at a step', () => {
  it('a moment and the one before it are sought forward: a timeline goes back only by replay', () => {
    const sought = vi.spyOn(run.timeline!, 'worldAt');
    const [after, before] = [momentAt(run.timeline!, 200), momentAt(run.timeline!, 199)];
    expect([after.step, before.step]).toEqual([200, 199]);
    expect(sought.mock.calls).toEqual([[199], [200]]);
    sought.mockRestore();
  });

  it('a sentence that was said is not made again, and is the same for another look at the run', () => {
    const first = narrationOf(model, run, focus, 150);
    run.timeline!.worldAt(3);
    const sought = vi.spyOn(run.timeline!, 'worldAt');
    expect(narrationOf(model, run, focus, 150)).toBe(first);
    expect(sought).not.toHaveBeenCalled();
    sought.mockRestore();
    const world = run.timeline!.worldAt(151);
    expect(first).toBe(model.narrate(run.timeline!.step(150), { ...focus, world }));
  });
});

describe('captions on a space-time diagram', () => {
  const frame = plainFrame({
    run,
    focus,
    size: 'lab',
    fromUs: 0,
    untilUs: run.simulatedUs,
    width: 836,
    witness: undefined,
    id: 'test',
  });
  const delivered = [...Array(run.events).keys()].filter((step) => run.timeline!.trace.host(step) >= 0);

  it('each stands over its own lane, under the axis without an event, and none outside the window', () => {
    const steps = delivered.filter((_, at) => at % 40 === 0);
    const marks = steps.map((step, at) => ({ number: at + 1, step, atUs: run.timeline!.timeUs(step) }));
    const tabs = captionTabs(frame, [
      ...marks,
      { number: 99, step: undefined, atUs: 10 },
      { number: 100, step: 1, atUs: -1 },
    ]);
    expect(tabs.map(({ mark }) => mark.number)).toEqual([...marks.map(({ number }) => number), 99]);
    expect(tabs.at(-1)!.y).toBeGreaterThan(frame.axisY);
    expect(tabs.at(-1)!.y).toBeLessThan(frame.lanes.lanes[0]!.y);
    const rows = new Set(tabs.slice(0, -1).map(({ y }) => Math.round(y)));
    expect(rows.size).toBeGreaterThan(2);
  });

  it('of one row none covers another', () => {
    const host = run.timeline!.trace.host(delivered[0]!);
    const same = delivered.filter((step) => run.timeline!.trace.host(step) === host).slice(0, 12);
    const tabs = captionTabs(
      frame,
      same.map((step, at) => ({ number: at + 1, step, atUs: run.timeline!.timeUs(step) })),
    );
    for (const [at, tab] of tabs.entries()) {
      const next = tabs.slice(at + 1).find(({ y }) => Math.round(y) === Math.round(tab.y));
      if (next !== undefined) expect(next.x - next.width / 2).toBeGreaterThanOrEqual(tab.x + tab.width / 2);
    }
  });
});
