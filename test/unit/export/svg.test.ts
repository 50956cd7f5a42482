// @vitest-environment jsdom
import { describe, expect, test } from 'vitest';
import { exportFrameSvg } from '../../../simulations/export/frame-svg.ts';
import { exportSvg } from '../../../simulations/export/svg.ts';
import type { Run } from '../../../simulations/run/execute.ts';
import { engineVersion } from '../../../simulations/run/version.ts';
import { runOf, scenarios, variants } from '../../helpers/scenarios.ts';

/** Reads a picture with an XML parser, and finds what a standalone file must not have. */
function readSvg(text: string): Document {
  const document = new DOMParser().parseFromString(text, 'image/svg+xml');
  const root = document.documentElement;
  expect(document.querySelector('parsererror')?.textContent).toBeUndefined();
  expect(root.namespaceURI).toBe('http://www.w3.org/2000/svg');
  expect(root.getAttribute('viewBox')).toBe(`0 0 ${root.getAttribute('width')} ${root.getAttribute('height')}`);
  const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  const links = [...text.matchAll(/url\(#([^)]+)\)|href="#([^"]+)"/g)].map((match) => match[1] ?? match[2]!);
  for (const id of [...links, 'title', 'desc']) expect(ids).toContain(id);
  const style = document.querySelector('style')!.textContent!;
  for (const element of document.querySelectorAll('[class]'))
    for (const look of element.classList) expect(style, look).toContain(`.${look}`);
  expect(text).not.toMatch(/NaN|Infinity|undefined|var\(--|href="http|@import/);
  return document;
}

const count = (document: Document, selector: string) => document.querySelectorAll(selector).length;
const wordsOf = (document: Document) => [...document.querySelectorAll('text')].map((text) => text.textContent);
const viewOf = (id: string) => scenarios.find((scenario) => scenario.id === id)!.view;

/** Whether some disk holds a version of the key in view at that time: only then there is a fill to be drawn. */
function holdsSomething({ input: { model }, timeline, record }: Run, key: string | undefined, atUs: number): boolean {
  const focus = model.focus(record.operations, key ?? model.keys(record.operations)[0] ?? '');
  const { processes } = timeline!.worldAt(timeline!.stepsUntil(atUs));
  return processes.some(({ role, disk }) => model.stratum(role, disk, focus) !== undefined);
}

describe('space-time diagram', () => {
  test.each(variants)(
    "%s %s: the scenario's view is well-formed, self-contained, with a bar an operation",
    (id, variant) => {
      const run = runOf(id, variant);
      const { key, fromUs = 0, toUs = run.record.endUs } = viewOf(id);
      const document = readSvg(exportSvg(run, { key, fromUs, toUs }));
      expect(count(document, '.client') + count(document, '.replica')).toBe(run.topology.hosts.length);
      const overlapping = run.record.operations.filter(({ invokedAt, completedStep }) => {
        const endUs = completedStep === undefined ? run.record.endUs : run.timeline!.timeUs(completedStep);
        return invokedAt <= toUs && endUs >= fromUs;
      });
      expect(count(document, '.bar')).toBe(overlapping.length);
      const looks = ['.fill-new', '.fill-prev', '.fill-old', '.fill-gone'].map((look) =>
        count(document, `path${look}`),
      );
      expect(Math.max(...looks)).toBeLessThanOrEqual(1);
      expect(Math.max(...looks)).toBeGreaterThanOrEqual(holdsSomething(run, key, toUs) ? 1 : 0);
    },
  );

  test('the pinned violation: cut as a seam, crash as tears, boundary and mark of the witness, command under it', () => {
    const run = runOf('quorum-read-inversion', 'off');
    const replay = 'faultline run quorum-read-inversion --variant off --seed 2012';
    const document = readSvg(exportSvg(run, { fromUs: 420_000, toUs: 780_000, replay }));
    for (const look of ['.gap', '.standing', '.tear', '.down', '.held', '.proof', '.violated', '.fault-cut'])
      expect(count(document, look), look).toBeGreaterThan(0);
    expect(count(document, '.witness')).toBe(2);
    const words = wordsOf(document);
    expect(words).toContain('633.7 ms: v5 was returned, no later read may go back');
    expect(words).toContain(replay);
    expect(words).toContain(`Faultline: model quorum, seed 2012, digest ${run.digest}, engine ${engineVersion}.`);
    const text = document.querySelector('desc')!.textContent!;
    expect(text).toContain('At 632 ms: cut a r1 r2 | r3 r4 r5 b.');
    expect(text).toContain('Client b: read 10 returned v4');
    expect(text).toContain('read 10 completes a violation.');
  });

  test('the repaired run shows no mark of a violation', () => {
    const run = runOf('quorum-read-inversion', 'blocking');
    const document = readSvg(exportSvg(run, { fromUs: 420_000, toUs: 780_000 }));
    for (const look of ['.proof', '.violated', '.witness']) expect(count(document, look)).toBe(0);
  });

  test('a window with more messages than can be told apart shows their density and says so', () => {
    const run = runOf('feed-quorum-staleness', 'guess');
    const document = readSvg(exportSvg(run, { width: 1 }));
    expect(document.documentElement.getAttribute('width')).toBe('480');
    expect(count(document, '.density')).toBe(1);
    expect(count(document, '.line')).toBe(0);
    expect(document.querySelector('desc')!.textContent).toContain('More messages than can be drawn one by one.');
  });

  test('text is escaped: a name with markup in it stays a name, control characters go', () => {
    const run = runOf('quorum-read-inversion', 'off');
    const hosts = run.topology.hosts.map((host, at) => (at === 0 ? { ...host, id: '<b>&"\u0001' } : host));
    const odd: Run = { ...run, topology: { ...run.topology, hosts } };
    const document = readSvg(exportSvg(odd, { fromUs: 0, toUs: 100_000, replay: "a < b && 'c'" }));
    expect(wordsOf(document)).toContain('<b>&"');
    expect(wordsOf(document)).toContain("a < b && 'c'");
  });

  test('a long command is broken as a shell reads it', () => {
    const replay = `faultline replay '/lab/quorum?${'x'.repeat(40)}' ${'--set knob=value '.repeat(20)}`.trim();
    const words = wordsOf(
      readSvg(exportSvg(runOf('quorum-read-inversion', 'off'), { toUs: 50_000, replay, width: 480 })),
    );
    const lines = words.slice(words.findIndex((word) => word?.startsWith('faultline replay'))) as string[];
    expect(lines.length).toBeGreaterThan(3);
    expect(lines.join('\n').replaceAll(' \\\n', ' ')).toBe(replay);
  });
});

test('the XML parser does refuse: an open tag, a bare ampersand', () => {
  const svg = exportSvg(runOf('quorum-read-inversion', 'off'), { toUs: 50_000 });
  expect(() => readSvg(svg.replace('</desc>', ''))).toThrow();
  expect(() => readSvg(svg.replace('</desc>', ' & </desc>'))).toThrow();
});

describe('frame', () => {
  const run = runOf('quorum-read-inversion', 'off');

  test.each([0, 12_345, 430_000, 650_000, 712_000, 2_500_000])('at %i us: well-formed, a node a host', (atUs) => {
    const document = readSvg(exportFrameSvg(run, { atUs }));
    expect(count(document, '.node')).toBe(5);
    expect(count(document, '.client')).toBe(2);
  });

  test('in the cut: torn in two, the dead node dashed, votes counted, versions by age, the text of the scene', () => {
    const document = readSvg(exportFrameSvg(run, { atUs: 650_000 }));
    expect(count(document, 'clipPath[id^=half]')).toBe(2);
    expect(count(document, '.node-down')).toBe(1);
    expect(count(document, '.counted')).toBe(3);
    expect(wordsOf(document)).toContain('cut at 632 ms');
    expect(wordsOf(document)).toContain('down since 524 ms');
    expect(count(document, '.chip.fill-new')).toBe(2);
    expect(count(document, '.chip.fill-prev')).toBe(3);
    expect(document.querySelector('desc')!.textContent).toContain(
      'Fault cut is in force: nothing passes between a r1 r2 and r3 r4 r5 b.',
    );
  });

  test('a moment outside the run is refused', () => {
    expect(() => exportFrameSvg(run, { atUs: 2_500_001 })).toThrow(/at: found .*; allowed: 0 ms to 2\.5 s.*Lower it/);
  });
});
