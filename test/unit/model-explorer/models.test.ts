import { describe, expect, test } from 'vitest';
import { modelById } from '../../../simulations/models/registry.ts';
import { execute } from '../../../simulations/run/execute.ts';
import { fileOf } from '../../../simulations/run/file-text.ts';
import { loadScenario } from '../../../simulations/run/load-scenario.ts';
import { mismatchesOf } from '../../../simulations/run/outcome.ts';
import { resolveRun } from '../../../simulations/run/resolve.ts';
import { exploreModel } from '../../../simulations/search/model-explorer/explore-model.ts';
import type { ModelExploreRequest } from '../../../simulations/search/model-explorer/resolve.ts';
import { planOf, withWorkload } from './plans.ts';

/** What an exploration says of each property: its status, and how long the counterexample is. */
function told(request: Partial<ModelExploreRequest>, script?: Readonly<Record<string, unknown>>) {
  const plan = planOf(request);
  const { properties, ...counts } = exploreModel(script === undefined ? plan : withWorkload(plan, { script }));
  const of = (status: string) => Object.keys(properties).filter((id) => properties[id]!.status === status);
  return { counts, ok: of('ok'), violated: of('violated'), properties };
}

/** The smallest configurations that ship, whole: [model, options, states, generated, depth, claims that were put to the test]. */
const whole = [
  [
    'consensus',
    { symmetry: true },
    { distinct: 142_150, generated: 591_876, depth: 32 },
    ['leader-completeness', 'log-matching', 'leader-append-only', 'election-safety', 'state-machine-safety'],
  ],
  [
    'replication',
    {},
    { distinct: 26_629, generated: 102_558, depth: 38 },
    ['no-lost-acknowledged-write', 'acknowledged-durable', 'follower-prefix', 'read-your-writes', 'linearizable'],
  ],
  [
    'multi-leader',
    {},
    { distinct: 21_844, generated: 47_318, depth: 21 },
    [
      'no-acked-add-lost',
      'convergence',
      'no-resurrection',
      'causal-delivery',
      'vectors-move-forward',
      'same-writes-same-state',
    ],
  ],
] as const;

describe('as they should be', () => {
  test.each(whole)('%s, %o: %o; nothing is broken in any of them', (model, options, counts, tested) => {
    const found = told({ model, ...options });
    expect(found.counts).toMatchObject({ ...counts, stopped: null });
    expect(found.violated).toEqual([]);
    expect(found.ok).toEqual(expect.arrayContaining([...tested]));
  });

  test('consensus with a write and a read of one client, one election: 36,010 states, linearizable in all', () => {
    const script = { a: [{ f: 'write', via: 'r1' }, { f: 'read' }] };
    const { counts, ok, violated } = told({ model: 'consensus', budgets: { timers: 1 } }, script);
    expect(counts.distinct).toBe(36_010);
    expect(violated).toEqual([]);
    expect(ok).toEqual(expect.arrayContaining(['linearizable', 'exactly-once', 'state-machine-safety']));
  });

  test.each([
    ['consensus', { timers: 1 }],
    ['replication', { timers: 1 }],
  ] as const)('%s, %o: what nothing reads makes more states and changes no verdict', (model, budgets) => {
    const plan = planOf({ model, budgets });
    const read = { ...plan, explorable: { ...plan.explorable, unread: () => [] } };
    const [without, with_] = [exploreModel(plan), exploreModel(read)];
    expect(with_.distinct).toBeGreaterThan(without.distinct);
    const statuses = ({ properties }: typeof without) =>
      Object.entries(properties).map(([id, { status }]) => [id, status]);
    expect(statuses(with_)).toEqual(statuses(without));
  });
});

/** A wrong rule each, and the fewest steps in which it shows. */
const broken = [
  ['consensus', { set: { quorum: 'half' } }, 'election-safety', 4],
  ['consensus', { set: { quorum: 'half' } }, 'leader-completeness', 7],
  ['consensus', { set: { quorum: 'half' } }, 'state-machine-safety', 8],
  ['consensus', { set: { votePersist: false }, budgets: { timers: 2, crashes: 1 } }, 'election-safety', 8],
  ['consensus', { set: { fsync: false }, budgets: { timers: 2, crashes: 1 } }, 'leader-completeness', 10],
  ['replication', { set: { mode: 'async' } }, 'no-lost-acknowledged-write', 12],
  ['replication', { set: { mode: 'async' } }, 'read-your-writes', 17],
  ['multi-leader', { set: { resolve: 'lww-wall' } }, 'no-acked-add-lost', 7],
  ['multi-leader', { set: { mistake: 'remove-by-name' } }, 'same-writes-same-state', 14],
  [
    'multi-leader',
    { set: { delivery: 'arrival', mistake: 'apply-again' }, budgets: { timers: 2, duplicates: 1 } },
    'vectors-move-forward',
    6,
  ],
] as const;

describe('with a wrong rule', () => {
  test.each(broken)(
    '%s, %o: %s is broken after %i steps, and by a run that the lab opens',
    (model, request, property, steps) => {
      const plan = planOf({ model, ...request, property });
      const { counterexample, sentence } = exploreModel(plan).properties[property]!;
      if (counterexample === null) throw new Error(sentence);
      expect(counterexample.path).toHaveLength(steps);
      const run = execute(counterexample.input);
      expect(run.verdicts.find(({ id }) => id === property)?.verdict.status).toBe('violated');
      const loaded = loadScenario(fileOf(counterexample.scenario));
      if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
      for (const variant of loaded.scenario.variants) {
        const resolved = resolveRun({ model, scenario: loaded.scenario, variant: variant.id });
        if (!resolved.ok) throw new Error(JSON.stringify(resolved.problems));
        const again = execute(resolved.input);
        // Of the hazards that the model names for its scenarios none need occur in a run as short as this; one that is named must.
        expect(mismatchesOf(again, loaded.scenario, variant).map(({ sentence }) => sentence)).toEqual([]);
        if (variant.part === 'broken') expect(again.digest).toBe(run.digest);
      }
    },
  );

  test('what puts it right is found: a majority for a half, acknowledgements of followers for none', () => {
    const fixed = (request: Partial<ModelExploreRequest>, property: string) =>
      exploreModel(planOf({ ...request, property })).properties[property]!.counterexample?.scenario.variants[1];
    expect(fixed({ model: 'consensus', set: { quorum: 'half' } }, 'election-safety')).toMatchObject({
      set: { quorum: 'majority' },
      part: 'fixed',
    });
    expect(fixed({ model: 'replication', set: { mode: 'async' } }, 'no-lost-acknowledged-write')).toMatchObject({
      set: { mode: 'sync' },
      part: 'fixed',
    });
  });
});

test('whatever rests on the length of time is not judged: two leaders with a lease', () => {
  const { notJudged } = exploreModel(planOf({ model: 'replication', budgets: { timers: 0 } }));
  expect(notJudged).toContain('one-unfenced-leader');
  expect(modelById('replication')!.properties.map(({ id }) => id)).toContain('one-unfenced-leader');
});
