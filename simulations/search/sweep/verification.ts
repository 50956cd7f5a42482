import { invariant } from '../../kernel/invariant.ts';
import type { Run } from '../../run/execute.ts';
import { type Mismatch, mismatchesOf } from '../../run/outcome.ts';
import { progressFloor } from '../../run/progress.ts';
import { type Rate, rateOf } from '../../run/statistics.ts';
import type { Scenario, Variant } from '../../scenario/scenario.ts';
import type { Tally } from './tally.ts';

/** What many seeds of a variant showed. */
export interface VariantVerification {
  readonly variant: string;
  /** Of the run on the pinned seed. */
  readonly digest: string;
  readonly seeds: number;
  readonly witnessed: number;
  /** Property → share of witnessed seeds that violate it; properties never violated are left out unless a claim is made about them. */
  readonly violations: Readonly<Record<string, Rate>>;
  /** The witnessed seeds that violate a property, rising. */
  readonly violatingSeeds: Readonly<Record<string, readonly number[]>>;
  /** The median, over witnessed seeds, of the metrics that the scenario names as its cost. */
  readonly medians: Readonly<Record<string, number>>;
  readonly mismatches: readonly Mismatch[];
}

/**
 * Holds a variant to what its file claims: the run on its pinned seed, and a tally of many seeds whose job kept the scenario's cost metrics
 * exact.
 */
export function verificationOf(scenario: Scenario, variant: Variant, pinned: Run, tally: Tally): VariantVerification {
  const { witnessed, stalled } = tally;
  const violating = violatingSeeds(tally);
  const claimed = variant.rates.map((rate) => rate.property);
  const violations = Object.fromEntries(
    [...new Set([...claimed, ...Object.keys(violating)])].map((id) => [
      id,
      rateOf(violating[id]?.length ?? 0, witnessed),
    ]),
  );
  const mismatches = [...mismatchesOf(pinned, scenario, variant)];
  if (stalled.length > 0) {
    const sentence = `in ${stalled.length} of ${witnessed} seeds too few operations ended ok, the floor is ${progressFloor(scenario, variant)}`;
    mismatches.push({ variant: variant.id, seed: stalled[0], sentence });
  }
  mismatches.push(...rateMismatches(variant, violations, violating, witnessed));
  return {
    variant: variant.id,
    digest: pinned.digest,
    seeds: tally.seeds,
    witnessed,
    violations,
    violatingSeeds: violating,
    medians: Object.fromEntries(Object.entries(tally.exact).map(([id, values]) => [id, medianOf(values)])),
    mismatches,
  };
}

/** By property, the one that is violated first foremost. */
function violatingSeeds(tally: Tally): Readonly<Record<string, readonly number[]>> {
  const lists = Object.entries(tally.properties).map(([id, { violated }]) => [id, violated] as const);
  const violated = lists.filter(([, seeds]) => seeds.length > 0);
  return Object.fromEntries(violated.sort(([, a], [, b]) => a[0]! - b[0]!));
}

/** The upper median of rising values with their counts. */
function medianOf(values: readonly (readonly [value: number, count: number])[]): number {
  const middle = Math.floor(values.reduce((sum, [, count]) => sum + count, 0) / 2);
  let below = 0;
  const found = values.find(([, count]) => {
    below += count;
    return below > middle;
  });
  invariant(found !== undefined, 'a median of no values');
  return found[0];
}

function rateMismatches(
  variant: Variant,
  violations: Readonly<Record<string, Rate>>,
  seeds: Readonly<Record<string, readonly number[]>>,
  witnessed: number,
): readonly Mismatch[] {
  const mismatches: Mismatch[] = [];
  const say = (sentence: string, seed?: number) => mismatches.push({ variant: variant.id, seed, sentence });
  if (witnessed === 0) say('the witness occurred in no seed, so nothing is shown');
  for (const { property, atLeast, atMost } of variant.rates) {
    const rate = violations[property]!;
    // The claim is refuted only when the whole interval lies on the wrong side; "never" is refuted by one seed.
    if (atLeast !== undefined && witnessed > 0 && rate.high < atLeast)
      say(`${property} is violated in ${rate.count} of ${rate.of} seeds, claimed is at least ${atLeast}`);
    if (atMost !== undefined && rate.low > atMost)
      say(
        `${property} is violated in ${rate.count} of ${rate.of} seeds, claimed is at most ${atMost}`,
        seeds[property]?.[0],
      );
  }
  return mismatches;
}
