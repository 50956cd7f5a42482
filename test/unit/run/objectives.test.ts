import { describe, expect, test } from 'vitest';
import {
  describeProblem,
  execute,
  heldTo,
  loadScenario,
  resolveRun,
  type Scenario,
} from '../../../simulations/index.ts';
import { fileOf } from '../../../simulations/run/file-text.ts';
import type { AnswerObjective, Objective } from '../../../simulations/scenario/objective-schema.ts';
import { status } from '../../helpers/model-runs.ts';
import { scenarios } from '../../helpers/scenarios.ts';

const counter = scenarios.find(({ id }) => id === 'global-counter-raft')!;
const compaction = scenarios.find(({ id }) => id === 'raft-compaction')!;

function runWith(scenario: Scenario, objectives: readonly Objective[], variant?: string) {
  const changed = { ...scenario, objectives };
  const resolved = resolveRun({ model: scenario.model, scenario: changed, variant });
  if (!resolved.ok) throw new Error(resolved.problems.map(describeProblem).join('\n'));
  return execute({ ...resolved.input, history: false });
}

const verdictOf = (scenario: Scenario, objective: Objective, variant?: string) =>
  runWith(scenario, [objective], variant).verdicts.find(({ id }) => id === objective.id)!.verdict;

const likes: AnswerObjective = {
  kind: 'answers',
  id: 'likes',
  title: 'likes are counted',
  of: 'updates',
  withinUs: 1_000_000,
  share: 0.7,
};

describe('objectives of answers (global-counter-raft, three voters)', () => {
  test('15 of 21 likes are answered within 1 s: a share of 0.71 is met, 0.72 is not', () => {
    const met = verdictOf(counter, { ...likes, share: 0.71 });
    expect(met).toMatchObject({ status: 'ok', sentence: expect.stringContaining('15 of 21') });
    expect(verdictOf(counter, { ...likes, share: 0.72 }).status).toBe('violated');
  });

  test('an answer counts at the bound and not one microsecond below it', () => {
    const { operations } = runWith(counter, [likes]).record;
    const first = operations.find(({ f, client }) => f !== 'read' && client === 'a')!;
    const took = first.completedAt - first.invokedAt;
    const only = { ...likes, clients: ['a'], untilUs: first.invokedAt + 1, share: 1 };
    expect(verdictOf(counter, { ...only, withinUs: took }).status).toBe('ok');
    const late = verdictOf(counter, { ...only, withinUs: took - 1 });
    expect(late).toMatchObject({
      status: 'violated',
      witness: { operations: [first.id], steps: [first.completedStep] },
    });
  });

  test('clients, kind and stretch of time choose the operations: 6 likes of c, and 9 reads in all', () => {
    const cut = { ...likes, clients: ['c'], fromUs: 3_000_000, untilUs: 13_000_000 };
    expect(verdictOf(counter, cut).sentence).toMatch(/^0 of 6 /);
    expect(verdictOf(counter, { ...likes, of: 'reads' }).sentence).toMatch(/^9 of 9 /);
    expect(verdictOf(counter, { ...likes, of: 'all' }).sentence).toMatch(/^24 of 30 /);
  });

  test('an operation that the end of the run cut short is not judged; none at all is unknown, and not a witness', () => {
    const short = { ...counter, durationUs: 4_050_000 };
    expect(verdictOf(short, likes).sentence).toMatch(/^3 of 3 /);
    const nobody = { ...likes, fromUs: 16_500_000 };
    const run = runWith(counter, [nobody]);
    expect(status(run, 'likes')).toBe('unknown');
    expect(run.witnessed['objectives-asked']).toBe(false);
    expect(runWith(counter, [likes]).witnessed['objectives-asked']).toBe(true);
  });

  test('objectives do not change the run', () => {
    expect(runWith(counter, []).digest).toBe(runWith(counter, counter.objectives!).digest);
  });
});

describe('objectives of metrics (raft-compaction)', () => {
  const bounded: Objective = { kind: 'metric', id: 'kept', title: 'the log is short', metric: 'log-kept' };
  test.each([
    ['never', { atMost: 361 }, 'ok'],
    ['never', { atMost: 360 }, 'violated'],
    ['never', { atLeast: 362 }, 'violated'],
    ['often', { atMost: 64, atLeast: 1 }, 'ok'],
  ] as const)('%s, log-kept %j: %s', (variant, bounds, expected) => {
    expect(verdictOf(compaction, { ...bounded, ...bounds }, variant).status).toBe(expected);
  });

  test('a metric that the run does not have is unknown', () => {
    expect(verdictOf(compaction, { ...bounded, metric: 'log-kpt', atMost: 1 }).status).toBe('unknown');
  });
});

describe('objectives in a file', () => {
  test('an id that a property of the model has is refused by name', () => {
    const loaded = loadScenario(fileOf({ ...counter, objectives: [{ ...likes, id: 'linearizable' }] }));
    expect(loaded.ok ? '' : loaded.problems.map(describeProblem).join('\n')).toMatch(
      /objectives\[0\]\.id: found "linearizable", which is taken/,
    );
  });

  test('a metric without a bound is refused', () => {
    const without: Objective = { kind: 'metric', id: 'kept', title: 'kept', metric: 'log-kept' };
    const loaded = loadScenario(fileOf({ ...compaction, objectives: [without] }));
    expect(loaded.ok ? '' : loaded.problems.map(describeProblem).join('\n')).toMatch(
      /a bound: atLeast, atMost or both/,
    );
  });
});

const compared = scenarios.filter(({ compareWith }) => compareWith !== undefined);

test.each(compared.map((scenario) => [scenario.id, scenario] as const))(
  '%s: the variant that it is compared with exists, meets every objective, and is of another scenario',
  (id, scenario) => {
    const { scenario: other, variant } = scenario.compareWith!;
    expect(other).not.toBe(id);
    const found = scenarios.find((one) => one.id === other)!;
    const held = heldTo(found, scenario);
    const resolved = resolveRun({ model: held.model, scenario: held, variant });
    if (!resolved.ok) throw new Error(resolved.problems.map(describeProblem).join('\n'));
    const run = execute({ ...resolved.input, history: false });
    expect(scenario.objectives!.length).toBeGreaterThan(0);
    for (const objective of scenario.objectives!) expect(status(run, objective.id), objective.id).toBe('ok');
    expect(run.witnessed['objectives-asked']).toBe(true);
  },
);

test('global-counter-raft: within 10 ms the PN-counter still meets what the log misses by a factor of ten', () => {
  const [slow, fast] = [counter, scenarios.find(({ id }) => id === 'global-counter')!].map(
    (scenario) => runWith(scenario, []).metrics.find(({ id }) => id === 'write-p50')!.value,
  );
  expect(slow! / fast!).toBeGreaterThan(10);
  expect(slow!).toBeGreaterThan(80_000);
});
