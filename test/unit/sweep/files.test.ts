import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  blankFile,
  describeProblem,
  differenceOf,
  formatSweepFile,
  mergeSweeps,
  readSweepFile,
  type Seeds,
  type SweepFile,
  type SweepPlan,
  seedCount,
  shardOf,
  withStates,
} from '../../../simulations/index.ts';
import { plan, scenario, stateOf } from './fixtures.ts';

const whole = plan({ from: 1, to: 100 });
const finished = (of: SweepPlan, seeds: Seeds): SweepFile =>
  withStates(
    of,
    seeds,
    of.variants.map((variant) => ({ variant, ...stateOf(seeds) })),
  );
/** As it comes back from disk. */
const reread = (file: SweepFile): SweepFile => {
  const read = readSweepFile(formatSweepFile(file));
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return read.file;
};
const named = (files: readonly SweepFile[]) =>
  files.map((file, at) => ({ name: `part-${at + 1}.json`, file: reread(file) }));
const problemsOf = (files: readonly SweepFile[]) => {
  const merged = mergeSweeps(named(files));
  if (merged.ok) throw new Error('was merged');
  return merged.problems.map(describeProblem);
};

describe('shards', () => {
  test('cut any seeds into neighbouring parts whose sizes differ by one at most', () => {
    fc.assert(
      fc.property(
        fc.nat(1000),
        fc.integer({ min: 1, max: 500 }),
        fc.integer({ min: 1, max: 40 }),
        (from, count, of) => {
          const seeds = { from, to: from + count - 1 };
          const parts = Array.from({ length: of }, (_, at) => shardOf(seeds, { index: at + 1, of }));
          const all = parts.flatMap((part) => Array.from({ length: seedCount(part) }, (_, at) => part.from + at));
          expect(all).toEqual(Array.from({ length: count }, (_, at) => from + at));
          const sizes = parts.map(seedCount);
          expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
        },
      ),
    );
  });

  test('merge, in any order, to the file of the sweep in one piece, byte for byte (1 to 100 seeds, 1 to 12 shards, 2 variants)', () => {
    const sizes = fc.tuple(fc.integer({ min: 1, max: 100 }), fc.integer({ min: 1, max: 12 }), fc.nat(30));
    fc.assert(
      fc.property(sizes, fc.nat(11), ([count, of, before], turn) => {
        const two = plan({ from: 1 + before, to: before + count }, { variants: ['off', 'async'] });
        const parts = Array.from({ length: of }, (_, at) => finished(two, shardOf(two.seeds, { index: at + 1, of })));
        const turned = parts.map((_, at) => parts[(at + turn) % of]!);
        const merged = mergeSweeps(named(turned.reverse()));
        if (!merged.ok) throw new Error(JSON.stringify(merged.problems));
        expect(formatSweepFile(merged.file)).toBe(formatSweepFile(finished(two, two.seeds)));
      }),
      { numRuns: 15 },
    );
  });

  test('of uneven sizes merge too', () => {
    const parts = [
      finished(whole, { from: 8, to: 90 }),
      finished(whole, { from: 91, to: 100 }),
      finished(whole, { from: 1, to: 7 }),
    ];
    const merged = mergeSweeps(named(parts));
    if (!merged.ok) throw new Error(JSON.stringify(merged.problems));
    expect(formatSweepFile(merged.file)).toBe(formatSweepFile(finished(whole, whole.seeds)));
  });
});

