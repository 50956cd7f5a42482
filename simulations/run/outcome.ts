import type { Problem, Scenario, Variant } from '../scenario/scenario.ts';
import { execute, type Interpreter, type NamedVerdict, type Run } from './execute.ts';
import { progressOf } from './progress.ts';
import { resolveRun } from './resolve.ts';
import { type Rate, rateOf } from './statistics.ts';

/** A difference between what a scenario says and what a run showed. */
export interface Mismatch {
  readonly variant: string;
  /** Undefined where it is about many seeds. */
  readonly seed: number | undefined;
  readonly sentence: string;
}

/** Compares a run on the pinned seed with what its variant expects. Empty when all is as expected. */
export function mismatchesOf(run: Run, scenario: Scenario, variant: Variant): readonly Mismatch[] {
  const seed = run.input.seed;
  const mismatches: Mismatch[] = [];
  const say = (sentence: string) => mismatches.push({ variant: variant.id, seed, sentence });
  for (const id of Object.keys(variant.expect)) {
    if (!run.verdicts.some((named) => named.id === id)) say(`${id} is expected, but the model has no such property`);
  }
  for (const { id, verdict } of run.verdicts) {
    const expected = variant.expect[id];
    if (expected !== undefined && verdict.status !== expected)
      say(`${id} is ${verdict.status}, expected ${expected}: ${verdict.sentence}`);
    if (expected === undefined && verdict.status === 'violated')
      say(`${id} is violated, which nothing expects: ${verdict.sentence}`);
  }
  if (run.witnessed[scenario.witness] !== true) say(`the witness ${scenario.witness} did not occur`);
  const progress = progressOf(run.record);
  if (progress.share < scenario.progressMin) {
    say(`only ${progress.ok} of ${progress.attempted} operations ended ok, the floor is ${scenario.progressMin}`);
  }
  return mismatches;
}

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

/** Runs every variant of a scenario on its pinned seed and on seeds 1 to `seeds`, and holds them to what the file claims. */
export function verifyScenario(
  scenario: Scenario,
  options: { seeds: number; interpreter?: Interpreter; onVariant?: (result: VariantVerification) => void },
): { readonly variants: readonly VariantVerification[] } | { readonly problems: readonly Problem[] } {
  const variants: VariantVerification[] = [];
  for (const variant of scenario.variants) {
    const result = verifyVariant(scenario, variant, options);
    if ('problems' in result) return result;
    variants.push(result);
    options.onVariant?.(result);
  }
  return { variants };
}

function verifyVariant(
  scenario: Scenario,
  variant: Variant,
  options: { seeds: number; interpreter?: Interpreter },
): VariantVerification | { readonly problems: readonly Problem[] } {
  const request = { model: scenario.model, scenario, variant: variant.id };
  const resolved = resolveRun(request);
  if (!resolved.ok) return { problems: resolved.problems };
  const pinned = execute({ ...resolved.input, interpreter: options.interpreter, history: false });
  const mismatches = [...mismatchesOf(pinned, scenario, variant)];
  const seeds = new Map<string, number[]>();
  const samples = new Map<string, number[]>();
  const stalled: number[] = [];
  let witnessed = 0;
  for (let seed = 1; seed <= options.seeds; seed++) {
    const at = resolveRun({ ...request, seed });
    if (!at.ok) return { problems: at.problems };
    const run = execute({ ...at.input, interpreter: options.interpreter, history: false, digest: false });
    if (run.witnessed[scenario.witness] !== true) continue;
    witnessed++;
    for (const id of violatedIn(run.verdicts)) append(seeds, id, seed);
    for (const { id, value } of run.metrics) if (scenario.cost.metrics.includes(id)) append(samples, id, value);
    if (progressOf(run.record).share < scenario.progressMin) stalled.push(seed);
  }
  const claimed = variant.rates.map((rate) => rate.property);
  const violations = Object.fromEntries(
    [...new Set([...claimed, ...seeds.keys()])].map((id) => [id, rateOf(seeds.get(id)?.length ?? 0, witnessed)]),
  );
  if (stalled.length > 0) {
    const sentence = `in ${stalled.length} of ${witnessed} seeds too few operations ended ok, the floor is ${scenario.progressMin}`;
    mismatches.push({ variant: variant.id, seed: stalled[0], sentence });
  }
  mismatches.push(...rateMismatches(variant, violations, seeds, witnessed));
  return {
    variant: variant.id,
    digest: pinned.digest,
    seeds: options.seeds,
    witnessed,
    violations,
    violatingSeeds: Object.fromEntries(seeds),
    medians: Object.fromEntries([...samples].map(([id, values]) => [id, median(values)])),
    mismatches,
  };
}

function append<V>(lists: Map<string, V[]>, name: string, value: V): void {
  const list = lists.get(name);
  if (list === undefined) lists.set(name, [value]);
  else list.push(value);
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
}

function violatedIn(verdicts: readonly NamedVerdict[]): readonly string[] {
  return verdicts.filter(({ verdict }) => verdict.status === 'violated').map(({ id }) => id);
}

function rateMismatches(
  variant: Variant,
  violations: Readonly<Record<string, Rate>>,
  seeds: ReadonlyMap<string, readonly number[]>,
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
        seeds.get(property)?.[0],
      );
  }
  return mismatches;
}
