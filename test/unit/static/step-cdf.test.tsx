import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { StepCdf } from '../../../app/_static/step-cdf.tsx';

const chart = (first: readonly number[], second: readonly number[]) =>
  renderToStaticMarkup(
    <StepCdf
      id="latencies"
      samples={[
        { name: 'off', values: first, line: 'thin' },
        { name: 'on', values: second, line: 'heavy' },
      ]}
      x={{ label: 'read latency', unit: 'ms' }}
      counted="reads finished"
      label="Read latency"
    />,
  );
/** Heights of the two names, in px, in each of the two widths. */
const nameYs = (markup: string) =>
  [...markup.matchAll(/<text[^>]*y="([\d.]+)"[^>]*>(?:off|on) /g)].map(([, y]) => Number(y));

test.each([
  ['the first ends later', [3, 9], [3, 5]],
  ['the second ends later', [3, 5], [3, 9]],
  ['both end together', [3, 9], [4, 9]],
])('step curves: names of two curves never lie on each other (%s)', (_, first, second) => {
  const ys = nameYs(chart(first, second));
  expect(ys).toHaveLength(4);
  for (const at of [0, 2]) expect(Math.abs(ys[at]! - ys[at + 1]!)).toBeGreaterThanOrEqual(12);
});

test('step curves: what is drawn has an id in each width, by which it is fetched where the page did not bring it', () => {
  expect([...chart([1], [2]).matchAll(/id="(latencies-\d+)"/g)].map(([, id]) => id)).toEqual([
    'latencies-328',
    'latencies-440',
  ]);
});
