import { describe, expect, test } from 'vitest';
import { loadScenarios } from '../../../app/_content/scenarios.ts';
import { violationsOf } from '../../../app/_static/evidence.ts';
import { pinnedRuns } from '../../../app/_static/pinned.ts';
import { scenarioCard } from '../../../app/scenarios/_card/card.ts';
import { cardPng } from '../../../app/scenarios/_card/card-png.ts';
import { outlined } from '../../../app/scenarios/_card/outlined.ts';
import { loadSetter } from '../../../app/scenarios/_card/outlines.ts';
import { ends } from '../../../app/scenarios/_scenario/names.ts';

const setter = await loadSetter();

describe('words as curves', () => {
  test('the data face is condensed: 600 units of 1,000 a character, whatever the weight', () => {
    for (const weight of [400, 600])
      expect(setter.outline('n2 v3', { voice: 'data', sizePx: 10, weight }).widthPx).toBeCloseTo(30, 5);
  });

  test('a line set at a point lies on it: left end, base line', () => {
    const { d } = setter.outline('H', { voice: 'ui', sizePx: 100, weight: 600 }, 200, 300);
    const points = [...d.matchAll(/(-?[\d.]+) (-?[\d.]+)/g)].map(([, x, y]) => [Number(x), Number(y)] as const);
    expect(Math.min(...points.map(([x]) => x))).toBeGreaterThan(200);
    expect(Math.max(...points.map(([, y]) => y))).toBeCloseTo(300, 0);
    expect(Math.min(...points.map(([, y]) => y))).toBeGreaterThan(200);
  });

  test('an exported text keeps its classes, its anchor and its line through', () => {
    const sheet = 'text{font-size:10px}.big{font-size:20px}.gone{text-decoration:line-through}';
    const svg = (attributes: string) => `<svg><style>${sheet}</style><text ${attributes}>v&lt;1</text></svg>`;
    const box = (markup: string) =>
      [...markup.matchAll(/(-?[\d.]+) (-?[\d.]+)/g)].map(([, x]) => Number(x)).sort((a, b) => a - b);
    const start = box(outlined(svg('class="big" x="100" y="50"'), setter));
    const end = box(outlined(svg('class="big" x="100" y="50" text-anchor="end"'), setter));
    // Three characters of 20 px, 12 px each.
    expect(end[0]).toBeCloseTo(start[0]! - 36, 1);
    const struck = outlined(svg('class="big gone" x="100" y="50"'), setter);
    expect(struck).toContain('class="big gone"');
    expect(struck).toContain('h36v');
    expect(struck).not.toContain('<text');
  });

  test('a span stands further to the right, and the whole ends at its anchor', () => {
    const text = '<text x="100" y="50" text-anchor="end">cut<tspan dx="8">r1</tspan></text>';
    const markup = outlined(`<svg><style>text{font-size:10px}</style>${text}</svg>`, setter);
    const xs = [...markup.matchAll(/(-?[\d.]+) (-?[\d.]+)/g)].map(([, x]) => Number(x));
    // Five characters of 6 px and the gap.
    expect(Math.min(...xs)).toBeGreaterThanOrEqual(100 - 38);
    expect(Math.min(...xs)).toBeLessThan(100 - 36);
    expect(xs.filter((x) => x > 80.5 && x < 87.5)).toEqual([]);
  });
});

describe.each(loadScenarios().map((scenario) => [scenario.id, scenario] as const))('the card of %s', (_, scenario) => {
  const card = scenarioCard({ scenario, runs: pinnedRuns(scenario) }, setter);

  test('holds the run, both marks and no text that would need a font', () => {
    // A failing comparison would print the whole card.
    const holds = (part: string) => card.includes(part);
    expect(/<text[ >]/.exec(card)?.[0]).toBeUndefined();
    const parts = ['class="lane"', 'fill="#b33000"'];
    const runs = pinnedRuns(scenario);
    const broken = runs.find(({ variant }) => variant.id === ends(scenario).broken.id)!;
    // What a run is held to as a whole, such as how much it keeps, has no witness in the picture.
    const isPlaced = violationsOf(broken).some(
      ({ witness: { operations, steps } }) => operations.length + steps.length > 0,
    );
    if (isPlaced) parts.push('class="witness"', 'class="violated"');
    // A fix may be a comparison that holds in part.
    const fixed = runs.find(({ variant }) => variant.id === ends(scenario).fixed.id);
    if (fixed !== undefined && violationsOf(fixed).length === 0) parts.push('fill="#006a5a"');
    for (const part of parts) expect([part, holds(part)]).toEqual([part, true]);
  });

  test('is a PNG of 1200 by 630', async () => {
    const png = Buffer.from(await cardPng({ scenario, runs: pinnedRuns(scenario) }));
    expect(png.subarray(1, 4).toString()).toBe('PNG');
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([1200, 630]);
    expect(png.length).toBeGreaterThan(40_000);
    expect(png.length).toBeLessThan(400_000);
  });
});
