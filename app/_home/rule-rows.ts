import type { Scenario } from '../../simulations/index.ts';
import type { VerdictStatus } from '../_shell/verdict-mark.tsx';
import { formatCount } from '../_stage/layout/time-axis.ts';
import { propertiesOf, verdictOn } from '../_static/evidence.ts';
import { loadMeasured, rateIn } from '../_static/measured.ts';
import { pinnedRun } from '../_static/pinned.ts';
import { guideOf, loadRules, type Rule } from '../_static/rules.ts';

/** A rule and one scenario that puts it to the test. */
export interface RuleRow {
  readonly rule: Rule;
  /** Whether this is the rule's first row, and its group's. */
  readonly firstOfRule: boolean;
  readonly firstOfGroup: boolean;
  readonly guide: string | undefined;
  readonly scenario: Scenario;
  readonly decision: string;
  readonly broken: string;
  readonly repaired: string;
  readonly held: { readonly status: VerdictStatus; readonly words: string };
}

/** The index of rules: only those that a shipped scenario puts to the test, each with what breaks and what repairs it there. */
export function ruleRows(scenarios: readonly Scenario[]): readonly RuleRow[] {
  let group = '';
  return loadRules().flatMap((rule) => {
    const proving = scenarios.filter(({ rules }) => rules.includes(rule.slug));
    // Those that are about this rule before others come first, then those with one decision before those with two.
    const ordered = proving.toSorted(
      (a, b) => a.rules.indexOf(rule.slug) - b.rules.indexOf(rule.slug) || a.decisions.length - b.decisions.length,
    );
    return ordered.map((scenario, at) => {
      const firstOfGroup = rule.group !== group;
      group = rule.group;
      return { ...rowOf(rule, scenario), firstOfRule: at === 0, firstOfGroup };
    });
  });
}

function rowOf(rule: Rule, scenario: Scenario): Omit<RuleRow, 'firstOfRule' | 'firstOfGroup'> {
  const broken = scenario.variants.find(({ part }) => part === 'broken') ?? scenario.variants[0]!;
  const fixed = scenario.variants.find(({ part }) => part === 'fixed') ?? scenario.variants.at(-1)!;
  return {
    rule,
    guide: guideOf(rule),
    scenario,
    decision: scenario.decisions.map(({ title }) => title).join(', '),
    broken: broken.title,
    repaired: fixed.title,
    held: heldOf(scenario, fixed.id),
  };
}

/** What the repaired variant was held to: many seeds where they were measured, else the pinned one. */
function heldOf(scenario: Scenario, variantId: string): RuleRow['held'] {
  const variant = scenario.variants.find(({ id }) => id === variantId)!;
  const pinned = pinnedRun(scenario, variant);
  const [property] = propertiesOf(scenario, [pinned]);
  const measured = loadMeasured(scenario.id);
  const rate = measured === undefined ? undefined : rateIn(measured, variantId, property ?? '');
  if (rate !== undefined) {
    return {
      status: rate.count === 0 ? 'ok' : 'violated',
      words: `${formatCount(rate.count)} in ${formatCount(rate.of)} seeds`,
    };
  }
  const status = verdictOn(pinned, property ?? '')?.verdict.status ?? 'unknown';
  return { status, words: `${status === 'ok' ? 'holds' : status} on seed ${scenario.seed}` };
}
