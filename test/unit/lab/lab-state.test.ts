import { describe, expect, it } from 'vitest';
import { momentAt } from '../../../app/_run/moment.ts';
import { scaleOf } from '../../../app/lab/_lab/controls/knob-scale.ts';
import { draftOf, readDraft } from '../../../app/lab/_lab/faults/fault-draft.ts';
import { freshId, withFault } from '../../../app/lab/_lab/faults/script.ts';
import { compare, flatten, wordsOf } from '../../../app/lab/_lab/inspector/state-rows.ts';
import { addressOf } from '../../../app/lab/_lab/state/address.ts';
import { changeActions } from '../../../app/lab/_lab/state/change.ts';
import { lookActions } from '../../../app/lab/_lab/state/look.ts';
import { speedFor } from '../../../app/lab/_lab/state/speeds.ts';
import { createLabStore } from '../../../app/lab/_lab/state/store.ts';
import type { Fault } from '../../../simulations/index.ts';
import { modelById } from '../../../simulations/index.ts';
import { scenarios } from '../../helpers/scenarios.ts';

const names = { hosts: ['r1', 'r2', 'r3'], predicates: ['write-partly-applied'] };

function lab() {
  const store = createLabStore({ model: modelById('quorum')!, scenarios: [] });
  return { store, change: changeActions(store), look: lookActions(store) };
}

describe('a fault draft', () => {
  const scripts: readonly Fault[] = [
    { id: 'a', action: { do: 'crash', target: 'r1' }, when: { atUs: 524_001 }, forUs: 1 },
    { id: 'b', action: { do: 'cut', sides: [['r1'], ['r2', 'r3']], oneWay: true }, when: { atUs: 0 } },
    {
      id: 'c',
      action: { do: 'slow', from: 'r1', to: '*', extra: { kind: 'uniform', minUs: 5, maxUs: 18_000 } },
      when: { predicate: 'x', afterUs: 7 },
    },
    {
      id: 'd',
      action: { do: 'slowDisk', target: 'r1', extra: { kind: 'pareto', scaleUs: 3, shape: 2 } },
      when: { atUs: 1 },
    },
    { id: 'e', action: { do: 'loss', from: '*', to: 'r2', ratio: 0.7 }, when: { atUs: 1 } },
    { id: 'f', action: { do: 'clock', target: 'r1', offsetUs: -200_000, driftPpm: 40 }, when: { atUs: 1 } },
    { id: 'g', action: { do: 'restore', target: 'r1', backupAtUs: 12 }, when: { atUs: 1 } },
  ];
  for (const fault of scripts) {
    it(`keeps a ${fault.action.do} fault as it is, to the microsecond`, () => {
      expect(readDraft(draftOf(fault, names))).toEqual({ ok: true, fault });
    });
  }

  it('names each field that makes no sense and gives no fault', () => {
    const draft = { ...draftOf(scripts[0]!, names), atMs: '', forMs: 'soon' };
    const read = readDraft(draft);
    expect(read.ok ? [] : read.problems.map(({ field }) => field)).toEqual(['atMs', 'forMs']);
  });

  it('refuses a cut with one side', () => {
    expect(readDraft({ ...draftOf(scripts[1]!, names), sides: [['r1'], []] }).ok).toBe(false);
  });

  it('takes the first free number of its kind and replaces in place', () => {
    expect(freshId([{ ...scripts[0]!, id: 'crash-1' }], 'crash')).toBe('crash-2');
    expect(withFault(scripts, { ...scripts[0]!, forUs: 9 }, 'a').map(({ id }) => id)).toEqual(
      scripts.map(({ id }) => id),
    );
  });
});

