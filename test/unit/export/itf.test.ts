import { describe, expect, test } from 'vitest';
import { exportItf, ITF_STEPS_MAX, ITF_VARS, itf } from '../../../simulations/export/itf.ts';
import { openingVariants, runOf } from '../../helpers/scenarios.ts';

interface Trace {
  readonly '#meta': Readonly<Record<string, unknown>>;
  readonly vars: readonly string[];
  readonly states: readonly Readonly<Record<string, unknown>>[];
}

/** What ADR-015 says an expression may be; the path of everything else. */
function strays(value: unknown, path: string): readonly string[] {
  if (typeof value === 'string' || typeof value === 'boolean') return [];
  if (typeof value === 'number') return Number.isSafeInteger(value) ? [] : [path];
  if (value === null || value === undefined) return [path];
  if (Array.isArray(value)) return value.flatMap((item, at) => strays(item, `${path}[${at}]`));
  const entries = Object.entries(value);
  const special = entries.find(([name]) => name.startsWith('#'));
  if (special === undefined) return entries.flatMap(([name, inner]) => strays(inner, `${path}.${name}`));
  const [name, inner] = special;
  if (entries.length !== 1) return [path];
  if (name === '#bigint') return typeof inner === 'string' && /^-?\d+$/.test(inner) ? [] : [path];
  if (name === '#set' || name === '#tup') return Array.isArray(inner) ? strays(inner, `${path}.${name}`) : [path];
  if (name !== '#map' || !Array.isArray(inner)) return [path];
  return inner.every((pair) => Array.isArray(pair) && pair.length === 2) ? strays(inner, `${path}.#map`) : [path];
}

const entriesOf = (value: unknown) => new Map((value as { '#map': [string, Record<string, unknown>][] })['#map']);

describe('Informal Trace Format', () => {
  test.each(openingVariants)(
    '%s %s: every state defines every variable with expressions of the format',
    (id, variant) => {
      const run = runOf(id, variant);
      const { trace } = run.timeline!;
      const toUs = trace.timeUs(Math.min(300, trace.length) - 1);
      const file = JSON.parse(exportItf(run, { toUs })) as Trace;
      expect(Object.keys(file)).toEqual(['#meta', 'vars', 'states']);
      expect(file['#meta']).toMatchObject({ format: 'ITF', digest: run.digest });
      expect(file.vars).toEqual([...ITF_VARS]);
      expect(file.states).toHaveLength(trace.stepsUntil(toUs) + 1);
      file.states.forEach((state, index) => {
        expect(Object.keys(state)).toEqual(['#meta', ...ITF_VARS]);
        expect(state['#meta']).toMatchObject({ index });
        const { '#meta': _, ...rest } = state;
        expect(strays(rest, `states[${index}]`)).toEqual([]);
      });
    },
  );

  test('a state says what the world was: hosts, states of charts, disks, messages on the wire', () => {
    const run = runOf('quorum-read-inversion', 'off');
    const { states } = JSON.parse(exportItf(run, { fromUs: 640_000, toUs: 660_000 })) as Trace;
    const last = states.at(-1)!;
    const world = run.timeline!.worldAt(run.timeline!.stepsUntil(660_000));
    expect(last.nowUs).toEqual({ '#bigint': String(world.nowUs) });
    expect(entriesOf(last.hosts).get('r2')).toMatchObject({ status: 'down' });
    expect([...entriesOf(last.processes).keys()]).toEqual(world.processes.map(({ id }) => id));
    for (const { id, disk } of world.processes) expect(entriesOf(last.disks).get(id)).toEqual(itf(disk));
    expect(last.inFlight).toHaveLength(world.inFlight.length);
    expect(last.faults).toEqual({ '#set': ['crash-r2', 'cut'] });
  });

  test('an export leaves the timeline at the moment in which it stood', () => {
    const run = runOf('quorum-read-inversion', 'off');
    run.timeline!.worldAt(500);
    exportItf(run, { toUs: 100_000 });
    expect(run.record.end.step).toBe(500);
  });

  test('values: null is None, integers are big, fields with the sign of the format are renamed', () => {
    expect(itf({ none: null, left: undefined, count: 2 ** 60, '#x': [true, 'a'] })).toEqual({
      none: { tag: 'None', value: { '#tup': [] } },
      count: { '#bigint': '1152921504606846976' },
      _x: [true, 'a'],
    });
  });

  test('strays sees what the format does not have', () => {
    expect(strays({ a: null, b: { '#bigint': 3 }, c: { '#set': [], d: 1 }, e: 0.5 }, 's')).toEqual([
      's.a',
      's.b',
      's.c',
      's.e',
    ]);
  });

  test(`more than ${ITF_STEPS_MAX} steps are refused with a range that fits`, () => {
    const run = runOf('quorum-read-inversion', 'off');
    const trace = new Proxy(run.timeline!.trace, {
      get: (target, name) =>
        name === 'stepsUntil'
          ? () => ITF_STEPS_MAX + 1
          : name === 'timeUs'
            ? () => 7_000
            : Reflect.get(target, name, target),
    });
    const timeline = new Proxy(run.timeline!, {
      get: (target, name) => {
        const value = name === 'trace' ? trace : Reflect.get(target, name, target);
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
    expect(() => exportItf({ ...run, timeline })).toThrow(/found 2001 steps; allowed: at most 2000.*--to "6\.999 ms"/);
  });
});
