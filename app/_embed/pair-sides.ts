import {
  execute,
  type Focus,
  formatLink,
  heldTo,
  type NamedVerdict,
  type Run,
  resolveRun,
  type Scenario,
} from '../../simulations/index.ts';

/** Which two variants of a scenario stand side by side, and which stretch of time is shown. */
export interface PairOptions {
  readonly scenario: Scenario;
  /** Whose the second variant is, where it is another scenario, perhaps of another model. Default: the same one. */
  readonly other?: Scenario;
  /** Ids of the two variants: the damage, and the one decision that takes it away. */
  readonly variants: readonly [broken: string, fixed: string];
  /** The property that both are held to. */
  readonly property: string;
  /** The window, in microseconds: the same for both, so that they can be compared. */
  readonly fromUs: number;
  readonly toUs: number;
}

/** One side of a pair, run. */
export interface PairSide {
  readonly run: Run;
  readonly focus: Focus;
  readonly verdict: NamedVerdict;
}

export interface Pair {
  readonly sides: readonly [PairSide, PairSide];
  /** Every instant of the window at which something happens in either run, rising. */
  readonly stopsUs: readonly number[];
}

/** Runs both variants on the pinned seed. Pure, so the server's picture and the page's run are the same. */
export function runPair(options: PairOptions): Pair {
  const { scenario, variants, property, fromUs, toUs } = options;
  const runs = variants.map((variant, at) => runOf(scenarioAt(options, at), variant));
  const broken = runs[0]!.verdicts.find(({ id }) => id === property)?.verdict;
  const witnessKey = broken?.status === 'violated' ? broken.witness.key : undefined;
  const key = witnessKey ?? scenario.view.key ?? '';
  const keys = [key, options.other === undefined ? key : (options.other.view.key ?? '')] as const;
  const [first, second] = runs.map((run, at) => sideOf(run, property, keys[at]!));
  const times = runs.flatMap((run) => timesOf(run, fromUs, toUs));
  return { sides: [first!, second!], stopsUs: [...new Set(times)].sort((a, b) => a - b) };
}

/** The scenario of a side: another one is held to the objectives of the first. */
export function scenarioAt({ scenario, other }: Pick<PairOptions, 'scenario' | 'other'>, at: number): Scenario {
  return at === 0 || other === undefined ? scenario : heldTo(other, scenario);
}

function runOf(scenario: Scenario, variant: string): Run {
  const resolved = resolveRun({ model: scenario.model, scenario, variant });
  if (resolved.ok) return execute(resolved.input);
  throw new Error(`<RunPair> of ${scenario.id}, variant ${variant}: ${JSON.stringify(resolved.problems)}`);
}

function sideOf(run: Run, property: string, key: string): PairSide {
  const verdict = run.verdicts.find(({ id }) => id === property);
  if (verdict === undefined) throw new Error(`The model ${run.input.model.id} has no property "${property}".`);
  return { run, focus: run.input.model.focus(run.record.operations, key), verdict };
}

function timesOf({ timeline }: Run, fromUs: number, toUs: number): readonly number[] {
  if (timeline === undefined) return [];
  const first = timeline.stepsUntil(fromUs - 1);
  return Array.from({ length: timeline.stepsUntil(toUs) - first }, (_, at) => timeline.timeUs(first + at));
}

/** The moment at which a side's verdict is shown: the step that completes its witness, and at the latest the last one in the window. */
export function decidedUs({ run, verdict: { verdict } }: PairSide, { stopsUs }: Pair): number {
  const lastUs = stopsUs.at(-1) ?? 0;
  const step = lastStepOf(run, verdict);
  return step === undefined ? lastUs : Math.min(lastUs, run.timeline?.timeUs(step) ?? lastUs);
}

/** The step that completes a violation: the end of the last of its operations. */
function lastStepOf(run: Run, verdict: NamedVerdict['verdict']): number | undefined {
  if (verdict.status !== 'violated') return undefined;
  const ends = verdict.witness.operations.map((id) => run.record.operations[id]?.completedStep ?? -1);
  const last = Math.max(-1, ...verdict.witness.steps, ...ends);
  return last < 0 ? undefined : last;
}

/** The lab, at the moment that decides a side and with the same window. */
export function labLinkOf(pair: Pair, at: 0 | 1, options: PairOptions): string {
  const { property, fromUs, toUs } = options;
  const { run, focus, verdict } = pair.sides[at];
  const scenario = at === 1 && options.other !== undefined ? options.other : options.scenario;
  const variant = options.variants[at];
  const select = lastStepOf(run, verdict.verdict);
  const steps = select === undefined ? run.timeline?.stepsUntil(toUs) : select + 1;
  // The lab of another scenario judges its own objectives, so the verdict has no place there.
  const judged = scenario === options.scenario ? { verdict: property } : {};
  const view = { key: focus.key, step: steps, fromUs, toUs, ...judged };
  return formatLink({ model: scenario.model, scenario: scenario.id, variant, seed: scenario.seed, set: {}, view });
}
