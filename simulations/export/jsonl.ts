import { historyToJsonLines } from '../checkers/history-file.ts';
import type { Operation } from '../kernel/history.ts';
import type { Run } from '../run/execute.ts';
import { type ExportOptions, focusOf, rangeOf } from './range.ts';

/**
 * The operations that an export of a history holds: those that began in the range, with their completions even where these come
 * later; of one key, if the options name one. A history that does not begin with the run may be judged only by a checker that is told
 * what was written before. Throws `ExportRefusal` for a range outside the run and for a key that no operation is on.
 */
export function operationsOf(run: Run, options: ExportOptions): readonly Operation[] {
  const { fromUs, toUs } = rangeOf(run, options);
  if (options.key !== undefined) focusOf(run, options.key);
  return run.record.operations.filter(
    ({ key, invokedAt }) =>
      invokedAt >= fromUs && invokedAt <= toUs && (options.key === undefined || key === options.key),
  );
}

/** The history of a run in JSON lines, as `faultline check` reads it; see {@link operationsOf} for what a range holds. */
export function exportJsonLines(run: Run, options: ExportOptions = {}): string {
  return historyToJsonLines(operationsOf(run, options));
}
