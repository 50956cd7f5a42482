import type { z } from 'zod';
import { unknownNames } from '../kernel/fault-script.ts';
import type { Fault } from '../kernel/faults.ts';
import { seed as brandSeed } from '../kernel/time.ts';
import type { Knob } from '../models/knob.ts';
import { modelIds } from '../models/known.ts';
import type { Model } from '../models/model.ts';
import { parseDuration } from '../scenario/duration.ts';
import { describeValue, fieldName, nearest, problemsOf } from '../scenario/problems.ts';
import type { Problem, Scenario, Variant } from '../scenario/scenario.ts';
import { type RunInput, workloadDraw } from './execute.ts';
import { modelOf } from './objectives.ts';
import { checkSchedule } from './schedule-names.ts';

/** What a run is asked for: a scenario's variant, or a model's defaults, with changes. */
export interface RunRequest {
  readonly model: string;
  readonly scenario?: Scenario;
  readonly variant?: string;
  readonly seed?: number;
  /** Knobs to change. Text is read as the knob's type: `3`, `off`, `200 ms`. */
  readonly set?: Readonly<Record<string, string | number | boolean>>;
  /** Instead of the scenario's script. */
  readonly faults?: readonly Fault[];
}

export type Resolved =
  | { readonly ok: true; readonly input: RunInput; readonly variant: Variant | undefined }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** How long a run without a scenario lasts. */
const FREE_RUN_US = 2_500_000;

/** Turns a request into the input of a run, or into what is wrong with it. */
export function resolveRun(request: RunRequest): Resolved {
  const model = modelOf({ ...request.scenario, model: request.model });
  if (model === undefined) {
    const meant = nearest(request.model, modelIds);
    return refuse([
      {
        field: 'model',
        found: describeValue(request.model),
        allowed: modelIds.join(', '),
        fix: meant === undefined ? 'Name one of these.' : `Did you mean ${meant}?`,
      },
    ]);
  }
  const { scenario } = request;
  const chosen = chooseVariant(scenario, request.variant);
  if (!chosen.ok) return refuse([chosen.problem]);
  const problems: Problem[] = [];
  const fixed = { ...scenario?.knobs, ...chainOf(scenario, chosen.variant) };
  const knobs = readKnobs(model, { ...fixed, ...request.set }, problems);
  const workload = readWorkload(model, scenario?.workload ?? {}, problems);
  const seed = request.seed ?? scenario?.seed ?? 1;
  if (!Number.isInteger(seed) || seed < 0 || seed > 0xffffffff) {
    problems.push({
      field: 'seed',
      found: String(seed),
      allowed: 'a whole number from 0 to 4294967295',
      fix: 'Correct it.',
    });
  }
  const faults = request.faults ?? scenario?.faults ?? [];
  if (problems.length > 0 || workload === undefined) return refuse(problems);
  const names = namesOf(model, knobs, workload.value, seed);
  problems.push(...checkAddresses(model, knobs, workload.value), ...checkClients(names.hosts));
  problems.push(...checkFaults(faults, names), ...checkSchedule(scenario?.schedule, names));
  if (problems.length > 0) return refuse(problems);
  const durationUs = scenario?.durationUs ?? FREE_RUN_US;
  return {
    ok: true,
    input: {
      model,
      knobs,
      workload: workload.value,
      faults,
      ...(scenario?.schedule !== undefined && { schedule: scenario.schedule }),
      seed: brandSeed(seed),
      durationUs,
    },
    variant: chosen.variant,
  };
}

function refuse(problems: readonly Problem[]): Resolved {
  return { ok: false, problems };
}

function chooseVariant(
  scenario: Scenario | undefined,
  id: string | undefined,
): { ok: true; variant: Variant | undefined } | { ok: false; problem: Problem } {
  const variants = scenario?.variants ?? [];
  if (id === undefined) return { ok: true, variant: variants[0] };
  const variant = variants.find((candidate) => candidate.id === id);
  if (variant !== undefined) return { ok: true, variant };
  const ids = variants.map((candidate) => candidate.id);
  const meant = nearest(id, ids);
  const fix = meant === undefined ? 'Name one of these, or leave it out.' : `Did you mean ${meant}?`;
  return {
    ok: false,
    problem: { field: 'variant', found: describeValue(id), allowed: ids.join(', ') || 'none without a scenario', fix },
  };
}

/** The settings of a variant on top of those of the variants it comes from. */
export function chainOf(
  scenario: Scenario | undefined,
  variant: Variant | undefined,
): Record<string, string | number | boolean> {
  if (scenario === undefined || variant === undefined) return {};
  const parent = scenario.variants.find((candidate) => candidate.id === variant.from);
  return { ...chainOf(scenario, parent), ...variant.set };
}

/** Reads knob values against a model: unknown names, wrong types and impossible combinations become problems. */
export function readKnobs(
  model: Model,
  given: Readonly<Record<string, string | number | boolean>>,
  problems: Problem[],
): Record<string, unknown> {
  const before = problems.length;
  const names = Object.keys(model.knobs);
  const values: Record<string, unknown> = Object.fromEntries(
    Object.entries(model.knobs).map(([name, knob]) => [name, knob.default]),
  );
  for (const [name, raw] of Object.entries(given)) {
    const knob = model.knobs[name];
    if (knob === undefined) {
      const meant = nearest(name, names);
      problems.push({
        field: `knobs.${name}`,
        found: 'a knob that does not exist',
        allowed: names.join(', '),
        fix: meant === undefined ? 'Remove it.' : `Did you mean ${meant}?`,
      });
      continue;
    }
    const value = readKnob(knob, raw);
    const result = knob.schema.safeParse(value);
    if (result.success) values[name] = result.data;
    else
      problems.push({
        field: `knobs.${name}`,
        found: describeValue(raw),
        allowed: allowedBy(knob),
        fix: fixFor(knob, value),
      });
  }
  if (problems.length === before) {
    for (const [knob, problem] of model.constraints(values as never)) {
      problems.push({
        field: `knobs.${knob}`,
        found: describeValue(values[knob]),
        allowed: 'a combination that makes sense',
        fix: problem,
      });
    }
  }
  return values;
}

