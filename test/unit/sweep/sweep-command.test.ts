import { spawn, spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type SweepOptions, sweepCommand } from '../../../simulations/cli/sweep.ts';

const SCENARIO = 'quorum-read-inversion';
const folder = mkdtempSync(join(tmpdir(), 'faultline-sweep-'));
const at = (name: string) => join(folder, name);
const bytes = (name: string) => readFileSync(at(name), 'utf8');

function faultline(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['bin/faultline.js', ...args], { encoding: 'utf8' });
  return { status, stdout, stderr };
}

describe('faultline sweep', () => {
  const options = ['--variant', 'off', '--seeds', '60'];
  const whole = faultline('sweep', SCENARIO, ...options, '--json', '--out', at('whole.json'));

  test('finds violating seeds: exit 1, rates with intervals, every seed, a line that replays the first', () => {
    expect(whole.status).toBe(1);
    const { variants, ...rest } = JSON.parse(whole.stdout) as { variants: Record<string, never>[] };
    expect(rest).toMatchObject({ scenario: SCENARIO, seeds: { from: 1, to: 60 }, complete: true });
    expect(variants).toHaveLength(1);
    expect(variants[0]).toMatchObject({
      variant: 'off',
      seeds: 60,
      properties: {
        linearizable: {
          rate: { count: expect.any(Number), low: expect.any(Number), high: expect.any(Number) },
          violatingSeeds: expect.arrayContaining([11, 14, 19]),
          replay: `npx faultline run ${SCENARIO} --variant off --seed 11`,
        },
      },
      metrics: {
        'read-p50': { unit: 'us', p50: expect.any(Number), p90: expect.any(Number), p99: expect.any(Number) },
      },
    });
    expect(faultline('run', SCENARIO, '--variant', 'off', '--seed', '11').status).toBe(1);
  });

  test('prints nothing about its speed where it may differ, and the same with one worker', () => {
    const one = faultline('sweep', SCENARIO, ...options, '--json', '--workers', '1', '--progress');
    expect(one.stdout).toBe(whole.stdout);
    expect(one.stderr).toMatch(/^off: 60 seeds in .*, \d+ a second$/m);
    expect(whole.stderr).toBe('');
  });

  test('of a variant without violations exits 0, and tells so in text', () => {
    const fixed = faultline('sweep', SCENARIO, '--variant', 'blocking', '--seeds', '5');
    expect(fixed.status).toBe(0);
    expect(fixed.stdout).toMatch(/never violated \(in at most .* %.*\): linearizable/);
    expect(fixed.stdout).not.toContain('VIOLATED');
  });

  test('in three shards started by a shell loop, then merged, is the sweep in one piece, byte for byte', () => {
    const loop = spawnSync(
      'sh',
      [
        '-ec',
        `for i in 1 2 3; do
           "${process.execPath}" bin/faultline.js sweep ${SCENARIO} ${options.join(' ')} --shard $i/3 --workers 1 --out "${folder}/shard-$i.json" > /dev/null
         done
         "${process.execPath}" bin/faultline.js merge "${folder}"/shard-*.json --out "${folder}/merged.json" --json`,
      ],
      { encoding: 'utf8' },
    );
    expect(loop.stderr).toBe('');
    expect(loop.status).toBe(1);
    expect(loop.stdout).toBe(whole.stdout);
    expect(bytes('merged.json')).toBe(bytes('whole.json'));
  });

  test('interrupted by a signal keeps what it has, says how to go on, and goes on to the same bytes (300 seeds)', async () => {
    const args = ['sweep', SCENARIO, '--variant', 'off', '--seeds', '300', '--json'];
    const child = spawn(process.execPath, [
      ...['bin/faultline.js', ...args],
      ...['--workers', '1', '--progress', '--out', at('broken.json')],
    ]);
    let stderr = '';
    const status = await new Promise((resolve) => {
      child.stderr.on('data', (data) => {
        const first = stderr === '';
        stderr += String(data);
        if (first) child.kill('SIGINT');
      });
      child.on('exit', resolve);
    });
    expect(status).toBe(3);
    expect(stderr).toMatch(/interrupted: off: \d+ of 300 seeds have run\. They are in .*: the same command goes on/);
    const { next } = (JSON.parse(bytes('broken.json')) as { variants: { next: number }[] }).variants[0]!;
    expect(next % 25).toBe(1);
    expect(next).toBeGreaterThan(1);
    expect(next).toBeLessThan(300);
    const rest = faultline(...args, '--out', at('broken.json'));
    const straight = faultline(...args, '--out', at('straight.json'));
    expect(rest).toEqual(straight);
    expect(bytes('broken.json')).toBe(bytes('straight.json'));
  });

  test('that is finished is read from its file, not run again', () => {
    copyFileSync(at('whole.json'), at('again.json'));
    const again = faultline('sweep', SCENARIO, ...options, '--json', '--progress', '--out', at('again.json'));
    expect(again).toEqual(whole);
  });

  const sweep = { variant: 'off', seeds: 60, from: 1 };

  test.each<[more: Partial<SweepOptions>, says: RegExp]>([
    [{ set: { readQuorum: '2' } }, /plan\.set\.readQuorum: found nothing; allowed: "2"\. .* holds another sweep/],
    [{ shard: { index: 1, of: 2 } }, /whole\.json: seeds: found 1 to 60; allowed: 1 to 30\. .* holds another sweep/],
    [{ stopAfter: 3 }, /whole\.json: plan\.stop\.violations: found nothing; allowed: 3\./],
  ])('refuses the file of another sweep and leaves it as it is: %j', async (more, says) => {
    const before = bytes('whole.json');
    const refused = sweepCommand(SCENARIO, { ...sweep, ...more, out: at('whole.json') });
    await expect(refused).rejects.toMatchObject({ status: 2, message: expect.stringMatching(says) });
    expect(bytes('whole.json')).toBe(before);
  });

  test('a file of another version is refused by its field', async () => {
    writeFileSync(at('old.json'), bytes('whole.json').replace(/"engine":"[^"]*"/, '"engine":"0.0.1"'));
    const refused = sweepCommand(SCENARIO, { ...sweep, out: at('old.json') });
    const message = expect.stringMatching(/old\.json: engine: found "0\.0\.1"; allowed: /);
    await expect(refused).rejects.toMatchObject({ status: 2, message });
  });

  test.each<[name: string, more: Partial<SweepOptions>, says: RegExp]>([
    [SCENARIO, { shard: { index: 1, of: 2 } }, /^--shard: found without --out/],
    [SCENARIO, { shard: { index: 1, of: 2 }, out: 'x', stopAfter: 1 }, /^--stop-after: found with --shard/],
    [SCENARIO, { from: 4294967295, seeds: 2 }, /^--seeds: found 2; allowed: at most 1 from 4294967295/],
    [SCENARIO, { variant: 'blockng' }, /variant: found "blockng"; .* Did you mean blocking\?/],
    [SCENARIO, { set: { readQuorum: '9' } }, /knobs\.readQuorum: found "9"/],
    ['no-such-scenario', {}, /^no scenario no-such-scenario/],
    [SCENARIO, { out: '/no/such/folder/x.json' }, /^--out: cannot write/],
  ])('of %s refuses %j by field', async (name, more, says) => {
    const refused = sweepCommand(name, { ...sweep, ...more });
    await expect(refused).rejects.toMatchObject({ status: 2, message: expect.stringMatching(says) });
  });

  test.each([
    [['sweep', SCENARIO, '--shard', '3/2'], /--shard.*found "3\/2"; allowed: i\/n with i from 1 to n/],
    [['sweep', SCENARIO, '--until-width', '2'], /--until-width.*found "2"; allowed: a share above 0/],
    [['merge', '/no/such/file'], /cannot read \/no\/such\/file/],
    [['merge', 'package.json'], /package\.json: faultline: found nothing/],
  ])('bad input exits 2 and names the field: %j', (args, says) => {
    const refused = faultline(...args);
    expect(refused.status).toBe(2);
    expect(refused.stderr).toMatch(says);
    expect(refused.stderr).not.toMatch(/\n\s+at /);
  });

  test('merge refuses a shard that is missing', () => {
    faultline('sweep', SCENARIO, '--variant', 'off', '--seeds', '9', '--shard', '2/3', '--out', at('middle.json'));
    const refused = faultline('merge', at('middle.json'));
    expect(refused.status).toBe(2);
    expect(refused.stderr).toMatch(/seeds: found no file with 1 to 3; allowed: all of 1 to 9.*\n.*no file with 7 to 9/);
  });
});
