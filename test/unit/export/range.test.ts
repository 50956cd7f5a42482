import { describe, expect, test } from 'vitest';
import { exportFormats } from '../../../simulations/export/formats.ts';
import { type ExportOptions, ExportRefusal } from '../../../simulations/export/range.ts';
import { rowsOf } from '../../../simulations/export/spans.ts';
import { runOf } from '../../helpers/scenarios.ts';

const run = runOf('quorum-read-inversion', 'off');
const short: ExportOptions = { fromUs: 600_000, toUs: 650_000 };

describe.each(Object.entries(exportFormats))('%s', (_name, { write }) => {
  test('is a pure function of run and range', () => {
    const first = write(run, short);
    run.timeline!.worldAt(3);
    expect(write(run, short)).toBe(first);
    expect(write(runOf('quorum-read-inversion', 'off'), short)).toBe(first);
    expect(first.endsWith('\n')).toBe(true);
  });

  test.each([
    [
      { fromUs: 3_000_000 },
      /from: found 3 s; allowed: 0 ms to 2\.5 s, where the run ends\. Lower it to 2\.5 s or less/,
    ],
    [{ toUs: -1 }, /to: found -1 us; .*Raise it/],
    [{ fromUs: Number.NaN }, /from: found/],
    [{ fromUs: 700_000, toUs: 600_000 }, /to: found 600 ms; allowed: more than from \(700 ms\)\. Swap the two/],
    [{ ...short, key: 'X' }, /key: found "X"; allowed: x\. Did you mean x\?/],
  ])('refuses %j with the field and the fix', (options, says) => {
    expect(() => write(run, options)).toThrow(ExportRefusal);
    expect(() => write(run, options)).toThrow(says);
  });

  test('refuses a run without history', () => {
    expect(() => write({ ...run, timeline: undefined }, short)).toThrow(/run: found a run without history/);
  });
});

test('rows: spans of one row never overlap, and a span goes to the first free row', () => {
  const spans = [
    { fromUs: 0, untilUs: 10 },
    { fromUs: 5, untilUs: 6 },
    { fromUs: 6, untilUs: 6 },
    { fromUs: 6, untilUs: 9 },
    { fromUs: 10, untilUs: 12 },
  ];
  const rows = rowsOf(spans);
  expect(spans.map((span) => rows.get(span))).toEqual([0, 1, 2, 1, 0]);
});
