import { describe, expect, test } from 'vitest';
import { models } from '../../../simulations/models/registry.ts';
import { execute } from '../../../simulations/run/execute.ts';
import { loadScenario } from '../../../simulations/run/load-scenario.ts';
import { mismatchesOf } from '../../../simulations/run/outcome.ts';
import { resolveRun } from '../../../simulations/run/resolve.ts';
import { parseLink } from '../../../simulations/scenario/link.ts';
import type { Scenario } from '../../../simulations/scenario/scenario.ts';
import { violatedIn } from '../../../simulations/search/shrink/search.ts';
import { examples, freeRequest, requestOf, shrunk } from './shrunk.ts';

function scenarioIn(file: string): Scenario {
  const loaded = loadScenario(file);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  return loaded.scenario;
}

function runOf(scenario: Scenario, variant: string, change: object = {}) {
  const resolved = resolveRun({ model: scenario.model, scenario, variant });
  if (!resolved.ok) throw new Error(JSON.stringify(resolved.problems));
  return execute({ ...resolved.input, history: false, ...change });
}

const cases = examples.map(([id, variant]) => {
  const request = requestOf(id, variant);
  const { report } = shrunk(request);
  const { before, after, property } = report;
  return {
    title: `${id}, ${variant}: ${property} in ${before.events} events shrinks to ${after.events}`,
    request,
    report,
  };
});

const violatingVariant = (id: string) => examples.find(([other]) => other === id)![1];

/** Servers that watch over one another do so in the smallest run too: there, a third of what it was. */
const eventsMax = (model: string, before: number) => (model === 'consensus' ? before / 3 : 60);

test('the shipped scenarios of every model have violating variants to shrink', () => {
  expect(new Set(examples.map(([id]) => requestOf(id, violatingVariant(id)).input.model))).toEqual(new Set(models));
});

describe.each(cases)('$title', ({ request, report }) => {
  const scenario = scenarioIn(report.file);

  test('at most 60 events (a third where servers elect a leader), fewer operations, no more faults and processes, shorter', () => {
    const { before, after } = report;
    expect(after.events).toBeLessThanOrEqual(eventsMax(request.input.model.id, before.events));
    expect(after.operations).toBeLessThan(before.operations);
    expect(after.faults).toBeLessThanOrEqual(before.faults);
    expect(after.processes).toBeLessThanOrEqual(before.processes);
    expect(after.durationUs).toBeLessThan(before.durationUs);
    expect(report.exhausted).toBe(false);
  });

  test('violates that property and nothing that clients saw for the first time', () => {
    const run = runOf(scenario, report.variant);
    expect(run.digest).toBe(report.digest);
    expect(run.events).toBe(report.after.events);
    const violated = violatedIn(run);
    expect(violated).toContain(report.property);
    const source = violatedIn(execute({ ...request.input, history: false }));
    expect([...source, 'convergence']).toEqual(expect.arrayContaining([...violated]));
  });

  test('every variant shows what the file expects; the repaired one keeps the property', () => {
    for (const variant of scenario.variants) {
      expect(mismatchesOf(runOf(scenario, variant.id), scenario, variant), variant.id).toEqual([]);
    }
    expect(scenario.variants.find(({ id }) => id === report.repair)!.expect[report.property]).toBe('ok');
  });

  test('nothing can be left out: neither a fault, nor an operation, nor an unusual latency', () => {
    const variant = report.variant;
    const repaired = report.repair!;
    const stays = (change: object) =>
      violatedIn(runOf(scenario, variant, change)).includes(report.property) &&
      runOf(scenario, repaired, change).verdicts.find(({ id }) => id === report.property)!.verdict.status === 'ok';
    expect(stays({})).toBe(true);
    const { faults, schedule } = scenario;
    for (const fault of faults) expect(stays({ faults: faults.filter((one) => one !== fault) }), fault.id).toBe(false);
    const messages = schedule?.messages ?? [];
    for (const pin of messages) {
      const without = { ...schedule, messages: messages.filter((one) => one !== pin) };
      expect(stays({ schedule: without }), JSON.stringify(pin)).toBe(false);
    }
  });

  test('its link carries it whole', () => {
    const parsed = parseLink(report.link);
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
    expect(scenarioIn(JSON.stringify(parsed.state.file))).toEqual(scenario);
    expect(parsed.state.variant).toBe(report.variant);
  });
});

test('the same request gives the same bytes; the report survives JSON', () => {
  const [first, second] = [1, 2].map(() => shrunk(requestOf('quorum-read-inversion', 'off')).report);
  expect(JSON.stringify(second)).toBe(JSON.stringify(first));
  expect(JSON.parse(JSON.stringify(first))).toEqual(first);
});

test.each([1, 10, 40, 100])(
  'the bound on runs holds: at most %i, and the result still violates the property',
  (runsMax) => {
    const { report, progress } = shrunk(requestOf('quorum-read-inversion', 'off'), { runsMax });
    expect(report.runs).toBeLessThanOrEqual(runsMax);
    expect(report.exhausted).toBe(true);
    expect(progress.every(({ runs }) => runs <= runsMax)).toBe(true);
    expect(violatedIn(runOf(scenarioIn(report.file), report.variant))).toContain('linearizable');
  },
);

test('progress: runs rise, events never do but where a simpler latency or time asks for it', () => {
  const { progress } = shrunk(requestOf('tombstone-zombie', 'short'));
  expect(progress.length).toBeGreaterThan(20);
  for (let at = 1; at < progress.length; at++) expect(progress[at]!.runs).toBeGreaterThan(progress[at - 1]!.runs);
  expect(progress.at(-1)!.events).toBeLessThan(progress[0]!.events / 10);
});

describe('a model without a scenario', () => {
  test('the knob that was turned is the decision, and its default the repair (a planted mistake, seed 1)', () => {
    const { report } = shrunk(freeRequest({ mistake: 'coordinator-counts-own-ack-twice' }, 1));
    const scenario = scenarioIn(report.file);
    expect(report).toMatchObject({ property: 'quorums-intersect', repair: 'default-mistake' });
    expect(scenario.decisions.map(({ knobs }) => knobs)).toEqual([['mistake']]);
    expect(report.after.events).toBeLessThanOrEqual(40);
    for (const variant of scenario.variants) {
      expect(mismatchesOf(runOf(scenario, variant.id), scenario, variant)).toEqual([]);
    }
  });

  test('loss is no decision: where only that repairs, the file has the violating variant alone (seed 3)', () => {
    const lossy = { replicas: 5, lossRatio: 0.3, readRepair: 'off', requestTimeout: 60_000 };
    const { report } = shrunk(freeRequest(lossy, 3));
    const scenario = scenarioIn(report.file);
    expect(report.repair).toBeNull();
    expect(scenario.variants.map(({ id }) => id)).toEqual(['broken']);
    expect(scenario.decisions).toEqual([]);
    expect(mismatchesOf(runOf(scenario, 'broken'), scenario, scenario.variants[0]!)).toEqual([]);
    expect(report.after.events).toBeLessThanOrEqual(60);
  });
});
