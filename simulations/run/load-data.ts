import { type Parsed, parseScenarioData } from '../scenario/parse-data.ts';
import { describeValue, fieldName, type Locate, nearest } from '../scenario/problems.ts';
import type { Problem, Scenario, Variant } from '../scenario/scenario.ts';
import { modelOf } from './objectives.ts';
import { teachingNameProblems } from './predict-check.ts';
import { resolveRun } from './resolve.ts';

export type Loaded =
  | { readonly ok: true; readonly scenario: Scenario }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Reads a scenario that a link carries, plain data in the form of a scenario file, with every check that `loadScenario` makes of a file. */
export function loadScenarioData(data: unknown): Loaded {
  return checkedByModel(parseScenarioData(data));
}

/** Checks a scenario against its model: every variant must give a run, every name must exist. */
export function checkedByModel(parsed: Parsed): Loaded {
  if (!parsed.ok) return parsed;
  const { scenario, locate } = parsed;
  const problems: Problem[] = [];
  for (const variant of scenario.variants) {
    const resolved = resolveRun({ model: scenario.model, scenario, variant: variant.id });
    if (!resolved.ok)
      problems.push(...resolved.problems.map((problem) => atLine(whereSet(problem, scenario, variant), locate)));
  }
  problems.push(...nameProblems(scenario, locate));
  const place = (path: readonly PropertyKey[]) => {
    const line = locate(path);
    return { ...(line !== undefined && { line }), field: fieldName(path) };
  };
  if (problems.length === 0) problems.push(...teachingNameProblems(scenario, place));
  const distinct = [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
  return distinct.length > 0 ? { ok: false, problems: distinct } : { ok: true, scenario };
}

/** Properties, hazards and metrics that the model does not have. */
function nameProblems(scenario: Scenario, locate: Locate): Problem[] {
  const model = modelOf(scenario);
  if (model === undefined) return [];
  const problems: Problem[] = [];
  const check = (path: readonly PropertyKey[], field: string, name: string, known: readonly string[]) => {
    if (known.includes(name)) return;
    const meant = nearest(name, known);
    const line = locate(path);
    const fix = meant === undefined ? 'Name one of these.' : `Did you mean ${meant}?`;
    problems.push({
      ...(line !== undefined && { line }),
      field,
      found: describeValue(name),
      allowed: known.join(', '),
      fix,
    });
  };
  const properties = model.properties.map((property) => property.id);
  for (const [index, { id }] of (scenario.objectives ?? []).entries()) {
    if (properties.indexOf(id) === properties.lastIndexOf(id)) continue;
    const line = locate(['objectives', index, 'id']);
    problems.push({
      ...(line !== undefined && { line }),
      field: `objectives[${index}].id`,
      found: `${describeValue(id)}, which is taken`,
      allowed: 'an id that no property of the model and no other objective has',
      fix: 'Rename it.',
    });
  }
  if (scenario.witness !== undefined) check(['witness'], 'witness', scenario.witness, Object.keys(model.witnesses));
  for (const [index, variant] of scenario.variants.entries()) {
    for (const id of Object.keys(variant.expect))
      check(['variants', index, 'expect', id], `variants[${index}].expect.${id}`, id, properties);
    for (const [at, { property }] of variant.rates.entries()) {
      check(
        ['variants', index, 'rates', at, 'property'],
        `variants[${index}].rates[${at}].property`,
        property,
        properties,
      );
    }
  }
  return problems;
}

/** A knob that the variant or one that it comes from sets is wrong there, not in the scenario's own knobs. */
function whereSet(problem: Problem, scenario: Scenario, variant: Variant): Problem {
  const knob = problem.field.startsWith('knobs.') ? problem.field.slice('knobs.'.length) : undefined;
  if (knob === undefined) return problem;
  let at: Variant | undefined = variant;
  while (at !== undefined && !(knob in at.set)) at = scenario.variants.find(({ id }) => id === at?.from);
  return at === undefined ? problem : { ...problem, field: `variants[${scenario.variants.indexOf(at)}].set.${knob}` };
}

/** Gives a problem the line of its field, as far as the file has it. */
function atLine(problem: Problem, locate: Locate): Problem {
  if (problem.line !== undefined) return problem;
  const path = problem.field
    .split(/[.[\]]+/)
    .filter((part) => part !== '')
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part));
  const line = locate(path);
  return line === undefined ? problem : { line, ...problem };
}
