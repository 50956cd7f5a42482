// Makes JavaScript of the command line's TypeScript, once for each state of the sources, so that it starts at once and never runs a stale copy. Plain
// JavaScript, since nothing else can run before it.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const SOURCES = join(ROOT, 'simulations');
/** What processes and threads begin with. Built together, so that they share their parts. */
const ENTRIES = ['cli/main.ts', 'cli/bench.ts', 'index.ts'];
const BUILDS_KEPT = 8;

/**
 * The address of the JavaScript of an entry, built if the sources have changed since.
 * @param {'cli/main.ts' | 'cli/bench.ts' | 'index.ts'} entry
 * @returns {Promise<string>}
 */
export async function compiled(entry) {
  const name = `${stateOfSources()}-${process.getuid?.() ?? 0}`;
  const folders = [join(ROOT, 'node_modules', '.cache', 'faultline'), join(tmpdir(), 'faultline')];
  const built = folders.map((folder) => join(folder, name)).find((folder) => existsSync(folder));
  return pathToFileURL(join(built ?? (await build(folders, name)), entry.replace(/\.ts$/, '.js'))).href;
}

/** A name for the paths, sizes and times of change of all that a build reads. */
function stateOfSources() {
  const hash = createHash('sha256').update(process.version);
  for (const file of [join(ROOT, 'package-lock.json'), fileURLToPath(import.meta.url), ...filesIn(SOURCES)]) {
    const { size, mtimeMs } = statSync(file);
    hash.update(`${file} ${size} ${mtimeMs}\n`);
  }
  return hash.digest('hex').slice(0, 16);
}

/** @param {string} folder @returns {string[]} */
function filesIn(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesIn(path) : entry.name.endsWith('.ts') ? [path] : [];
  });
}

/**
 * Builds into the first folder that can be written to. Whoever builds the same at the same time does no harm: a build appears at once, by its new name.
 * @param {readonly string[]} folders
 * @param {string} name
 */
async function build(folders, name) {
  const folder = folders.find(isWritable);
  if (folder === undefined)
    throw new Error(`No place for the compiled command line: none of ${folders.join(', ')} can be written to.`);
  forgetOld(folder);
  const { build: bundle } = await import('esbuild');
  const draft = join(folder, `draft-${process.pid}-${Date.now()}`);
  await bundle({
    entryPoints: ENTRIES.map((entry) => join(SOURCES, entry)),
    outdir: draft,
    outbase: SOURCES,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    sourcemap: true,
    logLevel: 'error',
    plugins: [whereItStands],
  });
  try {
    renameSync(draft, join(folder, name));
  } catch {
    // Somebody else was faster: theirs is the same.
    rmSync(draft, { recursive: true, force: true });
  }
  return join(folder, name);
}

/** Packages are imported from where they are installed, and a module that asks for its own address gets that of its source. */
const whereItStands = {
  name: 'where-it-stands',
  /** @param {import('esbuild').PluginBuild} builder */
  setup(builder) {
    builder.onResolve({ filter: /^[^./]/ }, ({ path, kind }) =>
      kind === 'entry-point' ? undefined : { path: import.meta.resolve(path), external: true },
    );
    builder.onLoad({ filter: /simulations[\\/]cli[\\/].*\.ts$/ }, ({ path }) => ({
      contents: readFileSync(path, 'utf8').replaceAll('import.meta.url', JSON.stringify(pathToFileURL(path).href)),
      loader: 'ts',
    }));
  },
};

/** @param {string} folder */
function isWritable(folder) {
  try {
    mkdirSync(join(folder, `draft-${process.pid}`), { recursive: true });
    rmSync(join(folder, `draft-${process.pid}`), { recursive: true });
    return true;
  } catch {
    return false;
  }
}

/** Removes all builds but the latest: those that a process may still be reading stay. @param {string} folder */
function forgetOld(folder) {
  const paths = readdirSync(folder).map((name) => join(folder, name));
  const byAge = paths.map((path) => ({ path, ms: statSync(path).mtimeMs })).sort((a, b) => b.ms - a.ms);
  for (const { path } of byAge.slice(BUILDS_KEPT)) rmSync(path, { recursive: true, force: true });
}
