import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type ExportCommandOptions, exportCommand } from '../../../simulations/cli/export.ts';
import { CliError } from '../../../simulations/cli/output.ts';
import { exportSvg } from '../../../simulations/export/svg.ts';
import { runOf } from '../../helpers/scenarios.ts';

const out = join(mkdtempSync(join(tmpdir(), 'faultline-export-')), 'out');

/** Exports to a file and gives back what it holds. */
function exported(name: string, options: ExportCommandOptions): string {
  expect(exportCommand(name, { ...options, out })).toBe(0);
  return readFileSync(out, 'utf8');
}

describe('faultline export', () => {
  test('to standard output, status 0: durations, a variant, a key', () => {
    const { status, stdout } = spawnSync(
      process.execPath,
      ['bin/faultline.js', 'export', 'quorum-read-inversion', '--as', 'mermaid', '--from', '600 ms', '--to', '0.65 s'],
      { encoding: 'utf8' },
    );
    expect(status).toBe(0);
    expect(stdout).toContain('%% faultline run quorum-read-inversion --variant off --seed 2012\nsequenceDiagram\n');
  });

  test("a picture without a range shows the scenario's own view", () => {
    const replay = 'faultline run quorum-read-inversion --variant blocking --seed 2012';
    const expected = exportSvg(runOf('quorum-read-inversion', 'blocking'), {
      fromUs: 420_000,
      toUs: 780_000,
      key: 'x',
      replay,
    });
    expect(exported('quorum-read-inversion', { as: 'svg', variant: 'blocking' })).toBe(expected);
  });

  test('data without a range hold the whole run', () => {
    const lines = exported('quorum-read-inversion', { as: 'jsonl' }).trimEnd().split('\n');
    expect(lines).toHaveLength(runOf('quorum-read-inversion', 'off').record.operations.length * 2);
  });

  test('a link: its run, its window, its moment; the command line goes before it', () => {
    const link =
      'http://localhost:3000/lab/quorum?scenario=quorum-read-inversion&variant=off&seed=2012&step=300&from=600000&to=700000';
    expect(exported(link, { as: 'svg' })).toContain('600 to 700 ms');
    const atUs = runOf('quorum-read-inversion', 'off').timeline!.timeUs(299);
    expect(exported(link, { as: 'frame' })).toContain(`at ${Number((atUs / 1000).toFixed(1))} ms`);
    expect(exported(link, { as: 'svg', from: '610 ms', to: '690000' })).toContain('610 to 690 ms');
    expect(exported(link, { as: 'shiviz', seed: 7, set: { readRepair: 'async' } })).toContain(
      'faultline run quorum-read-inversion --variant off --seed 7 --set readRepair=async',
    );
  });

  test('a model with its defaults, knobs with spaces quoted in the command that makes it again', () => {
    const log = exported('quorum', { as: 'shiviz', set: { latencyMin: '3 ms' }, seed: 5, to: '100 ms' });
    expect(log).toContain("faultline run quorum --seed 5 --set 'latencyMin=3 ms' ===");
  });

  test.each<[string, ExportCommandOptions, RegExp]>([
    ['quorum-read-inversion', { as: 'png' }, /--as: found "png"; allowed: shiviz, chrome, .*frame\. Name one of these/],
    [
      'quorum-read-inversion',
      { as: 'svg', from: '4 parsecs' },
      /--from: found "4 parsecs"; allowed: a duration such as .*Write it/,
    ],
    [
      'quorum-read-inversion',
      { as: 'svg', to: '9 s' },
      /quorum-read-inversion: to: found 9 s; allowed: 0 ms to 2\.5 s.*Lower it/,
    ],
    ['quorum-read-inversion', { as: 'frame', at: '9 s' }, /: at: found 9 s/],
    [
      'quorum-read-inversion',
      { as: 'svg', at: '1 s' },
      /--at: found with --as svg; allowed: with --as frame\. Use --from/,
    ],
    ['quorum-read-inversion', { as: 'edn', key: 'z' }, /: key: found "z"; allowed: x/],
    [
      'quorum-read-inversion',
      { as: 'mermaid', from: '0 ms', to: '2 s' },
      /at most 200 messages.*Export a shorter range/,
    ],
    ['quorum-read-inversion', { as: 'svg', variant: 'blockng' }, /variant: found "blockng".*Did you mean blocking\?/],
    ['no-such-scenario', { as: 'svg' }, /no scenario no-such-scenario/],
    ['/lab/quorum?seed=x', { as: 'svg' }, /link: seed: found "x"/],
  ])('%s %j is bad input with the field and the fix', (name, options, says) => {
    try {
      exportCommand(name, { ...options, out });
    } catch (error) {
      expect(error).toBeInstanceOf(CliError);
      expect((error as CliError).status).toBe(2);
      expect((error as CliError).message).toMatch(says);
      return;
    }
    expect.unreachable('it was accepted');
  });

  test('a folder that does not exist is bad input too', () => {
    expect(() => exportCommand('quorum-read-inversion', { as: 'edn', out: '/no/such/folder/x' })).toThrow(
      /--out: cannot write/,
    );
  });
});
