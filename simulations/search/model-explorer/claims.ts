import type { Explorable } from '../../models/explorable.ts';
import type { Model, Property } from '../../models/model.ts';

type Knobs = Readonly<Record<string, unknown>>;
type Always = Extract<Property<Knobs>, { kind: 'always' }>;
type Eventually = Extract<Property<Knobs>, { kind: 'eventually' }>;

/** A property of a model, as exploration judges it. */
export type Claim =
  /** On each step; `bit` of the state's word says that one on the way broke it. */
  | { readonly judged: 'step'; readonly property: Always; readonly bit: number }
  | { readonly judged: 'history' | 'notes' | 'state' | 'end'; readonly property: Eventually };

/** The properties of a model that mean anything with these knobs and can be judged without a clock, in its order, and the ids of those that cannot. */
export function claimsOf(
  model: Model,
  { judged, timed }: Pick<Explorable<never, never>, 'judged' | 'timed'>,
  knobs: Knobs,
): { readonly claims: readonly Claim[]; readonly notJudged: readonly string[] } {
  const claims: Claim[] = [];
  const notJudged: string[] = [];
  let bit = 0;
  for (const property of model.properties) {
    if (property.kind === 'sometimes' || property.applies?.(knobs) === false) continue;
    if (property.kind === 'always' && !timed.includes(property.id)) {
      claims.push({ judged: 'step', property, bit });
      bit += 1;
      continue;
    }
    const how = judged[property.id];
    if (how === undefined || property.kind === 'always') notJudged.push(property.id);
    else claims.push({ judged: how, property });
  }
  return { claims, notJudged };
}
