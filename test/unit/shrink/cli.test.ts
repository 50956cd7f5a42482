import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

function faultline(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['bin/faultline.js', ...args], { encoding: 'utf8' });
  return { status, stdout, stderr, json: () => JSON.parse(stdout) as Record<string, never> };
}
const path = join(mkdtempSync(join(tmpdir(), 'faultline-')), 'smallest.yaml');

describe('faultline shrink', () => {
  test('quorum-read-inversion: prints before and after, writes a file that runs and verifies as expected', () => {
    const shrink = faultline('shrink', 'quorum-read-inversion', '--out', path);
    expect(shrink.stderr).toBe('');
    expect(shrink.status).toBe(0);
    expect(shrink.stdout).toMatch(/events +506 +-> +\d\d\n/);
    expect(shrink.stdout).toMatch(/linearizable: Read \d+ .+ It took .+ nothing would be wrong\./);
    expect(shrink.stdout).toContain(`replay  npx faultline run ${path}`);
    for (const variant of ['off', 'blocking']) {
      const run = faultline('run', path, '--variant', variant);
      expect(run.status).toBe(0);
      expect(run.stdout).toContain('\nas expected\n');
    }
    expect(faultline('verify', path, '--seeds', '3', '--json').json()).toMatchObject({ ok: true });
  });

  test('the link carries the scenario: it replays to the same digest and verdict, and can be explained', () => {
    const report = faultline('shrink', 'quorum-read-inversion', '--json').json() as unknown as {
      link: string;
      digest: string;
      file: string;
      explanation: object;
    };
    expect(report.file).toBe(readFileSync(path, 'utf8'));
    const replay = faultline('replay', report.link, '--json');
    expect(replay.json()).toMatchObject({
      digest: report.digest,
      verdicts: { linearizable: { status: 'violated' } },
    });
    expect(faultline('explain', report.link, '--json').json()).toEqual(report.explanation);
  });
});

describe('faultline explain', () => {
  test('tombstone-zombie: the outage is what it took', () => {
    const run = faultline('explain', 'tombstone-zombie');
    expect(run.status).toBe(0);
    expect(run.stdout).toContain('It took 1 fault: without it nothing would be wrong.');
    expect(run.stdout).toMatch(/\* 1\.5 s +Fault: crash r3 began\. Without it nothing would be wrong\./);
  });
});

describe('bad input exits 2 and names the field and the fix', () => {
  test.each([
    [['shrink', 'quorum'], /property: found none: this run violates nothing; .* `faultline sweep` finds such seeds/],
    [['shrink', 'quorum-read-inversion', '--runs-max', '0'], /--runs-max/],
    [['shrink', 'quorum-read-inversion', '--out', '/no/such/folder/x.yaml'], /--out: cannot write/],
    [['explain', 'http://localhost:3000/lab/quorum?sed=1'], /link: sed/],
  ])('%j', (args, says) => {
    const run = faultline(...args);
    expect(run.status).toBe(2);
    expect(run.stderr).toMatch(says);
    expect(run.stderr).not.toMatch(/\n\s+at /);
  });
});
