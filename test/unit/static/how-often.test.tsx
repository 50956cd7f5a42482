import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { loadScenarios } from '../../../app/_content/scenarios.ts';
import { loadMeasured } from '../../../app/_static/measured.ts';
import { pinnedRuns } from '../../../app/_static/pinned.ts';
import { HowOften } from '../../../app/scenarios/_scenario/how-often.tsx';

test('how often: a property that no seed violates is a sentence, not four empty grids (cart-multiregion, convergence)', () => {
  const scenario = loadScenarios().find(({ id }) => id === 'cart-multiregion')!;
  const markup = renderToStaticMarkup(
    <HowOften scenario={scenario} runs={pinnedRuns(scenario)} measured={loadMeasured(scenario.id)!} />,
  );
  const words = markup.replace(/<[^>]*>/g, '');
  expect(words).toContain(
    'Regions converge. No seed violated it, in any variant: 0 of 10,000 in each, at most 0.038 %.',
  );
  expect(markup).not.toContain('seeds-convergence-');
  expect(markup).toContain('seeds-no-acked-add-lost-or-set');
});
