import { invariant } from '../../kernel/invariant.ts';
import { seed as brandSeed } from '../../kernel/time.ts';
import type { Explorable, ExploreBudgets } from '../../models/explorable.ts';
import type { Model } from '../../models/model.ts';
import { modelById, models } from '../../models/registry.ts';
import type { RunInput } from '../../run/execute.ts';
import { chainOf, readKnobs, resolveRun } from '../../run/resolve.ts';
import { describeValue, nearest } from '../../scenario/problems.ts';
import type { Problem, Scenario, Variant } from '../../scenario/scenario.ts';
import { claimsOf } from './claims.ts';
import { BUDGET_MAX } from './state.ts';

type Settings = Readonly<Record<string, string | number | boolean>>;

/** What is to be explored: a model in its smallest configuration, or the decision of a scenario's variant in that. */
export interface ModelExploreRequest {
  readonly model: string;
  /** Its knobs count, as far as the smallest configuration leaves them open; the variant's count in any case. */
  readonly scenario?: Scenario;
  readonly variant?: string;
  /** Take knobs and workload of the scenario as they are, however large. Default false. */
  readonly whole?: boolean;
  /** Knobs to change. Text is read as the knob's type. */
  readonly set?: Settings;
  /** Judge this property alone, and stop as soon as it is broken. Default: every property that can be judged. */
  readonly property?: string;
  /** Default: what the model says, else 0 of each. */
  readonly budgets?: Partial<ExploreBudgets>;
  /** Default false. */
  readonly symmetry?: boolean;
}

/** The contract of a model whose knobs are known only at run time. */
export type AnyExplorable = Explorable<Readonly<Record<string, unknown>>, unknown>;

/** A request made definite. */
export interface ModelPlan {
  readonly model: Model;
  readonly explorable: AnyExplorable;
  /** Without faults and without a schedule: what an explored run is a run of. */
  readonly input: RunInput;
  /** As a scenario file has it. */
  readonly workload: Scenario['workload'];
  readonly budgets: ExploreBudgets;
  readonly symmetry: boolean;
  readonly property: string | undefined;
  readonly scenario: Scenario | undefined;
  readonly variant: Variant | undefined;
}

export type ResolvedModelPlan =
  | { readonly ok: true; readonly plan: ModelPlan }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Turns a request into a plan, or into what is wrong with it. */
export function resolveModelPlan(request: ModelExploreRequest): ResolvedModelPlan {
  const { scenario, variant, set = {}, whole = false, symmetry = false, property } = request;
  const model = modelById(request.model);
  if (model === undefined)
    return refuse(
      unknownName(
        'model',
        request.model,
        models.map(({ id }) => id),
      ),
    );
  if (model.explorable === undefined) return refuse(notExplorable(model));
  const resolved = resolveRun({ model: model.id, scenario, variant, set });
  if (!resolved.ok) return resolved;
  const explorable = formOf(model.explorable as AnyExplorable, resolved.input.knobs);
  const problems = budgetProblems(request.budgets ?? {});
  const chosen = { ...chainOf(scenario, resolved.variant), ...set };
  const knobs = whole
    ? resolved.input.knobs
    : readKnobs(model, { ...scenario?.knobs, ...(explorable.knobs as Settings), ...chosen }, problems);
  const workload = whole ? resolved.input.workload : model.workload.parse(explorable.workload);
  const { claims } = claimsOf(model, explorable, knobs);
  const ids = claims.map((claim) => claim.property.id);
  if (property !== undefined && !ids.includes(property)) problems.push(unknownName('property', property, ids));
  if (symmetry && !explorable.interchangeable(knobs, workload).some((group) => group.length > 1)) {
    problems.push({
      field: 'symmetry',
      found: 'true',
      allowed: 'false: with these knobs and this workload no hosts of the model are interchangeable',
      fix: 'Leave it out.',
    });
  }
  if (whole && scenario === undefined) {
    problems.push({ field: 'whole', found: 'true', allowed: 'false without a scenario', fix: 'Leave it out.' });
  }
  if (problems.length > 0) return refuse(...problems);
  const none = { losses: 0, crashes: 0, duplicates: 0, timers: 0 };
  return {
    ok: true,
    plan: {
      model,
      explorable,
      input: { model, knobs, workload, faults: [], seed: brandSeed(resolved.input.seed), durationUs: 0 },
      workload: whole ? scenario!.workload : explorable.workload,
      budgets: { ...none, ...explorable.budgets, ...request.budgets },
      symmetry,
      property,
      scenario,
      variant: resolved.variant,
    },
  };
}

/** The form in which a model with these knobs is explored. */
function formOf(explorable: AnyExplorable, knobs: Readonly<Record<string, unknown>>): AnyExplorable {
  const { forms } = explorable;
  return forms?.of[String(knobs[forms.knob])] ?? explorable;
}

function refuse(...problems: readonly Problem[]): { readonly ok: false; readonly problems: readonly Problem[] } {
  invariant(problems.length > 0, 'a refusal without a reason');
  return { ok: false, problems };
}

function unknownName(field: string, found: string, allowed: readonly string[]): Problem {
  const meant = nearest(found, allowed);
  const fix = meant === undefined ? 'Name one of these.' : `Did you mean ${meant}?`;
  return { field, found: describeValue(found), allowed: allowed.join(', '), fix };
}

function notExplorable({ id }: Model): Problem {
  const others = models.filter(({ explorable }) => explorable !== undefined).map((model) => model.id);
  const fix = 'Run it with many seeds instead, or explore another.';
  return { field: 'model', found: `${id}, whose charts cannot be explored`, allowed: others.join(', '), fix };
}

function budgetProblems(budgets: Partial<ExploreBudgets>): Problem[] {
  return Object.entries(budgets).flatMap(([field, count]): Problem[] => {
    if (Number.isInteger(count) && count >= 0 && count <= BUDGET_MAX) return [];
    return [{ field, found: String(count), allowed: `a whole number from 0 to ${BUDGET_MAX}`, fix: 'Correct it.' }];
  });
}
