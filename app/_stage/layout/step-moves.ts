import { firstAt, type Run, runIndex } from '../../../simulations/index.ts';

/** Ways to walk from step to step: along a lane, to what caused a step, to what it caused. */
export type Move = 'left' | 'right' | 'cause' | 'effect' | 'first' | 'last';

/** The step that a move leads to; the same step where there is nowhere to go. */
export function moveStep(run: Run, step: number, move: Move): number {
  const trace = run.timeline?.trace;
  if (trace === undefined) return step;
  const index = runIndex(run);
  const steps = index.stepsOf[trace.host(step)] ?? new Int32Array(0);
  const at = firstAt(steps, step);
  switch (move) {
    case 'left':
      return steps[at - 1] ?? step;
    case 'right':
      return steps[steps[at] === step ? at + 1 : at] ?? step;
    case 'first':
      return steps[0] ?? step;
    case 'last':
      return steps.at(-1) ?? step;
    case 'cause': {
      const cause = trace.cause(step);
      return cause >= 0 ? cause : step;
    }
    case 'effect': {
      for (let later = step + 1; later < trace.length; later++) if (trace.cause(later) === step) return later;
      return step;
    }
  }
}
