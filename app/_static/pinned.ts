import {
  execute,
  type Focus,
  progressOf,
  type Run,
  resolveRun,
  type Scenario,
  type Variant,
} from '../../simulations/index.ts';

/** A variant's run on the scenario's pinned seed, with what its pictures need. */
export interface PinnedRun {
  readonly variant: Variant;
  readonly run: Run;
  readonly focus: Focus;
  readonly progress: ReturnType<typeof progressOf>;
}

const known = new Map<string, PinnedRun>();

/** Runs a variant on the pinned seed. Several pages show the same run; within a process it is made once. */
export function pinnedRun(scenario: Scenario, variant: Variant): PinnedRun {
  const key = JSON.stringify([scenario, variant.id]);
  const ready = known.get(key) ?? make(scenario, variant);
  known.set(key, ready);
  return ready;
}

/** Every variant of a scenario on the pinned seed. */
export function pinnedRuns(scenario: Scenario): readonly PinnedRun[] {
  return scenario.variants.map((variant) => pinnedRun(scenario, variant));
}

function make(scenario: Scenario, variant: Variant): PinnedRun {
  const resolved = resolveRun({ model: scenario.model, scenario, variant: variant.id });
  if (!resolved.ok) throw new Error(`${scenario.id} ${variant.id}: ${JSON.stringify(resolved.problems)}`);
  const run = execute(resolved.input);
  const { model } = resolved.input;
  const { operations } = run.record;
  const key = scenario.view.key ?? model.keys(operations)[0] ?? '';
  return { variant, run, focus: model.focus(operations, key), progress: progressOf(run.record) };
}
