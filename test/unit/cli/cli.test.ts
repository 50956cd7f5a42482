import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { scenarioJsonSchema } from '../../../simulations/index.ts';

function faultline(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['bin/faultline.js', ...args], { encoding: 'utf8' });
  return { status, stdout, stderr, json: () => JSON.parse(stdout) as Record<string, never> };
}
const folder = mkdtempSync(join(tmpdir(), 'faultline-'));
function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}
const history = (...lines: object[]) => lines.map((line) => JSON.stringify(line)).join('\n');

test('a reader that has read enough, such as head, ends a command without a word', () => {
  const command = '{ node bin/faultline.js export raft-compaction --as chrome; echo "exit $?" >&2; } | head -c 10';
  const { stdout, stderr } = spawnSync('sh', ['-c', command], { encoding: 'utf8' });
  expect(stdout).toHaveLength(10);
  expect(stderr).toBe('exit 141\n');
});

describe('faultline run', () => {
  test('a broken variant on its pinned seed: JSON with verdict, witness, digest and link; exit 0, as expected', () => {
    const run = faultline('run', 'quorum-read-inversion', '--variant', 'off', '--json');
    expect(run.status).toBe(0);
    expect(run.json()).toMatchObject({
      scenario: 'quorum-read-inversion',
      variant: 'off',
      seed: 2012,
      digest: expect.stringMatching(/^[0-9a-f]{16}$/),
      events: expect.any(Number),
      simulatedUs: 2_500_000,
      verdicts: {
        linearizable: {
          status: 'violated',
          sentence: expect.any(String),
          witness: { operations: expect.any(Array), steps: expect.any(Array) },
        },
      },
      metrics: { 'read-p50': expect.any(Number) },
      link: expect.stringContaining('/lab/quorum?scenario=quorum-read-inversion&variant=off&seed=2012'),
    });
  });

  test('the same run through xstate has the same digest', () => {
    const digest = (form: string) =>
      faultline('run', 'quorum-read-inversion', '--interpreter', form, '--json').json().digest;
    expect(digest('xstate')).toBe(digest('compiled'));
  });

  test('any other run with a violation exits 1, one without exits 0', () => {
    expect(faultline('run', 'quorum-read-inversion', '--seed', '2022').status).toBe(1);
    expect(faultline('run', 'quorum-read-inversion', '--seed', '2022', '--set', 'readRepair=blocking').status).toBe(0);
  });

  test.each([
    [['run', 'no-such-scenario'], /no scenario no-such-scenario.*quorum-read-inversion/],
    [
      ['run', 'quorum-read-inversion', '--variant', 'blockng'],
      /variant: found "blockng"; allowed: off, async, blocking\. Did you mean blocking\?/,
    ],
    [
      ['run', 'quorum-read-inversion', '--set', 'readQuorum=9'],
      /knobs\.readQuorum: found "9"; allowed: a whole number from 1 to 7\. Lower it to 7 or less/,
    ],
    [['run', 'quorum-read-inversion', '--set', 'readQuorum=5', '--set', 'replicas=4'], /readQuorum/],
    [['run', 'quorum-read-inversion', '--set', 'readQuorum'], /allowed: knob=value/],
    [['run', 'quorum-read-inversion', '--seed', '-3'], /--seed/],
    [['replay', 'http://localhost:3000/lab/quorum?sed=1'], /link: sed: found "1"; allowed: scenario, variant, seed/],
    [['check', '/no/such/file', '--model', 'register'], /cannot read/],
    [['check', 'x', '--model', 'queue'], /register, kv/],
    [['frobnicate'], /unknown command/],
  ])('bad input exits 2 and names the field and the fix: %j', (args, says) => {
    const run = faultline(...args);
    expect(run.status).toBe(2);
    expect(run.stderr).toMatch(says);
    expect(run.stderr).not.toMatch(/\n\s+at /);
  });
});

test('faultline replay: a link gives the run that it addresses', () => {
  const run = faultline(
    'run',
    'quorum-read-inversion',
    '--variant',
    'blocking',
    '--seed',
    '77',
    '--json',
  ).json() as unknown as { link: string; digest: string };
  const replay = faultline('replay', run.link, '--json');
  expect(replay.json()).toMatchObject({ digest: run.digest, variant: 'blocking', seed: 77 });
});

