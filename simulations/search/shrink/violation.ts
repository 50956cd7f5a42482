import type { Run } from '../../run/execute.ts';
import { describeValue, nearest } from '../../scenario/problems.ts';
import type { Problem, Variant } from '../../scenario/scenario.ts';
import { violatedIn } from './search.ts';

export type Violation =
  | { readonly ok: true; readonly property: string }
  | { readonly ok: false; readonly problem: Problem };

/**
 * Which violation of a run is meant: the property of that name or, without a name, the one that the variant makes its claim about, else
 * the first one violated. A property that does not exist or is not violated is a problem.
 */
export function violationOf(run: Run, variant: Variant | undefined, name: string | undefined): Violation {
  const violated = violatedIn(run);
  const judged = run.verdicts.filter(({ kind }) => kind !== 'sometimes').map(({ id }) => id);
  if (name !== undefined && !judged.includes(name)) {
    const meant = nearest(name, judged);
    const fix = meant === undefined ? 'Name one of these.' : `Did you mean ${meant}?`;
    return refuse({ found: describeValue(name), allowed: judged.join(', '), fix });
  }
  if (violated.length === 0) {
    const fix = 'Take a seed that violates something: `faultline sweep` finds such seeds.';
    const found = name === undefined ? 'none: this run violates nothing' : `${name}, which this run does not violate`;
    return refuse({ found, allowed: 'a property that the run violates', fix });
  }
  if (name !== undefined && !violated.includes(name)) {
    const fix = 'Name one of these, or take another seed: `faultline sweep` finds seeds that violate it.';
    return refuse({ found: `${name}, which this run does not violate`, allowed: violated.join(', '), fix });
  }
  const claimed = [...(variant?.rates.map(({ property }) => property) ?? []), ...Object.keys(variant?.expect ?? {})];
  return { ok: true, property: name ?? claimed.find((id) => violated.includes(id)) ?? violated[0]! };
}

function refuse(problem: Omit<Problem, 'field'>): Violation {
  return { ok: false, problem: { field: 'property', ...problem } };
}
