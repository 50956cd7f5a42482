import {
  formatDuration,
  isComplete,
  type MetricSummary,
  metricSummaries,
  type PropertySummary,
  propertySummaries,
  type SweepFile,
  seedCount,
  type VariantState,
} from '../index.ts';
import { EXIT, percent, print, table, withCommas } from './output.ts';
import { replayLine } from './replay-line.ts';

/** Seeds named in text; JSON names all. */
const SEEDS_SHOWN = 5;

/** What one variant showed, as `sweep --json` prints it. */
interface VariantReport {
  readonly variant: string | null;
  readonly seeds: number;
  readonly witnessed: number;
  readonly events: number;
  readonly stopped: string | null;
  readonly stalledSeeds: readonly number[];
  readonly unendedSeeds: readonly number[];
  readonly properties: Readonly<Record<string, PropertySummary & { readonly replay: string | null }>>;
  readonly metrics: Readonly<Record<string, MetricSummary>>;
}

/** Prints a sweep, as JSON or as text. A function of the file alone: a merged sweep prints what the whole one would have printed. */
export function printSweep(file: SweepFile, json: boolean | undefined): void {
  const { plan, engine, seeds } = file;
  const variants = file.variants.map((state) => reportOf(file, state));
  const { model, set, stop } = plan;
  const report = {
    scenario: plan.scenario?.id ?? null,
    model,
    engine,
    set,
    seeds,
    stop,
    complete: isComplete(file),
    variants,
  };
  print(json, report, () => [
    `${plan.scenario?.id ?? `model ${model}`}, seeds ${seeds.from} to ${seeds.to}`,
    ...variants.flatMap((variant) => ['', ...variantLines(file, variant)]),
  ]);
}

/** The exit status that a whole sweep deserves: violated if anything is, else unknown if something could not be judged. */
export function statusOf({ variants }: SweepFile): number {
  const tallies = variants.map(({ tally }) => tally);
  const properties = tallies.flatMap((tally) => Object.values(tally.properties));
  if (properties.some(({ violated, violatedUnwitnessed }) => violated.length + violatedUnwitnessed.length > 0))
    return EXIT.violated;
  const open = properties.some(({ undecided }) => undecided.length > 0);
  return open || tallies.some(({ witnessed, unended }) => witnessed === 0 || unended.length > 0)
    ? EXIT.unknown
    : EXIT.ok;
}

function reportOf({ plan }: SweepFile, { variant, stopped, tally }: VariantState): VariantReport {
  const { name, set } = plan;
  return {
    variant,
    seeds: tally.seeds,
    witnessed: tally.witnessed,
    events: tally.events,
    stopped,
    stalledSeeds: tally.stalled,
    unendedSeeds: tally.unended,
    properties: Object.fromEntries(
      Object.entries(propertySummaries(tally)).map(([id, property]) => {
        const seed = property.violatingSeeds[0] ?? property.violatingUnwitnessed[0];
        return [id, { ...property, replay: seed === undefined ? null : replayLine({ name, variant, seed, set }) }];
      }),
    ),
    metrics: metricSummaries(tally),
  };
}

function variantLines({ plan, seeds }: SweepFile, report: VariantReport): readonly string[] {
  const title = plan.scenario?.variants.find(({ id }) => id === report.variant)?.title;
  const head = title === undefined ? '' : `${report.variant} (${title}): `;
  const hazard = plan.scenario?.witness;
  const witnessed = hazard === undefined ? '' : `, ${withCommas(report.witnessed)} of them with ${hazard}`;
  return [
    `${head}${withCommas(report.seeds)} seeds${witnessed}`,
    ...stopLines(report, seedCount(seeds) - report.seeds),
    ...propertyLines(report),
    ...remarks(report),
    ...table([
      ['  metric', 'least', 'p50', 'p90', 'p99', 'greatest'],
      ...Object.values(report.metrics).map((metric) => [`  ${metric.title}`, ...metricCells(metric)]),
    ]),
  ];
}

function stopLines({ stopped }: VariantReport, left: number): readonly string[] {
  if (stopped === null || left === 0) return [];
  const why = stopped === 'violations' ? 'enough seeds violate something' : 'every interval is narrow enough';
  return [`  ${why}: stopped before the last ${withCommas(left)}`];
}

/** A row for each property that is violated; the others by name, since a model has many. */
function propertyLines({ properties }: VariantReport): readonly string[] {
  const judged = Object.entries(properties).filter(([, { kind }]) => kind !== 'sometimes');
  const isViolated = (one: PropertySummary) => one.violatingSeeds.length + one.violatingUnwitnessed.length > 0;
  const violated = judged.filter(([, property]) => isViolated(property));
  const held = judged.filter(([, property]) => !isViolated(property) && property.rate.of > 0);
  const untested = judged.filter(([, property]) => !isViolated(property) && property.rate.of === 0);
  const names = (entries: typeof judged) => entries.map(([id]) => id).join(', ');
  const high = Math.max(...held.map(([, { rate }]) => rate.high));
  return [
    ...table(violated.map(([id, property]) => ['  VIOLATED', id, ...violationCells(property)])),
    ...violated.map(([, { replay }]) => `    replay: ${replay}`),
    ...(held.length > 0 ? [`  never violated (in at most ${percent(high)} of seeds): ${names(held)}`] : []),
    ...(untested.length > 0 ? [`  judged in no seed: ${names(untested)}`] : []),
  ];
}

function violationCells({ rate, violatingSeeds, violatingUnwitnessed }: PropertySummary): readonly string[] {
  const elsewhere = `without the witness in ${seedList(violatingUnwitnessed)}`;
  return [
    `in ${withCommas(rate.count)} of ${withCommas(rate.of)}`,
    `${percent(rate.low)} to ${percent(rate.high)}`,
    [
      ...(violatingSeeds.length > 0 ? [seedList(violatingSeeds)] : []),
      ...(violatingUnwitnessed.length > 0 ? [elsewhere] : []),
    ].join('; '),
  ];
}

function remarks({ stalledSeeds, unendedSeeds, properties }: VariantReport): readonly string[] {
  const undecided = Object.entries(properties).filter(([, { undecidedSeeds }]) => undecidedSeeds.length > 0);
  return [
    ...(stalledSeeds.length > 0 ? [`  too few operations ended ok in ${seedList(stalledSeeds)}`] : []),
    ...(unendedSeeds.length > 0 ? [`  stopped at the bound on events in ${seedList(unendedSeeds)}`] : []),
    ...undecided.map(([id, { undecidedSeeds }]) => `  ${id}: the check gave up in ${seedList(undecidedSeeds)}`),
  ];
}

/** `seeds 11, 14, 19, 22, 24 and 1,440 more` */
function seedList(seeds: readonly number[]): string {
  const rest = seeds.length - SEEDS_SHOWN;
  const shown = seeds.slice(0, SEEDS_SHOWN).join(', ');
  return `seed${seeds.length === 1 ? '' : 's'} ${shown}${rest > 0 ? ` and ${withCommas(rest)} more` : ''}`;
}

function metricCells({ unit, min, p50, p90, p99, max }: MetricSummary): readonly string[] {
  return [min, p50, p90, p99, max].map((value) =>
    unit === 'us' ? formatDuration(value) : String(Number(value.toPrecision(3))),
  );
}
