import { describe, expect, test } from 'vitest';
import type { Property } from '../../../simulations/models/model.ts';
import { execute } from '../../../simulations/run/execute.ts';
import { fileOf } from '../../../simulations/run/file-text.ts';
import { loadScenario } from '../../../simulations/run/load-scenario.ts';
import { mismatchesOf } from '../../../simulations/run/outcome.ts';
import { resolveRun } from '../../../simulations/run/resolve.ts';
import { exploreModel } from '../../../simulations/search/model-explorer/explore-model.ts';
import type { ModelPlan } from '../../../simulations/search/model-explorer/resolve.ts';
import { planOf, withWorkload } from './plans.ts';

/** The first counterexample of an exploration that is expected to find one. */
function broken(plan: ModelPlan, property: string) {
  const { counterexample } = exploreModel({ ...plan, property }).properties[property]!;
  if (counterexample === null) throw new Error(`${property} is not broken`);
  return counterexample;
}

describe('quorum, N=3, R=W=2, one write and two reads of two clients', () => {
  test('read repair off: 19,600 states up to symmetry; the read inversion takes 14 steps and nothing shorter does', () => {
    const { properties, ...counts } = exploreModel(planOf({ set: { readRepair: 'off' }, symmetry: true }));
    expect(counts).toMatchObject({ distinct: 19_600, generated: 75_500, depth: 25, stopped: null });
    expect(properties.linearizable?.status).toBe('violated');
    expect(properties.linearizable?.counterexample?.path).toEqual([
      'the timer next of a fires',
      'Write from a to r1 arrives',
      'RWrite from r1/write-a1 to r2 arrives',
      'a write of r2 is on disk',
      'the timer next of b fires',
      'Read from b to r1 arrives',
      'RRead from r1/read-b1 to r2 arrives',
      'RResp from r2 to r1/read-b1 arrives',
      'ReadReply from r1/read-b1 to b arrives',
      'the timer next of b fires',
      'Read from b to r1 arrives',
      'RRead from r1/read-b2 to r3 arrives',
      'RResp from r3 to r1/read-b2 arrives',
      'ReadReply from r1/read-b2 to b arrives',
    ]);
    const status = (id: string) => properties[id]?.status;
    expect(['monotonic-reads', 'quorums-intersect', 'no-lost-acknowledged-write'].map(status)).toEqual([
      'violated',
      'ok',
      'ok',
    ]);
    // Nobody deletes anything: a claim that nothing put to the test is not ok.
    expect(properties['no-early-purge']).toMatchObject({
      status: 'unknown',
      sentence: expect.stringMatching(/^Not put/),
    });
  });

  test('asynchronous read repair: the same inversion, since nothing makes the repair arrive in time', () => {
    const { properties, stopped } = exploreModel(planOf({ set: { readRepair: 'async' }, property: 'linearizable' }));
    expect(properties.linearizable).toMatchObject({ status: 'violated', counterexample: { path: { length: 14 } } });
    expect(stopped).toBe('decided');
  });

  test('blocking write-back: linearizable in all 173,067 states up to symmetry', () => {
    const { properties, ...counts } = exploreModel(planOf({ set: { readRepair: 'blocking' }, symmetry: true }));
    expect(counts).toMatchObject({ distinct: 173_067, generated: 796_473, depth: 31, stopped: null });
    expect(Object.values(properties).filter(({ status }) => status === 'violated')).toEqual([]);
    expect(properties.linearizable).toMatchObject({ status: 'ok', sentence: 'Holds in all 173,067 states.' });
  });
});

