import { dirname, posix } from 'node:path';

/** Source files by path from the root of the project. */
export type Files = ReadonlyMap<string, string>;

/** What a folder of simulations/ may import from the others; and who may import a folder's inside at all. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  kernel: [],
  statechart: ['kernel'],
  checkers: ['kernel'],
  scenario: ['kernel'],
  parts: ['kernel', 'statechart'],
  models: ['kernel', 'statechart', 'checkers', 'scenario', 'parts'],
  run: ['kernel', 'statechart', 'checkers', 'scenario', 'parts', 'models'],
  search: ['kernel', 'statechart', 'checkers', 'scenario', 'parts', 'models', 'run'],
  export: ['kernel', 'statechart', 'checkers', 'scenario', 'parts', 'models', 'run'],
  cli: [],
};

/** Calls that would make a run depend on more than its inputs, and what to use instead. */
const BANNED: readonly (readonly [pattern: RegExp, name: string, instead: string])[] = [
  [/\bMath\.random\b/, 'Math.random', 'a named stream of the kernel'],
  [/\bDate\.now\b|\bnew Date\b/, 'the ambient clock', 'environment.clockUs'],
  [
    /\bMath\.(log|exp|pow|sin|cos|tan|log2|log10|log1p|expm1|cbrt)\b/,
    'a Math function that differs between engines',
    'kernel/exact-math.ts',
  ],
  [
    /\.toLocale(String|UpperCase|LowerCase)\b|\bIntl\b|\.localeCompare\b/,
    'the ambient locale',
    'plain comparison and formatting',
  ],
  [/\bprocess\.(env|hrtime|argv)\b/, 'the process', 'an argument'],
  [/\bsetTimeout\b|\bsetInterval\b|\bqueueMicrotask\b|\bawait\b/, 'asynchrony', 'events of the kernel'],
];

/** Folders of simulations/ that a run's result comes from: no ambient input there. Statistics beside them may use Math. */
const PURE = ['kernel', 'statechart', 'parts', 'models', 'checkers'];

const LINES_MAX = 400;
/** Entry points that nothing imports. */
const ROOTS: readonly RegExp[] = [
  /^simulations\/index\.ts$/,
  /^simulations\/cli\/main\.ts$/,
  /^app\/(.*\/)?(page|layout|route|error|not-found|loading|template|default|opengraph-image|sitemap|robots)\.tsx?$/,
  /\.worker\.ts$/,
  /\.d\.ts$/,
];

/** Every breach of the project's layout rules, one sentence each. */
export function tidy(files: Files): readonly string[] {
  const breaches: string[] = [];
  const imports = new Map([...files].map(([path, text]) => [path, importsOf(path, text)]));
  for (const [path, text] of files) {
    const lines = text.split('\n').length;
    if (lines > LINES_MAX && isSource(path)) breaches.push(`${path}: ${lines} lines; at most ${LINES_MAX}: split it`);
    for (const to of imports.get(path)!) {
      const breach = directionBreach(path, to);
      if (breach !== undefined) breaches.push(`${path}: imports ${to}; ${breach}`);
    }
    if (isPure(path)) {
      for (const [pattern, name, instead] of BANNED) {
        if (pattern.test(withoutComments(text))) breaches.push(`${path}: uses ${name}; use ${instead}`);
      }
    }
    if (importsXstate(text) && !mayUseXstate(path))
      breaches.push(`${path}: imports xstate; only statechart/, parts/, models/*/ and app/ may`);
    if (/(^|\/)index\.ts$/.test(path) && isBarrel(path))
      breaches.push(`${path}: a barrel; only simulations/index.ts may be one`);
  }
  return [...breaches, ...cycles(imports), ...deadFiles(files, imports)];
}

function isSource(path: string): boolean {
  return /^(simulations|app)\/.*\.(ts|tsx|css)$/.test(path);
}

function isPure(path: string): boolean {
  return PURE.some((folder) => path.startsWith(`simulations/${folder}/`));
}

function mayUseXstate(path: string): boolean {
  return !path.startsWith('simulations/') || /^simulations\/(statechart|parts|models\/[^/]+)\//.test(path);
}

function importsXstate(text: string): boolean {
  return /from 'xstate(\/[^']*)?'/.test(text);
}

/** models/<name>/index.ts defines a model; any other index.ts re-exports. */
function isBarrel(path: string): boolean {
  return (
    path.startsWith('simulations/') &&
    path !== 'simulations/index.ts' &&
    !/^simulations\/models\/[^/]+\/index\.ts$/.test(path)
  );
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '$1');
}

/** Project files that a file imports, by path from the root; packages are left out. */
export function importsOf(path: string, text: string): readonly string[] {
  const found: string[] = [];
  for (const match of withoutComments(text).matchAll(/(?:from|import|URL\()\s*\(?\s*['"`](\.{1,2}\/[^'"`]+)['"`]/g)) {
    found.push(posix.normalize(posix.join(dirname(path), match[1]!)));
  }
  return found;
}

function directionBreach(from: string, to: string): string | undefined {
  const [fromTop, fromFolder, fromModel] = from.split('/');
  const [toTop, toFolder, toModel] = to.split('/');
  if (fromTop === 'simulations' && toTop === 'app') return 'simulations/ knows nothing of app/';
  if (toTop !== 'simulations' || fromTop === 'test') return undefined;
  if (fromTop === 'app' || (fromTop === 'simulations' && fromFolder === 'cli' && toFolder !== 'cli')) {
    return to === 'simulations/index.ts' ? undefined : 'app/ and cli/ import simulations/index.ts and nothing below it';
  }
  if (fromTop !== 'simulations' || from === 'simulations/index.ts' || fromFolder === toFolder) {
    const foreignModel =
      fromFolder === 'models' &&
      toFolder === 'models' &&
      isModelFolder(from) &&
      isModelFolder(to) &&
      fromModel !== toModel;
    return foreignModel ? 'models never import each other' : undefined;
  }
  const allowed = ALLOWED[fromFolder!];
  if (allowed === undefined)
    return `simulations/${fromFolder} has no place in the import directions: add it to design and test`;
  return allowed.includes(toFolder!)
    ? undefined
    : `${fromFolder} may import ${allowed.join(', ') || 'nothing internal'}`;
}

function isModelFolder(path: string): boolean {
  return /^simulations\/models\/[^/]+\/./.test(path);
}

function cycles(imports: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const found: string[] = [];
  const state = new Map<string, 'open' | 'done'>();
  const visit = (path: string, trail: readonly string[]): void => {
    if (state.get(path) === 'done') return;
    if (state.get(path) === 'open') {
      found.push(`import cycle: ${[...trail.slice(trail.indexOf(path)), path].join(' > ')}`);
      return;
    }
    state.set(path, 'open');
    for (const to of imports.get(path) ?? []) if (imports.has(to)) visit(to, [...trail, path]);
    state.set(path, 'done');
  };
  for (const path of imports.keys()) visit(path, []);
  return found;
}

function deadFiles(files: Files, imports: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const used = new Set([...imports.values()].flat());
  return [...files.keys()]
    .filter((path) => isSource(path) && !ROOTS.some((root) => root.test(path)))
    .filter((path) => !used.has(path))
    .map((path) => `${path}: nothing imports it: remove it`);
}
