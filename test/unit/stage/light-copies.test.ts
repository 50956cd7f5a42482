import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import * as light from '../../../app/_stage/layout/path.ts';
import * as lightNumbers from '../../../app/_stage/layout/time-axis.ts';
import * as engine from '../../../simulations/export/picture/path.ts';
import * as engineNumbers from '../../../simulations/export/picture/time-axis.ts';

// Pages that load no engine have their own copies of four small things; here they are held together.

const read = (path: string) => readFileSync(fileURLToPath(new URL(`../../../${path}`, import.meta.url)), 'utf8');

test("the shell's seam is the engine's, to the letter", () => {
  expect(read('app/_shell/seam.ts')).toBe(read('simulations/export/picture/seam.ts'));
});

test("the charts' path data is the engine's", () => {
  for (const value of [0, -0.04, 0.05, 12.349, -7.25, 1e6]) expect(light.tenth(value)).toBe(engine.tenth(value));
  const points = [
    [0, 1.26],
    [3.333, -4],
    [10, 0.05],
  ] as const;
  expect(light.line(points)).toBe(engine.line(points));
});

test("the site's numbers are the engine's", () => {
  for (const us of [0, 40, 50, 999, 505_000, 661_449, 2_500_000, 1_234_567_890]) {
    expect(lightNumbers.formatCount(us)).toBe(engineNumbers.formatCount(us));
    expect(lightNumbers.formatCount(us / 8)).toBe(engineNumbers.formatCount(us / 8));
    expect(lightNumbers.formatMsShort(us)).toBe(engineNumbers.formatMsShort(us));
  }
});
