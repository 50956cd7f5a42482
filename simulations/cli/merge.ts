import { mergeSweeps } from '../index.ts';
import { CliError } from './output.ts';
import { problemLines } from './problems.ts';
import { loadSweep, saveSweep } from './sweep-file.ts';
import { printSweep, statusOf } from './sweep-report.ts';

export interface MergeOptions {
  /** Where the merged sweep is written. */
  readonly out?: string;
  readonly json?: boolean;
}

/** `faultline merge FILE…`: the shards of one sweep as the sweep in one piece, with its report and its exit status. */
export function mergeCommand(paths: readonly string[], options: MergeOptions): number {
  const merged = mergeSweeps(paths.map((path) => ({ name: path, file: loadSweep(path) })));
  if (!merged.ok) throw new CliError(problemLines('merge', merged.problems));
  if (options.out !== undefined) saveSweep(options.out, merged.file);
  printSweep(merged.file, options.json);
  return statusOf(merged.file);
}
