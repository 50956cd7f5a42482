import type { Scenario, Variant } from '../../../simulations/index.ts';

/** What a variant is in its scenario, in words: beside its name. */
export const partWords: Readonly<Record<Variant['part'], string>> = {
  broken: 'as proposed',
  fixed: 'the fix',
  comparison: 'to compare',
};

/** Variants in the order of a comparison: as proposed, between, the fix. */
export function inOrder(variants: readonly Variant[]): readonly Variant[] {
  const place = { broken: 0, comparison: 1, fixed: 2 } as const;
  return variants.toSorted((a, b) => place[a.part] - place[b.part]);
}

/** The decisions in which a scenario's variants differ: `read repair`. */
export function decisionWords(scenario: Scenario): string {
  return scenario.decisions.map(({ title }) => title).join(', ');
}

/** The variant that shows the damage, and the one that takes it away. */
export function ends(scenario: Scenario): { readonly broken: Variant; readonly fixed: Variant } {
  const broken = scenario.variants.find(({ part }) => part === 'broken') ?? scenario.variants[0]!;
  const fixed = scenario.variants.find(({ part }) => part === 'fixed') ?? scenario.variants.at(-1)!;
  return { broken, fixed };
}
