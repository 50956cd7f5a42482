import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';

const FILE = join(process.cwd(), 'content', 'rules.yaml');
const GUIDES = join(process.cwd(), 'content', 'guides');

const ruleSchema = z.strictObject({
  n: z.int().min(1),
  slug: z.string().regex(/^[a-z0-9-]+$/),
  title: z.string().min(1),
  group: z.enum(['Principles', 'Patterns', 'Do', "Don't", 'Build']),
});

/** A rule of the playbook: number and slug stay, the title is how its guide puts it. */
export type Rule = z.infer<typeof ruleSchema>;

/** The rules that a shipped guide or scenario speaks of, by number. A bad file stops the build. */
export function loadRules(): readonly Rule[] {
  const rules = z.array(ruleSchema).parse(parse(readFileSync(FILE, 'utf8')));
  return rules.toSorted((a, b) => a.n - b.n);
}

/** The rule of a slug. Throws on one that content/rules.yaml does not list. */
export function ruleOf(slug: string): Rule {
  const rule = loadRules().find((candidate) => candidate.slug === slug);
  if (rule === undefined)
    throw new Error(`content/rules.yaml has no rule ${slug}; add it, or correct the scenario that names it`);
  return rule;
}

/** Where the guide of a rule is; undefined while there is none. */
export function guideOf({ slug }: Rule): string | undefined {
  return existsSync(join(GUIDES, `${slug}.mdx`)) ? `/guides/${slug}` : undefined;
}
