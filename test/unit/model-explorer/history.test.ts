import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkLinearizable } from '../../../simulations/checkers/linearizability.ts';
import { registerSpec } from '../../../simulations/checkers/specs.ts';
import type { Operation } from '../../../simulations/kernel/history.ts';
import { OperationLog } from '../../../simulations/kernel/operations.ts';
import { Canon } from '../../../simulations/search/model-explorer/canon.ts';
import { extend, type History, type Moment, operationsOf } from '../../../simulations/search/model-explorer/history.ts';

const CLIENTS = ['a', 'b', 'c'];

/** Moments of three clients, each of which begins an operation, ends it and goes on. */
const moments: fc.Arbitrary<readonly Moment[]> = fc
  .array(
    fc.record({
      client: fc.nat(2),
      outcome: fc.constantFrom('ok', 'fail', 'info'),
      value: fc.nat(2),
      reads: fc.boolean(),
    }),
    { maxLength: 16 },
  )
  .map((draws) => {
    const open = new Map<string, number>();
    const counts = new Map<string, number>();
    return draws.map(({ client: at, outcome, value, reads }): Moment => {
      const client = CLIENTS[at]!;
      const operation = open.get(client);
      if (operation !== undefined) {
        open.delete(client);
        return { client, effect: { type: 'client.complete', operation, outcome, output: value } as Moment['effect'] };
      }
      const next = (counts.get(client) ?? 0) + 1;
      counts.set(client, next);
      open.set(client, next);
      const f = reads ? 'read' : 'write';
      return { client, effect: { type: 'client.invoke', operation: next, f, key: 'x', input: reads ? null : value } };
    });
  });

function asLogged(all: readonly Moment[]): readonly Operation[] {
  const log = new OperationLog();
  all.forEach(({ client, effect }, at) => {
    if (effect.type === 'client.invoke') log.invoke(client, effect, at, at);
    else log.complete(client, effect, at, at);
  });
  return log.operations;
}

/** Which operations, by client and its count, ended before which began. */
function precedence(operations: readonly Operation[]): readonly string[] {
  const counts = new Map<string, number>();
  const names = operations.map(({ client }) => {
    counts.set(client, (counts.get(client) ?? 0) + 1);
    return `${client}${counts.get(client)}`;
  });
  return operations
    .flatMap((a) =>
      operations.filter((b) => a.completedOrder < b.invokedOrder).map((b) => `${names[a.id]}<${names[b.id]}`),
    )
    .sort();
}

const whole = (all: readonly Moment[]): History => extend([], all);

describe('histories', () => {
  test('the canonical form has the same operations in the same real-time order, and the same verdict', () => {
    fc.assert(
      fc.property(moments, (all) => {
        const [canonical, logged] = [operationsOf(whole(all)), asLogged(all)];
        expect(precedence(canonical)).toEqual(precedence(logged));
        const gist = ({ client, f, input, outcome }: Operation) => `${client} ${f} ${input} ${outcome}`;
        expect(canonical.map(gist).sort()).toEqual(logged.map(gist).sort());
        const verdict = (operations: readonly Operation[]) => checkLinearizable(operations, registerSpec(null)).status;
        expect(verdict(canonical)).toBe(verdict(logged));
      }),
      { numRuns: 500 },
    );
  });

  test('moments one at a time give the form that all at once give', () => {
    fc.assert(
      fc.property(moments, (all) => {
        const oneByOne = all.reduce<History>((history, moment) => extend(history, [moment]), []);
        expect(oneByOne).toEqual(whole(all));
      }),
    );
  });

  test('two neighbours of one kind exchanged, by different clients: the same history', () => {
    const begin = (client: string): Moment => ({
      client,
      effect: { type: 'client.invoke', operation: 1, f: 'read', key: 'x', input: null },
    });
    expect(whole([begin('a'), begin('b')])).toEqual(whole([begin('b'), begin('a')]));
    const end: Moment = { client: 'a', effect: { type: 'client.complete', operation: 1, outcome: 'ok', output: 1 } };
    expect(whole([begin('a'), end, begin('b')])).not.toEqual(whole([begin('a'), begin('b'), end]));
  });
});

describe('canonical numbers', () => {
  test('equal data has one number whatever the order of its fields; other data has another', () => {
    const canon = new Canon({ unordered: [], unread: [] });
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
        const turned = (value: unknown): unknown =>
          typeof value !== 'object' || value === null || Array.isArray(value)
            ? value
            : Object.fromEntries(Object.entries(value).reverse());
        expect(canon.idOf(turned(structuredClone(a)))).toBe(canon.idOf(a));
        expect(canon.idOf(a) === canon.idOf(b)).toBe(JSON.stringify(sorted(a)) === JSON.stringify(sorted(b)));
      }),
      { numRuns: 500 },
    );
  });

  test('a list under an unordered field is a set, nowhere else', () => {
    const canon = new Canon({ unordered: ['acks'], unread: [] });
    expect(canon.idOf({ acks: ['r1', 'r2'] })).toBe(canon.idOf({ acks: ['r2', 'r1'] }));
    expect(canon.idOf({ acks: ['r1', 'r1'] })).not.toBe(canon.idOf({ acks: ['r1'] }));
    expect(canon.idOf({ members: ['r1', 'r2'] })).not.toBe(canon.idOf({ members: ['r2', 'r1'] }));
    const shared = ['r1', 'r2'];
    expect(canon.idOf({ acks: shared, other: shared })).not.toBe(canon.idOf({ acks: shared, other: ['r2', 'r1'] }));
  });
});

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, inner]) => [name, sorted(inner)]);
  return ['record', fields, 'record'];
}
