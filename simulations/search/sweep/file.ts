import { z } from 'zod';
import type { RunRequest } from '../../run/resolve.ts';
import { engineVersion } from '../../run/version.ts';
import { describeValue, fieldName, problemsOf } from '../../scenario/problems.ts';
import type { Problem, Scenario } from '../../scenario/scenario.ts';
import type { Seeds, StopRule, SweepJob } from './job.ts';
import { blankState, isFinished, type SweepState } from './ledger.ts';

/** The version of the file's form. */
const FORM = 1;

/** What a sweep is about, over all its shards. Plain JSON, compared as a whole before two files are brought together. */
export interface SweepPlan {
  /** The scenario or model as it was named. */
  readonly name: string;
  readonly model: string;
  /** The scenario itself, so that a changed file is noticed; null for a bare model. */
  readonly scenario: Scenario | null;
  /** Ids of the variants; one null for a bare model. */
  readonly variants: readonly (string | null)[];
  readonly set: NonNullable<RunRequest['set']>;
  readonly seeds: Seeds;
  readonly stop: StopRule;
}

/** What one variant has shown so far. */
export interface VariantState extends SweepState {
  readonly variant: string | null;
}

/** A sweep or a shard of one, finished or not: all that is needed to go on with it, to merge it, to report it. */
export interface SweepFile {
  readonly faultline: { readonly sweep: typeof FORM };
  readonly engine: string;
  readonly plan: SweepPlan;
  /** The seeds of this file; the plan's own, unless it is a shard. */
  readonly seeds: Seeds;
  readonly variants: readonly VariantState[];
}

/** The file of a sweep that has not begun. */
export function blankFile(plan: SweepPlan, seeds: Seeds): SweepFile {
  return withStates(
    plan,
    seeds,
    plan.variants.map((variant) => ({ variant, ...blankState(seeds) })),
  );
}

/** A file with these states. Its fields always come in the same order, so that equal sweeps are equal bytes. */
export function withStates(plan: SweepPlan, seeds: Seeds, variants: readonly VariantState[]): SweepFile {
  return { faultline: { sweep: FORM }, engine: engineVersion, plan, seeds, variants };
}

/** The job of one of the plan's variants, on some of its seeds. */
export function jobOf(plan: SweepPlan, variant: string | null, seeds: Seeds): SweepJob {
  const { model, scenario, set } = plan;
  return {
    request: { model, ...(scenario !== null && { scenario }), ...(variant !== null && { variant }), set },
    seeds,
  };
}

/** Whether every variant has run all the seeds that it needs. */
export function isComplete({ variants, seeds }: SweepFile): boolean {
  return variants.every((state) => isFinished(state, seeds));
}

/** The text of a file: one line of JSON. */
export function formatSweepFile(file: SweepFile): string {
  return `${JSON.stringify(file)}\n`;
}

const whole = z.int().min(0);
const seedsSchema = z.strictObject({ from: whole, to: z.int().min(-1) });
const seedList = z.array(whole);
const bucket = z.tuple([z.number(), z.int().min(1)]);

const tallySchema = z.strictObject({
  seeds: whole,
  witnessed: whole,
  events: whole,
  stalled: seedList,
  unended: seedList,
  properties: z.record(
    z.string(),
    z.strictObject({
      kind: z.enum(['always', 'sometimes', 'eventually']),
      ok: whole,
      unknown: whole,
      violated: seedList,
      violatedUnwitnessed: seedList,
      undecided: seedList,
    }),
  ),
  metrics: z.record(
    z.string(),
    z.strictObject({
      title: z.string(),
      unit: z.enum(['us', 'count', 'ratio']),
      min: whole,
      max: whole,
      buckets: z.array(bucket),
    }),
  ),
  exact: z.record(z.string(), z.array(bucket)),
});

