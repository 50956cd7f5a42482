import { parseEDNString } from 'edn-data';
import { describe, expect, test } from 'vitest';
import { parseHistory } from '../../../simulations/checkers/history-file.ts';
import { checkLinearizable } from '../../../simulations/checkers/linearizability.ts';
import { registerSpec } from '../../../simulations/checkers/specs.ts';
import { edn, exportEdn } from '../../../simulations/export/edn.ts';
import { exportJsonLines } from '../../../simulations/export/jsonl.ts';
import type { Operation } from '../../../simulations/kernel/history.ts';
import type { Value } from '../../../simulations/kernel/value.ts';
import type { Run } from '../../../simulations/run/execute.ts';
import { runOf, variants } from '../../helpers/scenarios.ts';

/** What a history says of an operation, times aside: those are lines in a file. */
const told = ({ id, client, f, key, input, output, outcome }: Operation) => ({
  id,
  client,
  f,
  key,
  input,
  output,
  outcome,
});

function parsed(text: string): readonly Operation[] {
  const history = parseHistory(text);
  if (!history.ok) throw new Error(JSON.stringify(history.problems));
  return history.operations;
}

describe('JSON lines', () => {
  test.each(variants)(
    '%s %s: our own reader gets the same operations back, and judges them the same',
    (id, variant) => {
      const run = runOf(id, variant);
      const { operations } = run.record;
      const back = parsed(exportJsonLines(run));
      expect(back.map(told)).toEqual(operations.map(told));
      // Sets and counters are no registers.
      if (!run.verdicts.some(({ id: property }) => property === 'linearizable')) return;
      const status = (of: readonly Operation[]) => checkLinearizable(of, registerSpec()).status;
      expect(status(back)).toBe(status(operations));
    },
  );

  test('the broken run is not linearizable after the round trip, the fixed one is', () => {
    const status = (variant: string) =>
      checkLinearizable(parsed(exportJsonLines(runOf('quorum-read-inversion', variant))), registerSpec()).status;
    expect([status('off'), status('blocking')]).toEqual(['violated', 'ok']);
  });

  test('a range holds the operations that began in it, a key only its own', () => {
    const run = runOf('quorum-read-inversion', 'off');
    const some = parsed(exportJsonLines(run, { fromUs: 490_000, toUs: 660_000 }));
    expect(some.map(({ client, f }) => `${client} ${f}`)).toEqual(['a write', 'a read', 'b read', 'a read']);
    expect(parsed(exportJsonLines(run, { key: 'x' }))).toHaveLength(run.record.operations.length);
    expect(() => exportJsonLines(run, { key: 'y' })).toThrow(/key: found "y"; allowed: x\./);
  });
});

type Line = Readonly<Record<string, unknown>>;

/** Reads a history as Jepsen's store does: one EDN map a line, keywords as their names. */
function readEdn(text: string): readonly Line[] {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => parseEDNString(line, { mapAs: 'object', keywordAs: 'string', listAs: 'array' }) as Line);
}

describe('EDN', () => {
  test.each(variants)('%s %s: an EDN reader finds a history that Jepsen accepts', (id, variant) => {
    const run = runOf(id, variant);
    const lines = readEdn(exportEdn(run));
    expect(lines.map(({ index }) => index)).toEqual(lines.map((_, at) => at));
    const times = lines.map(({ time }) => Number(time));
    expect(times).toEqual([...times].sort((a, b) => a - b));
    const clients = lines.filter(({ process }) => process !== 'nemesis');
    const open = new Map<unknown, Line>();
    const crashed = new Set<unknown>();
    for (const line of clients) {
      expect(crashed.has(line.process), 'no process goes on after info').toBe(false);
      if (line.type === 'invoke') {
        expect(open.has(line.process)).toBe(false);
        open.set(line.process, line);
      } else {
        expect(open.get(line.process)?.f).toBe(line.f);
        open.delete(line.process);
        if (line.type === 'info') crashed.add(line.process);
      }
    }
    expect(open.size).toBe(0);
    const outcomes = (type: string) => clients.filter((line) => line.type === type).length;
    const { operations } = run.record;
    expect(outcomes('invoke')).toBe(operations.length);
    for (const outcome of ['ok', 'fail', 'info'])
      expect(outcomes(outcome)).toBe(operations.filter((operation) => operation.outcome === outcome).length);
  });

  test('times are nanoseconds, values as the clients saw them, faults the nemesis', () => {
    const lines = readEdn(exportEdn(runOf('quorum-read-inversion', 'off')));
    expect(lines).toContainEqual(
      expect.objectContaining({ time: 492_000_000, type: 'invoke', f: 'write', value: 'a:5', key: 'x' }),
    );
    const nemesis = lines.filter(({ process }) => process === 'nemesis');
    expect(nemesis).toContainEqual(
      expect.objectContaining({ type: 'info', f: 'start-cut', value: 'cut a r1 r2 | r3 r4 r5 b', time: 632_000_000 }),
    );
    expect(nemesis).toHaveLength(10);
  });

  test('with several keys, values are pairs of key and value, as jepsen.independent has them', () => {
    const run = runOf('quorum-read-inversion', 'off');
    const operations = run.record.operations.map((operation) => ({ ...operation, key: operation.id % 2 ? 'x' : 'y' }));
    const two: Run = { ...run, record: { ...run.record, operations } };
    const lines = readEdn(exportEdn(two)).filter(({ process }) => process !== 'nemesis');
    expect(lines.every(({ value, key }) => Array.isArray(value) && value[0] === key)).toBe(true);
    expect(readEdn(exportEdn(two, { key: 'x' })).some(({ value }) => Array.isArray(value))).toBe(false);
  });

  test('every JSON value survives', () => {
    const value: Value = { list: [1, -2, null, true], 'a "quoted"\\\n key': { nested: 'ü' }, empty: [], text: '' };
    expect(parseEDNString(edn(value), { mapAs: 'object', keywordAs: 'string', listAs: 'array' })).toEqual(value);
  });
});
