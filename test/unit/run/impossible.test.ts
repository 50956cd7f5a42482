import { describe, expect, test } from 'vitest';
import { gradeChallenge, searchCommand } from '../../../simulations/run/challenge.ts';
import { execute, type Run } from '../../../simulations/run/execute.ts';
import { fileOf } from '../../../simulations/run/file-text.ts';
import { loadScenario } from '../../../simulations/run/load-scenario.ts';
import { resolveRun } from '../../../simulations/run/resolve.ts';
import type { Searched } from '../../../simulations/scenario/challenge-schema.ts';
import { exploreModel } from '../../../simulations/search/model-explorer/explore-model.ts';
import { resolveModelPlan } from '../../../simulations/search/model-explorer/resolve.ts';
import { scenarios } from '../../helpers/scenarios.ts';

const looked = scenarios.filter(({ challenge }) => (challenge?.searched.length ?? 0) > 0);
const searches = looked.flatMap((scenario) =>
  scenario.challenge!.searched.map(
    (searched) => [searchCommand(scenario, scenario.challenge!, searched), scenario, searched] as const,
  ),
);
const ways = looked.flatMap((scenario) =>
  scenario.challenge!.otherwise.map((way) => [scenario.id, way.title, scenario, way] as const),
);

function runOf(
  id: string,
  variant: string | undefined,
  more: { seed?: number; set?: Record<string, boolean> } = {},
): Run {
  const scenario = scenarios.find((one) => one.id === id)!;
  const resolved = resolveRun({ model: scenario.model, scenario, variant, ...more });
  if (!resolved.ok) throw new Error(JSON.stringify(resolved.problems));
  return execute({ ...resolved.input, history: false });
}

/** A search within these bounds is repeated whole. */
const WHOLE_MAX = 20_000;
const SEEDS = 15;

function repeated(
  scenario: (typeof looked)[number],
  { budgets, symmetry, distinct }: Extract<Searched, { by: 'states' }>,
) {
  const { model, challenge } = scenario;
  const resolved = resolveModelPlan({ model, scenario, variant: challenge!.variant, budgets, symmetry });
  if (!resolved.ok) throw new Error(JSON.stringify(resolved.problems));
  return exploreModel(resolved.plan, distinct > WHOLE_MAX ? { depthMax: 11 } : {});
}

test('some challenge that cannot be done says what was searched', () => {
  expect(looked.length).toBeGreaterThan(0);
  for (const { challenge } of looked) expect(challenge!.possible).toBe(false);
});

describe('what was searched in vain', () => {
  test.each(searches)('%s, or a part of it, finds nothing', (_command, scenario, searched) => {
    if (searched.by === 'seeds') {
      for (let seed = 1; seed <= SEEDS; seed++) {
        const { find } = gradeChallenge(
          runOf(scenario.id, scenario.challenge!.variant, { seed }),
          scenario,
          scenario.challenge!,
        );
        expect(
          find.filter(({ met }) => met),
          `seed ${seed}`,
        ).toEqual([]);
      }
      return;
    }
    const { properties, ...counts } = repeated(scenario, searched);
    expect(Object.keys(properties).filter((id) => properties[id]!.status === 'violated')).toEqual([]);
    const { distinct, generated, depth } = searched;
    if (distinct <= WHOLE_MAX) expect(counts).toMatchObject({ distinct, generated, depth, stopped: null });
    else expect(counts.distinct).toBeLessThan(distinct);
  });

  test('the same search does find something where the limits are left: a quorum of half, in the states of one election', () => {
    const scenario = scenarios.find(({ id }) => id === 'raft-split-brain')!;
    const budgets = { timers: 2 };
    const resolved = resolveModelPlan({
      model: 'consensus',
      scenario,
      variant: 'half',
      budgets,
      property: 'election-safety',
    });
    if (!resolved.ok) throw new Error(JSON.stringify(resolved.problems));
    expect(exploreModel(resolved.plan).properties['election-safety']!.status).toBe('violated');
  });

  test.each(ways)(
    '%s: %s shows it, and is outside the limits',
    (_id, _title, scenario, { scenario: other, variant }) => {
      const grade = gradeChallenge(runOf(other, variant), scenario, scenario.challenge!);
      expect(grade.find.every(({ met }) => met)).toBe(true);
      expect(grade).toMatchObject({ solved: false, givenUp: true });
    },
  );
});

describe('giving up what the limits keep', () => {
  const scenario = looked[0]!;
  const challenge = scenario.challenge!;
  const given = runOf(scenario.id, challenge.variant, { set: { fsync: false } });

  test('is no solution, and is told apart from having shown nothing', () => {
    expect(gradeChallenge(given, scenario, challenge)).toMatchObject({ solved: false, givenUp: true });
    const kept = runOf(scenario.id, challenge.variant);
    expect(gradeChallenge(kept, scenario, challenge)).toMatchObject({ solved: false, givenUp: false });
  });

  test('counts nowhere where it can be done within the limits', () => {
    expect(gradeChallenge(given, scenario, { ...challenge, possible: true }).givenUp).toBe(false);
  });
});

test('searches and ways out survive writing and reading; a challenge that can be done has none', () => {
  const [scenario] = looked;
  const back = loadScenario(fileOf(scenario!));
  if (!back.ok) throw new Error(JSON.stringify(back.problems));
  expect(back.scenario.challenge).toEqual(scenario!.challenge);
  const wrong = loadScenario(fileOf({ ...scenario!, challenge: { ...scenario!.challenge!, possible: true } }));
  expect(wrong).toMatchObject({ ok: false, problems: [{ field: 'challenge.searched' }] });
});