const fileSchema = z.strictObject({
  faultline: z.strictObject({ sweep: z.literal(FORM) }),
  engine: z.literal(engineVersion),
  plan: z.strictObject({
    name: z.string(),
    model: z.string(),
    // Compared with the scenario at hand and shown, never run from here: only what is shown is checked.
    scenario: z
      .looseObject({
        id: z.string(),
        witness: z.string().optional(),
        variants: z.array(z.looseObject({ id: z.string(), title: z.string() })),
      })
      .nullable(),
    variants: z.array(z.string().nullable()),
    set: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
    seeds: seedsSchema,
    stop: z.strictObject({ violations: z.int().min(1).optional(), width: z.number().min(0).max(1).optional() }),
  }),
  seeds: seedsSchema,
  variants: z.array(
    z.strictObject({
      variant: z.string().nullable(),
      next: whole,
      stopped: z.enum(['violations', 'width']).nullable(),
      tally: tallySchema,
    }),
  ),
});

export type ReadSweepFile =
  | { readonly ok: true; readonly file: SweepFile }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Reads what `formatSweepFile` wrote with this version of the engine; anything else is refused, field by field. */
export function readSweepFile(text: string): ReadSweepFile {
  let input: unknown;
  try {
    input = JSON.parse(text);
  } catch (error) {
    const found = error instanceof Error ? error.message : String(error);
    return refuse({ field: 'the whole', found, allowed: 'the JSON of a sweep', fix: 'Name another file.' });
  }
  const engine = (input as { engine?: unknown } | null)?.engine;
  if (typeof engine === 'string' && engine !== engineVersion) {
    const fix = 'Run all of a sweep with one version: its runs may differ between two.';
    return refuse({ field: 'engine', found: describeValue(engine), allowed: describeValue(engineVersion), fix });
  }
  const result = fileSchema.safeParse(input);
  if (!result.success) return { ok: false, problems: problemsOf(result.error, input, fileSchema) };
  // What was read, not what zod made of it: that has its fields in another order.
  const file = input as SweepFile;
  const strays = file.variants.map(({ variant }) => variant).join() !== file.plan.variants.join();
  if (strays) {
    const found = file.variants.map(({ variant }) => String(variant)).join(', ');
    const fix = 'The file was changed by hand: run the sweep again.';
    return refuse({ field: 'variants', found, allowed: file.plan.variants.map(String).join(', '), fix });
  }
  return { ok: true, file };
}

function refuse(...problems: Problem[]): { readonly ok: false; readonly problems: readonly Problem[] } {
  return { ok: false, problems };
}

/** The first field in which two files are not about the same sweep; undefined when they are. `fix` says what to do about it. */
export function differenceOf(found: SweepPlan, wanted: SweepPlan, fix: string): Problem | undefined {
  // Both as their JSON says: a field that is undefined here is missing there.
  const [a, b] = [found, wanted].map((plan) => JSON.parse(JSON.stringify(plan)) as unknown);
  const path = differingPath(a, b, ['plan']);
  if (path === undefined) return undefined;
  const at = (value: unknown) => {
    const inner = path
      .slice(1)
      .reduce<unknown>((of, part) => (of as Record<PropertyKey, unknown> | null)?.[part], value);
    return typeof inner === 'object' && inner !== null ? JSON.stringify(inner) : describeValue(inner);
  };
  return { field: fieldName(path), found: at(a), allowed: at(b), fix };
}

function differingPath(a: unknown, b: unknown, path: readonly PropertyKey[]): readonly PropertyKey[] | undefined {
  if (Object.is(a, b)) return undefined;
  const isGroup = (value: unknown) => typeof value === 'object' && value !== null;
  if (!isGroup(a) || !isGroup(b) || Array.isArray(a) !== Array.isArray(b)) return path;
  if (Array.isArray(a) && Array.isArray(b) && a.length !== b.length) return path;
  const [one, other] = [a, b] as readonly Readonly<Record<string, unknown>>[];
  for (const name of Object.keys({ ...one, ...other })) {
    const part = Array.isArray(a) ? Number(name) : name;
    const found = differingPath(one![name], other![name], [...path, part]);
    if (found !== undefined) return found;
  }
  return undefined;
}
