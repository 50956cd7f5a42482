import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { withEntry } from '../../../simulations/kernel/copies.ts';
import { type LwwCell, mergeLww } from '../../../simulations/models/multi-leader/lww.ts';
import {
  addDelta,
  EMPTY_SET,
  elementsOf,
  mergeSets,
  type OrSet,
  removeDelta,
} from '../../../simulations/models/multi-leader/or-set.ts';
import {
  countDelta,
  countOf,
  mergeCounters,
  type PnCounter,
  ZERO,
} from '../../../simulations/models/multi-leader/pn-counter.ts';
import {
  contextOf,
  type Siblings,
  syncSiblings,
  updateSiblings,
} from '../../../simulations/models/multi-leader/siblings.ts';
import {
  compareVectors,
  covers,
  joinVectors,
  NO_VECTOR,
  type Vector,
} from '../../../simulations/models/multi-leader/vectors.ts';

const load = (name: string) => JSON.parse(readFileSync(`test/fixtures/crdt/${name}.json`, 'utf8'));

describe('version vectors agree with riak_dt and stateright', () => {
  const oracle = load('vector-clock');
  const vectorOf = (counts: readonly number[]): Vector => Object.fromEntries(counts.map((count, at) => [at, count]));
  const trimmed = (vector: Vector): Vector =>
    Object.fromEntries(Object.entries(vector).filter(([, count]) => count > 0));

  it.each<[[Vector, Vector], Vector]>(oracle.merge)(
    'the join of %j is %j',
    ([one, other]: [Vector, Vector], expected: Vector) => {
      expect(joinVectors(one, other)).toEqual(expected);
      expect(joinVectors(other, one)).toEqual(expected);
    },
  );

  it.each<[number[], number[], number[]]>(oracle.mergeArrays)(
    '%j and %j join to %j',
    (one: number[], other: number[], expected: number[]) => {
      expect(trimmed(joinVectors(vectorOf(one), vectorOf(other)))).toEqual(trimmed(vectorOf(expected)));
    },
  );

  it.each<[number[], number[], string]>(oracle.compareArrays)(
    '%j and %j stand as %s',
    (one: number[], other: number[], order: string) => {
      const words = { '=': 'equal', '<': 'before', '>': 'after', '||': 'concurrent' } as Record<string, string>;
      expect(compareVectors(vectorOf(one), vectorOf(other))).toBe(words[order]);
    },
  );

  it('descent along the worked example', () => {
    const next = (name: string, vector: Vector): Vector => withEntry(vector, name, (vector[name] ?? 0) + 1);
    const [a1, b1] = [next('a', NO_VECTOR), next('b', NO_VECTOR)];
    const a2 = next('a', a1);
    const c1 = next('c', joinVectors(a2, b1));
    const named: Record<string, Vector> = { A: NO_VECTOR, A1: a1, B1: b1, A2: a2, C1: c1 };
    for (const [one, other, expected] of oracle.example.descends) {
      expect(covers(named[one]!, named[other]!), `${one} descends ${other}`).toBe(expected);
    }
  });
});

describe('last write wins agrees with riak_dt_lwwreg', () => {
  const oracle = load('lwwreg');
  const cellOf = ([value, timeUs]: [string, number]): LwwCell => ({
    stamp: { timeUs, counter: 0, node: '' },
    write: value,
    origin: '',
    seq: 1,
    value,
    deleted: false,
  });

  it.each<{ ops: [string, number][]; state: unknown }>(oracle.cases)(
    'assignments end as expected: $state',
    ({ ops, state }) => {
      const cell = ops.map(cellOf).reduce(mergeLww);
      expect([cell.value, cell.stamp.timeUs]).toEqual(state);
    },
  );

  it.each<[[string, number], [string, number], unknown]>(oracle.merge)(
    '%j merged with %j is %j',
    (one: [string, number], other: [string, number], expected: unknown) => {
      const cell = mergeLww(cellOf(one), cellOf(other));
      expect([cell.value, cell.stamp.timeUs]).toEqual(expected);
    },
  );
});

