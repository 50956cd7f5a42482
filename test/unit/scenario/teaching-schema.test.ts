import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { describeProblem, formatLink, loadScenario, parseLink } from '../../../simulations/index.ts';

const text = readFileSync('content/scenarios/quorum-read-inversion.yaml', 'utf8');

/** What is said of the shipped file after one change. */
function said(from: string, to: string): readonly string[] {
  expect(text).toContain(from);
  const loaded = loadScenario(text.replace(from, to));
  return loaded.ok ? [] : loaded.problems.map(describeProblem);
}

describe('what teaches, in a scenario file', () => {
  test.each<readonly [string, string, string, RegExp]>([
    [
      'a kind of anchor that does not exist',
      'on: fault, fault: crash-r2',
      'on: step, fault: crash-r2',
      /captions\[2\]\.at\.on: found "step"; allowed: time, message, timer, note, operation, fault, predicate, property/,
    ],
    [
      'a fault that the script does not have',
      'on: fault, fault: crash-r2',
      'on: fault, fault: crash-r3',
      /^line \d+, captions\[2\]\.at\.fault: found "crash-r3".*Did you mean crash-r2\?/,
    ],
    [
      'a host that does not exist',
      'type: RResp, from: r3, to: r1',
      'type: RResp, from: r33, to: r1',
      /captions\[4\]\.at\.from: found "r33".*Did you mean r3\?/,
    ],
    [
      'a message type that the model does not send',
      'type: Repair, from: r1',
      'type: Repare, from: r1',
      /captions\[8\]\.at\.type: found "Repare".*Did you mean Repair\?/,
    ],
    [
      'a message numbered from 0',
      'to: r1, nth: 2 }',
      'to: r1, nth: 0 }',
      /captions\[4\]\.at\.nth: found 0.*at least 1/,
    ],
    [
      'a variant that does not exist',
      'variant: async',
      'variant: asyn',
      /captions\[8\]\.variant: found "asyn".*async\?/,
    ],
    [
      'a property that does not exist',
      'find:\n    - { check: property, property: linearizable',
      'find:\n    - { check: property, property: linearisable',
      /challenge\.find\[0\]\.property: found "linearisable".*linearizable\?/,
    ],
    [
      'a hazard that does not exist',
      'hazard: stale-read, occurs: false',
      'hazard: stale-reed, occurs: false',
      /predict\.options\[1\]\.when\[1\]\.hazard: found "stale-reed".*stale-read\?/,
    ],
    [
      'a kind of fault that does not exist',
      'kinds: [cut, slow',
      'kinds: [cutt, slow',
      /challenge\.limits\.kinds\[0\]: found "cutt".*cut\?/,
    ],
    [
      'a knob that does not exist',
      'locked: all',
      'locked: [readQuorom]',
      /challenge\.limits\.locked\[0\].*readQuorum\?/,
    ],
    ['a field that does not exist', 'goal: "R + W', 'goal2: "R + W', /challenge\.goal2: .*goal\?/],
  ])('%s is refused by field, with the fix', (_what, from, to, says) => {
    expect(said(from, to).join('\n')).toMatch(says);
  });

  test('a metric condition without a bound is refused', () => {
    const to = 'find:\n    - { check: metric, metric: read-p99 }\n    - { check: property, property: linearizable';
    expect(said('find:\n    - { check: property, property: linearizable', to).join()).toContain('challenge.find[0]');
  });
});

describe('what teaches, in a link', () => {
  const link = '/lab/quorum?scenario=quorum-read-inversion&teach=challenge&present=1';

  test('opens the challenge and the presentation, and is written back the same', () => {
    const parsed = parseLink(link);
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
    expect(parsed.state.view).toEqual({ teach: 'challenge', present: true });
    expect(formatLink(parsed.state)).toBe(link);
  });

  test.each([
    ['teach=quiz', 'teach'],
    ['present=yes', 'present'],
    ['present=2', 'present'],
  ])('%s is refused by field', (query, field) => {
    const parsed = parseLink(`/lab/quorum?${query}`);
    expect(parsed.ok ? [] : parsed.problems.map((problem) => problem.field)).toEqual([field]);
  });
});