describe('counterexamples', () => {
  test('the read inversion as a run: violated as explored, ok with blocking write-back on the same schedule; its file loads to both', () => {
    const { input, scenario } = broken(planOf({ set: { readRepair: 'off' } }), 'linearizable');
    expect(execute(input).verdicts.find(({ id }) => id === 'linearizable')?.verdict.status).toBe('violated');
    expect(scenario.variants.map(({ id, part }) => [id, part])).toEqual([
      ['explored', 'broken'],
      ['readRepair-blocking', 'fixed'],
    ]);
    const loaded = loadScenario(fileOf(scenario));
    if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
    expect(loaded.scenario.schedule).toEqual(scenario.schedule);
    for (const variant of loaded.scenario.variants) {
      const resolved = resolveRun({ model: 'quorum', scenario: loaded.scenario, variant: variant.id });
      if (!resolved.ok) throw new Error(JSON.stringify(resolved.problems));
      const run = execute(resolved.input);
      expect(mismatchesOf(run, loaded.scenario, variant)).toEqual([]);
      if (variant.part === 'broken') expect(run.digest).toBe(execute(input).digest);
    }
  });

  test('a claim about steps: the coordinator that counts its own acknowledgement twice breaks quorums-intersect after 3 steps', () => {
    const plan = planOf({ set: { mistake: 'coordinator-counts-own-ack-twice' } });
    const { path, scenario } = broken(plan, 'quorums-intersect');
    expect(path).toHaveLength(3);
    // Without the mistake the same schedule breaks nothing, whatever read repair does.
    expect(scenario.variants[1]).toMatchObject({ set: { mistake: 'none' }, part: 'fixed' });
  });

  test('a claim about the world: an acknowledgement counted twice is on 1 disk, not 2', () => {
    const { sentence } = broken(
      planOf({ set: { mistake: 'coordinator-counts-own-ack-twice' } }),
      'acknowledged-on-quorum',
    );
    expect(sentence).toBe('A write of x was acknowledged when it was on 1 disk, not 2.');
  });

  test('a claim about the end: one lost message and no repair leave the replicas different; it needs --losses 1', () => {
    const workload = { script: { a: [{ f: 'write', via: 'r1' }] } };
    const set = { readRepair: 'off' };
    const lossy = withWorkload(planOf({ set, budgets: { losses: 1, timers: 2 } }), workload);
    expect(broken(lossy, 'convergence').path).toContain('RWrite from r1/write-a1 to r3 is lost');
    const { status, sentence } = exploreModel(withWorkload(planOf({ set, property: 'convergence' }), workload))
      .properties.convergence!;
    expect([status, sentence]).toEqual(['unknown', 'Not put to the test in any state: a replica missed a write.']);
  });

  test('a crash is a fault of the run: R=1 W=2 loses sight of an acknowledged write', () => {
    const plan = planOf({ set: { readQuorum: 1, coordinatorAt: 'client' }, budgets: { crashes: 1 } });
    const { input, path } = broken(plan, 'linearizable');
    expect(path.some((step) => step.endsWith('crashes'))).toBe(input.faults.length > 0);
    expect(execute(input).verdicts.find(({ id }) => id === 'linearizable')?.verdict.status).toBe('violated');
  });

  test('a path that no run confirms is unknown, never violated: a claim that holds as soon as time has a length', () => {
    const plan = { ...planOf(), property: 'timeless' };
    const timeless: Property<Readonly<Record<string, unknown>>> = {
      kind: 'always',
      id: 'timeless',
      title: 'messages take time',
      exercisedBy: 'write-read',
      check: (_world, { kind, atUs }) =>
        kind === 'deliver' && atUs === 0 ? { sentence: 'None.', witness: { operations: [], steps: [] } } : undefined,
    };
    const model = { ...plan.model, properties: [timeless, ...plan.model.properties] };
    const { properties } = exploreModel({ ...plan, model, input: { ...plan.input, model } });
    expect(properties.timeless).toMatchObject({
      status: 'unknown',
      sentence: expect.stringMatching(/^A path of 2 steps breaks it, but no run does/),
      counterexample: null,
    });
  });
});

describe('bounds', () => {
  test.each([{ statesMax: 500 }, { depthMax: 6 }])('%o: unknown, never ok', (bounds) => {
    const { properties, stopped } = exploreModel(planOf({ set: { readRepair: 'blocking' } }), bounds);
    expect(stopped).toBe(bounds.statesMax === undefined ? 'depth' : 'states');
    expect(new Set(Object.values(properties).map(({ status }) => status))).toEqual(new Set(['unknown']));
  });
});
