import type { Fault } from '../kernel/faults.ts';
import { toCaptions } from './captions-schema.ts';
import { toChallenge } from './challenge-schema.ts';
import { parseDuration } from './duration.ts';
import { toFault } from './fault-schema.ts';
import { type ScenarioFile, scenarioFileSchema } from './file-schema.ts';
import { toObjectives } from './objective-schema.ts';
import { toPredict } from './predict-schema.ts';
import { describeValue, fieldName, type Locate, nearest, problemsOf } from './problems.ts';
import type { Decision, Problem, Scenario, Variant } from './scenario.ts';
import { toSchedule } from './schedule-schema.ts';

export type Parsed =
  | { readonly ok: true; readonly scenario: Scenario; readonly locate: Locate }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/**
 * Reads a scenario from plain data in the form of a scenario file. Checks its shape and its own references; the model checks knobs,
 * workload and targets. `locate` gives problems the lines of a text that the data come from; default: they have none.
 */
export function parseScenarioData(input: unknown, locate: Locate = () => undefined): Parsed {
  const result = scenarioFileSchema.safeParse(input);
  if (!result.success) return { ok: false, problems: problemsOf(result.error, input, scenarioFileSchema, locate) };
  const problems: Problem[] = [];
  const scenario = toScenario(result.data, (path, found, allowed, fix) => {
    const line = locate(path);
    problems.push({ ...(line !== undefined && { line }), field: fieldName(path), found, allowed, fix });
  });
  return problems.length > 0 ? { ok: false, problems } : { ok: true, scenario, locate };
}

type Report = (path: readonly PropertyKey[], found: string, allowed: string, fix: string) => void;

function toScenario(file: ScenarioFile, report: Report): Scenario {
  const faults = file.faults.map((field, index) =>
    toFault(field, index, (name, allowed) =>
      report(['faults', index, name], describeValue(field), allowed, 'Change the fault.'),
    ),
  );
  checkUnique(faults, file, report);
  const decisions: readonly Decision[] = file.decisions;
  const variants = file.variants.map((variant, index) => toVariant(file, variant, index, report));
  return {
    id: file.id,
    title: file.title,
    model: file.model,
    rules: file.rules,
    claim: file.claim.trim(),
    finding: file.finding.trim(),
    decisions,
    knobs: durations(file.knobs),
    workload: durationFields(file.workload) as Record<string, unknown>,
    faults,
    ...(file.schedule !== undefined && { schedule: toSchedule(file.schedule) }),
    durationUs: file.duration,
    seed: file.seed,
    variants,
    ...(file.witness !== undefined && { witness: file.witness }),
    ...(file.objectives !== undefined && { objectives: toObjectives(file.objectives) }),
    ...(file.compareWith !== undefined && { compareWith: file.compareWith }),
    progressMin: file.progressMin,
    cost: { text: file.cost.text.trim(), metrics: file.cost.metrics },
    assumptions: file.assumptions,
    view: {
      ...(file.view.key !== undefined && { key: file.view.key }),
      ...(file.view.from !== undefined && { fromUs: file.view.from }),
      ...(file.view.to !== undefined && { toUs: file.view.to }),
    },
    ...(file.captions !== undefined && { captions: toCaptions(file.captions) }),
    ...(file.predict !== undefined && { predict: toPredict(file.predict) }),
    ...(file.challenge !== undefined && { challenge: toChallenge(file.challenge) }),
  };
}

function checkUnique(faults: readonly Fault[], file: ScenarioFile, report: Report): void {
  faults.forEach((fault, index) => {
    if (faults.findIndex((other) => other.id === fault.id) < index) {
      report(['faults', index, 'id'], `"${fault.id}" again`, 'ids that differ', 'Rename one of the two.');
    }
  });
  file.variants.forEach((variant, index) => {
    if (file.variants.findIndex((other) => other.id === variant.id) < index) {
      report(['variants', index, 'id'], `"${variant.id}" again`, 'ids that differ', 'Rename one of the two.');
    }
  });
}