describe('faultline check', () => {
  const stale = history(
    { process: 0, type: 'invoke', f: 'write', value: 1 },
    { process: 0, type: 'ok', f: 'write', value: 1 },
    { process: 1, type: 'invoke', f: 'read', value: null },
    { process: 1, type: 'ok', f: 'read', value: 0 },
  );
  test('a stale read is violated: exit 1, with the operations that prove it', () => {
    const run = faultline('check', file('stale.jsonl', stale), '--model', 'register', '--initial', '0', '--json');
    expect(run.status).toBe(1);
    expect(run.json()).toMatchObject({
      status: 'violated',
      operations: 2,
      witness: { operations: expect.arrayContaining([0, 1]) },
    });
  });
  test('a good history is ok: exit 0', () => {
    expect(
      faultline('check', file('good.jsonl', stale.replace('"value":0', '"value":1')), '--model', 'register').status,
    ).toBe(0);
  });
  test('a budget that runs out is unknown: exit 3', () => {
    const many = Array.from({ length: 20 }, (_, process) => ({ process, type: 'invoke', f: 'write', value: process }));
    const reads = Array.from({ length: 20 }, (_, process) => ({ process: process + 50, type: 'invoke', f: 'read' }));
    const ends = [
      ...many.map((one) => ({ ...one, type: 'ok' })),
      ...reads.map((one, at) => ({ ...one, type: 'ok', value: (at * 7) % 20 })),
    ];
    const run = faultline(
      'check',
      file('hard.jsonl', history(...many, ...reads, ...ends)),
      '--model',
      'register',
      '--budget',
      '20',
      '--json',
    );
    expect(run.status).toBe(3);
    expect(run.json()).toMatchObject({ status: 'unknown', witness: null });
  });
  test('a broken line exits 2 with its number', () => {
    const run = faultline(
      'check',
      file('broken.jsonl', `${stale}\n{"process":3,"type":"ok","f":"read"}`),
      '--model',
      'register',
    );
    expect(run.status).toBe(2);
    expect(run.stderr).toMatch(/line 5/);
  });
});

describe('faultline verify', () => {
  test('a shipped scenario shows what it claims: exit 0', () => {
    const run = faultline('verify', 'tombstone-zombie', '--seeds', '5', '--json');
    expect(run.status).toBe(0);
    expect(run.json()).toMatchObject({ ok: true, mismatches: [] });
  });
  test('a claim that is not true exits 1 and prints a line that replays it', () => {
    const text = readFileSync('content/scenarios/tombstone-zombie.yaml', 'utf8').replaceAll(
      'gcGrace: 30 s',
      'gcGrace: 11 s',
    );
    const path = file('wrong.yaml', text);
    const run = faultline('verify', path, '--seeds', '5');
    expect(run.status).toBe(1);
    expect(run.stdout).toContain(`replay: npx faultline run ${path} --variant long`);
    expect(faultline('run', path, '--variant', 'long').stdout).toMatch(/not as expected: no-resurrection/);
  });
  test('a file with a mistake exits 2 with file, line, field and fix', () => {
    const path = file(
      'bad.yaml',
      readFileSync('content/scenarios/tombstone-zombie.yaml', 'utf8').replace('gcGrace: 10 s', 'gcGrave: 10 s'),
    );
    const run = faultline('verify', path);
    expect(run.status).toBe(2);
    expect(run.stderr).toMatch(/bad\.yaml: line \d+, knobs\.gcGrave: .* Did you mean gcGrace\?/);
  });
});

test('faultline list names every scenario', () => {
  const run = faultline('list', '--json');
  expect(run.status).toBe(0);
  const { scenarios } = run.json() as unknown as { scenarios: { id: string }[] };
  const files = readdirSync('content/scenarios').filter((file) => file.endsWith('.yaml'));
  expect(scenarios.map(({ id }) => id)).toEqual(files.map((file) => file.replace('.yaml', '')).sort());
});

test('the published JSON Schema is the one that scenario files are parsed with', () => {
  expect(JSON.parse(readFileSync('public/schema/scenario.json', 'utf8'))).toEqual(
    JSON.parse(JSON.stringify(scenarioJsonSchema())),
  );
});
