import { expect, test } from 'vitest';
import { loadScenarios } from '../../../app/_content/scenarios.ts';
import { labLink, spanOf, violationIn, violationsOf } from '../../../app/_static/evidence.ts';
import { pinnedRun } from '../../../app/_static/pinned.ts';
import { fitWindow } from '../../../app/_static/window.ts';
import { pictureWindow } from '../../../app/scenarios/_scenario/picture-window.ts';
import { messagesIn } from '../../../simulations/export/picture/messages.ts';
import { parseLink } from '../../../simulations/index.ts';

const scenarios = loadScenarios();
const inversion = scenarios.find(({ id }) => id === 'quorum-read-inversion')!;
const off = pinnedRun(inversion, inversion.variants[0]!);
const must = spanOf(off, violationsOf(off)[0]!.witness)!;
const wanted = { fromUs: 420_000, toUs: 780_000 };

test('a window at 1,248 px keeps all that its author wanted', () => {
  expect(fitWindow({ ...off, wanted, must, fieldPx: 1200 })).toEqual(wanted);
});

test.each([220, 290, 400])('a window at %i px has fewer messages and keeps the witness', (fieldPx) => {
  const fitted = fitWindow({ ...off, wanted, must, fieldPx });
  expect(fitted.fromUs).toBeLessThanOrEqual(must.fromUs);
  expect(fitted.toUs).toBeGreaterThan(must.toUs);
  const count = ({ fromUs, toUs }: typeof wanted) => messagesIn(off.run, fromUs, toUs).flights.length;
  expect(count(fitted)).toBeLessThan(count(wanted));
});

test.each(scenarios.map((scenario) => [scenario.id, scenario] as const))(
  '%s: its pictures show a violation of some variant',
  (_id, scenario) => {
    const runs = scenario.variants.map((variant) => pinnedRun(scenario, variant));
    const window = pictureWindow(scenario, runs);
    // What is violated may be a figure of the whole run, which no moment shows.
    const moments = runs.flatMap((pinned) => violationsOf(pinned).filter(({ witness }) => spanOf(pinned, witness)));
    if (moments.length === 0) {
      expect(scenario.objectives).toBeDefined();
      return;
    }
    expect(runs.some((pinned) => violationIn(pinned, window.at(290)) !== undefined)).toBe(true);
  },
);

test.each([
  ['raft-fsync-off', 'off', 'leader-completeness'],
  ['raft-challenge', 'unsynced', 'leader-completeness'],
  ['raft-split-brain', 'half', 'state-machine-safety'],
])('%s, %s: a thumb marks the violation that it was cut out around (%s)', (id, variant, property) => {
  const scenario = scenarios.find((one) => one.id === id)!;
  const runs = scenario.variants.map((one) => pinnedRun(scenario, one));
  const window = pictureWindow(scenario, runs);
  const pinned = runs.find((one) => one.variant.id === variant)!;
  const marked = window.marked(pinned)!;
  expect(marked.id).toBe(property);
  const [shown, span] = [window.at(220), spanOf(pinned, marked.witness)!];
  expect(shown.fromUs).toBeLessThanOrEqual(span.fromUs);
  expect(shown.toUs).toBeGreaterThanOrEqual(span.toUs);
});

test('the lab link of a broken variant opens at the step that completes its violation', () => {
  const parsed = parseLink(labLink(inversion, off, wanted));
  const { witness, id } = violationsOf(off)[0]!;
  expect(parsed).toMatchObject({
    ok: true,
    state: {
      scenario: inversion.id,
      variant: 'off',
      seed: inversion.seed,
      view: { step: Math.max(...witness.steps) + 1, verdict: id },
    },
  });
});
