import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { SearchedList } from '../../../app/lab/_lab/teach/searched-list.tsx';
import { scenarios } from '../../helpers/scenarios.ts';

/** What the pane says of a scenario's searches, without markup. */
function told(id: string): string {
  const scenario = scenarios.find((one) => one.id === id)!;
  const markup = renderToStaticMarkup(<SearchedList scenario={scenario} challenge={scenario.challenge!} />);
  return markup.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
}

test('raft-challenge: how many seeds and states were searched, and what to give up', () => {
  const text = told('raft-challenge');
  expect(text).toContain('2,000 seeds of the script.');
  expect(text).toContain(
    'All 1,999,401 states of the smallest configuration with 2 timers that ring and 1 crash, names of hosts aside: 35 steps deep.',
  );
  expect(text).toContain('Half of the servers as a quorum');
});

test('each way out is a link to the variant in which it happens', () => {
  const scenario = scenarios.find(({ id }) => id === 'raft-challenge')!;
  const markup = renderToStaticMarkup(<SearchedList scenario={scenario} challenge={scenario.challenge!} />);
  const links = [...markup.matchAll(/href="([^"]+)"/g)].map(([, href]) => href!.replaceAll('&amp;', '&'));
  expect(links).toEqual(
    scenario.challenge!.otherwise.map(
      ({ scenario: id, variant }) => `/lab/consensus?scenario=${id}&variant=${variant}`,
    ),
  );
});

test('a challenge without searches says nothing', () => {
  expect(told('quorum-freshness')).toBe('');
});
