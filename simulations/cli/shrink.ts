import { writeFileSync } from 'node:fs';
import { formatDuration, type RunSize, type ShrinkReport, shrinkReport } from '../index.ts';
import { explanationLines } from './explain.ts';
import { CliError, EXIT, print, table, withCommas } from './output.ts';
import { ORIGIN } from './run.ts';
import { type ViolationOptions, violatingRun } from './violation.ts';

export interface ShrinkCommandOptions extends ViolationOptions {
  /** Where the scenario is written; by default nowhere. */
  readonly out?: string;
  readonly runsMax?: number;
  readonly json?: boolean;
}

/** `faultline shrink SCENARIO`: the smallest run that violates the same property. Exit status 0; 2 when nothing is violated. */
export function shrinkCommand(name: string, options: ShrinkCommandOptions): number {
  const { request } = violatingRun(name, options, false);
  const { runsMax } = options;
  const trials = shrinkReport(request, runsMax === undefined ? {} : { runsMax });
  let step = trials.next();
  while (step.done !== true) step = trials.next();
  const report = step.value!;
  if (options.out !== undefined) write(options.out, report.file);
  const link = ORIGIN + report.link;
  print(options.json, { ...report, link }, () => lines(report, link, options.out));
  return EXIT.ok;
}

function write(path: string, text: string): void {
  try {
    writeFileSync(path, text);
  } catch (error) {
    throw new CliError(`--out: cannot write ${path}: ${(error as Error).message}`);
  }
}

function lines(report: ShrinkReport, link: string, out: string | undefined): readonly string[] {
  const { before, after, runs, exhausted, repair } = report;
  const sizes = (Object.keys(WORDS) as (keyof RunSize)[]).map((part) => [
    `  ${WORDS[part]}`,
    sizeWords(part, before[part]),
    '->',
    sizeWords(part, after[part]),
  ]);
  return [
    `${String(report.scenario.id)}, ${runs} runs${exhausted ? ': the bound; more may be left out' : ''}`,
    '',
    ...table(sizes),
    '',
    ...explanationLines(report.explanation),
    '',
    ...(repair === null ? [] : [`decided otherwise (variant ${repair}), the same run keeps the property`]),
    `replay  npx faultline ${out === undefined ? `replay '${link}'` : `run ${out}`}`,
    `open    ${link}`,
  ];
}

const WORDS: Readonly<Record<keyof RunSize, string>> = {
  events: 'events',
  operations: 'operations',
  faults: 'faults',
  processes: 'processes',
  durationUs: 'duration',
  pins: 'unusual latencies',
};

function sizeWords(part: keyof RunSize, value: number | null): string {
  if (value === null) return 'drawn';
  return part === 'durationUs' ? formatDuration(value) : withCommas(value);
}
