import {
  execute,
  modelById,
  parseLink,
  type Run,
  type RunRequest,
  resolveRun,
  type ShrinkRequest,
  violationOf,
} from '../index.ts';
import { readScenario } from './files.ts';
import { CliError } from './output.ts';
import { problemLines } from './problems.ts';
import { scenarioOfLink } from './run.ts';

/** How the run of a violation is named on the command line. */
export interface ViolationOptions {
  readonly variant?: string;
  readonly seed?: number;
  readonly set?: Readonly<Record<string, string>>;
  readonly property?: string;
}

/** A run that violates a property, from a scenario (an id, a file), a model or a link. Throws a {@link CliError} for anything else. */
export function violatingRun(
  name: string,
  options: ViolationOptions,
  history: boolean,
): { readonly run: Run; readonly request: ShrinkRequest } {
  const source = sourceOf(name);
  const resolved = resolveRun({
    ...source,
    variant: options.variant ?? source.variant,
    seed: options.seed ?? source.seed,
    set: { ...source.set, ...options.set },
  });
  if (!resolved.ok) throw new CliError(problemLines(name, resolved.problems));
  const { input, variant } = resolved;
  const run = execute({ ...input, history });
  const violation = violationOf(run, variant, options.property);
  if (!violation.ok) throw new CliError(problemLines(name, [violation.problem]));
  const { property } = violation;
  const { scenario } = source;
  return {
    run,
    request: {
      input,
      property,
      ...(scenario !== undefined && { scenario }),
      ...(variant !== undefined && { variant }),
    },
  };
}

/** What a name stands for: all that a run can be asked for. */
function sourceOf(name: string): RunRequest {
  if (/[?#]|:\/\//.test(name)) {
    const parsed = parseLink(name);
    if (!parsed.ok) throw new CliError(problemLines('link', parsed.problems));
    const { model, variant, seed, set, faults } = parsed.state;
    const { scenario } = scenarioOfLink(parsed.state);
    return { model, scenario, variant, seed, set, faults };
  }
  if (modelById(name) !== undefined) return { model: name };
  const scenario = readScenario(name);
  return { model: scenario.model, scenario };
}
