import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { SeedGrid } from '../../../app/scenarios/_scenario/seed-grid.tsx';

test('seed grid: one cell for each violating seed, a ring around the pinned one, counts in words (10,000 seeds, 3 violate)', () => {
  const svg = renderToStaticMarkup(
    <SeedGrid seeds={10_000} violating={[1, 100, 2012]} pinned={2012} label="linearizable, off" />,
  );
  expect(svg.match(/h-[\d.]+z/g)).toHaveLength(3);
  expect(svg).toContain('M0 0h');
  expect(svg).toContain('<circle');
  expect(svg).toContain('10,000 seeds, 3 violated');
});

test('seed grid: no ring where the pinned seed does not violate', () => {
  expect(renderToStaticMarkup(<SeedGrid seeds={100} violating={[]} pinned={7} label="fixed" />)).not.toContain(
    '<circle',
  );
});
