import { type Exploration, explore, type PropertyResult, resolveSpec } from '../index.ts';
import { CliError, EXIT, print, table, withCommas } from './output.ts';
import { problemLines } from './problems.ts';

export interface ExploreCommandOptions {
  readonly set?: Readonly<Record<string, string>>;
  readonly statesMax?: number;
  readonly depthMax?: number;
  readonly symmetry?: boolean;
  readonly json?: boolean;
}

/**
 * `faultline explore SPEC`: every state of a small specification, its properties and their shortest counterexamples. Exit status: 0 when
 * every property is as the specification's source expects it, 1 when one is not, 3 when a bound left one undecided and none is wrong.
 */
export function exploreCommand(name: string, options: ExploreCommandOptions): number {
  const { set, symmetry, statesMax, depthMax } = options;
  const resolved = resolveSpec({ spec: name, set, symmetry });
  if (!resolved.ok) throw new CliError(problemLines(name, resolved.problems));
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
