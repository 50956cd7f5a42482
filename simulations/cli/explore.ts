import {
  type Exploration,
  explore,
  modelById,
  models,
  type Problem,
  type PropertyResult,
  resolveSpec,
  specById,
} from '../index.ts';
import { type ExploreModelOptions, exploreModelCommand, isScenario, MODEL_OPTIONS } from './explore-model.ts';
import { CliError, EXIT, print, table, withCommas } from './output.ts';
import { problemLines } from './problems.ts';

export interface ExploreCommandOptions extends ExploreModelOptions {
  readonly set?: Readonly<Record<string, string>>;
  readonly statesMax?: number;
  readonly depthMax?: number;
  readonly symmetry?: boolean;
  readonly json?: boolean;
}

/**
 * `faultline explore NAME`: every state of a small specification, of a model in its smallest configuration, or of what a scenario decides in that;
 * its properties and their shortest counterexamples. Exit status: 0 when every property is as the specification's source expects it, or is
 * not broken by the model, 1 when one is not, 3 when a bound left one undecided and none is wrong.
 */
export function exploreCommand(name: string, options: ExploreCommandOptions): number {
  if (modelById(name) !== undefined || isScenario(name)) return exploreModelCommand(name, options);
  refuseModelOptions(name, options);
  const { set, symmetry, statesMax, depthMax } = options;
  const resolved = resolveSpec({ spec: name, set, symmetry });
  if (!resolved.ok) throw new CliError(problemLines(name, resolved.problems.map(orModel)));
  const { spec, knobs } = resolved;
  const startedMs = performance.now();
  const exploration = explore(spec, knobs, { statesMax, depthMax, symmetry });
  const seconds = Math.max((performance.now() - startedMs) / 1000, 1e-6);
  const { distinct, generated, depth, properties, stopped } = exploration;
  const report = {
    spec: spec.id,
    knobs,
    distinct,
    generated,
    depth,
    seconds: Number(seconds.toFixed(6)),
    statesPerSecond: Math.round(distinct / seconds),
    symmetry: exploration.symmetry,
    stopped,
    properties,
    command: commandOf(name, options),
  };
  print(options.json, report, () => [
    `${spec.title} (${Object.entries(knobs)
      .map(([knob, value]) => `${knob}=${value}`)
      .join(', ')})`,
    `${withCommas(distinct)} distinct states, ${withCommas(generated)} generated, depth ${depth}, in ${seconds.toFixed(2)} s ` +
      `(${withCommas(report.statesPerSecond)} states/s)${extent(exploration)}`,
    '',
    ...table(Object.entries(properties).map(([id, result]) => [wordOf(result), id, result.sentence])),
    ...Object.entries(properties).flatMap(([id, result]) =>
      result.status === 'violated' ? pathLines(id, result) : [],
    ),
    '',
    report.command,
  ]);
  return statusOf(Object.values(properties));
}

/** A name that is no specification may have been meant for a model or a scenario. */
function orModel(problem: Problem): Problem {
  if (problem.field !== 'spec') return problem;
  const others = models.filter(({ explorable }) => explorable !== undefined).map(({ id }) => id);
  return { ...problem, allowed: `${problem.allowed}; a model: ${others.join(', ')}; a scenario: an id or a file` };
}

/** A specification has its own knobs for what may go wrong. */
function refuseModelOptions(name: string, options: ExploreModelOptions): void {
  for (const option of MODEL_OPTIONS) {
    const found = options[option];
    if (found === undefined || specById(name) === undefined) continue;
    const problem = {
      field: option,
      found: String(found),
      allowed: 'nothing for a specification',
      fix: 'Leave it out.',
    };
    throw new CliError(problemLines(name, [problem]));
  }
}

function statusOf(results: readonly PropertyResult[]): number {
  if (results.some(({ status, expected }) => status !== 'unknown' && status !== expected)) return EXIT.violated;
  return results.some(({ status }) => status === 'unknown') ? EXIT.unknown : EXIT.ok;
}

function extent({ stopped, symmetry }: Exploration): string {
  const how = symmetry ? ', up to symmetry' : '';
  if (stopped === null) return `${how}: all of them`;
  return `${how}: stopped by the bound on ${stopped === 'states' ? 'states (--states-max)' : 'depth (--depth-max)'}`;
}

function wordOf({ status, expected }: PropertyResult): string {
  if (status === 'violated') return expected === 'violated' ? 'violated, as expected' : 'VIOLATED';
  return status === 'ok' && expected === 'violated' ? 'ok, but expected violated' : status;
}

function pathLines(id: string, { start, path, loopsTo }: PropertyResult): readonly string[] {
  if (path === null) return [];
  return [
    '',
    `${id}:`,
    `     ${start}`,
    ...path.flatMap(({ action, state }, at) => [`  ${at + 1}. ${action}`, `     ${state}`]),
    ...(loopsTo === null ? [] : [`  and for ever again from after step ${loopsTo}`]),
  ];
}

/** The command that explores the same again. */
function commandOf(name: string, { set = {}, statesMax, depthMax, symmetry }: ExploreCommandOptions): string {
  return [
    `faultline explore ${name}`,
    ...Object.entries(set).map(([knob, value]) => `--set ${knob}=${value}`),
    ...(symmetry === true ? ['--symmetry'] : []),
    ...(statesMax === undefined ? [] : [`--states-max ${statesMax}`]),
    ...(depthMax === undefined ? [] : [`--depth-max ${depthMax}`]),
  ].join(' ');
}
