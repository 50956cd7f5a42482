import { execute, type Run, type RunInput } from '../../run/execute.ts';
import type { Scenario } from '../../scenario/scenario.ts';
import type { Action } from './action.ts';
import { scenarioOfRun } from './counterexample-scenario.ts';
import { describeAction } from './describe.ts';
import type { Moves } from './moves.ts';
import type { ModelPlan } from './resolve.ts';
import { scheduleOf } from './schedule.ts';

/** A path that breaks a property, as a normal run. */
export interface Counterexample {
  /** Its steps in words. */
  readonly path: readonly string[];
  /** The run of the kernel in which the same happens, ten milliseconds a step. */
  readonly input: RunInput;
  /** Whether that run breaks the property too. */
  readonly confirmed: boolean;
  /** What the run's verdict says. */
  readonly sentence: string;
  /** The run as a scenario, with the variant beside it that helps on the same schedule, where one is known. */
  readonly scenario: Scenario;
}

/** Executes a path that breaks a property, and makes a scenario of it. */
export function counterexampleOf(
  plan: ModelPlan,
  moves: Moves,
  property: string,
  path: readonly Action[],
): Counterexample {
  const { durationUs, ...choices } = scheduleOf(moves, path);
  const input: RunInput = { ...plan.input, ...choices, durationUs };
  const run = execute({ ...input, history: false });
  const { status, sentence } = verdictOf(run, property);
  return {
    path: path.map((action) => describeAction(action, moves.tables)),
    input,
    confirmed: status === 'violated',
    sentence,
    scenario: scenarioOfRun(plan, run, { property, steps: path.length }),
  };
}

function verdictOf(run: Run, property: string): Run['verdicts'][number]['verdict'] {
  return run.verdicts.find(({ id }) => id === property)!.verdict;
}