describe('the observed-remove set agrees with riak_dt_orswot', () => {
  const oracle = load('orset');

  it.each<{ id: string; steps: string[][]; expect: Record<string, string[]> }>(oracle.cases)(
    '$id',
    ({ steps, expect: expected }) => {
      const sets: Record<string, OrSet> = { new: EMPTY_SET };
      const nameOf = (actor: unknown): string => `${actor}`;
      for (const [name, action, from, one, other, context] of steps as [
        string,
        string,
        string,
        string,
        string,
        string,
      ][]) {
        const set = sets[from]!;
        if (action === 'add') sets[name] = mergeSets(set, addDelta(set, nameOf(other), one));
        else if (action === 'remove') sets[name] = mergeSets(set, removeDelta(set, one));
        else if (action === 'merge') sets[name] = mergeSets(set, sets[one]!);
        else if (action === 'copy') sets[name] = set;
        // A remove in the context of another replica takes what that replica has seen of the element.
        else sets[name] = mergeSets(set, removeDelta(sets[context.slice(4, -1)]!, one));
      }
      for (const [name, elements] of Object.entries(expected)) expect(elementsOf(sets[name]!), name).toEqual(elements);
    },
  );
});

describe('the PN-counter agrees with riak_dt_pncounter', () => {
  const oracle = load('pncounter');
  type Rows = readonly [actor: string | number, inc: number, dec: number][];
  const counterOf = (rows: Rows): PnCounter => ({
    increments: Object.fromEntries(rows.map(([actor, inc]) => [actor, inc])),
    decrements: Object.fromEntries(rows.map(([actor, , dec]) => [actor, dec])),
  });
  const rowsOf = ({ increments, decrements }: PnCounter): Record<string, readonly number[]> =>
    Object.fromEntries(
      [...new Set([...Object.keys(increments), ...Object.keys(decrements)])].map((actor) => [
        actor,
        [increments[actor] ?? 0, decrements[actor] ?? 0],
      ]),
    );
  const count = (counter: PnCounter, by: number, actor: string): PnCounter =>
    mergeCounters(counter, countDelta(counter, actor, by));
  const updated = (ops: readonly [string, number, string | number][]): PnCounter =>
    ops.reduce((counter, [kind, by, actor]) => count(counter, kind === 'inc' ? by : -by, `${actor}`), ZERO);

  it.each<[Rows, number]>(oracle.value)('%j is worth %i', (rows: Rows, value: number) => {
    expect(countOf(counterOf(rows))).toBe(value);
  });

  it.each<[[string, number, number][], Rows]>(oracle.update)(
    '%j gives %j',
    (ops: [string, number, number][], rows: Rows) => {
      expect(rowsOf(updated(ops))).toEqual(rowsOf(counterOf(rows)));
    },
  );

  it.each<[Rows, Rows, Rows]>(oracle.merge)('%j merged with %j is %j', (one: Rows, other: Rows, merged: Rows) => {
    expect(rowsOf(mergeCounters(counterOf(one), counterOf(other)))).toEqual(rowsOf(counterOf(merged)));
  });

  it('the worked usage and the query end where they should', () => {
    const p1 = count(ZERO, 2, 'a1');
    const p2 = count(ZERO, 1, 'a2');
    const p3 = [[1, 'a4'] as const, [1, 'a1'] as const, [-2, 'a5'] as const].reduce(
      (counter, [by, actor]) => count(counter, by, actor),
      mergeCounters(p1, p2),
    );
    const p2b = count(count(p2, 3, 'a3'), -1, 'a2');
    expect(rowsOf(mergeCounters(p3, p2b))).toEqual(rowsOf(counterOf(oracle.usage.final)));
    expect(countOf(updated(oracle.query.ops))).toBe(oracle.query.value);
  });
});

