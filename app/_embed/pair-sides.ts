import {
  execute,
  type Focus,
  formatLink,
  type NamedVerdict,
  type Run,
  resolveRun,
  type Scenario,
} from '../../simulations/index.ts';

/** Which two variants of a scenario stand side by side, and which stretch of time is shown. */
export interface PairOptions {
  readonly scenario: Scenario;
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
  const runs = variants.map((variant) => runOf(scenario, variant));
  const broken = runs[0]!.verdicts.find(({ id }) => id === property)?.verdict;
  const witnessKey = broken?.status === 'violated' ? broken.witness.key : undefined;
  const key = witnessKey ?? scenario.view.key ?? '';
  const [first, second] = runs.map((run) => sideOf(run, property, key));
  const times = runs.flatMap((run) => timesOf(run, fromUs, toUs));
  return { sides: [first!, second!], stopsUs: [...new Set(times)].sort((a, b) => a - b) };
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

/** The lab, at the moment that decides this side and with the same window. */
export function labLinkOf(side: PairSide, variant: string, { scenario, property, fromUs, toUs }: PairOptions): string {
  const { run, focus, verdict } = side;
  const select = lastStepOf(run, verdict.verdict);
  const steps = select === undefined ? run.timeline?.stepsUntil(toUs) : select + 1;
  const view = { key: focus.key, step: steps, fromUs, toUs, verdict: property };
  return formatLink({ model: scenario.model, scenario: scenario.id, variant, seed: scenario.seed, set: {}, view });
}
