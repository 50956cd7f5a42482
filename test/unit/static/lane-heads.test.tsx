import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { loadScenarios } from '../../../app/_content/scenarios.ts';
import { pinnedRun } from '../../../app/_static/pinned.ts';
import { StaticSpaceTime } from '../../../app/_static/static-space-time.tsx';

test('a picture drawn on the server says which lane is whose', () => {
  const scenario = loadScenarios().find(({ id }) => id === 'quorum-read-inversion')!;
  const { run, focus } = pinnedRun(scenario, scenario.variants[0]!);
  const markup = renderToStaticMarkup(
    <StaticSpaceTime run={run} focus={focus} fromUs={420_000} toUs={780_000} size="figure" label="A run" id="p" />,
  );
  const words = [...markup.matchAll(/<text[^>]*>([^<]+)<\/text>/g)].map(([, word]) => word);
  for (const { id } of run.topology.hosts) expect(words).toContain(id);
});
