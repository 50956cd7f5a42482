import type { Fault } from '../kernel/faults.ts';
import type { Schedule } from '../kernel/schedule.ts';
import type { Caption } from './captions-schema.ts';
import type { Challenge } from './challenge-schema.ts';
import type { Objective } from './objective-schema.ts';
import type { Predict } from './predict-schema.ts';

/** A design decision: what it is called and the knobs that it sets, together. */
export interface Decision {
  readonly id: string;
  /** As a reader would say it: "read repair", "R and W". */
  readonly title: string;
  readonly knobs: readonly string[];
}

/** What a verdict of a variant is expected to be on the pinned seed. */
export type Expectation = 'ok' | 'violated' | 'unknown';

/** A claim over many seeds: the share of witnessed seeds in which a property is violated. */
export interface RateClaim {
  readonly property: string;
  /** At least this share of witnessed seeds violates it (0 to 1). */
  readonly atLeast?: number;
  /** At most this share; 0 means never. */
  readonly atMost?: number;
}

/** One way to decide. Differs from the variant it comes `from` in exactly one decision. */
export interface Variant {
  readonly id: string;
  readonly title: string;
  /** `broken` shows the damage, `fixed` takes it away, `comparison` stands beside them. */
  readonly part: 'broken' | 'fixed' | 'comparison';
  /** Undefined for the first variant, which is what the scenario's own knobs say, with `set`. */
  readonly from: string | undefined;
  /** The decision that differs from `from`. */
  readonly decision: string | undefined;
  readonly set: Readonly<Record<string, string | number | boolean>>;
  /** Property id → verdict on the pinned seed. Properties that are not named must not be violated. */
  readonly expect: Readonly<Record<string, Expectation>>;
  readonly rates: readonly RateClaim[];
  /** Instead of the scenario's {@link Scenario.progressMin}. */
  readonly progressMin?: number;
}

/** A scenario file, parsed: durations are whole microseconds. */
export interface Scenario {
  readonly id: string;
  readonly title: string;
  readonly model: string;
  /** Slugs of the rules that it proves. */
  readonly rules: readonly string[];
  /** The claim under review, as somebody would make it. */
  readonly claim: string;
  /** What the runs show, in one or two sentences. */
  readonly finding: string;
  readonly decisions: readonly Decision[];
  readonly knobs: Readonly<Record<string, string | number | boolean>>;
  readonly workload: Readonly<Record<string, unknown>>;
  readonly faults: readonly Fault[];
  /** Choices taken from chance; undefined: the seed decides everything. */
  readonly schedule?: Schedule;
  readonly durationUs: number;
  /** The pinned seed, on which every variant's `expect` holds. */
  readonly seed: number;
  readonly variants: readonly Variant[];
  /** The model's hazard without which a seed proves nothing. Undefined: every seed counts, and nothing is claimed over many. */
  readonly witness?: string;
  /** What the runs are held to beside the model's properties. */
  readonly objectives?: readonly Objective[];
  /** A variant of another scenario that meets the same objectives in another way, often another model's. */
  readonly compareWith?: { readonly scenario: string; readonly variant: string };
  /** Share of operations that must end ok, 0 to 1, in every run. */
  readonly progressMin: number;
  /** What the fix costs and which metric shows it. */
  readonly cost: { readonly text: string; readonly metrics: readonly string[] };
  /** What must be true for the fix to hold; each is an assumption that a reader may violate. */
  readonly assumptions: readonly string[];
  /** The key to look at first and the stretch of time that shows the matter. */
  readonly view: { readonly key?: string; readonly fromUs?: number; readonly toUs?: number };
  /** Sentences for moments of the runs. */
  readonly captions?: readonly Caption[];
  /** A question before the run. */
  readonly predict?: Predict;
  /** Something to bring about in the lab. */
  readonly challenge?: Challenge;
}

/** A scenario as plain data in the form of a scenario file, as yet unchecked. */
export type ScenarioData = Readonly<Record<string, unknown>>;

/** What is wrong with a scenario, a link or a knob: where, what was found, what is allowed, how to mend it. */
export interface Problem {
  /** 1-based line in the file, where there is one. */
  readonly line?: number;
  /** Path of the field, for example `variants[1].set.readRepair`. */
  readonly field: string;
  readonly found: string;
  readonly allowed: string;
  readonly fix: string;
}

/** `line 12, knobs.readQuorum: found 9; allowed: a whole number from 1 to 7. Lower it.` */
export function describeProblem(problem: Problem): string {
  const line = problem.line === undefined ? '' : `line ${problem.line}, `;
  return `${line}${problem.field}: found ${problem.found}; allowed: ${problem.allowed}. ${problem.fix}`;
}
