import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { carriedBy } from '../../../simulations/run/carry.ts';
import { type Loaded, loadScenarioData } from '../../../simulations/run/load-data.ts';
import { loadScenario } from '../../../simulations/run/load-scenario.ts';

const folder = 'content/scenarios';
const files = readdirSync(folder).filter((file) => file.endsWith('.yaml'));
const textOf = (file: string) => readFileSync(`${folder}/${file}`, 'utf8');
type Json = Record<string, unknown>;

/** Data have no lines. */
function withoutLines(loaded: Loaded): unknown {
  return loaded.ok ? loaded : { ok: false, problems: loaded.problems.map(({ line: _line, ...rest }) => rest) };
}

/** Every path of some data, the root left out. */
function pathsIn(value: unknown): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => [[name], ...pathsIn(inner).map((path) => [name, ...path])]);
}

/** A copy with another value at a path; undefined takes the field away. */
function changed(data: unknown, [name, ...rest]: readonly string[], value: unknown): unknown {
  const copy = Array.isArray(data) ? [...data] : { ...(data as Json) };
  const inner = (copy as Json)[name!];
  const next = rest.length === 0 ? value : changed(inner, rest, value);
  if (next === undefined && !Array.isArray(copy)) delete copy[name!];
  else (copy as Json)[name!] = next === undefined ? null : next;
  return copy;
}

describe('a scenario that a link carries', () => {
  test.each(files)('%s: the data load as the same scenario as the file', (file) => {
    const loaded = loadScenario(textOf(file));
    expect(loaded.ok && loadScenarioData(JSON.parse(JSON.stringify(carriedBy(loaded.scenario))))).toEqual(loaded);
  });

  test('whatever one field is changed to, data and text are accepted alike or have the same problems', () => {
    const good = parse(textOf('quorum-read-inversion.yaml')) as Json;
    const wrong = fc.constantFrom<unknown>(undefined, null, 0, -1, 9e9, true, '', 'soon', '5 ms', [], {}, ['a'], {
      a: 1,
    });
    const seen = { accepted: 0, refused: 0 };
    fc.assert(
      fc.property(fc.constantFrom(...pathsIn(good)), wrong, (path, value) => {
        const data = changed(good, path, value);
        const loaded = loadScenarioData(data);
        seen[loaded.ok ? 'accepted' : 'refused']++;
        expect(withoutLines(loaded)).toEqual(withoutLines(loadScenario(JSON.stringify(data))));
      }),
      { numRuns: 200, seed: 7 },
    );
    expect(Math.min(seen.accepted, seen.refused)).toBeGreaterThan(3);
  });

  test('a wrong field is named without a line, since nobody sees one', () => {
    const good = parse(textOf('quorum-read-inversion.yaml')) as Json;
    const loaded = loadScenarioData({ ...good, model: 'qorum' });
    expect(loaded).toMatchObject({ ok: false, problems: [{ field: 'model', fix: 'Did you mean quorum?' }] });
    expect(loaded.ok || loaded.problems.some((problem) => 'line' in problem)).toBe(false);
  });

  test.each([[undefined], [null], [3], ['text'], [[]]])('%j is refused', (data) => {
    expect(loadScenarioData(data)).toMatchObject({ ok: false, problems: [{ field: 'the whole' }] });
  });
});
