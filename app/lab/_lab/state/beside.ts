import type { LinkCompare, Problem, Scenario } from '../../../../simulations/index.ts';
import { type Lab, type Setup, scenarioOf } from '../../../_run/setup.ts';
import { variantOf } from '../../../_run/verdicts.ts';
import { withoutDecided } from './knobs.ts';
import { branchTitle, type Tree } from './tree.ts';

/** The setup of what stands beside the run in view: the same but for the variant or the seed, or another branch. */
export function besideSetup(lab: Lab & Tree, applied: Setup, beside: LinkCompare): Setup | undefined {
  switch (beside.kind) {
    case 'variant':
      return { ...applied, variant: beside.variant, set: withoutDecided(lab, applied, beside.variant) };
    case 'seed':
      return { ...applied, seed: beside.seed };
    case 'branch':
      return lab.branches[beside.branch]?.setup;
  }
}

/** What the two runs are called in sentences and heads: what sets them apart, as short as it goes. */
export function besideNames(
  lab: Lab & Tree,
  applied: Setup,
  beside: LinkCompare,
): readonly [inView: string, beside: string] {
  switch (beside.kind) {
    case 'variant':
      return [variantOf(scenarioOf(lab, applied), applied.variant)?.id ?? '', beside.variant];
    case 'seed':
      return [`seed ${applied.seed}`, `seed ${beside.seed}`];
    case 'branch':
      return [branchTitle(lab, lab.branches, lab.branch), branchTitle(lab, lab.branches, beside.branch)];
  }
}

/** What is wrong with a comparison of a link, as far as the scenario decides it. Branches are checked with the link. */
export function besideProblem(scenario: Scenario | undefined, beside: LinkCompare | undefined): Problem | undefined {
  if (beside?.kind !== 'variant') return undefined;
  const ids = scenario?.variants.map(({ id }) => id) ?? [];
  if (ids.includes(beside.variant)) return undefined;
  return {
    field: 'compare',
    found: `variant "${beside.variant}"`,
    allowed: ids.length === 0 ? 'none without a scenario' : ids.join(', '),
    fix: 'Name one of these, or remove it from the link.',
  };
}

/** What stands beside after the run in view was changed. Where that is now in view itself, the two change places. */
export function besideAfter(
  before: Tree & { readonly applied: Setup; readonly beside: LinkCompare | undefined },
  tree: Tree,
  applied: Setup,
): LinkCompare | undefined {
  const ended = tree.branches.length < before.branches.length;
  const beside = ended ? besideWithout(before.beside, before.branch) : before.beside;
  if (beside === undefined || !isInView(tree, applied, beside)) return beside;
  const { variant, seed } = before.applied;
  switch (beside.kind) {
    case 'variant':
      return variant === undefined ? undefined : { kind: 'variant', variant };
    case 'seed':
      return seed === undefined ? undefined : { kind: 'seed', seed };
    case 'branch':
      return ended || before.branch === tree.branch ? undefined : { kind: 'branch', branch: before.branch };
  }
}

function isInView({ branch }: Tree, applied: Setup, beside: LinkCompare): boolean {
  switch (beside.kind) {
    case 'variant':
      return beside.variant === applied.variant;
    case 'seed':
      return beside.seed === applied.seed;
    case 'branch':
      return beside.branch === branch;
  }
}

/** A choice of what to compare with, after a branch has gone from the list; undefined when it was that one. */
export function besideWithout(beside: LinkCompare | undefined, removed: number): LinkCompare | undefined {
  if (beside?.kind !== 'branch' || beside.branch < removed) return beside;
  return beside.branch === removed ? undefined : { ...beside, branch: beside.branch - 1 };
}
