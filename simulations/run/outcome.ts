import { describeProblem, type Scenario, type Variant } from '../scenario/scenario.ts';
import type { Run } from './execute.ts';
import { teachingProblems } from './predict-check.ts';
import { progressFloor, progressOf } from './progress.ts';

/** A difference between what a scenario says and what a run showed. */
export interface Mismatch {
  readonly variant: string;
  /** Undefined where it is about many seeds. */
  readonly seed: number | undefined;
  readonly sentence: string;
}

/** Compares a run on the pinned seed with what its variant expects; captions, prediction and challenge only where it kept its history. Empty when all is as expected. */
export function mismatchesOf(run: Run, scenario: Scenario, variant: Variant): readonly Mismatch[] {
  const seed = run.input.seed;
  const mismatches: Mismatch[] = [];
  const say = (sentence: string) => mismatches.push({ variant: variant.id, seed, sentence });
  for (const id of Object.keys(variant.expect)) {
    if (!run.verdicts.some((named) => named.id === id)) say(`${id} is expected, but the model has no such property`);
  }
  for (const { id, verdict } of run.verdicts) {
    const expected = variant.expect[id];
    if (expected !== undefined && verdict.status !== expected)
      say(`${id} is ${verdict.status}, expected ${expected}: ${verdict.sentence}`);
    if (expected === undefined && verdict.status === 'violated')
      say(`${id} is violated, which nothing expects: ${verdict.sentence}`);
  }
  const { witness } = scenario;
  if (witness !== undefined && run.witnessed[witness] !== true) say(`the witness ${witness} did not occur`);
  const progress = progressOf(run.record);
  const floor = progressFloor(scenario, variant);
  if (progress.share < floor) {
    say(`only ${progress.ok} of ${progress.attempted} operations ended ok, the floor is ${floor}`);
  }
  // What teaches is about moments, which a run without its history does not have.
  if (run.timeline !== undefined)
    for (const problem of teachingProblems(run, scenario, variant)) say(describeProblem(problem));
  return mismatches;
}
