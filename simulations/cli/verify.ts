import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { engineVersion, type Interpreter, type Scenario, type VariantVerification, verifyScenario } from '../index.ts';
import { readScenario, readScenarioText, shippedScenarios } from './files.ts';
import { CliError, EXIT, percent, print, withCommas } from './output.ts';
import { problemLines } from './problems.ts';

export interface VerifyOptions {
  readonly seeds: number;
  readonly interpreter?: Interpreter;
  readonly json?: boolean;
  /** Folder for what was measured, one JSON file a scenario. */
  readonly record?: string;
}

/** `faultline verify [FILE…]`: does every variant get the verdicts that its file claims, on many seeds? */
export function verifyCommand(names: readonly string[], options: VerifyOptions): number {
  const scenarios = (names.length > 0 ? names : shippedScenarios()).map((name) => ({
    name,
    scenario: readScenario(name),
  }));
  const reports = scenarios.map(({ name, scenario }) => {
    if (options.json !== true) process.stdout.write(`${scenario.id}\n`);
    const result = verifyScenario(scenario, {
      ...options,
      onVariant: (variant) =>
        options.json !== true && process.stdout.write(`${variantLines(scenario, name, variant).join('\n')}\n`),
    });
    if ('problems' in result) throw new CliError(problemLines(name, result.problems));
    if (options.record !== undefined)
      recordMeasured(options.record, { name, scenario, seeds: options.seeds, variants: result.variants });
    return { scenario: scenario.id, name, variants: result.variants };
  });
  const mismatches = reports.flatMap(({ name, variants }) =>
    variants.flatMap((variant) =>
      variant.mismatches.map((mismatch) => ({
        ...mismatch,
        replay: replayLine(name, mismatch.variant, mismatch.seed),
      })),
    ),
  );
  const ok = mismatches.length === 0;
  print(options.json, { ok, seeds: options.seeds, scenarios: reports, mismatches }, () => [
    ok
      ? `all ${reports.length} scenarios show what they claim, on ${withCommas(options.seeds)} seeds a variant`
      : `${mismatches.length} not as claimed`,
  ]);
  return ok ? EXIT.ok : EXIT.violated;
}

/** What the site shows of many seeds. The hash of the file and the engine's version say what it is true of. */
function recordMeasured(
  folder: string,
  measured: { name: string; scenario: Scenario; seeds: number; variants: readonly VariantVerification[] },
): void {
  const { name, scenario, seeds, variants } = measured;
  const hash = createHash('sha256').update(readScenarioText(name)).digest('hex').slice(0, 16);
  const byVariant = Object.fromEntries(
    variants.map(({ variant, mismatches: _mismatches, seeds: _seeds, ...rest }) => [variant, rest]),
  );
  const report = { engine: engineVersion, scenario: scenario.id, hash, seeds, variants: byVariant };
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${scenario.id}.json`), `${JSON.stringify(report)}\n`);
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
    ...result.mismatches.flatMap((one) => [
      `      ${one.sentence}`,
      `      replay: ${replayLine(name, one.variant, one.seed)}`,
    ]),
  ];
}

function replayLine(name: string, variant: string, seed: number | undefined): string {
  return `npx faultline run ${name} --variant ${variant}${seed === undefined ? '' : ` --seed ${seed}`}`;
}
