import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';

const root = join(import.meta.dirname, '..', '..', '..');
const yaml = [...readFileSync(join(root, 'README.md'), 'utf8').matchAll(/```yaml\n([\s\S]*?)```/g)].map(
  ([, text]) => text!,
);

/** The document among the README's YAML blocks that has this field at its top. */
function documentWith<T>(field: string): T {
  const documents = yaml.flatMap((text) =>
    parseAllDocuments(text).map((document) => document.toJS() as Record<string, unknown>),
  );
  return documents.find((document) => field in document) as T;
}

/** Runs a line of a job in a shell, from the repository, with fewer seeds than it asks for. Output, and exit status. */
function run(line: string, env: Readonly<Record<string, string>> = {}) {
  const few = line.replace(/--seeds \d+/, '--seeds 24').replace('npx faultline', 'node bin/faultline.js');
  const { status, stdout, stderr } = spawnSync('sh', ['-c', few], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, ...env },
  });
  return { status, said: stdout + stderr };
}

/** What the same sweep gives in one piece. */
function whole(folder: string): string {
  const path = join(folder, 'whole.json');
  run(`npx faultline sweep quorum-read-inversion --seeds 0 --out ${path}`);
  return readFileSync(path, 'utf8');
}

interface IndexedJob {
  readonly spec: {
    readonly completions: number;
    readonly template: {
      readonly spec: { readonly containers: readonly { readonly command: string[]; readonly args: string[] }[] };
    };
  };
}

test('the Kubernetes job of the README: its pods, one after the other, and the merge give the sweep in one piece', () => {
  const folder = mkdtempSync(join(tmpdir(), 'faultline-'));
  const { spec } = documentWith<IndexedJob>('spec');
  const [pod] = spec.template.spec.containers;
  expect(pod!.command).toEqual(['sh', '-c']);
  // Three pods instead of the README's twenty.
  const line = pod!.args[0]!.replaceAll(`/${spec.completions} `, '/3 ').replaceAll('/sweep/', `${folder}/`);
  for (const index of [0, 1, 2]) {
    const { status, said } = run(line, { JOB_COMPLETION_INDEX: String(index) });
    expect(status, said).toBe(0);
  }
  const merge = /`(node bin\/faultline\.js merge [^`]*)`/.exec(readFileSync(join(root, 'README.md'), 'utf8'))![1]!;
  const merged = run(merge.replaceAll('/sweep/', `${folder}/`));
  expect(merged.status, merged.said).toBe(1);
  expect(readFileSync(join(folder, 'sweep.json'), 'utf8')).toBe(whole(folder));
});

interface Workflow {
  readonly jobs: {
    readonly shard: {
      readonly strategy: { readonly matrix: { readonly shard: readonly number[] } };
      readonly steps: readonly { readonly run?: string }[];
    };
    readonly merge: { readonly steps: readonly { readonly run?: string }[] };
  };
}

test('the CI matrix of the README: every shard leaves its file, and the merge passes when no seed violates anything', () => {
  const folder = mkdtempSync(join(tmpdir(), 'faultline-'));
  const { jobs } = documentWith<Workflow>('jobs');
  const [sweep] = jobs.shard.steps.flatMap(({ run: line }) => (line?.includes('faultline') ? [line] : []));
  const [merge] = jobs.merge.steps.flatMap(({ run: line }) => (line?.includes('faultline') ? [line] : []));
  expect(jobs.shard.strategy.matrix.shard).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  for (const shard of [1, 2]) {
    // An artifact is unpacked into a folder of its name.
    const place = join(folder, 'shards', `shard-${shard}`);
    mkdirSync(place, { recursive: true });
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the workflow's own placeholder
    const line = sweep!.replace('${{ matrix.shard }}/8', `${shard}/2`).replace('shard.json', join(place, 'shard.json'));
    const { status, said } = run(line);
    expect(status, said).toBe(0);
  }
  const merged = run(merge!.replace('shards/', `${folder}/shards/`).replace('sweep.json', join(folder, 'sweep.json')));
  expect(merged.status, merged.said).toBe(0);
});
