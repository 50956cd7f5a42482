import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { SeedGrid } from '../../../app/scenarios/_scenario/seed-grid.tsx';

/** The strokes of the cells. */
const strokesIn = (svg: string) => svg.match(/M[\d.]+ [\d.]+h[\d.]+/g) ?? [];

test('seed grid: one cell for each violating seed, a ring around the pinned one, counts in words (10,000 seeds, 3 violate)', () => {
  const svg = renderToStaticMarkup(
    <SeedGrid id="seeds" seeds={10_000} violating={[1, 100, 2012]} pinned={2012} label="linearizable, off" />,
  );
  expect(strokesIn(svg)).toEqual(['M0 1.1h2.1', 'M257.4 1.1h2.1', 'M28.6 53.1h2.1']);
  expect(svg).toContain('<circle');
  expect(svg).toContain('10,000 seeds, 3 violated');
});

test('seed grid: violating seeds side by side are one dashed stroke, from row to row a new one (100 seeds)', () => {
  const svg = renderToStaticMarkup(
    <SeedGrid id="seeds" seeds={100} violating={[3, 4, 5, 10, 11]} pinned={7} label="broken" />,
  );
  // A row has ten cells of 26 px, filled to 20.8: seeds 3 to 5 reach from 52 px over two pitches and a cell.
  expect(strokesIn(svg)).toEqual(['M52 10.4h72.8', 'M234 10.4h20.8', 'M0 36.4h20.8']);
  expect(svg).toContain('stroke-dasharray="20.8 5.2"');
  const all = Array.from({ length: 10_000 }, (_, at) => at + 1);
  const full = renderToStaticMarkup(<SeedGrid id="seeds" seeds={10_000} violating={all} pinned={7} label="broken" />);
  expect(strokesIn(full)).toHaveLength(100);
});

test('seed grid: no ring where the pinned seed does not violate', () => {
  expect(
    renderToStaticMarkup(<SeedGrid id="seeds" seeds={100} violating={[]} pinned={7} label="fixed" />),
  ).not.toContain('<circle');
});
