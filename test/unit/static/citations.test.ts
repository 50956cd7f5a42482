import { describe, expect, test } from 'vitest';
import { loadScenarios } from '../../../app/_content/scenarios.ts';
import { counterpartOf } from '../../../app/_static/counterpart.ts';
import { loadMeasured } from '../../../app/_static/measured.ts';
import { pinnedRuns } from '../../../app/_static/pinned.ts';
import { openEmbed } from '../../../app/embed/_frame/open.ts';
import { madrConfirmation, ORIGIN, pairSnippet } from '../../../app/scenarios/_scenario/citations.ts';
import { modelById } from '../../../simulations/index.ts';

const confirmationOf = (id: string): string => {
  const scenario = loadScenarios().find((one) => one.id === id)!;
  const evidence = { scenario, runs: pinnedRuns(scenario), measured: loadMeasured(id) };
  return madrConfirmation({ ...evidence, counterpart: counterpartOf(scenario) });
};

describe('the copied frame', () => {
  test.each(loadScenarios().map((scenario) => [scenario.id, scenario] as const))(
    'of %s opens with two runs',
    (_, one) => {
      const [, src = ''] = /src="([^"]+)"/.exec(pairSnippet({ scenario: one })) ?? [];
      const address = src.replace(ORIGIN, '').replaceAll('&amp;', '&');
      const known = loadScenarios().filter(({ model }) => model === one.model);
      const opened = openEmbed(address, { model: modelById(one.model)!, scenarios: known });
      expect(opened.kind === 'ready' ? opened.view.sides.length : opened).toBe(2);
    },
  );
});

describe('the confirmation of a decision record', () => {
  test.each(loadScenarios().map(({ id }) => id))('%s: never says that an interval is from all to all', (id) => {
    expect(confirmationOf(id)).not.toContain('100 % to 100 %');
  });

  test('every seed is a bound from below, none a bound from above (cart-multiregion)', () => {
    const text = confirmationOf('cart-multiregion');
    expect(text).toContain('violated in 10,000 of 10,000 seeds (95 %: at least 99.962 %)');
    expect(text).toContain('violated in 0 of 10,000 seeds (95 %: at most 0.038 %)');
  });

  test('names the run of another model that meets the objective, where no variant does (global-counter-raft)', () => {
    const text = confirmationOf('global-counter-raft');
    expect(text).toContain('* PN-counter (global-counter, pn-counter): half-within-40-ms holds on seed 20');
    expect(confirmationOf('global-counter')).not.toContain('holds on seed');
  });
});
