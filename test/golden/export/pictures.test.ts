import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { exportEdn } from '../../../simulations/export/edn.ts';
import { exportFrameSvg } from '../../../simulations/export/frame-svg.ts';
import { exportMermaid } from '../../../simulations/export/mermaid.ts';
import { exportShiViz } from '../../../simulations/export/shiviz.ts';
import { exportSvg } from '../../../simulations/export/svg.ts';
import { runOf } from '../../helpers/scenarios.ts';

const run = runOf('quorum-read-inversion', 'off');
const replay = 'faultline run quorum-read-inversion --variant off --seed 2012';
const view = { key: 'x', fromUs: 420_000, toUs: 780_000, replay };

/**
 * The pinned run as it leaves Faultline. When a change means to move one, record anew with
 * `RECORD=1 npx vitest run test/golden/export` and look at the pictures.
 */
test.each([
  ['quorum-read-inversion.svg', () => exportSvg(run, view)],
  ['quorum-read-inversion.frame.svg', () => exportFrameSvg(run, { ...view, atUs: 650_000 })],
  ['quorum-read-inversion.mmd', () => exportMermaid(run, view)],
  ['quorum-read-inversion.edn', () => exportEdn(run)],
  ['quorum-read-inversion.log', () => exportShiViz(run, { ...view, fromUs: 620_000, toUs: 680_000 })],
])('%s is as recorded', (name, write) => {
  const file = `test/golden/export/${name}`;
  const text = write();
  if (process.env.RECORD === '1') writeFileSync(file, text);
  expect(text).toBe(readFileSync(file, 'utf8'));
});