describe('merging refuses', () => {
  const [first, second, third] = [1, 2, 3].map((index) => finished(whole, shardOf(whole.seeds, { index, of: 3 })));

  test('seeds that are missing at the begin, in the middle and at the end, by number', () => {
    expect(problemsOf([second!, third!])).toEqual([
      'seeds: found no file with 1 to 33; allowed: all of 1 to 100. Add the shard that ran them.',
    ]);
    expect(problemsOf([first!, third!])[0]).toContain('no file with 34 to 66');
    expect(problemsOf([first!, second!])[0]).toContain('no file with 67 to 100');
  });

  test('seeds that are there twice, with both files', () => {
    expect(problemsOf([first!, second!, second!, third!])).toEqual([
      'part-3.json: seeds: found 34 to 66; allowed: 67 and above. They are in part-2.json too: leave one of the two out.',
    ]);
  });

  test('a shard that is not finished, with how far it is', () => {
    const { variants, seeds } = second!;
    const open = withStates(whole, seeds, [{ ...variants[0]!, next: 50 }]);
    expect(problemsOf([first!, open, third!])).toEqual([
      'part-2.json: variants[0].next: found 50; allowed: 67, after the last of its seeds. Start this shard again with the same --out: it goes on from there.',
    ]);
  });

  test.each<[title: string, changes: Partial<SweepPlan>, says: RegExp]>([
    ['a knob', { set: { readQuorum: '2' } }, /^part-2\.json: plan\.set\.readQuorum: found "2"; allowed: nothing\./],
    ['the seeds', { seeds: { from: 1, to: 200 } }, /^part-2\.json: plan\.seeds\.to: found 200; allowed: 100\./],
    [
      'the scenario',
      { scenario: { ...scenario, durationUs: 7 } },
      /plan\.scenario\.durationUs: found 7; allowed: 2500000/,
    ],
    ['the variants', { variants: ['async'] }, /plan\.variants\[0\]: found "async"; allowed: "off"/],
  ])('a shard of another sweep: %s', (_title, changes, says) => {
    const stranger = finished(plan(whole.seeds, changes), { from: 34, to: 66 });
    expect(problemsOf([first!, stranger, third!])[0]).toMatch(says);
  });

  test('no files', () => {
    expect(problemsOf([])).toEqual([
      'files: found none; allowed: the files of all shards. Name the files that the shards wrote.',
    ]);
  });
});

describe('a file', () => {
  const text = formatSweepFile(finished(whole, whole.seeds));
  const changed = (change: (file: { variants: { variant: string; tally: object }[] }) => void): string => {
    const file = JSON.parse(text) as never;
    change(file);
    return JSON.stringify(file);
  };

  test('comes back as it was written, begun or not', () => {
    expect(formatSweepFile(reread(finished(whole, whole.seeds)))).toBe(text);
    const blank = blankFile(whole, whole.seeds);
    expect(formatSweepFile(reread(blank))).toBe(formatSweepFile(blank));
  });

  test.each<[title: string, text: string, says: RegExp]>([
    ['no JSON', '{"faultline":', /^the whole: found .*; allowed: the JSON of a sweep\./],
    ['something else', '{"name":"faultline"}', /faultline: found nothing; allowed: a value of type object\. Add it\./],
    ['null', 'null', /the whole: found null; allowed: a value of type object/],
    [
      'another form',
      changed((file) => Object.assign(file, { faultline: { sweep: 2 } })),
      /^faultline\.sweep: found 2; allowed: 1\./,
    ],
    [
      'another engine',
      changed((file) => Object.assign(file, { engine: '0.0.9' })),
      /^engine: found "0\.0\.9"; allowed: ".*"\. Run all of a sweep with one version/,
    ],
    [
      'a count that is no count',
      changed((file) => Object.assign(file.variants[0]!.tally, { witnessed: -3 })),
      /^variants\[0\]\.tally\.witnessed: found -3; allowed: a number of at least 0\./,
    ],
    [
      'a field too many',
      changed((file) => Object.assign(file, { note: 1 })),
      /^note: found a field that does not exist; allowed: faultline, engine, plan, seeds, variants\./,
    ],
    [
      'variants that its plan does not have',
      changed((file) => Object.assign(file.variants[0]!, { variant: 'async' })),
      /^variants: found async; allowed: off\./,
    ],
  ])('is refused by field: %s', (_title, broken, says) => {
    const read = readSweepFile(broken);
    expect(read.ok ? [] : read.problems.map(describeProblem)).toContainEqual(expect.stringMatching(says));
  });

  test('of the same sweep has no difference, of a bare model neither', () => {
    const bare = plan({ from: 1, to: 5 }, { name: 'quorum', scenario: null, variants: [null] });
    expect(differenceOf(whole, plan({ from: 1, to: 100 }), '')).toBeUndefined();
    expect(differenceOf(bare, bare, '')).toBeUndefined();
    expect(differenceOf(whole, bare, 'Stop.')?.field).toBe('plan.name');
  });
});