describe('siblings agree with the dotted version vector sets of dvvset.erl', () => {
  const oracle = load('dvvset');
  type Entries = readonly [name: string, count: number, values: readonly string[]][];
  const setOf = (entries: Entries): Siblings =>
    entries.map(([name, count, values]) => ({ name, count, values: values.map((write) => ({ write, value: write })) }));
  const entriesOf = (set: Siblings): Entries =>
    set.map(({ name, count, values }) => [name, count, values.map(({ write }) => write)]);
  type Program = {
    readonly test: string;
    readonly steps: readonly [string, string, string, string, string][];
    readonly literals?: Record<string, { entries: Entries }>;
    readonly expect?: Record<string, { entries: Entries }>;
    readonly expectSync?: readonly [[string, string], { entries: Entries }][];
    readonly commutes?: readonly [string, string][];
    readonly less?: readonly [string, string][];
    readonly notLess?: readonly [string, string][];
  };
  const write = (value: string) => ({ write: value, value });

  it.each<{ test: string; in: { entries: Entries; id: string; value: string }; expected: Entries }>(oracle.cases)(
    '$test: an event of $in.id',
    ({ in: { entries, id, value }, expected }) => {
      expect(entriesOf(updateSiblings(setOf(entries), NO_VECTOR, id, write(value)))).toEqual(expected);
    },
  );

  /** `new(v)`, `newCtx(join(A),v)` or the name of one: what a client is about to write, and what it had read. */
  function clientsWrite(text: string, sets: Record<string, Siblings>, clients: Record<string, [Vector, string]>) {
    const made = /^new\((.*)\)$/.exec(text);
    if (made !== null) return [NO_VECTOR, made[1]!] as const;
    const read = /^newCtx\((?:join\((.*)\)|(.*)),(.*)\)$/.exec(text);
    if (read === null) return clients[text]!;
    return [read[1] === undefined ? clients[read[2]!]![0] : contextOf(sets[read[1]]!), read[3]!] as const;
  }

  it.each<Program>(oracle.programs)('$test', (program) => {
    const sets: Record<string, Siblings> = {};
    const clients: Record<string, [Vector, string]> = {};
    for (const [name, { entries }] of Object.entries<{ entries: Entries }>(program.literals ?? {}))
      sets[name] = setOf(entries);
    for (const [name, action, one, other, id] of program.steps) {
      if (action === 'new') clients[name] = [NO_VECTOR, one];
      else if (action === 'newCtx') clients[name] = [contextOf(sets[one.slice(5, -1)]!), other];
      else if (action === 'join') clients[name] = [contextOf(sets[one]!), ''];
      else {
        const [context, value] = clientsWrite(one, sets, clients);
        const server = action === 'update1' ? [] : sets[other]!;
        sets[name] = updateSiblings(server, context, action === 'update1' ? other : id, write(value));
      }
    }
    let checked = 0;
    for (const [name, expected] of Object.entries<{ entries: Entries }>(program.expect ?? {})) {
      const read = /^join\((.*)\)$/.exec(name)?.[1];
      const context = read === undefined ? clients[name]?.[0] : contextOf(sets[read] ?? []);
      if (context !== undefined) expect(Object.entries(context), name).toEqual(expected);
      else expect(entriesOf(sets[name]!), name).toEqual(expected.entries);
      checked++;
    }
    for (const [[one, other], { entries }] of program.expectSync ?? []) {
      expect(entriesOf(syncSiblings(sets[one]!, sets[other]!)), `${one}, ${other}`).toEqual(entries);
      checked++;
    }
    for (const [one, other] of program.commutes ?? []) {
      expect(syncSiblings(sets[one]!, sets[other]!)).toEqual(syncSiblings(sets[other]!, sets[one]!));
    }
    const isLess = (one: string, other: string): boolean =>
      compareVectors(contextOf(sets[one]!), contextOf(sets[other]!)) === 'before';
    for (const [one, other] of program.less ?? []) expect(isLess(one, other), `${one} < ${other}`).toBe(true);
    for (const [one, other] of program.notLess ?? []) expect(isLess(one, other), `${one} < ${other}`).toBe(false);
    expect(checked + (program.less?.length ?? 0)).toBeGreaterThan(1);
  });
});
