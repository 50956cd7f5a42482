import type { Model } from '../../models/model.ts';
import { readKnobs } from '../../run/resolve.ts';
import { describeValue, nearest } from '../../scenario/problems.ts';
import type { Problem } from '../../scenario/scenario.ts';
import type { Spec } from '../explore/spec.ts';
import { specById, specs } from './registry.ts';

/** What is to be explored: a specification with some of its knobs changed. Text is read as the knob's type. */
export interface ExploreRequest {
  readonly spec: string;
  readonly set?: Readonly<Record<string, string | number | boolean>>;
  /** Default false; a problem for a specification that declares none. */
  readonly symmetry?: boolean;
}

export type ResolvedSpec =
  | { readonly ok: true; readonly spec: Spec; readonly knobs: Readonly<Record<string, unknown>> }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Turns a request into a specification and all its knobs, or into what is wrong with it. */
export function resolveSpec({ spec: id, set = {}, symmetry }: ExploreRequest): ResolvedSpec {
  const spec = specById(id);
  if (spec === undefined) {
    const ids = specs.map((known) => known.id);
    const meant = nearest(id, ids);
    const fix = meant === undefined ? 'Name one of these.' : `Did you mean ${meant}?`;
    return { ok: false, problems: [{ field: 'spec', found: describeValue(id), allowed: ids.join(', '), fix }] };
  }
  const problems: Problem[] = [];
  // Of a model, only knobs and constraints are read, and a specification has both.
  const knobs = readKnobs(spec as unknown as Model, set, problems);
  if (problems.length === 0 && symmetry === true && spec.system(knobs).representative === undefined) {
    problems.push({
      field: 'symmetry',
      found: 'true',
      allowed: `false: ${spec.id} declares no interchangeable parts`,
      fix: 'Leave it out.',
    });
  }
  return problems.length > 0 ? { ok: false, problems } : { ok: true, spec, knobs };
}
