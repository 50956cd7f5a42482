import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { loadScenario } from '../../../simulations/run/load-scenario.ts';
import { formatDuration, parseDuration } from '../../../simulations/scenario/duration.ts';
import { describeProblem } from '../../../simulations/scenario/scenario.ts';

const good = readFileSync('content/scenarios/quorum-read-inversion.yaml', 'utf8');
const messages = (text: string): readonly string[] => {
  const loaded = loadScenario(text);
  return loaded.ok ? [] : loaded.problems.map(describeProblem);
};
const lineOf = (text: string, needle: string) => text.slice(0, text.indexOf(needle)).split('\n').length;

describe('scenario files', () => {
  test('durations become microseconds, in knobs, workload, faults and view', () => {
    const loaded = loadScenario(good);
    expect(loaded.ok).toBe(true);
    if (!loaded.ok) return;
    const { scenario } = loaded;
    expect(scenario.durationUs).toBe(2_500_000);
    expect(scenario.knobs.latencyMin).toBe(8000);
    expect(scenario.faults.find(({ id }) => id === 'cut')).toMatchObject({ when: { atUs: 632_000 }, forUs: 136_000 });
    expect((scenario.workload.script as { a: { atUs: number }[] }).a[0]!.atUs).toBe(20_000);
  });

  // Each: what is changed in a good file, what the message must say. The line is that of the changed text.
  const mistakes: readonly [title: string, from: string, to: string, says: RegExp][] = [
    [
      'a misspelt field',
      'title: Quorum',
      'titel: Quorum',
      /titel: found a field that does not exist; .*Did you mean title\?/,
    ],
    [
      'a knob out of range',
      'readQuorum: 3',
      'readQuorum: 9',
      /knobs\.readQuorum: found 9; allowed: a whole number from 1 to 7\. Lower it to 7 or less/,
    ],
    [
      'a misspelt knob',
      'persistTime: 2 ms',
      'persistTme: 2 ms',
      /knobs\.persistTme: found a knob that does not exist; .*Did you mean persistTime\?/,
    ],
    [
      'a choice that does not exist',
      'readRepair: blocking',
      'readRepair: blockng',
      /variants\[2\]\.set\.readRepair: found "blockng"; allowed: off, async, blocking\. Did you mean blocking\?/,
    ],
    ['a host that does not exist', 'target: r2', 'target: r9', /faults\[1\]\.target: found "r9"; allowed: .*r1, r2/],
    [
      'a duration without a unit',
      'duration: 2500 ms',
      'duration: soon',
      /duration: found "soon"; allowed: a duration such as/,
    ],
    ['an unknown kind of fault', 'do: crash', 'do: explode', /faults\[1\]\.do: found "explode"; allowed: .*crash/],
    [
      'two decisions in one variant',
      'set: { readRepair: async }',
      'set: { readRepair: async, readQuorum: 2 }',
      /variants\[1\]\.set\.readQuorum: found a knob of no decision/,
    ],
    [
      'an end before its beginning',
      'at: 524 ms, until: 712 ms',
      'at: 524 ms, until: 500 ms',
      /faults\[1\]\.until: .*an instant after at/,
    ],
    [
      'an unknown witness',
      'witness: partial-write-read',
      'witness: partial-write',
      /witness: found "partial-write"; allowed: .*partial-write-read/,
    ],
    [
      'an unknown property',
      'expect: { linearizable: violated }',
      'expect: { linearisable: violated }',
      /linearisable.*Did you mean linearizable\?/,
    ],
    [
      'an unknown operation in the workload',
      'f: write, at: 20 ms',
      'f: wrote, at: 20 ms',
      /workload\.script\.a\[0\]\.f: found "wrote"; allowed: read, write, delete/,
    ],
    ['broken YAML', 'knobs:', 'knobs: [', /the whole: found/],
    [
      'an unknown model',
      'model: quorum',
      'model: qorum',
      /model: found "qorum"; allowed: .*quorum.*Did you mean quorum\?/,
    ],
  ];
  test.each(mistakes)(
    '%s gets an error with its line, the field, what is allowed and the fix',
    (_title, from, to, says) => {
      expect(good).toContain(from);
      const text = good.replace(from, to);
      const found = messages(text).filter((message) => says.test(message));
      expect(found, messages(text).join('\n')).not.toEqual([]);
      if (!to.endsWith('[')) expect(found[0]).toMatch(new RegExp(`^line ${lineOf(text, to)},`));
    },
  );

  test('a missing field is named and the fix is to add it', () => {
    expect(messages(good.replace(/^seed: .*$/m, ''))).toEqual([
      expect.stringMatching(/seed: found nothing; .* Add it\./),
    ]);
  });

  test('a scenario without a witness may be of a single run, but makes no claims over many seeds', () => {
    const without = good.replace(/^witness: .*$/m, '');
    expect(messages(without)[0]).toMatch(
      /variants\[0\]\.rates: found claims over many seeds, and no witness; .* Name in witness the hazard/,
    );
    const single = messages(without.replaceAll(/^ {4}rates:\n( {6}- .*\n)+/gm, ''));
    expect(single).toEqual([]);
  });

  test('aliases that expand without end are refused', () => {
    const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c,*c,*c,*c,*c,*c]\n${good}`;
    expect(messages(bomb)[0]).toMatch(/aliases/);
  });

  test('JSON is as good as YAML', () => {
    const loaded = loadScenario(good);
    expect(loaded.ok).toBe(true);
    const json = JSON.stringify({ ...minimal(), id: 'as-json' });
    expect(messages(json)).toEqual([]);
  });
});

function minimal() {
  return {
    title: 'As JSON',
    model: 'quorum',
    claim: 'c',
    finding: 'f',
    duration: '1 s',
    seed: 1,
    decisions: [{ id: 'readRepair', title: 'read repair', knobs: ['readRepair'] }],
    variants: [
      { id: 'off', title: 'off', part: 'broken', set: { readRepair: 'off' } },
      { id: 'on', title: 'on', part: 'fixed', set: { readRepair: 'blocking' } },
    ],
    witness: 'read-after-ack',
    cost: { text: 'c' },
  };
}

describe('durations', () => {
  test.each([
    ['250 us', 250],
    ['40 ms', 40_000],
    ['2.5 s', 2_500_000],
    ['3 min', 180_000_000],
    ['1 h', 3_600_000_000],
    ['10 d', 864_000_000_000],
    ['8ms', 8000],
  ])('%s is %d microseconds', (text, us) => {
    expect(parseDuration(text)).toBe(us);
  });
  test.each(['', '5', 'ms', '-1 s', '1 year', '1e3 ms', '1 s 2'])('%s is no duration', (text) => {
    expect(parseDuration(text)).toBeUndefined();
  });
  test.each([
    [0, '0 ms'],
    [250, '250 us'],
    [1500, '1.5 ms'],
    [626_000, '626 ms'],
    [2_500_000, '2.5 s'],
    [864_000_000_000, '10 d'],
    [-200_000, '-200 ms'],
  ])('%d microseconds are written %s', (us, text) => {
    expect(formatDuration(us)).toBe(text);
  });
});
