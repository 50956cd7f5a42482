import { readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { type ExploreCommandOptions, exploreCommand } from '../../../simulations/cli/explore.ts';
import { CliError } from '../../../simulations/cli/output.ts';
import { replayCommand } from '../../../simulations/cli/run.ts';
import { loadScenario } from '../../../simulations/index.ts';

function captured(run: () => number) {
  const written: string[] = [];
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => written.push(String(text)) > 0);
  const status = run();
  vi.restoreAllMocks();
  return { status, text: written.join('') };
}

const faultline = (name: string, options: ExploreCommandOptions = {}) => captured(() => exploreCommand(name, options));
const inversion = { set: { readRepair: 'off' }, property: 'linearizable', symmetry: true } as const;

afterEach(() => vi.restoreAllMocks());

describe('faultline explore MODEL', () => {
  test('quorum --set readRepair=off --property linearizable --json: counts, the shortest path, a link that replays, exit 1', () => {
    const { status, text } = faultline('quorum', { ...inversion, json: true });
    expect(status).toBe(1);
    const report = JSON.parse(text);
    expect(report).toMatchObject({
      model: 'quorum',
      distinct: 2236,
      generated: 6059,
      depth: 14,
      seconds: expect.any(Number),
      stopped: 'decided',
      notJudged: ['available-after-heal', 'no-resurrection', 'freshness'],
      command: 'faultline explore quorum --set readRepair=off --property linearizable --symmetry',
    });
    const { linearizable } = report.properties;
    expect(linearizable).toMatchObject({ status: 'violated', path: { length: 14 } });
    const replayed = captured(() => replayCommand(linearizable.link, { json: true }));
    // The scenario that the link carries expects the violation.
    expect(replayed.status).toBe(0);
    expect(JSON.parse(replayed.text).verdicts.linearizable).toMatchObject({ status: 'violated' });
  });

  test('in words: each step of the run in a sentence, the link, the replay command; --out writes a scenario that loads', () => {
    const out = join(tmpdir(), `faultline-explored-${process.pid}.yaml`);
    try {
      const { text } = faultline('quorum', { ...inversion, out });
      expect(text).toMatch(
        /^VIOLATED +linearizable +Broken after 14 steps: Read 2 found nothing after read 1 had returned v1\.$/m,
      );
      expect(text.match(/^ {2}\d+ ms +\S.*\.$/gm)?.length).toBeGreaterThanOrEqual(14);
      expect(text).toMatch(/^open {4}http/m);
      expect(text).toMatch(/^replay {2}faultline replay 'http/m);
      expect(loadScenario(readFileSync(out, 'utf8'))).toMatchObject({ ok: true, scenario: { model: 'quorum' } });
    } finally {
      rmSync(out, { force: true });
    }
  });

  test('a property that nothing puts to the test, asked for by name: exit 3', () => {
    const { status, text } = faultline('quorum', { property: 'no-early-purge', depthMax: 4, json: true });
    expect(status).toBe(3);
    expect(JSON.parse(text).properties['no-early-purge'].status).toBe('unknown');
  });
});

describe('faultline explore SCENARIO', () => {
  test('quorum-read-inversion --variant off: its decision in the smallest configuration; the fixed variant comes from the scenario', () => {
    const { status, text } = faultline('quorum-read-inversion', {
      variant: 'off',
      property: 'linearizable',
      json: true,
    });
    expect(status).toBe(1);
    expect(JSON.parse(text)).toMatchObject({
      scenario: 'quorum-read-inversion',
      variant: 'off',
      knobs: { replicas: 3, readRepair: 'off', requestTimeout: 90_000 },
    });
    const replayed = captured(() =>
      replayCommand(JSON.parse(text).properties.linearizable.link.replace('variant=off', 'variant=blocking'), {
        json: true,
      }),
    );
    expect(JSON.parse(replayed.text).verdicts.linearizable.status).toBe('ok');
  });

  test('--whole takes the scenario as it is: five replicas, 26 operations, and a bound that ends as unknown', () => {
    const options = { variant: 'blocking', whole: true, statesMax: 300, property: 'linearizable', json: true };
    const { status, text } = faultline('quorum-read-inversion', options);
    expect(status).toBe(3);
    expect(JSON.parse(text)).toMatchObject({ knobs: { replicas: 5 }, distinct: 300, stopped: 'states' });
  });
});

test.each([
  ['quorum', { property: 'linearisable' }, /property: found "linearisable"; allowed: .*Did you mean linearizable\?/],
  ['quorum', { property: 'freshness' }, /property: found "freshness"; allowed: linearizable, /],
  ['quorum', { set: { replicas: '9' } }, /knobs\.replicas: found "9"; allowed: .* Lower it to 7/],
  ['quorum', { set: { antiEntropyEvery: '1 s' }, symmetry: true }, /symmetry: found true; allowed: false/],
  [
    'quorum-freshness',
    { whole: true, symmetry: true, set: { coordinatorAt: 'replica', antiEntropyEvery: '0', hintAfter: '0' } },
    /symmetry: found true; allowed: false/,
  ],
  ['quorum', { whole: true }, /whole: found true; allowed: false without a scenario/],
  [
    'quorum-read-inversion',
    { variant: 'of' },
    /variant: found "of"; allowed: off, async, blocking\. Did you mean off\?/,
  ],
  ['two-phase-commit', { losses: 1 }, /losses: found 1; allowed: nothing for a specification/],
  [
    'quorom',
    {},
    /spec: found "quorom"; allowed: two-phase-commit, .*; a model: quorum, .*; a scenario: an id or a file/,
  ],
] as const)('%s %o is bad input: field, found, allowed, fix', (name, options, says) => {
  try {
    exploreCommand(name, options);
    expect.unreachable();
  } catch (error) {
    expect(error).toBeInstanceOf(CliError);
    expect(error).toMatchObject({ status: 2, message: expect.stringMatching(says) });
  }
});
