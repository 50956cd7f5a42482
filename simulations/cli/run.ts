import {
  chainOf,
  execute,
  type Fault,
  faultTitle,
  formatDuration,
  type Interpreter,
  type LinkState,
  loadScenarioData,
  mismatchesOf,
  modelById,
  parseLink,
  progressOf,
  type Run,
  type RunReport,
  reportOf,
  resolveRun,
  type Scenario,
  type Variant,
} from '../index.ts';
import { counterpartLines } from './counterpart.ts';
import { isShipped, readScenario } from './files.ts';
import { CliError, EXIT, print, table, withCommas } from './output.ts';
import { problemLines } from './problems.ts';

/** Where links lead when nothing else is said. */
export const ORIGIN = 'http://localhost:3000';

export interface RunOptions {
  readonly variant?: string;
  readonly seed?: number;
  readonly set?: Readonly<Record<string, string>>;
  readonly faults?: readonly Fault[];
  readonly interpreter?: Interpreter;
  readonly json?: boolean;
}

/** `faultline run SCENARIO`: one run, its verdicts, its metrics and its link. */
export function runCommand(name: string, options: RunOptions): number {
  const model = modelById(name);
  if (model !== undefined) return runAndPrint({ model: name }, options);
  const scenario = readScenario(name);
  return runAndPrint({ model: scenario.model, scenario, carried: !isShipped(name) }, options);
}

/** `faultline replay LINK`: the run that a link from the lab addresses. */
export function replayCommand(link: string, options: RunOptions): number {
  const parsed = parseLink(link);
  if (!parsed.ok) throw new CliError(problemLines('link', parsed.problems));
  const { model, variant, seed, set, faults } = parsed.state;
  const where = { model, ...scenarioOfLink(parsed.state) };
  return runAndPrint(where, {
    ...options,
    ...(variant !== undefined && { variant }),
    ...(seed !== undefined && { seed }),
    set: set as Record<string, string>,
    ...(faults !== undefined && { faults }),
  });
}

/** The scenario that a link names or carries. Throws a {@link CliError} when there is none of that name or the carried one is wrong. */
export function scenarioOfLink({ scenario, file }: LinkState): { scenario?: Scenario; carried?: boolean } {
  if (file === undefined) return scenario === undefined ? {} : { scenario: readScenario(scenario) };
  const loaded = loadScenarioData(file);
  if (!loaded.ok) throw new CliError(problemLines('the scenario in the link', loaded.problems));
  return { scenario: loaded.scenario, carried: true };
}

function runAndPrint(where: { model: string; scenario?: Scenario; carried?: boolean }, options: RunOptions): number {
  const { variant, seed, set, faults } = options;
  const request = { ...where, variant, seed, set, faults };
  const resolved = resolveRun(request);
  if (!resolved.ok) throw new CliError(problemLines(where.scenario?.id ?? where.model, resolved.problems));
  const run = execute({ ...resolved.input, interpreter: options.interpreter, history: false });
  const report = reportOf(run, { ...request, variantId: resolved.variant?.id }, ORIGIN);
  const asWritten =
    where.scenario !== undefined && resolved.variant !== undefined && isAsWritten(options, where.scenario);
  const mismatches = asWritten ? mismatchesOf(run, where.scenario!, resolved.variant!) : undefined;
  print(options.json, report, () =>
    lines(
      run,
      report,
      where.scenario,
      resolved.variant,
      mismatches?.map((one) => one.sentence),
    ),
  );
  return statusOf(run, mismatches?.length);
}

/** A scenario's expectations are about its pinned seed, its own knobs and its own faults. */
function isAsWritten(options: RunOptions, scenario: Scenario): boolean {
  const seedKept = options.seed === undefined || options.seed === scenario.seed;
  return seedKept && Object.keys(options.set ?? {}).length === 0 && options.faults === undefined;
}

function statusOf(run: Run, mismatches: number | undefined): number {
  if (mismatches !== undefined) return mismatches === 0 ? EXIT.ok : EXIT.violated;
  if (run.verdicts.some(({ verdict }) => verdict.status === 'violated')) return EXIT.violated;
  const undecided = run.verdicts.some(
    ({ kind, verdict }) => kind !== 'sometimes' && verdict.status === 'unknown' && verdict.spent > run.events,
  );
  return undecided || run.stopped === 'events' ? EXIT.unknown : EXIT.ok;
}

const MARKS = { ok: 'holds', violated: 'VIOLATED', unknown: 'unknown' } as const;

function lines(
  run: Run,
  report: RunReport,
  scenario: Scenario | undefined,
  variant: Variant | undefined,
  mismatches: readonly string[] | undefined,
): readonly string[] {
  const progress = progressOf(run.record);
  const changed = Object.entries(chainOf(scenario, variant)).map(([name, value]) => `${name} ${value}`);
  const head = [
    scenario === undefined
      ? `model ${run.input.model.id}`
      : `${scenario.id}, ${variant?.title ?? ''} (${[variant?.id, ...changed].join(', ')})`,
    `seed ${report.seed}, ${withCommas(run.events)} events in ${formatDuration(run.simulatedUs)}, digest ${run.digest}, engine ${report.engine}`,
    ...(run.stopped === 'events' ? ['stopped at the bound on events: this run would not have ended'] : []),
    ...run.record.faults.map(({ fault, sinceUs }) => `  fault at ${formatDuration(sinceUs)}: ${faultTitle(fault)}`),
    '',
  ];
  const verdicts = run.verdicts
    .filter(({ kind }) => kind !== 'sometimes')
    .map(({ title, verdict }) => [`  ${MARKS[verdict.status]}`, title, verdict.sentence]);
  const metrics = run.metrics.map((metric) => [
    `  ${metric.title}`,
    metric.unit === 'us' ? formatDuration(metric.value) : String(Math.round(metric.value * 10_000) / 10_000),
  ]);
  return [
    ...head,
    ...table(verdicts),
    '',
    ...table(metrics),
    `  after the last fault ${progress.ok} of ${progress.attempted} operations ended ok`,
    '',
    ...counterpartLines(scenario),
    ...(mismatches === undefined
      ? []
      : mismatches.length === 0
        ? ['as expected']
        : mismatches.map((one) => `not as expected: ${one}`)),
    `open    ${report.link}`,
  ];
}
