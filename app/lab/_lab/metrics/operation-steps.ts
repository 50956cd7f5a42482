import type { Run } from '../../../../simulations/index.ts';

interface Steps {
  /** Rising. */
  readonly completions: Int32Array;
  /** By step of the beginning or the end: the operation. */
  readonly operations: ReadonlyMap<number, number>;
}

const known = new WeakMap<Run, Steps>();

function stepsOf(run: Run): Steps {
  let steps = known.get(run);
  if (steps === undefined) {
    const operations = new Map<number, number>();
    for (const { id, invokedStep } of run.record.operations) {
      if (invokedStep !== undefined) operations.set(invokedStep, id);
    }
    // A client may begin an operation with the step that ends the one before: the end is what its point shows.
    for (const { id, completedStep } of run.record.operations) {
      if (completedStep !== undefined) operations.set(completedStep, id);
    }
    const ends = run.record.operations.flatMap(({ completedStep }) => completedStep ?? []);
    steps = { completions: Int32Array.from(ends).sort(), operations };
    known.set(run, steps);
  }
  return steps;
}

/** The steps at which operations ended, rising. */
export function completionsOf(run: Run): Int32Array {
  return stepsOf(run).completions;
}

/** The operation that a step began or ended; undefined for any other step. */
export function operationAt(run: Run, step: number): number | undefined {
  return stepsOf(run).operations.get(step);
}
