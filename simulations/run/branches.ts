import type { Fault } from '../kernel/faults.ts';
import { invariant } from '../kernel/invariant.ts';
import { execute, type Run } from './execute.ts';

/** A run in a tree of runs: its parent and how many steps the two share. */
export interface Branch {
  /** Position in the tree; the first run is 0. */
  readonly id: number;
  readonly parent: number | undefined;
  /** Steps from the start that are equal, one by one, to the parent's. */
  readonly sharedSteps: number;
  readonly run: Run;
}

/**
 * A run and what became of it where somebody changed its fault script at some moment. Nothing is lost: a branch stands beside
 * the run it left. Because a run is a pure function of its input, a branch is simply the run of the changed script; everything
 * before the first change is the same.
 */
export class RunTree {
  readonly #branches: Branch[];

  constructor(run: Run) {
    invariant(run.timeline !== undefined, 'a tree of runs needs their history');
    this.#branches = [{ id: 0, parent: undefined, sharedSteps: 0, run }];
  }

  get branches(): readonly Branch[] {
    return this.#branches;
  }

  /** Runs the parent with another fault script, and keeps both. */
  branch(parent: number, faults: readonly Fault[]): Branch {
    const from = this.#branches[parent];
    invariant(from !== undefined, 'no such branch', { parent });
    const run = execute({ ...from.run.input, faults });
    const branch = { id: this.#branches.length, parent, sharedSteps: sharedSteps(from.run, run), run };
    this.#branches.push(branch);
    return branch;
  }
}

/** How many steps two runs share from the start: kind, time, place, cause and message of each are equal. */
export function sharedSteps(a: Run, b: Run): number {
  const [one, other] = [a.timeline!.trace, b.timeline!.trace];
  const most = Math.min(one.length, other.length);
  let step = 0;
  while (step < most && one.equalAt(step, other)) step++;
  return step;
}