describe('a knob scale', () => {
  it('a duration of days is bent: both ends are reached, and a position and its value agree (0 to 20 d)', () => {
    const scale = scaleOf({
      kind: 'duration',
      unit: 's',
      min: 0,
      max: 20 * 86_400_000_000,
      label: '',
      explain: '',
      group: '',
    });
    expect([scale.fromShare(0), scale.fromShare(1)]).toEqual([0, 20 * 86_400_000_000]);
    const value = scale.fromShare(0.3);
    expect(scale.toShare(value)).toBeCloseTo(0.3, 1);
    expect(scale.fromText('3 h')).toBe(3 * 3_600_000_000);
    expect(scale.fromText('3')).toBe(3_000_000);
    expect(scale.fromText('three')).toBeUndefined();
  });

  it('a key press always moves a bent slider, both ways (0 to 60 s in ms)', () => {
    const scale = scaleOf({ kind: 'duration', unit: 'ms', min: 0, max: 60_000_000, label: '', explain: '', group: '' });
    for (let value = 0, presses = 0; value < 60_000_000; presses += 1) {
      const position = Math.round(scale.toShare(value) * scale.positions);
      const next = scale.move(value, position + 1);
      expect(next).toBeGreaterThan(value);
      expect(presses).toBeLessThan(400);
      value = next;
    }
    expect(scale.move(10_000, Math.round(scale.toShare(10_000) * scale.positions) - 1)).toBeLessThan(10_000);
  });

  it('0 has a word where it turns something off, and the word can be typed', () => {
    const count = { kind: 'integer', min: 0, max: 10_000, label: '', explain: '', group: '' } as const;
    const scale = scaleOf({ ...count, zero: 'off' });
    expect([scale.toText(0), scale.toText(8), scale.fromText('off'), scale.fromText('0')]).toEqual(['off', '8', 0, 0]);
    expect([scaleOf(count).toText(0), scaleOf(count).fromText('off')]).toEqual(['0', undefined]);
  });

  it('a share is typed in percent and kept exact', () => {
    const scale = scaleOf({ kind: 'ratio', unit: '%', min: 0, max: 1, label: '', explain: '', group: '' });
    expect(scale.fromText('99.9')).toBe(0.999);
    expect(scale.toText(0.07)).toBe('7');
  });
});

describe('a state tree', () => {
  it('marks what a step changed, added and took away', () => {
    const before = { answered: 6, lastSeen: { r1: 581, r5: 402 }, gone: 'x' };
    const after = { answered: 7, lastSeen: { r1: 581, r5: 658 } };
    const changed = compare(before, after).filter((row) => row.changed);
    expect(changed.map(({ path, before: was, text }) => [path, was, text])).toEqual([
      ['answered', '6', '7'],
      ['lastSeen', 'r1 581, r5 402', 'r1 581, r5 658'],
      ['gone', 'x', 'none'],
    ]);
  });

  it('says none for nothing and writes lists and groups in words', () => {
    expect(wordsOf({})).toBe('none');
    expect(wordsOf(['r1', 'r2'])).toBe('r1, r2');
    expect(flatten({ store: {}, hints: [] })).toEqual([
      { path: 'store', text: 'none' },
      { path: 'hints', text: 'none' },
    ]);
  });
});

