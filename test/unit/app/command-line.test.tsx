import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { CommandLine } from '../../../app/_shell/command-line.tsx';

const KEPT = /<span style="white-space:nowrap">(.*?)<\/span>/g;
const drawn = (text: string) => renderToStaticMarkup(<CommandLine text={text} />);

test.each([
  ['npx faultline verify file.yaml --seeds 10000', ['--seeds 10000']],
  ['run raft --variant off --seed 2012 --json', ['--variant off', '--seed 2012', '--json']],
  ['run --json --seed 4', ['--json', '--seed 4']],
  ['faultline lookup', []],
])('%s: a flag and its value stay together, and the words are as they were', (text, flags) => {
  expect([...drawn(text).matchAll(KEPT)].map(([, flag]) => flag)).toEqual(flags);
  expect(drawn(text).replace(/<[^>]*>/g, '')).toBe(text);
});

test('npx faultline verify content/scenarios/raft-figure-8.yaml: a line breaks before the name of the file', () => {
  const text = 'npx faultline verify content/scenarios/raft-figure-8.yaml';
  expect(drawn(text)).toContain('content/scenarios/<span style="display:inline-block">raft-figure-8.yaml</span>');
  expect(drawn(text).replace(/<[^>]*>/g, '')).toBe(text);
});
