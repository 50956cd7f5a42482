import { existsSync, writeFileSync } from 'node:fs';
import {
  type Counterexample,
  carriedBy,
  execute,
  exploreModel,
  fileOf,
  formatDuration,
  formatLink,
  type ModelExploration,
  type ModelExploreRequest,
  type ModelPlan,
  modelById,
  resolveModelPlan,
} from '../index.ts';
import { isShipped, readScenario } from './files.ts';
import { CliError, EXIT, print, table, withCommas } from './output.ts';
import { problemLines } from './problems.ts';
import { ORIGIN } from './run.ts';

/** What only the exploration of a model understands. */
export interface ExploreModelOptions {
  readonly variant?: string;
  readonly whole?: boolean;
  readonly property?: string;
  readonly losses?: number;
  readonly crashes?: number;
  readonly duplicates?: number;
  readonly timers?: number;
  readonly out?: string;
}

/** Their names. */
export const MODEL_OPTIONS = [
  'variant',
  'whole',
  'property',
  'losses',
  'crashes',
  'duplicates',
  'timers',
  'out',
] as const satisfies readonly (keyof ExploreModelOptions)[];

const BUDGETS = ['losses', 'crashes', 'duplicates', 'timers'] as const;

type Options = ExploreModelOptions & {
  readonly set?: Readonly<Record<string, string>>;
  readonly statesMax?: number;
  readonly depthMax?: number;
  readonly symmetry?: boolean;
  readonly json?: boolean;
};

/** Whether a name is that of a scenario: one that ships, or a file. */
export function isScenario(name: string): boolean {
  return isShipped(name) || existsSync(name);
}

/** `faultline explore MODEL` and `faultline explore SCENARIO`. Exit status: 1 when a property is broken, 3 when one that was asked for is not decided. */
export function exploreModelCommand(name: string, options: Options): number {
  const resolved = resolveModelPlan(requestOf(name, options));
  if (!resolved.ok) throw new CliError(problemLines(name, resolved.problems));
  const { plan } = resolved;
  const { statesMax, depthMax } = options;
  const startedMs = performance.now();
  const exploration = exploreModel(plan, { statesMax, depthMax });
  const seconds = Math.max((performance.now() - startedMs) / 1000, 1e-6);
  const first = Object.values(exploration.properties).find(({ counterexample }) => counterexample !== null);
  if (options.out !== undefined) writeCounterexample(options.out, first?.counterexample ?? undefined);
  const command = commandOf(name, options);
  print(options.json, reportOf(plan, exploration, { seconds, command }), () => [
    ...headLines(plan, exploration, seconds),
    '',
    ...table(
      Object.entries(exploration.properties).map(([id, { status, sentence }]) => [
        status === 'violated' ? 'VIOLATED' : status,
        id,
        sentence,
      ]),
    ),
    ...notJudgedLines(exploration),
    ...Object.entries(exploration.properties).flatMap(([id, { counterexample }]) =>
      counterexample === null ? [] : pathLines(plan, id, counterexample),
    ),
    '',
    ...(options.out === undefined || first === undefined ? [] : [`written to ${options.out}`]),
    command,
  ]);
  return statusOf(exploration, options.property);
}

function requestOf(name: string, options: Options): ModelExploreRequest {
  const { set, variant, whole, property, symmetry } = options;
  const budgets = Object.fromEntries(
    BUDGETS.flatMap((budget) => (options[budget] === undefined ? [] : [[budget, options[budget]]])),
  );
  const scenario = modelById(name) === undefined ? readScenario(name) : undefined;
  return { model: scenario?.model ?? name, scenario, variant, whole, set, property, symmetry, budgets };
}

function statusOf({ properties, stopped }: ModelExploration, asked: string | undefined): number {
  const results = Object.values(properties);
  if (results.some(({ status }) => status === 'violated')) return EXIT.violated;
  const isOpen = stopped !== null || (asked !== undefined && properties[asked]?.status === 'unknown');
  return isOpen ? EXIT.unknown : EXIT.ok;
}

function writeCounterexample(path: string, counterexample: Counterexample | undefined): void {
  if (counterexample === undefined) return;
  try {
    writeFileSync(path, fileOf(counterexample.scenario));
  } catch (error) {
    throw new CliError(`cannot write ${path}: ${(error as Error).message}`);
  }
}

function reportOf(
  plan: ModelPlan,
  exploration: ModelExploration,
  { seconds, command }: { seconds: number; command: string },
) {
  const { properties, ...counts } = exploration;
  return {
    model: plan.model.id,
    scenario: plan.scenario?.id ?? null,
    variant: plan.variant?.id ?? null,
    knobs: plan.input.knobs,
    workload: plan.workload,
    budgets: plan.budgets,
    ...counts,
    seconds: Number(seconds.toFixed(6)),
    statesPerSecond: Math.round(exploration.distinct / seconds),
    properties: Object.fromEntries(
      Object.entries(properties).map(([id, { counterexample, ...result }]) => [
        id,
        {
          ...result,
          path: counterexample?.path ?? null,
          link: counterexample === null ? null : linkOf(plan, id, counterexample),
        },
      ]),
    ),
    command,
  };
}

