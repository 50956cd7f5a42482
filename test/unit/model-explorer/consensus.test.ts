import { describe, expect, test } from 'vitest';
import { execute } from '../../../simulations/run/execute.ts';
import { fileOf } from '../../../simulations/run/file-text.ts';
import { loadScenario } from '../../../simulations/run/load-scenario.ts';
import { resolveRun } from '../../../simulations/run/resolve.ts';
import { exploreModel, type ModelExploration } from '../../../simulations/search/model-explorer/explore-model.ts';
import type { AnyExplorable, ModelExploreRequest } from '../../../simulations/search/model-explorer/resolve.ts';
import { planOf, withWorkload } from './plans.ts';

type Script = Readonly<Record<string, readonly object[]>>;

function planFor(request: Partial<ModelExploreRequest>, script?: Script) {
  const plan = planOf({ model: 'consensus', ...request });
  return script === undefined ? plan : withWorkload(plan, { script });
}

const withStatus = ({ properties }: ModelExploration, status: string) =>
  Object.keys(properties).filter((id) => properties[id]!.status === status);

const ONE_WRITE: Script = { a: [{ f: 'write', via: 'r1' }] };

/** [options, script, states, generated, depth, claims that were put to the test]. */
const whole = [
  [
    { set: { protocol: 'paxos' }, budgets: { timers: 1 } },
    undefined,
    { distinct: 1_164, generated: 3_513, depth: 28 },
    ['ballot-safety', 'state-machine-safety', 'exactly-once'],
  ],
  [
    { set: { protocol: 'paxos' } },
    ONE_WRITE,
    { distinct: 5_320, generated: 18_997, depth: 29 },
    ['one-value-per-slot', 'ballot-safety'],
  ],
  [
    { set: { protocol: 'paxos' }, budgets: { timers: 2, crashes: 1 } },
    ONE_WRITE,
    { distinct: 44_934, generated: 173_441, depth: 32 },
    ['one-value-per-slot', 'ballot-safety'],
  ],
  [
    { set: { protocol: 'zab' }, budgets: { timers: 1, crashes: 0 } },
    undefined,
    { distinct: 25_853, generated: 84_877, depth: 62 },
    ['epoch-safety', 'state-machine-safety', 'exactly-once'],
  ],
  [
    { set: { protocol: 'zab', servers: 2 } },
    undefined,
    { distinct: 19_723, generated: 48_710, depth: 49 },
    ['prefix', 'epoch-safety'],
  ],
] as const;

describe('Multi-Paxos and Zab as they should be', () => {
  test.each(whole)('%o, script %o: %o; nothing is broken in any of them', (request, script, counts, tested) => {
    const found = exploreModel(planFor(request, script));
    expect(found).toMatchObject({ ...counts, stopped: null });
    expect(withStatus(found, 'violated')).toEqual([]);
    expect(withStatus(found, 'ok')).toEqual(expect.arrayContaining([...tested]));
  });
});

/** A wrong rule each, and the fewest steps in which it shows. */
const broken = [
  [{ set: { protocol: 'paxos', adoptAccepted: false } }, 'one-value-per-slot', 23],
  [{ set: { protocol: 'paxos', quorum: 'half' } }, 'one-value-per-slot', 10],
  [{ set: { protocol: 'paxos', votePersist: false }, budgets: { timers: 2, crashes: 1 } }, 'one-value-per-slot', 23],
  [{ set: { protocol: 'paxos', fsync: false }, budgets: { timers: 2, crashes: 1 } }, 'one-value-per-slot', 17],
  [{ set: { protocol: 'zab', quorum: 'half' } }, 'epoch-safety', 16],
  [{ set: { protocol: 'zab', servers: 2, epochSync: false } }, 'prefix', 41],
] as const;

describe('with a wrong rule', () => {
  test.each(broken)(
    '%o: %s is broken after %i steps, by a run that the lab opens and that is in order with the right rule',
    (request, property, steps) => {
      const { counterexample, sentence } = exploreModel(planFor({ ...request, property })).properties[property]!;
      if (counterexample === null) throw new Error(sentence);
      expect(counterexample.path).toHaveLength(steps);
      const run = execute(counterexample.input);
      expect(run.verdicts.find(({ id }) => id === property)?.verdict.status).toBe('violated');
      const loaded = loadScenario(fileOf(counterexample.scenario));
      if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
      const [wrong, right] = loaded.scenario.variants.map((variant) => {
        const resolved = resolveRun({ model: 'consensus', scenario: loaded.scenario, variant: variant.id });
        if (!resolved.ok) throw new Error(JSON.stringify(resolved.problems));
        return { variant, again: execute(resolved.input) };
      });
      expect(wrong!.again.digest).toBe(run.digest);
      expect(right!.variant.part).toBe('fixed');
      expect(right!.again.verdicts.filter(({ verdict }) => verdict.status === 'violated')).toEqual([]);
    },
  );
});

/** What the forms leave out of a state: [what, the same form with it]. */
const reductions: readonly (readonly [string, (explorable: AnyExplorable) => AnyExplorable])[] = [
  ['messages that nobody does anything about', (form) => ({ ...form, ignores: undefined })],
  ['what nothing looks at any more', (form) => ({ ...form, settled: undefined })],
  ['what nothing reads', (form) => ({ ...form, unread: () => [] })],
];

describe.each(reductions)('left out of states: %s', (_what, withIt) => {
  test.each([
    [{ set: { protocol: 'paxos' } }, ONE_WRITE],
    [{ set: { protocol: 'paxos', quorum: 'half' }, property: 'one-value-per-slot' }, undefined],
    [{ set: { protocol: 'paxos', fsync: false }, budgets: { timers: 1, crashes: 1 } }, ONE_WRITE],
    [{ set: { protocol: 'zab', servers: 2 }, budgets: { timers: 0, crashes: 1 } }, undefined],
    [{ set: { protocol: 'zab', servers: 2, epochSync: false }, property: 'prefix' }, undefined],
  ] as const)('%o: fewer states or as many, and the same verdicts', (request, script) => {
    const plan = planFor(request, script);
    const [without, with_] = [exploreModel(plan), exploreModel({ ...plan, explorable: withIt(plan.explorable) })];
    expect(without.distinct).toBeLessThanOrEqual(with_.distinct);
    const statuses = ({ properties }: ModelExploration) =>
      Object.entries(properties).map(([id, { status }]) => [id, status]);
    expect(statuses(without)).toEqual(statuses(with_));
  });
});

test('before the prologue is over there is one course: an election of Paxos in one way, then all that may follow', () => {
  const plan = planFor({ set: { protocol: 'paxos' }, budgets: { timers: 1 } });
  const whole = exploreModel({ ...plan, explorable: { ...plan.explorable, prologue: undefined } });
  const { distinct, properties } = exploreModel(plan);
  expect(distinct).toBeLessThan(whole.distinct / 10);
  expect(Object.values(properties).map(({ status }) => status)).toEqual(
    Object.values(whole.properties).map(({ status }) => status),
  );
});

test('claims of one protocol are not judged with another', () => {
  const judged = (protocol: string) =>
    Object.keys(exploreModel(planFor({ set: { protocol }, budgets: { timers: 0 } }), { statesMax: 10 }).properties);
  expect(judged('paxos')).toEqual(expect.arrayContaining(['one-value-per-slot', 'ballot-safety']));
  expect(judged('paxos')).not.toContain('prefix');
  expect(judged('zab')).not.toContain('log-matching');
  expect(judged('raft')).toContain('log-matching');
  expect(judged('raft')).not.toContain('one-value-per-slot');
});
