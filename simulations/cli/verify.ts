import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  engineVersion,
  execute,
  type Interpreter,
  needsHistory,
  resolveRun,
  type Scenario,
  SweepPool,
  seedRanges,
  type Variant,
  type VariantVerification,
  verificationOf,
} from '../index.ts';
import { readScenario, readScenarioText, shippedScenarios } from './files.ts';
import { CliError, EXIT, percent, print, withCommas } from './output.ts';
import { problemLines } from './problems.ts';
import { replayLine } from './replay-line.ts';
import { runJob, spawnThread, WORKERS_DEFAULT } from './threads.ts';

export interface VerifyOptions {
  readonly seeds: number;
  readonly interpreter?: Interpreter;
  readonly workers?: number;
  readonly json?: boolean;
  /** Folder for what was measured, one JSON file a scenario. */
  readonly record?: string;
}

/** `faultline verify [FILE…]`: does every variant get the verdicts that its file claims, on many seeds? */
export async function verifyCommand(names: readonly string[], options: VerifyOptions): Promise<number> {
  const scenarios = (names.length > 0 ? names : shippedScenarios()).map((name) => ({
    name,
    scenario: readScenario(name),
  }));
  const reports: { scenario: string; name: string; variants: readonly VariantVerification[] }[] = [];
  const pool = new SweepPool(spawnThread, options.workers ?? WORKERS_DEFAULT);
  try {
    for (const { name, scenario } of scenarios) {
      const variants = await verifyScenario(pool, name, scenario, options);
      if (options.record !== undefined)
        recordMeasured(options.record, { name, scenario, seeds: options.seeds, variants });
      reports.push({ scenario: scenario.id, name, variants });
    }
  } finally {
    pool.close();
  }
  const mismatches = reports.flatMap(({ name, variants }) =>
    variants.flatMap((variant) =>
      variant.mismatches.map((mismatch) => ({ ...mismatch, replay: replayLine({ name, ...mismatch }) })),
    ),
  );
  const ok = mismatches.length === 0;
  print(options.json, { ok, seeds: options.seeds, scenarios: reports, mismatches }, () => [
    ok
      ? `${reports.length === 1 ? 'the scenario shows what it claims' : `all ${reports.length} scenarios show what they claim`}, on ${withCommas(options.seeds)} seeds a variant`
      : `${mismatches.length} not as claimed`,
  ]);
  return ok ? EXIT.ok : EXIT.violated;
}

async function verifyScenario(
  pool: SweepPool,
  name: string,
  scenario: Scenario,
  options: VerifyOptions,
): Promise<readonly VariantVerification[]> {
  const say = (line: string) => options.json !== true && process.stdout.write(`${line}\n`);
  say(scenario.id);
  const variants: VariantVerification[] = [];
  for (const variant of scenario.variants) {
    const result = await verifyVariant(pool, name, scenario, variant, options);
    say(variantLines(scenario, name, result).join('\n'));
    variants.push(result);
  }
  return variants;
}

async function verifyVariant(
  pool: SweepPool,
  name: string,
  scenario: Scenario,
  variant: Variant,
  { seeds, interpreter }: VerifyOptions,
): Promise<VariantVerification> {
  const request = { model: scenario.model, scenario, variant: variant.id };
  const resolved = resolveRun(request);
  if (!resolved.ok) throw new CliError(problemLines(name, resolved.problems));
  const pinned = execute({ ...resolved.input, interpreter, history: needsHistory(scenario) });
  const job = { request, seeds: { from: 1, to: seeds }, exact: scenario.cost.metrics, interpreter };
  const ended = await runJob(pool, job, {});
  if (ended.how === 'broken') throw new CliError(`${name}, variant ${variant.id}: ${ended.message}`, EXIT.unknown);
  return verificationOf(scenario, variant, pinned, ended.state.tally);
}

/** What the site shows of many seeds. The hash of the file and the engine's version say what it is true of. */
function recordMeasured(
  folder: string,
  measured: { name: string; scenario: Scenario; seeds: number; variants: readonly VariantVerification[] },
): void {
  const { name, scenario, seeds, variants } = measured;
  const hash = createHash('sha256').update(readScenarioText(name)).digest('hex').slice(0, 16);
  const byVariant = Object.fromEntries(
    variants.map(({ variant, mismatches: _mismatches, seeds: _seeds, violatingSeeds, ...rest }) => [
      variant,
      { ...rest, violatingSeeds: rangesOf(violatingSeeds) },
    ]),
  );
  const report = { engine: engineVersion, scenario: scenario.id, hash, seeds, variants: byVariant };
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${scenario.id}.json`), `${JSON.stringify(report)}\n`);
}

/** Where every seed violates, a list of them would be most of the file. */
function rangesOf(lists: VariantVerification['violatingSeeds']): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(lists).map(([property, seeds]) => [property, seedRanges(seeds)]));
}

function variantLines(scenario: Scenario, name: string, result: VariantVerification): readonly string[] {
  const rates = Object.entries(result.violations).map(([id, rate]) => {
    const interval =
      rate.count === 0 ? `at most ${percent(rate.high)}` : `${percent(rate.low)} to ${percent(rate.high)}`;
    return `      ${id}: violated in ${rate.count} of ${rate.of} (${interval})`;
  });
  const title = scenario.variants.find((variant) => variant.id === result.variant)?.title ?? '';
  return [
    `  ${result.mismatches.length === 0 ? 'as claimed ' : 'NOT CLAIMED'} ${result.variant} (${title}): ${withCommas(result.witnessed)} of ${withCommas(result.seeds)} seeds witnessed`,
    ...rates,
    ...result.mismatches.flatMap((one) => [`      ${one.sentence}`, `      replay: ${replayLine({ name, ...one })}`]),
  ];
}
