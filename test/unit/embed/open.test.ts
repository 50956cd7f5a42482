import { describe, expect, test } from 'vitest';
import { loadScenarios } from '../../../app/_content/scenarios.ts';
import { type EmbedView, openEmbed } from '../../../app/embed/_frame/open.ts';
import { carriedBy, execute, formatLink, modelById, resolveRun } from '../../../simulations/index.ts';

const model = modelById('quorum')!;
const scenarios = loadScenarios().filter((scenario) => scenario.model === 'quorum');
const open = (query: string) => openEmbed(`/embed/quorum${query}`, { model, scenarios });
function view(query: string): EmbedView {
  const opened = open(query);
  if (opened.kind !== 'ready') throw new Error(JSON.stringify(opened));
  return opened.view;
}
const problems = (query: string) => {
  const opened = open(query);
  return opened.kind === 'refused' ? opened.problems.map(({ field }) => field) : opened.kind;
};
const SCENARIO = 'scenario=quorum-read-inversion';

describe('an embedded run', () => {
  test('is the run of its link: same digest as the engine gives (variant off, seed 2012)', () => {
    const scenario = scenarios.find(({ id }) => id === 'quorum-read-inversion')!;
    const resolved = resolveRun({ model: 'quorum', scenario, variant: 'off', seed: 2012 });
    if (!resolved.ok) throw new Error('the scenario does not resolve');
    const [side] = view(`?${SCENARIO}&variant=off&seed=2012`).sides;
    expect(side?.run.digest).toBe(execute(resolved.input).digest);
    expect(side?.verdict?.verdict.status).toBe('violated');
  });

  test.each(loadScenarios().map((scenario) => [scenario.id, scenario.model]))(
    '%s: a bare link opens on a window that shows the violation',
    (id, name) => {
      const known = loadScenarios().filter((scenario) => scenario.model === name);
      const opened = openEmbed(`/embed/${name}?scenario=${id}`, { model: modelById(name)!, scenarios: known });
      if (opened.kind !== 'ready') throw new Error(JSON.stringify(opened));
      const { sides, fromUs, toUs } = opened.view;
      expect(sides[0]?.verdict?.verdict.status).toBe('violated');
      expect(sides[0]?.decidedUs).toBeGreaterThanOrEqual(fromUs);
      expect(sides[0]?.decidedUs).toBeLessThanOrEqual(toUs);
    },
  );

  test('takes window, key and moment from its link', () => {
    const opened = view(`?${SCENARIO}&from=500000&to=700000&key=profile&step=60`);
    expect(opened).toMatchObject({ fromUs: 500_000, toUs: 700_000 });
    expect(opened.sides[0]?.focus.key).toBe(
      opened.sides[0]?.run.input.model.keys(opened.sides[0].run.record.operations)[0],
    );
    const atUs = opened.sides[0]?.run.timeline?.timeUs(59) ?? 0;
    expect(opened.restUs).toBe(atUs >= 500_000 && atUs <= 700_000 ? atUs : 700_000);
    expect(opened.stopsUs.every((us) => us >= 500_000 && us <= 700_000)).toBe(true);
    expect(opened.stopsUs).toEqual([...opened.stopsUs].sort((a, b) => a - b));
  });

  test('a carried scenario of another model than the path is refused, since its code is not on the page', () => {
    const other = loadScenarios().find(({ model: id }) => id === 'replication')!;
    const link = { model: 'quorum', scenario: other.id, file: carriedBy(other), set: {}, view: {} };
    expect(problems(formatLink(link).slice('/lab/quorum'.length))).toEqual(['model']);
    const own = { ...link, scenario: scenarios[0]!.id, file: carriedBy(scenarios[0]!) };
    expect(view(formatLink(own).slice('/lab/quorum'.length)).scenario).toEqual(scenarios[0]);
  });

  test('without anything else it is the first scenario, as in the lab', () => {
    expect(view('').title).toBe(scenarios[0]?.title);
  });
});

describe('a pair', () => {
  test('stands beside the fix when the link says nothing else, on the same seed', () => {
    const { sides } = view(`?${SCENARIO}&variant=off&seed=9&show=pair`);
    expect(sides.map(({ variant }) => variant?.part)).toEqual(['broken', 'fixed']);
    expect(sides.map(({ run }) => run.input.seed)).toEqual([9, 9]);
    expect(sides[0]?.verdict?.id).toBe(sides[1]?.verdict?.id);
  });

  test('compares what the link compares: a variant, a seed', () => {
    expect(view(`?${SCENARIO}&show=pair&compare=variant.async`).sides[1]?.variant?.id).toBe('async');
    expect(view(`?${SCENARIO}&show=pair&compare=seed.5`).sides[1]?.run.input.seed).toBe(5);
  });

  test('is refused with the field that is wrong: no variant to compare, an unknown variant', () => {
    expect(problems('?seed=3&show=pair')).toEqual(['show']);
    expect(problems(`?${SCENARIO}&show=pair&compare=variant.nope`)).toEqual(['compare']);
  });
});

test.each([
  ['?scenario=nope', ['scenario']],
  [`?${SCENARIO}&variant=nope`, ['variant']],
  ['?seed=3&set.readQuorum=99', ['readQuorum']],
])('%s is refused and names %s', (query, fields) => {
  const found = problems(query);
  expect(found).toHaveLength(fields.length);
  expect(String(found)).toContain(fields[0]);
});
