import {
  BRANCHES_MAX,
  changeTitle,
  differencesOf,
  type LinkBranch,
  type LinkState,
  type Problem,
  type RunInput,
  resolveRun,
} from '../../../../simulations/index.ts';
import { type Lab, type Setup, scenarioOf } from '../../../_run/setup.ts';
import { variantOf } from '../../../_run/verdicts.ts';

/** A run that the reader keeps: what decides it, and where it left another. */
export interface LabBranch {
  readonly setup: Setup;
  /** Position of the branch that it left; undefined for the first. */
  readonly parent: number | undefined;
  /** The moment in view when it left, in microseconds. */
  readonly atUs: number;
  /** The name that the reader gave it. */
  readonly title: string | undefined;
}

/** Branches in the order in which they were made, and which is in view. The first has no parent; every other comes after its own. */
export interface Tree {
  readonly branches: readonly LabBranch[];
  readonly branch: number;
}

/**
 * How a change treats the run that it leaves. `fork` keeps it always. `edit` (a knob, a fault) keeps the first run and every run that others left,
 * and otherwise goes on in place. `choice` (a variant, a seed) does the same, but a first run that nothing left is simply another one.
 */
export type ChangeKind = 'fork' | 'edit' | 'choice';

export function singleTree(setup: Setup): Tree {
  return { branches: [{ setup, parent: undefined, atUs: 0, title: undefined }], branch: 0 };
}

/**
 * The tree after the run in view was changed at a moment. A change back to what the parent decides ends the branch; a change to what
 * another branch from here decides goes there.
 */
export function grownTree(
  lab: Lab,
  { branches, branch }: Tree,
  change: { readonly setup: Setup; readonly kind: ChangeKind; readonly atUs: number },
): Tree {
  const { setup, kind, atUs } = change;
  const here = branches[branch]!;
  if (sameRun(lab, here.setup, setup)) return { branches: branches.with(branch, { ...here, setup }), branch };
  if (keepsRun({ branches, branch }, kind)) {
    const twin = branches.findIndex((one) => one.parent === branch && sameRun(lab, one.setup, setup));
    if (twin !== -1) return { branches, branch: twin };
    return { branches: [...branches, { setup, parent: branch, atUs, title: undefined }], branch: branches.length };
  }
  const back = here.parent !== undefined && sameRun(lab, branches[here.parent]!.setup, setup);
  if (back && here.title === undefined) return withoutBranch({ branches, branch }, branch);
  return { branches: branches.with(branch, { ...here, setup }), branch };
}

function keepsRun({ branches, branch }: Tree, kind: ChangeKind): boolean {
  if (kind === 'fork' || branches.some(({ parent }) => parent === branch)) return true;
  return branch === 0 && kind === 'edit';
}

/** Why the run in view cannot be left: the tree is full. Undefined: it can. */
export function fullProblem(tree: Tree, kind: ChangeKind): Problem | undefined {
  if (tree.branches.length < BRANCHES_MAX || !keepsRun(tree, kind)) return undefined;
  return {
    field: 'branches',
    found: `${BRANCHES_MAX} branches`,
    allowed: `at most ${BRANCHES_MAX}`,
    fix: 'Delete one before you make another.',
  };
}

/** The tree without a branch; those that left it now leave its parent. The first cannot go. */
export function withoutBranch({ branches, branch }: Tree, removed: number): Tree {
  const { parent } = branches[removed]!;
  if (parent === undefined) return { branches, branch };
  const moved = (index: number) => (index > removed ? index - 1 : index);
  const kept = branches
    .filter((_, index) => index !== removed)
    .map((one) => {
      if (one.parent === undefined) return one;
      return { ...one, parent: moved(one.parent === removed ? parent : one.parent) };
    });
  return { branches: kept, branch: moved(branch === removed ? parent : branch) };
}

/** Whether two setups decide the same run of one lab. */
export function sameRun(lab: Lab, a: Setup, b: Setup): boolean {
  const decided = (setup: Setup) => {
    const scenario = scenarioOf(lab, setup);
    const { seed = scenario?.seed, set, faults = scenario?.faults ?? [] } = setup;
    const knobs = Object.keys(set)
      .sort()
      .map((name) => [name, set[name]]);
    return JSON.stringify([setup.scenario, variantOf(scenario, setup.variant)?.id, seed, knobs, faults]);
  };
  return a === b || decided(a) === decided(b);
}

/** What a branch is called: its own name, or what was changed. The first is called after its variant. */
export function branchTitle(lab: Lab, branches: readonly LabBranch[], index: number): string {
  const { title, setup, parent } = branches[index]!;
  if (title !== undefined) return title;
  if (parent === undefined) return variantOf(scenarioOf(lab, setup), setup.variant)?.title ?? 'The run as it was';
  const [before, after] = [inputOf(lab, branches[parent]!.setup), inputOf(lab, setup)];
  const change = before === undefined || after === undefined ? '' : changeTitle(differencesOf(before, after));
  return change === '' ? `branch ${index}` : change;
}

const inputs = new WeakMap<Setup, RunInput>();

/** The input of a setup's run, found without running it; undefined when it is impossible. */
function inputOf(lab: Lab, setup: Setup): RunInput | undefined {
  const known = inputs.get(setup);
  if (known !== undefined) return known;
  const resolved = resolveRun({ model: lab.model.id, scenario: scenarioOf(lab, setup), ...decisionsOf(setup) });
  if (!resolved.ok) return undefined;
  inputs.set(setup, resolved.input);
  return resolved.input;
}

/** The tree as a link holds it; nothing when there is but one run. */
export function linkTree({ branches, branch }: Tree): Pick<LinkState, 'branches' | 'branch'> {
  if (branches.length < 2) return {};
  const held = branches.map(({ parent, atUs, title, setup }, index): LinkBranch => {
    const place = { parent, ...(parent !== undefined && { atUs }), title };
    return index === branch ? place : { ...place, ...decisionsOf(setup) };
  });
  return { branches: held, branch };
}

/** The tree of a link around the setup in view, or what is wrong with its branches. */
export function treeOfLink(
  lab: Lab,
  setup: Setup,
  { branches, branch = 0 }: LinkState,
): Tree | { readonly problems: readonly Problem[] } {
  if (branches === undefined) return singleTree(setup);
  const grown = branches.map(({ parent, atUs = 0, title, variant, seed, set = {}, faults }, index): LabBranch => {
    const own = { ...setup, variant, seed: seed ?? scenarioOf(lab, setup)?.seed, set, faults };
    return { parent, atUs, title, setup: index === branch ? setup : own };
  });
  const problems = grown.flatMap(({ setup: own }, index) => {
    if (index === branch) return [];
    const resolved = resolveRun({ model: lab.model.id, scenario: scenarioOf(lab, own), ...decisionsOf(own) });
    if (!resolved.ok)
      return resolved.problems.map((problem) => ({ ...problem, field: `branches[${index}].${problem.field}` }));
    return [];
  });
  return problems.length > 0 ? { problems } : { branches: grown, branch };
}

function decisionsOf({ variant, seed, set, faults }: Setup) {
  return { variant, seed, set, faults };
}
