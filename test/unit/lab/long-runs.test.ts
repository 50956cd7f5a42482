import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { calmStore } from '../../../app/lab/_lab/state/calm.ts';
import { changeActions } from '../../../app/lab/_lab/state/change.ts';
import { STEPS_AT_ONCE } from '../../../app/lab/_lab/state/enter.ts';
import { lookActions } from '../../../app/lab/_lab/state/look.ts';
import { createLabStore } from '../../../app/lab/_lab/state/store.ts';
import { modelById } from '../../../simulations/index.ts';
import { beginRun, execute } from '../../../simulations/run/execute.ts';
import { longInput, longLink } from '../../helpers/long-run.ts';

/** About 28,000 steps, and few enough to be made at once. */
const [LONG_SECONDS, SHORT_SECONDS] = [40, 4];

function lab() {
  const store = createLabStore({ model: modelById('quorum')!, scenarios: [] });
  return { store, change: changeActions(store), look: lookActions(store) };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('a run in pieces', () => {
  it.each([1, 777, 100_000])(
    'is the run that is made at once: digest, steps, verdicts (pieces of %i steps)',
    (steps) => {
      const input = longInput(3);
      const [whole, pieces] = [execute(input), beginRun(input)];
      let share = pieces.share;
      while (!pieces.advance(steps)) {
        expect(pieces.share).toBeGreaterThanOrEqual(share);
        share = pieces.share;
      }
      const run = pieces.finish();
      expect(pieces.share).toBe(1);
      expect([run.digest, run.events, run.stopped]).toEqual([whole.digest, whole.events, whole.stopped]);
      expect(run.verdicts).toEqual(whole.verdicts);
      expect(run.metrics).toEqual(whole.metrics);
      // Checkpoints stand where they do in a whole run: any moment is the same.
      const at = Math.floor(run.events / 2);
      expect(run.timeline!.step(at)).toEqual(whole.timeline!.step(at));
    },
  );

  it(`a link to more than ${STEPS_AT_ONCE} steps opens bit by bit, and its digest is that of the run made at once`, async () => {
    const { store, change } = lab();
    const shares: number[] = [];
    store.subscribe(({ making }) => making !== undefined && shares.push(making));
    change.open(longLink(LONG_SECONDS));
    expect(store.getState()).toMatchObject({ phase: { kind: 'loading' }, run: undefined, making: 0 });
    await vi.runAllTimersAsync();
    const { phase, run, making } = store.getState();
    expect([phase.kind, making]).toEqual(['ready', undefined]);
    expect(run!.events).toBeGreaterThan(STEPS_AT_ONCE);
    expect(run!.digest).toBe(execute(longInput(LONG_SECONDS)).digest);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
  });

  it('a short run is there at once', () => {
    const { store, change } = lab();
    change.open(longLink(SHORT_SECONDS));
    expect(store.getState()).toMatchObject({ phase: { kind: 'ready' }, making: undefined });
  });

  it('the controls say at once what was asked; the run in view stays until the new one is there; undo brings the script back', async () => {
    const { store, change, look } = lab();
    change.open(longLink(LONG_SECONDS));
    await vi.runAllTimersAsync();
    const before = store.getState().run!;
    const script = store.getState().setup.faults;
    change.setFaults([]);
    change.setKnob('lossRatio', 0.002);
    look.goTo(100);
    expect(store.getState()).toMatchObject({
      run: before,
      steps: 100,
      setup: { faults: [], set: { lossRatio: 0.002 } },
    });
    await vi.runAllTimersAsync();
    const { run, setup, applied } = store.getState();
    expect(run).not.toBe(before);
    expect(applied).toMatchObject({ faults: [], set: { lossRatio: 0.002 } });
    expect(run!.record.faults).toEqual([]);
    expect(setup.faults).not.toEqual(script);
    change.setFaults(before.input.faults);
    await vi.runAllTimersAsync();
    change.undo();
    await vi.runAllTimersAsync();
    expect(store.getState().run!.digest).toBe(run!.digest);
  });

  it('a change to another run calls the long one off', async () => {
    const { store, change } = lab();
    change.open(longLink(LONG_SECONDS));
    change.open(longLink(SHORT_SECONDS));
    const { run } = store.getState();
    await vi.runAllTimersAsync();
    expect(store.getState().run).toBe(run);
    expect(store.getState().making).toBeUndefined();
  });
});

describe('calm text', () => {
  it('of 60 moves in a second text follows a few, and ends at the last', () => {
    const { store, change, look } = lab();
    change.open(longLink(SHORT_SECONDS));
    const calm = calmStore(store);
    const stop = calm.follow();
    let followed = 0;
    calm.store.subscribe(() => followed++);
    for (let frame = 1; frame <= 60; frame++) {
      look.goTo(frame);
      vi.advanceTimersByTime(16);
    }
    expect(followed).toBeGreaterThan(1);
    expect(followed).toBeLessThan(6);
    vi.advanceTimersByTime(100);
    expect(calm.store.getState().steps).toBe(60);
    stop();
    look.goTo(3);
    vi.advanceTimersByTime(1000);
    expect(calm.store.getState().steps).toBe(60);
  });

  it('one move alone is followed with the next frame, another run at once', () => {
    const { store, change, look } = lab();
    change.open(longLink(SHORT_SECONDS));
    const calm = calmStore(store);
    calm.follow();
    vi.advanceTimersByTime(1000);
    look.goTo(5);
    expect(calm.store.getState().steps).not.toBe(5);
    vi.advanceTimersByTime(20);
    expect(calm.store.getState().steps).toBe(5);
    look.goTo(6);
    change.setSeed(7);
    expect(calm.store.getState()).toBe(store.getState());
  });
});
