import type { Anchor } from '../scenario/captions-schema.ts';
import type { Condition } from '../scenario/predict-conditions.ts';
import { describeValue, nearest } from '../scenario/problems.ts';
import type { Problem, Scenario, Variant } from '../scenario/scenario.ts';
import { captionsOf } from './captions.ts';
import { challengeProblems } from './challenge.ts';
import { execute, type Run } from './execute.ts';
import { modelOf } from './objectives.ts';
import { answerOf } from './predict.ts';
import { resolveRun } from './resolve.ts';

type Path = readonly PropertyKey[];
/** Reports a name that is not among those that exist. */
type Check = (path: Path, name: string, known: readonly string[]) => void;

/** Names in captions, prediction and challenge that neither the scenario nor its model has. `at` gives a field its name and line. */
export function teachingNameProblems(
  scenario: Scenario,
  at: (path: Path) => Pick<Problem, 'field' | 'line'>,
): readonly Problem[] {
  const names = namesOf(scenario);
  if (names === undefined) return [];
  const problems: Problem[] = [];
  const check: Check = (path, name, known) => {
    if (known.includes(name)) return;
    const meant = nearest(name, known);
    const fix = meant === undefined ? 'Name one of these.' : `Did you mean ${meant}?`;
    problems.push({ ...at(path), found: describeValue(name), allowed: known.join(', ') || 'none', fix });
  };
  const { captions = [], predict, challenge } = scenario;
  captions.forEach(({ at: anchor, variant }, index) => {
    if (variant !== undefined) check(['captions', index, 'variant'], variant, names.variants);
    checkAnchor(['captions', index, 'at'], anchor, names, check);
  });
  if (predict?.variant !== undefined) check(['predict', 'variant'], predict.variant, names.variants);
  if (predict?.show !== undefined) checkAnchor(['predict', 'show'], predict.show, names, check);
  if (predict?.kind === 'choice')
    predict.options.forEach(({ when }, index) => {
      checkConditions(['predict', 'options', index, 'when'], when, names, check);
    });
  if (predict?.kind === 'order')
    predict.items.forEach(({ at: anchor }, index) => {
      checkAnchor(['predict', 'items', index, 'at'], anchor, names, check);
    });
  if (challenge === undefined) return problems;
  if (challenge.variant !== undefined) check(['challenge', 'variant'], challenge.variant, names.variants);
  checkConditions(['challenge', 'find'], challenge.find, names, check);
  if (challenge.limits.locked !== 'all')
    challenge.limits.locked.forEach((knob, index) => {
      check(['challenge', 'limits', 'locked', index], knob, names.knobs);
    });
  return problems;
}

interface Names {
  readonly variants: readonly string[];
  readonly hosts: readonly string[];
  readonly faults: readonly string[];
  readonly knobs: readonly string[];
  readonly messages: readonly string[];
  readonly properties: readonly string[];
  readonly hazards: readonly string[];
  readonly predicates: readonly string[];
}

/** Undefined where the scenario gives no run: its problems are told elsewhere. */
function namesOf(scenario: Scenario): Names | undefined {
  const model = modelOf(scenario);
  const resolved = resolveRun({ model: scenario.model, scenario });
  if (model === undefined || !resolved.ok) return undefined;
  const { hosts } = execute({
    ...resolved.input,
    durationUs: 0,
    history: false,
    digest: false,
    checks: false,
  }).topology;
  return {
    variants: scenario.variants.map(({ id }) => id),
    hosts: hosts.map(({ id }) => id),
    faults: scenario.faults.map(({ id }) => id),
    knobs: Object.keys(model.knobs),
    messages: Object.keys(model.messages),
    properties: model.properties.map(({ id }) => id),
    hazards: Object.keys(model.witnesses),
    predicates: Object.keys(model.predicates),
  };
}

function checkAnchor(path: Path, anchor: Anchor, names: Names, check: Check): void {
  const field = (name: string) => [...path, name];
  if (anchor.on === 'message') {
    check(field('type'), anchor.type, names.messages);
    if (anchor.from !== undefined) check(field('from'), anchor.from, names.hosts);
    if (anchor.to !== undefined) check(field('to'), anchor.to, names.hosts);
  } else if (anchor.on === 'timer' || anchor.on === 'note') {
    if (anchor.host !== undefined) check(field('host'), anchor.host, names.hosts);
  } else if (anchor.on === 'operation') check(field('client'), anchor.client, names.hosts);
  else if (anchor.on === 'fault') check(field('fault'), anchor.fault, names.faults);
  else if (anchor.on === 'predicate') check(field('predicate'), anchor.predicate, names.predicates);
  else if (anchor.on === 'property') check(field('property'), anchor.property, names.properties);
}

function checkConditions(path: Path, conditions: readonly Condition[], names: Names, check: Check): void {
  conditions.forEach((condition, index) => {
    const field = (name: string) => [...path, index, name];
    if (condition.check === 'property') check(field('property'), condition.property, names.properties);
    if (condition.check === 'hazard') check(field('hazard'), condition.hazard, names.hazards);
    if (condition.check === 'event') checkAnchor(field('at'), condition.at, names, check);
  });
}

/** Whether a scenario has parts that only a run with its history can be held to. */
export function needsHistory({ captions, predict, challenge }: Scenario): boolean {
  return captions !== undefined || predict !== undefined || challenge !== undefined;
}

/**
 * What is wrong with the teaching parts of a scenario, as a variant's run on the pinned seed shows: captions whose moment never comes, a
 * prediction that the run does not answer, a challenge that is solved at the start. Needs the run's history.
 */
export function teachingProblems(run: Run, scenario: Scenario, variant: Variant): readonly Problem[] {
  const { predict, challenge } = scenario;
  const problems = [...captionsOf(run, scenario, variant.id).problems];
  const first = scenario.variants[0]?.id;
  if (predict !== undefined && (predict.variant ?? first) === variant.id) {
    const answer = answerOf(run, predict);
    if (!answer.ok) problems.push(...answer.problems);
  }
  if (challenge !== undefined && (challenge.variant ?? first) === variant.id) {
    const start = challenge.faults === 'scenario' ? run : execute({ ...run.input, faults: [] });
    problems.push(...challengeProblems(start, scenario, challenge));
  }
  return problems;
}
