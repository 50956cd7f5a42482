import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { embedAddress, embedThemes, readEmbedAddress, shows } from '../../../app/_embed/embed-address.ts';
import { iframeSnippet, markdownPicture } from '../../../app/_embed/snippets.ts';
import { formatLink } from '../../../simulations/index.ts';

const lab = formatLink({
  model: 'quorum',
  scenario: 'quorum-read-inversion',
  variant: 'off',
  seed: 7,
  set: { readQuorum: 2 },
  view: { key: 'profile', fromUs: 400_000, toUs: 800_000, verdict: 'linearizable' },
});

describe('the address of an embedded run', () => {
  test('gives back the link of the lab, whatever the look', () => {
    fc.assert(
      fc.property(fc.constantFrom(...shows), fc.constantFrom(...embedThemes), (show, theme) => {
        const read = readEmbedAddress(`https://faultline.example${embedAddress(lab, { show, theme })}`);
        expect(read).toMatchObject({ ok: true, show, theme, lab });
      }),
    );
  });

  test('keeps the packed part behind the mark', () => {
    const packed = formatLink({ model: 'quorum', seed: 3, set: {}, faults: [], view: {} });
    expect(packed).toContain('#z1.');
    expect(embedAddress(packed, { show: 'stage' })).toBe(`/embed/quorum?seed=3&show=stage#${packed.split('#')[1]}`);
    expect(readEmbedAddress(embedAddress(packed))).toMatchObject({ ok: true, link: { faults: [] } });
  });

  test('leaves defaults out', () => {
    expect(embedAddress('/lab/quorum?seed=3', { show: 'space-time', theme: 'auto' })).toBe('/embed/quorum?seed=3');
  });

  test('names every wrong field with what is allowed', () => {
    const read = readEmbedAddress('/embed/quorum?show=moon&theme=blue&sed=3');
    expect(read.ok).toBe(false);
    const problems = read.ok ? [] : read.problems;
    expect(problems.map(({ field }) => field)).toEqual(['show', 'theme', 'sed']);
    expect(problems[0]?.allowed).toBe('space-time, stage, pair');
  });
});

test('an iframe and a picture in Markdown hold no markup of their title', () => {
  const frame = iframeSnippet({ src: 'https://x.example/embed/quorum?a=1&b=2', title: 'R < "3" & more' });
  expect(frame).toContain('src="https://x.example/embed/quorum?a=1&amp;b=2"');
  expect(frame).toContain('title="R &lt; &quot;3&quot; &amp; more"');
  const options = { alt: 'N [5] * two', picture: 'https://x.example/p.png', address: 'https://x.example/' };
  expect(markdownPicture(options)).toBe('[![N \\[5\\] \\* two](https://x.example/p.png)](https://x.example/)');
});
