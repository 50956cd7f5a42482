import { spawnSync } from 'node:child_process';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type CompareCommandOptions, compareCommand } from '../../../simulations/cli/compare.ts';
import { CliError } from '../../../simulations/cli/output.ts';

describe('faultline compare', () => {
  let written: string[] = [];
  beforeEach(() => {
    written = [];
    vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
      written.push(String(text));
      return true;
    });
  });
  afterEach(() => vi.restoreAllMocks());
  const printed = () => written.join('');

  test('two variants: where they part, because of what, metrics and verdicts side by side, status 0', () => {
    const { status, stdout } = spawnSync(
      process.execPath,
      ['bin/faultline.js', 'compare', 'quorum-read-inversion', '--variant', 'off', '--with', 'blocking'],
      { encoding: 'utf8' },
    );
    expect(status).toBe(0);
    expect(stdout).toContain('Read repair is off in "off" and blocking in "blocking".');
    expect(stdout).toContain('the same: 175 steps; then 6 only in A, 13 only in B');
    expect(stdout).toMatch(/linearizable +VIOLATED +holds/);
    expect(stdout).toMatch(/Read latency, median +41\.573 ms +43\.402 ms +\+1\.829 ms/);
    expect(stdout).toMatch(/open B +http.*variant=blocking/);
  });

  test('the first variant stands for the first run when only the other is named', () => {
    expect(compareCommand('quorum-read-inversion', { with: 'blocking', json: true })).toBe(0);
    const { a, b, sharedSteps } = JSON.parse(printed());
    expect([a.variant, b.variant, sharedSteps]).toEqual(['off', 'blocking', 175]);
  });

  test('another seed and a turned knob, of a model without a scenario', () => {
    compareCommand('quorum', { seed: 3, withSeed: 4, withSet: { readQuorum: '1' }, json: true });
    const { a, b, differences } = JSON.parse(printed());
    expect([a.seed, b.seed]).toEqual([3, 4]);
    expect(differences.map(({ name }: { name: string }) => name)).toEqual(['seed', 'readQuorum']);
  });

  test('two links: the runs that they address, their faults included', () => {
    const link = '/lab/quorum?scenario=quorum-read-inversion&variant=off';
    compareCommand(link, { withLink: `http://localhost:3000${link}&seed=9`, json: true });
    const { a, b } = JSON.parse(printed());
    expect([a.seed, b.seed]).toEqual([2012, 9]);
  });

  test.each<[string, string, CompareCommandOptions, RegExp]>([
    ['nothing to compare with', 'quorum-read-inversion', {}, /^--with: found nothing/],
    [
      'a variant that does not exist',
      'quorum-read-inversion',
      { with: 'blokcing' },
      /variant: found "blokcing".*Did you mean blocking\?/,
    ],
    [
      'a knob that does not exist',
      'quorum',
      { withSet: { readQourum: '1' } },
      /knobs\.readQourum.*Did you mean readQuorum\?/,
    ],
    [
      'a link beside a scenario',
      'quorum-read-inversion',
      { withLink: '/lab/quorum?seed=1' },
      /^--with-link: found with a scenario/,
    ],
    ['a link alone', '/lab/quorum?seed=1', {}, /^--with-link: found nothing/],
    [
      'a link and a variant',
      '/lab/quorum?seed=1',
      { withLink: '/lab/quorum?seed=2', with: 'off' },
      /^--with-link: found with --with/,
    ],
    [
      'a wrong second link',
      '/lab/quorum?seed=1',
      { withLink: '/lab/quorum?seed=x' },
      /^the second link: seed: found "x"/,
    ],
  ])('%s is bad input: %s', (_title, name, options, says) => {
    expect(() => compareCommand(name, options)).toThrow(says);
    expect(() => compareCommand(name, options)).toThrow(CliError);
  });
});
