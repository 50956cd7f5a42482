import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Fault, type FaultAction, faultsText, readFaults } from '../../../simulations/index.ts';
import { scenarios } from '../../helpers/scenarios.ts';

const names = { hosts: ['r1', 'r2', 'r3', 'a'], targets: ['leader'], predicates: ['written'] };
const us = fc.integer({ min: 0, max: 10_000_000 });
const host = fc.constantFrom('r1', 'r2', 'leader');
const extra = fc.oneof(
  us.map((value) => ({ kind: 'constant', us: value }) as const),
  fc.tuple(us, us).map(([a, b]) => ({ kind: 'uniform', minUs: Math.min(a, b), maxUs: Math.max(a, b) }) as const),
);
const ratio = fc.integer({ min: 0, max: 100 }).map((percent) => percent / 100);
const action: fc.Arbitrary<FaultAction> = fc.oneof(
  host.map((target) => ({ do: 'crash', target }) as const),
  host.map((target) => ({ do: 'pause', target }) as const),
  fc.boolean().map((oneWay) => ({ do: 'cut', sides: [['r1', 'a'], ['r2'], ['r3']], oneWay }) as const),
  fc.tuple(host, extra).map(([from, more]) => ({ do: 'slow', from, to: '*', extra: more }) as const),
  fc.tuple(host, ratio).map(([to, share]) => ({ do: 'loss', from: '*', to, ratio: share }) as const),
  fc.tuple(host, ratio).map(([to, share]) => ({ do: 'duplicate', from: '*', to, ratio: share }) as const),
  fc
    .tuple(host, fc.integer({ min: -5_000_000, max: 5_000_000 }), fc.integer({ min: -500, max: 500 }))
    .map(([target, offsetUs, driftPpm]) => ({ do: 'clock', target, offsetUs, driftPpm }) as const),
  fc.tuple(host, extra).map(([target, more]) => ({ do: 'slowDisk', target, extra: more }) as const),
  fc.tuple(host, us).map(([target, backupAtUs]) => ({ do: 'restore', target, backupAtUs }) as const),
);
const when = fc.oneof(
  us.map((atUs) => ({ atUs })),
  us.map((afterUs) => ({ predicate: 'written', afterUs })),
);
const fault = fc.record({ action, when, forUs: fc.option(us, { nil: undefined }) });
const script = fc
  .array(fault, { maxLength: 5 })
  .map((faults) =>
    faults.map(
      ({ forUs, ...rest }, index): Fault => ({ id: `f-${index}`, ...rest, ...(forUs !== undefined && { forUs }) }),
    ),
  );

describe('a fault script as text', () => {
  test('reads back to the same script', () => {
    fc.assert(
      fc.property(script, (faults) => {
        expect(readFaults(faultsText(faults), names)).toEqual({ ok: true, faults });
      }),
    );
  });

  test.each(scenarios.map(({ id, faults }) => [id, faults] as const))('of scenario %s reads back', (_, faults) => {
    const any = { hosts: faults.flatMap(namesIn), targets: [], predicates: faults.flatMap(predicateOf) };
    expect(readFaults(faultsText(faults), any)).toEqual({ ok: true, faults });
  });

  test('may be JSON, and nothing at all is no faults', () => {
    expect(readFaults('{"faults":[{"do":"crash","target":"r1","at":"40 ms"}]}', names)).toEqual({
      ok: true,
      faults: [{ id: 'crash-1', action: { do: 'crash', target: 'r1' }, when: { atUs: 40_000 } }],
    });
    expect(readFaults('', names)).toEqual({ ok: true, faults: [] });
  });

  test.each([
    ['a host that does not exist', 'faults:\n  - do: crash\n    target: r9\n    at: 1 ms', 3, 'faults[0].target'],
    [
      'a host that does not exist, in the second side of the second fault',
      'faults:\n  - { do: pause, target: r1, at: 1 ms }\n  - do: cut\n    at: 2 ms\n    sides:\n      - [r1]\n      - [r9]',
      7,
      'faults[1].sides[1]',
    ],
    ['a predicate that does not exist', 'faults:\n  - do: crash\n    target: r1\n    when: never', 4, 'faults[0].when'],
    ['a duration without a unit', 'faults:\n  - do: crash\n    target: r1\n    at: soon', 4, 'faults[0].at'],
    ['two beginnings', 'faults:\n  - do: crash\n    target: r1\n    at: 1 ms\n    when: written', 4, 'faults[0].at'],
    ['an unknown kind', 'faults:\n  - do: explode\n    target: r1\n    at: 1 ms', 2, 'faults[0].do'],
    ['an unknown field', 'faults:\n  - do: crash\n    target: r1\n    at: 1 ms\n    fro: 2 ms', 5, 'faults[0].fro'],
    ['broken syntax', 'faults:\n  - do: crash\n   target: r1', 3, 'the whole'],
  ])('with %s is refused at its line and field', (_, text, line, field) => {
    const read = readFaults(text, names);
    expect(read.ok).toBe(false);
    expect(read.ok ? [] : read.problems.map((problem) => [problem.line, problem.field])).toContainEqual([line, field]);
  });
});

function namesIn({ action: { ...parts } }: Fault): readonly string[] {
  const { target, from, to, sides } = parts as { target?: string; from?: string; to?: string; sides?: string[][] };
  return [target, from, to, ...(sides?.flat() ?? [])].filter((name) => name !== undefined);
}

function predicateOf({ when: begins }: Fault): readonly string[] {
  return 'predicate' in begins ? [begins.predicate] : [];
}
