import { describe, expect, test } from 'vitest';
import { search } from '../../../simulations/search/explore/search.ts';
import { claimsOf } from '../../../simulations/search/model-explorer/claims.ts';
import { exploreModel, worldOfPlan } from '../../../simulations/search/model-explorer/explore-model.ts';
import { modelSystem } from '../../../simulations/search/model-explorer/model-system.ts';
import type { ModelPlan } from '../../../simulations/search/model-explorer/resolve.ts';
import { Watch } from '../../../simulations/search/model-explorer/watch.ts';
import { planOf, withWorkload } from './plans.ts';

const BOUNDS = { statesMax: 1_000_000, depthMax: Number.POSITIVE_INFINITY };

/** All states without reduction, and how many of them are left when each stands for its kind. */
function orbits(plan: ModelPlan): { readonly states: number; readonly kinds: number } {
  const { moves, symmetry } = worldOfPlan({ ...plan, symmetry: true });
  const { claims } = claimsOf(plan.model, plan.explorable, plan.input.knobs);
  const watch = new Watch(moves, { model: plan.model, explorable: plan.explorable, knobs: plan.input.knobs, claims });
  const { table } = search(modelSystem({ moves, watch, symmetry, onBroken: () => {} }), BOUNDS, false);
  const kinds = new Set<string>();
  for (let id = 0; id < table.size; id++) kinds.add(symmetry!.representative(table.at(id)).join());
  return { states: table.size, kinds: kinds.size };
}

const WRITE = { script: { a: [{ f: 'write', via: 'r1' }] } };
const WRITE_READ = { script: { a: [{ f: 'write', via: 'r1' }], b: [{ f: 'read', via: 'r1' }] } };

describe('symmetry', () => {
  test.each([
    [{ readRepair: 'off', coordinatorAt: 'client' }, {}, WRITE_READ],
    [{ readRepair: 'blocking', version: 'hlc', coordinatorAt: 'client', replicas: 2 }, {}, WRITE_READ],
    [{ coordinatorAt: 'client', replicas: 2 }, { losses: 1, timers: 1, crashes: 1 }, WRITE],
    [{ mistake: 'coordinator-counts-own-ack-twice' }, { duplicates: 1 }, WRITE],
  ] as const)(
    'quorum %o, budgets %o: as many states as there are kinds, and the same verdicts after as many steps',
    (set, budgets, workload) => {
      const plan = withWorkload(planOf({ set, budgets }), workload);
      const whole = exploreModel(plan);
      const reduced = exploreModel({ ...plan, symmetry: true });
      const { states, kinds } = orbits(plan);
      expect([whole.distinct, reduced.distinct]).toEqual([states, kinds]);
      expect(kinds).toBeLessThan(states);
      const gist = ({ properties }: typeof whole) =>
        Object.entries(properties).map(([id, { status, counterexample }]) => [id, status, counterexample?.path.length]);
      expect(gist(reduced)).toEqual(gist(whole));
      expect(reduced.depth).toBe(whole.depth);
    },
  );

  test('messages to processes that have ended: whether they are dropped or arrive in vain, the verdicts are the same', () => {
    const plan = withWorkload(planOf({ set: { readRepair: 'off' }, budgets: { timers: 1 } }), WRITE);
    const keeps = { ...plan, explorable: { ...plan.explorable, reusesNames: () => true } };
    const [dropped, kept] = [exploreModel(plan), exploreModel(keeps)];
    expect(dropped.distinct).toBeLessThan(kept.distinct);
    const statuses = ({ properties }: typeof kept) =>
      Object.entries(properties).map(([id, { status }]) => [id, status]);
    expect(statuses(dropped)).toEqual(statuses(kept));
  });
});
