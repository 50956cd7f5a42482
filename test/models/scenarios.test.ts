import { describe, expect, test } from 'vitest';
import { mismatchesOf, modelById } from '../../simulations/index.ts';
import { chainOf } from '../../simulations/run/resolve.ts';
import { runOf, scenarios, variants } from '../helpers/scenarios.ts';

describe.each(variants)('%s, variant %s', (id, variantId) => {
  const scenario = scenarios.find((one) => one.id === id)!;
  const variant = scenario.variants.find((one) => one.id === variantId)!;

  test('shows on its pinned seed what the file expects, with its witness and its progress', () => {
    expect(mismatchesOf(runOf(id, variantId, { history: false }), scenario, variant)).toEqual([]);
  });

  test('runs to the same digest compiled and through xstate', () => {
    expect(runOf(id, variantId, { interpreter: 'xstate', history: false }).digest).toBe(
      runOf(id, variantId, { history: false }).digest,
    );
  });

  test('differs from the variant it comes from in exactly the knobs of its one decision', () => {
    if (variant.from === undefined) return expect(variant.decision).toBeUndefined();
    const parent = scenario.variants.find((one) => one.id === variant.from)!;
    const [before, after] = [parent, variant].map((one) => ({ ...scenario.knobs, ...chainOf(scenario, one) }));
    const differing = Object.keys({ ...before, ...after }).filter((knob) => before![knob] !== after![knob]);
    const decision = scenario.decisions.find((one) => one.id === variant.decision)!;
    expect(differing.length).toBeGreaterThan(0);
    expect(decision.knobs).toEqual(expect.arrayContaining(differing));
  });

  test('every step has a narration and every moment a picture with a text form', () => {
    const run = runOf(id, variantId);
    const model = modelById(scenario.model)!;
    const key = scenario.view.key ?? model.keys(run.record.operations)[0]!;
    const focus = model.focus(run.record.operations, key);
    const timeline = run.timeline!;
    const stride = Math.max(1, Math.floor(timeline.length / 400));
    for (let step = 0; step < timeline.length; step += stride) {
      const view = timeline.step(step);
      const sentence = model.narrate(view, focus);
      expect(sentence, `step ${step}: ${view.kind} ${view.message?.type ?? view.timer ?? ''}`).toMatch(/^\S.{5,}/);
      expect(sentence).not.toMatch(/undefined|NaN|\[object/);
      const scene = model.scene(timeline.worldAt(step + 1), focus);
      expect(scene.text.length).toBeGreaterThan(20);
      expect(scene.text).not.toMatch(/undefined|NaN|\[object/);
    }
  });

  test('every message type that is sent has a mark', () => {
    const run = runOf(id, variantId, { history: false });
    for (const type of Object.keys(run.record.messages)) expect(run.input.model.messages, type).toHaveProperty(type);
  });
});

test('every rule-proving scenario has a broken variant and one that repairs it', () => {
  for (const scenario of scenarios) {
    const parts = scenario.variants.map((variant) => variant.part);
    expect(parts, scenario.id).toContain('broken');
    // What repairs it may be another model's.
    if (scenario.compareWith === undefined) expect(parts, scenario.id).toContain('fixed');
  }
});
