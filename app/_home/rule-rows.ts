import { formatCount, type Scenario } from '../../simulations/index.ts';
import type { VerdictStatus } from '../_shell/verdict-mark.tsx';
import { type CounterpartRun, counterpartOf } from '../_static/counterpart.ts';
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
  return { rule, guide: guideOf(rule), scenario, broken: broken.title, ...repairOf(scenario) };
}

/** What repairs a scenario: the variant that is the fix, or the run of another model that meets the same objectives. */
function repairOf(scenario: Scenario): Pick<RuleRow, 'decision' | 'repaired' | 'held'> {
  const fixed = scenario.variants.find(({ part }) => part === 'fixed');
  const counterpart = fixed === undefined ? counterpartOf(scenario) : undefined;
  if (counterpart !== undefined)
    return { decision: 'model', repaired: counterpart.variant.title, held: heldByCounterpart(scenario, counterpart) };
  const { id, title } = fixed ?? scenario.variants.at(-1)!;
  const decision = scenario.decisions.map((one) => one.title).join(', ');
  return { decision, repaired: title, held: heldOf(scenario, id) };
}

function heldByCounterpart(scenario: Scenario, counterpart: CounterpartRun): RuleRow['held'] {
  const verdicts = (scenario.objectives ?? []).map(({ id }) => verdictOn(counterpart, id)?.verdict.status ?? 'unknown');
  const status = verdicts.find((one) => one !== 'ok') ?? 'ok';
  return { status, words: onSeed(status, counterpart.scenario.seed) };
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
  return { status, words: onSeed(status, scenario.seed) };
}

const onSeed = (status: VerdictStatus, seed: number): string => `${status === 'ok' ? 'holds' : status} on seed ${seed}`;