/** A variant differs from the one it comes from in exactly one decision, and sets all of that decision's knobs. */
function toVariant(
  file: ScenarioFile,
  variant: ScenarioFile['variants'][number],
  index: number,
  report: Report,
): Variant {
  const path = ['variants', index] as const;
  const set = durations(variant.set);
  const names = Object.keys(set);
  const first = file.variants[0]!;
  const from = index === 0 ? undefined : (variant.from ?? first.id);
  if (index === 0 && variant.from !== undefined)
    report([...path, 'from'], `"${variant.from}"`, 'nothing', 'The first variant comes from no other.');
  const earlier = file.variants.slice(0, index).map((other) => other.id);
  if (from !== undefined && !earlier.includes(from)) {
    const meant = nearest(from, earlier);
    report(
      [...path, 'from'],
      `"${from}"`,
      `a variant above it: ${earlier.join(', ')}`,
      meant === undefined ? 'Name one of these.' : `Did you mean ${meant}?`,
    );
  }
  const touched = file.decisions.filter((decision) => decision.knobs.some((knob) => names.includes(knob)));
  const stray = names.filter((name) => !file.decisions.some((decision) => decision.knobs.includes(name)));
  for (const name of stray) {
    report(
      [...path, 'set', name],
      'a knob of no decision',
      file.decisions.flatMap((decision) => decision.knobs).join(', '),
      'Add it to a decision, or set it in knobs for all variants.',
    );
  }
  if (index > 0 && touched.length !== 1) {
    report(
      [...path, 'set'],
      touched.length === 0 ? 'no decision' : touched.map((decision) => decision.id).join(' and '),
      'exactly one decision',
      'A variant differs from the one it comes from in exactly one decision: split it into two variants.',
    );
  }
  for (const decision of touched) {
    for (const knob of decision.knobs.filter((name) => !names.includes(name))) {
      report(
        [...path, 'set'],
        `no ${knob}`,
        `all knobs of ${decision.id}: ${decision.knobs.join(', ')}`,
        `Set ${knob} too.`,
      );
    }
  }
  const { id, title, part, expect, rates, progressMin } = variant;
  if (rates.length > 0 && file.witness === undefined)
    report(
      [...path, 'rates'],
      'claims over many seeds, and no witness',
      'rates where the scenario has a witness',
      'Name in witness the hazard that has to occur for a seed to count.',
    );
  const decision = index === 0 ? undefined : touched[0]?.id;
  return { id, title, part, from, decision, set, expect, rates, ...(progressMin !== undefined && { progressMin }) };
}

/** Knob values with durations as microseconds. Text that is no duration stays text. */
function durations<V extends string | number | boolean>(
  values: Readonly<Record<string, V>>,
): Record<string, string | number | boolean> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      (typeof value === 'string' ? parseDuration(value) : undefined) ?? value,
    ]),
  );
}

/** Fields that hold data of the simulated system, never a duration. */
const DATA_FIELDS: ReadonlySet<string> = new Set(['value', 'key', 'input']);

/** In a workload, a field with a duration as text (`at: 505 ms`) becomes the model's field in microseconds (`atUs: 505000`). */
function durationFields(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(durationFields);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => {
      const us = DATA_FIELDS.has(name) ? undefined : durationOf(inner);
      return us === undefined ? [name, durationFields(inner)] : [name.endsWith('Us') ? name : `${name}Us`, us];
    }),
  );
}

/** Microseconds of a duration as text, or of a list of them; undefined for anything else. */
function durationOf(value: unknown): number | readonly number[] | undefined {
  if (typeof value === 'string') return parseDuration(value);
  if (!Array.isArray(value) || value.length === 0) return undefined;
  const all = value.map((inner) => (typeof inner === 'string' ? parseDuration(inner) : undefined));
  return all.every((us) => us !== undefined) ? all : undefined;
}