function readKnob(knob: Knob, raw: string | number | boolean): unknown {
  if (typeof raw !== 'string') return raw;
  const { kind } = knob.spec;
  if (raw === knob.spec.zero) return 0;
  if (kind === 'integer' || kind === 'ratio') return /^-?\d+(\.\d+)?$/.test(raw.trim()) ? Number(raw) : raw;
  if (kind === 'duration') return /^\d+$/.test(raw.trim()) ? Number(raw) : (parseDuration(raw) ?? raw);
  if (kind === 'flag') return raw === 'true' || raw === 'on' ? true : raw === 'false' || raw === 'off' ? false : raw;
  return raw;
}

function allowedBy({ spec }: Knob): string {
  if (spec.kind === 'choice') return spec.options?.map((option) => option.value).join(', ') ?? 'nothing';
  if (spec.kind === 'flag') return 'true or false';
  if (spec.kind === 'duration') return `${spec.min} to ${spec.max} microseconds, or a duration such as 200 ms`;
  const range = `${spec.kind === 'integer' ? 'a whole number' : 'a number'} from ${spec.min} to ${spec.max}`;
  return spec.zero === undefined ? range : `${range}, or ${spec.zero}`;
}

function fixFor({ spec }: Knob, value: unknown): string {
  if (typeof value === 'number' && spec.max !== undefined && value > spec.max)
    return `Lower it to ${spec.max} or less.`;
  if (typeof value === 'number' && spec.min !== undefined && value < spec.min)
    return `Raise it to ${spec.min} or more.`;
  const meant = nearest(String(value), spec.options?.map((option) => option.value) ?? []);
  return meant === undefined ? 'Change it.' : `Did you mean ${meant}?`;
}

function readWorkload(model: Model, given: unknown, problems: Problem[]): { readonly value: unknown } | undefined {
  const result = model.workload.safeParse(given);
  if (result.success) return { value: result.data };
  const schema = model.workload as z.ZodType;
  for (const problem of problemsOf(result.error, given, schema)) {
    problems.push({ ...problem, field: problem.field === 'the whole' ? 'workload' : `workload.${problem.field}` });
  }
  return undefined;
}

/** Hosts that the workload names and the run does not have, or that are not asked. */
function checkAddresses(model: Model, knobs: Readonly<Record<string, unknown>>, workload: unknown): Problem[] {
  const { named, known } = model.addressed?.({ knobs, workload }) ?? { named: [], known: [] };
  return named
    .filter(([, host]) => !known.includes(host))
    .map(([path, host]) => {
      const meant = nearest(host, known);
      return {
        field: fieldName(['workload', ...path]),
        found: describeValue(host),
        allowed: known.join(', '),
        fix: meant === undefined ? 'Name one of these, or leave it out.' : `Did you mean ${meant}?`,
      };
    });
}

/** Clients that are called like another host. */
function checkClients(hosts: readonly string[]): Problem[] {
  return hosts
    .filter((host, at) => hosts.indexOf(host) < at)
    .map((host) => ({
      field: `workload.script.${host}`,
      found: `a client called ${host}`,
      allowed: 'names that no other host of the run has',
      fix: 'Rename it.',
    }));
}

/** The hosts, roles and predicates that a fault script may name. */
export interface FaultNames {
  readonly hosts: readonly string[];
  readonly targets: readonly string[];
  readonly predicates: readonly string[];
}

function namesOf(model: Model, knobs: Readonly<Record<string, unknown>>, workload: unknown, seed: number): FaultNames {
  const topology = model.build({ knobs, workload, draw: workloadDraw(brandSeed(seed)), seed: brandSeed(seed) });
  return {
    hosts: topology.hosts.map((host) => host.id),
    targets: Object.keys(model.targets),
    predicates: Object.keys(model.predicates),
  };
}

/** What is wrong with a fault script: names that do not exist, ids that repeat. */
export function checkFaults(faults: readonly Fault[], names: FaultNames): Problem[] {
  const problems: Problem[] = [];
  faults.forEach((fault, index) => {
    if (faults.findIndex((other) => other.id === fault.id) < index) {
      problems.push({
        field: `faults[${index}].id`,
        found: `"${fault.id}" again`,
        allowed: 'ids that differ',
        fix: 'Rename one of the two.',
      });
    }
    for (const { field, name } of unknownNames(fault, names)) {
      const allowed = field === 'predicate' ? names.predicates : [...names.hosts, ...names.targets, '*'];
      const meant = nearest(name, allowed);
      problems.push({
        field: `faults[${index}].${field}`,
        found: describeValue(name),
        allowed: allowed.join(', '),
        fix: meant === undefined ? 'Name one of these.' : `Did you mean ${meant}?`,
      });
    }
  });
  return problems;
}
