import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, test } from 'vitest';
import { loadScenarios } from '../../../app/_content/scenarios.ts';
import { pinnedRuns } from '../../../app/_static/pinned.ts';
import { Head } from '../../../app/scenarios/_scenario/head.tsx';
import { ends } from '../../../app/scenarios/_scenario/names.ts';

const scenarios = loadScenarios();

function headOf(id: string): string {
  const scenario = scenarios.find((one) => one.id === id)!;
  const markup = renderToStaticMarkup(<Head scenario={scenario} runs={pinnedRuns(scenario)} />);
  return markup
    .replace(/<[^>]*>/g, '')
    .replaceAll('\u00a0', ' ')
    .replaceAll('&#x27;', "'");
}

describe('what the fix mends', () => {
  const repaired = scenarios.filter(({ variants }) => variants.some(({ part }) => part === 'fixed'));
  test.each(repaired.map((scenario) => [scenario.id, scenario] as const))(
    '%s says that its fix holds',
    (id, scenario) => {
      expect(headOf(id)).toContain(`Holds: ${ends(scenario).fixed.title}.`);
    },
  );

  test('profile-stale-read: a fix that keeps the contract and not more says what holds, and what does not', () => {
    const words = headOf('profile-stale-read');
    expect(words).toContain(
      'Holds: Session contract, token honoured. The contract is kept; read your writes; monotonic reads; consistent prefix. A read waits',
    );
    expect(words).toContain('Still violated: Linearizable; no acknowledged write lost.');
  });

  test('global-counter-raft: no variant is a fix, so nothing is said to hold', () => {
    expect(headOf('global-counter-raft')).not.toContain('Holds');
  });
});