describe('the lab state', () => {
  it('a link that it writes opens the same run and the same moment', () => {
    const first = lab();
    first.change.open('/lab/quorum?seed=7&set.readQuorum=1');
    first.change.setFaults([
      { id: 'crash-1', action: { do: 'crash', target: 'r1' }, when: { atUs: 300_000 }, forUs: 100_000 },
    ]);
    first.look.goTo(120);
    const second = lab();
    second.change.open(addressOf(first.store.getState()));
    const [a, b] = [first.store.getState(), second.store.getState()];
    expect(b.run?.digest).toBe(a.run?.digest);
    expect([b.steps, b.timeUs, b.focus.key, b.window]).toEqual([a.steps, a.timeUs, a.focus.key, a.window]);
    expect(addressOf(b)).toBe(addressOf(a));
  });

  it('an impossible knob names the problem and keeps the last good run and its link', () => {
    const { store, change } = lab();
    change.open('/lab/quorum?seed=7');
    const before = store.getState();
    change.setKnob('readQuorum', 99);
    expect(store.getState().problems.map(({ field }) => field)).toEqual(['knobs.readQuorum']);
    expect(store.getState().run).toBe(before.run);
    expect(addressOf(store.getState())).toBe(addressOf(before));
  });

  it.each([
    ['seed', '/lab/quorum?scenario=quorum-freshness&seed=abc'],
    ['step', '/lab/quorum?scenario=quorum-freshness&step=-4'],
    ['compare', '/lab/quorum?scenario=quorum-freshness&compare=variant.nobody'],
  ])('a link whose %s cannot be read says so under the name of its own scenario', (_, link) => {
    const offered = scenarios.filter(({ model }) => model === 'quorum');
    expect(offered[0]!.id).not.toBe('quorum-freshness');
    const store = createLabStore({ model: modelById('quorum')!, scenarios: offered });
    changeActions(store).open(link);
    const { phase, setup } = store.getState();
    expect(phase).toMatchObject({ kind: 'refused', scenario: 'quorum-freshness' });
    expect(setup.scenario).toBe('quorum-freshness');
  });

  it('a link that cannot be read and names no scenario stands under the name of the model', () => {
    const { store, change } = lab();
    change.open('/lab/quorum?seed=abc');
    expect(store.getState()).toMatchObject({ phase: { kind: 'refused' }, setup: { scenario: undefined } });
  });

  it('a knob turned back is no longer in the link', () => {
    const { store, change } = lab();
    change.open('/lab/quorum?seed=7');
    const base = store.getState().run!.input.knobs.readQuorum as number;
    change.setKnob('readQuorum', 1);
    expect(addressOf(store.getState())).toContain('set.readQuorum=1');
    change.setKnob('readQuorum', base);
    expect(addressOf(store.getState())).not.toContain('set.');
  });

  it('undo and redo walk the fault scripts, and a new edit ends the way forward', () => {
    const { store, change } = lab();
    change.open('/lab/quorum?seed=7');
    const crash = (id: string): Fault => ({ id, action: { do: 'crash', target: 'r1' }, when: { atUs: 1 }, forUs: 10 });
    change.setFaults([crash('a')]);
    change.setFaults([crash('a'), crash('b')]);
    change.undo();
    expect(store.getState().setup.faults?.map(({ id }) => id)).toEqual(['a']);
    change.undo();
    expect(store.getState().setup.faults).toBeUndefined();
    change.redo();
    change.setFaults([crash('c')]);
    expect(store.getState().redone).toEqual([]);
  });

  it('a copied moment stays true when the timeline moves on', () => {
    const { store, change } = lab();
    change.open('/lab/quorum?seed=7');
    const timeline = store.getState().run!.timeline!;
    const moment = momentAt(timeline, 50);
    const words = JSON.stringify([moment.nowUs, moment.hosts, moment.processes, moment.inFlight]);
    timeline.worldAt(timeline.length);
    timeline.step(3);
    expect(JSON.stringify([moment.nowUs, moment.hosts, moment.processes, moment.inFlight])).toBe(words);
    expect(moment.step).toBe(50);
  });

  it('playing ends at the end of the run and the window follows', () => {
    const { store, change, look } = lab();
    change.open('/lab/quorum?seed=7');
    let frames = 0;
    while (!look.advance(100, { stepwise: false }) && frames < 100_000) frames += 1;
    const { timeUs, run, steps, window } = store.getState();
    expect([timeUs, steps]).toEqual([run!.simulatedUs, run!.timeline!.length]);
    expect(timeUs).toBeLessThanOrEqual(window.toUs);
  });

  it('the opening speed plays a run in about a minute and a half, whatever its length', () => {
    for (const us of [2_500_000, 40_000_000, 86_400_000_000]) {
      const seconds = us / 1e6 / speedFor(us).rate;
      expect(seconds).toBeGreaterThan(5);
      expect(seconds).toBeLessThan(400);
    }
  });
});
