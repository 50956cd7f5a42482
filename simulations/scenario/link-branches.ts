import { z } from 'zod';
import { faultsSchema } from './fault-schema.ts';
import type { LinkCompare, LinkState } from './link-state.ts';
import { describeValue } from './problems.ts';
import type { Problem } from './scenario.ts';

/** A link holds at most this many branches, the first run included. */
export const BRANCHES_MAX = 32;
const SEED_MAX = 0xffffffff;

const branchSchema = z.strictObject({
  parent: z
    .number()
    .int()
    .min(0)
    .max(BRANCHES_MAX - 2)
    .optional(),
  atUs: z.number().int().min(0).optional(),
  title: z.string().min(1).max(80).optional(),
  variant: z.string().max(64).optional(),
  seed: z.number().int().min(0).max(SEED_MAX).optional(),
  set: z.record(z.string().max(64), z.union([z.string().max(64), z.number(), z.boolean()])).optional(),
  faults: faultsSchema.optional(),
});

/** The branches of a packed link: a list in which each comes after the one that it left. */
export const branchesSchema = z.array(branchSchema).min(1).max(BRANCHES_MAX);

/** What a branch decides: what the link itself says of the one in view. */
const DECIDES = ['variant', 'seed', 'set', 'faults'] as const;

/** What is wrong with a link's tree as a whole: a parent that comes later, a branch in view that does not exist or is told twice. */
export function treeProblems({ branches, branch }: Pick<LinkState, 'branches' | 'branch'>): readonly Problem[] {
  const problems: Problem[] = [];
  const report = (field: string, found: unknown, allowed: string, fix: string) =>
    problems.push({ field, found: describeValue(found), allowed, fix });
  if (branches === undefined) {
    if (branch !== undefined)
      report('branch', branch, 'nothing: the link has no branches', 'Remove it, or add the branches.');
    return problems;
  }
  if (branch === undefined || branch < 0 || branch >= branches.length)
    report('branch', branch, `a number from 0 to ${branches.length - 1}`, 'Name the branch in view.');
  branches.forEach((one, index) => {
    if (index === 0 && one.parent !== undefined)
      report('branches[0].parent', one.parent, 'nothing: all others come from the first', 'Remove it.');
    if (index > 0 && !(one.parent !== undefined && one.parent < index)) {
      const allowed = `a number from 0 to ${index - 1}`;
      report(`branches[${index}].parent`, one.parent, allowed, 'Name a branch that stands before it in the list.');
    }
    const twice = index === branch ? DECIDES.find((field) => one[field] !== undefined) : undefined;
    if (twice !== undefined) {
      const allowed = 'nothing: the link itself describes the branch in view';
      report(`branches[${index}].${twice}`, one[twice], allowed, 'Remove it here.');
    }
  });
  return problems;
}

/** `variant.blocking`, `branch.1`, `seed.17`: what stands beside the run, as the query field `compare` says it. */
export function compareText(compare: LinkCompare): string {
  switch (compare.kind) {
    case 'variant':
      return `variant.${compare.variant}`;
    case 'branch':
      return `branch.${compare.branch}`;
    case 'seed':
      return `seed.${compare.seed}`;
  }
}

/** Reads the query field `compare`; undefined when it is not one of its forms. */
export function readCompare(text: string): LinkCompare | undefined {
  const [kind, ...rest] = text.split('.');
  const name = rest.join('.');
  if (kind === 'variant' && name !== '') return { kind, variant: name };
  if (!/^\d{1,10}$/.test(name)) return undefined;
  const number = Number(name);
  if (kind === 'branch' && number < BRANCHES_MAX) return { kind, branch: number };
  return kind === 'seed' && number <= SEED_MAX ? { kind, seed: number } : undefined;
}
