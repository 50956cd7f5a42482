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

afterEach(() => {
  vi.useRealTimers();
});

describe('a run in pieces', () => {
  beforeEach(() => {
    // The clock that ends a piece is the real one.
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  });

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

  it('each edit during a long run is an undo entry of its own: undo goes back through all of them, redo forward', async () => {
    const { store, change } = lab();
    change.open(longLink(LONG_SECONDS));
    await vi.runAllTimersAsync();
    const scripts = [store.getState().setup.faults];
    const all = store.getState().run!.input.faults;
    for (const count of [3, 2, 1]) {
      change.setFaults(all.slice(0, count));
      scripts.push(store.getState().setup.faults);
      expect(store.getState().undone).toHaveLength(4 - count);
      await vi.advanceTimersByTimeAsync(1);
    }
    await vi.runAllTimersAsync();
    expect(store.getState().run!.input.faults).toEqual(all.slice(0, 1));
    expect(store.getState().undone.map(({ faults }) => faults)).toEqual(scripts.slice(0, 3));
    // Two of them at once, and one when its run is there.
    for (const script of [scripts[2], scripts[1], scripts[0]]) {
      change.undo();
      expect(store.getState().setup.faults).toEqual(script);
      if (script !== scripts[2]) await vi.runAllTimersAsync();
    }
    expect(store.getState()).toMatchObject({ undone: [], branch: 0 });
    expect(store.getState().run!.input.faults).toEqual(all);
    change.redo();
    change.redo();
    await vi.runAllTimersAsync();
    expect(store.getState().run!.input.faults).toEqual(all.slice(0, 2));
    expect([store.getState().undone.length, store.getState().redone.length]).toEqual([2, 1]);
  });

  it('two forks one after the other during a long run are two branches, and a change of the second is a part of it', async () => {
    const { store, change } = lab();
    change.open(longLink(LONG_SECONDS));
    await vi.runAllTimersAsync();
    const all = store.getState().run!.input.faults;
    change.fork(all.slice(0, 3));
    change.fork(all.slice(0, 2));
    change.revise(all.slice(0, 1));
    await vi.runAllTimersAsync();
    const { branches, branch, undone, run } = store.getState();
    expect(branches.map(({ parent, setup }) => [parent, setup.faults?.length])).toEqual([
      [undefined, undefined],
      [0, 3],
      [1, 1],
    ]);
    expect([branch, undone.length, run!.input.faults.length]).toEqual([2, 2, 1]);
  });

  it('a value that is refused during a long run stays with its message when the run lands; mended, it runs with what was asked before', async () => {
    const { store, change } = lab();
    change.open(longLink(LONG_SECONDS));
    await vi.runAllTimersAsync();
    change.setFaults([]);
    await vi.advanceTimersByTimeAsync(1);
    change.setKnob('lossRatio', 7);
    const refused = { setup: { faults: [], set: { lossRatio: 7 } }, problems: [{ field: 'knobs.lossRatio' }] };
    expect(store.getState()).toMatchObject({ ...refused, applied: { faults: undefined } });
    expect(store.getState().making).toBeDefined();
    await vi.runAllTimersAsync();
    expect(store.getState()).toMatchObject({ ...refused, applied: { faults: [], set: {} }, making: undefined });
    expect(store.getState().run!.input.faults).toEqual([]);
    change.setKnob('lossRatio', 0.002);
    await vi.runAllTimersAsync();
    const { run, problems, undone } = store.getState();
    expect(problems).toEqual([]);
    expect(run!.input).toMatchObject({ faults: [], knobs: { lossRatio: 0.002 } });
    expect(undone).toHaveLength(1);
  });

  it('a knob turned while another scenario is opened is turned in that one, and its view is what the link says', async () => {
    const { store, change } = lab();
    change.open(longLink(LONG_SECONDS));
    await vi.runAllTimersAsync();
    const window = { fromUs: 12_000_000, toUs: 13_000_000 };
    change.open(longLink(LONG_SECONDS + 1, window));
    change.setKnob('lossRatio', 0.002);
    await vi.runAllTimersAsync();
    const { run, branches, window: shown } = store.getState();
    expect(run!.input).toMatchObject({ durationUs: (LONG_SECONDS + 1) * 1_000_000, knobs: { lossRatio: 0.002 } });
    expect(shown).toEqual(window);
    expect(branches.map(({ setup }) => setup.carried?.durationUs)).toEqual([41_000_000, 41_000_000]);
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
  beforeEach(() => {
    vi.useFakeTimers();
  });

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