/** Opens the counterexample in the lab, which has no such scenario: the link carries it. */
function linkOf({ model }: ModelPlan, property: string, { scenario }: Counterexample): string {
  const { id, variants, seed, view } = scenario;
  return (
    ORIGIN +
    formatLink({
      model: model.id,
      scenario: id,
      file: carriedBy(scenario),
      variant: variants[0]!.id,
      seed,
      set: {},
      view: { ...(view.key !== undefined && { key: view.key }), verdict: property },
    })
  );
}

function headLines(plan: ModelPlan, exploration: ModelExploration, seconds: number): readonly string[] {
  const { model, input, budgets, scenario, variant } = plan;
  const { distinct, generated, depth } = exploration;
  const changed = Object.entries(model.knobs).filter(([name, knob]) => input.knobs[name] !== knob.default);
  const values = changed.map(([name, { spec }]) => {
    const value = input.knobs[name];
    return `${name}=${spec.kind === 'duration' ? formatDuration(value as number) : String(value)}`;
  });
  const spent = BUDGETS.filter((budget) => budgets[budget] > 0).map((budget) => `${budget} ${budgets[budget]}`);
  const source =
    scenario === undefined ? '' : `, as ${scenario.id}${variant === undefined ? '' : ` (${variant.id})`} decides`;
  const faults =
    (scenario?.faults.length ?? 0) > 0 ? ["the scenario's faults are left out: what may go wrong is budgeted"] : [];
  return [
    `${model.title}${source} (${values.join(', ') || 'every knob at its default'})`,
    `what may go wrong: ${spent.join(', ') || 'nothing, but messages and disk writes take as long as they like'}`,
    ...faults,
    `${withCommas(distinct)} distinct states, ${withCommas(generated)} generated, depth ${depth}, in ${seconds.toFixed(2)} s ` +
      `(${withCommas(distinct / seconds)} states/s)${extent(exploration)}`,
  ];
}

function extent({ stopped, symmetry }: ModelExploration): string {
  const how = symmetry ? ', up to symmetry' : '';
  if (stopped === null) return `${how}: all of them`;
  if (stopped === 'decided') return `${how}: everything asked is decided`;
  return `${how}: stopped by the bound on ${stopped === 'states' ? 'states (--states-max)' : 'depth (--depth-max)'}`;
}

function notJudgedLines({ notJudged }: ModelExploration): readonly string[] {
  return notJudged.length === 0 ? [] : [`not judged, since they need a clock or a whole run: ${notJudged.join(', ')}`];
}

/** The run of a counterexample in the model's own sentences, and how to see it. */
function pathLines(plan: ModelPlan, property: string, counterexample: Counterexample): readonly string[] {
  const { model } = plan;
  const { input, path, scenario } = counterexample;
  const run = execute(input);
  const { timeline, record } = run;
  const [key = ''] = model.keys(record.operations);
  const focus = model.focus(record.operations, key);
  const untilUs = scenario.view.toUs ?? input.durationUs;
  const sentences = Array.from({ length: timeline!.stepsUntil(untilUs) }, (_, at) => timeline!.step(at))
    .filter(({ kind }) => kind !== 'started')
    .map((step) => [`  ${formatDuration(step.atUs)}`, model.narrate(step, focus)]);
  const link = linkOf(plan, property, counterexample);
  return [
    '',
    `${property}, in ${path.length} steps (digest ${run.digest}):`,
    ...table(sentences),
    `open    ${link}`,
    `replay  faultline replay '${link}'`,
  ];
}

/** The command that explores the same again. */
function commandOf(name: string, options: Options): string {
  const { set = {}, statesMax, depthMax, symmetry, variant, whole, property } = options;
  return [
    `faultline explore ${name}`,
    ...(variant === undefined ? [] : [`--variant ${variant}`]),
    ...(whole === true ? ['--whole'] : []),
    ...Object.entries(set).map(([knob, value]) => `--set ${knob}=${value}`),
    ...(property === undefined ? [] : [`--property ${property}`]),
    ...BUDGETS.flatMap((budget) => (options[budget] === undefined ? [] : [`--${budget} ${options[budget]}`])),
    ...(symmetry === true ? ['--symmetry'] : []),
    ...(statesMax === undefined ? [] : [`--states-max ${statesMax}`]),
    ...(depthMax === undefined ? [] : [`--depth-max ${depthMax}`]),
  ].join(' ');
}
