import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type Files, tidy } from './helpers/tidy.ts';

/** Type-only imports make no cycle at run time, and the kernel's world and its helpers know each other's types. */
function withoutTypeImports(text: string): string {
  return text.replace(/import type [\s\S]*? from '[^']+';/g, '');
}

const tracked = execFileSync(
  'git',
  ['ls-files', '--cached', '--others', '--exclude-standard', '*.ts', '*.tsx', '*.js', '*.mjs', '*.css', '*.mdx'],
  { encoding: 'utf8' },
)
  .split('\n')
  .filter((path) => path !== '' && !path.startsWith('test/fixtures/'));
const read = (path: string): string | undefined => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
};
const project: Files = new Map(
  tracked.flatMap((path) => {
    const text = read(path);
    return text === undefined ? [] : [[path, text] as const];
  }),
);

test('the project keeps its layout', () => {
  const breaches = tidy(project).filter((breach) => !breach.startsWith('import cycle'));
  expect(breaches).toEqual([]);
});

test('the project has no import cycles at run time', () => {
  const values: Files = new Map([...project].map(([path, text]) => [path, withoutTypeImports(text)]));
  expect(tidy(values).filter((breach) => breach.startsWith('import cycle'))).toEqual([]);
});

describe('a planted breach is seen', () => {
  const planted: readonly [title: string, path: string, text: string, says: RegExp][] = [
    [
      'kernel imports a model',
      'simulations/kernel/planted.ts',
      "import { x } from '../models/quorum/index.ts';",
      /kernel may import nothing internal/,
    ],
    [
      'checkers import the statechart',
      'simulations/checkers/planted.ts',
      "import { x } from '../statechart/chart.ts';",
      /checkers may import kernel/,
    ],
    [
      'one model imports another',
      'simulations/models/other/planted.ts',
      "import { x } from '../quorum/knobs.ts';",
      /models never import each other/,
    ],
    [
      'a page reaches into the engine',
      'app/planted/page.tsx',
      "import { x } from '../../simulations/kernel/world.ts';",
      /import simulations\/index\.ts and nothing below/,
    ],
    [
      'the command line reaches into the engine',
      'simulations/cli/planted.ts',
      "import { x } from '../kernel/world.ts';",
      /import simulations\/index\.ts and nothing below/,
    ],
    [
      'the engine imports the site',
      'simulations/run/planted.ts',
      "import { x } from '../../app/page.tsx';",
      /knows nothing of app/,
    ],
    ['a checker uses xstate', 'simulations/checkers/planted.ts', "import { setup } from 'xstate';", /imports xstate/],
    [
      'a model rolls dice',
      'simulations/models/quorum/planted.ts',
      'export const x = Math.random();',
      /Math\.random; use a named stream/,
    ],
    [
      'a model reads the clock',
      'simulations/models/quorum/planted.ts',
      'export const x = Date.now();',
      /environment\.clockUs/,
    ],
    [
      'a model takes an inexact logarithm',
      'simulations/models/quorum/planted.ts',
      'export const x = Math.log(2);',
      /exact-math/,
    ],
    ['a barrel', 'simulations/kernel/index.ts', "export * from './world.ts';", /a barrel/],
    ['a file too long', 'simulations/kernel/planted.ts', 'x\n'.repeat(401), /at most 400/],
    ['a file that nothing imports', 'app/_shell/planted.tsx', 'export const x = 1;', /nothing imports it/],
    [
      'a folder without a place',
      'simulations/misc/planted.ts',
      "import { x } from '../kernel/world.ts';",
      /has no place/,
    ],
  ];
  test.each(planted)('%s', (_title, path, text, says) => {
    const breaches = tidy(new Map([...project, [path, text]])).filter((breach) => breach.startsWith(path));
    expect(
      breaches.some((breach) => says.test(breach)),
      breaches.join('\n'),
    ).toBe(true);
  });

  test('an import cycle', () => {
    const files: Files = new Map([
      ['simulations/kernel/a.ts', "import { b } from './b.ts';"],
      ['simulations/kernel/b.ts', "import { a } from './a.ts';"],
    ]);
    expect(
      tidy(files).some((breach) =>
        breach.startsWith('import cycle: simulations/kernel/a.ts > simulations/kernel/b.ts'),
      ),
    ).toBe(true);
  });
});
