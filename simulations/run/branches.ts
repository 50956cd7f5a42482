import { invariant } from '../kernel/invariant.ts';
import { execute, type Run, type RunInput } from './execute.ts';

/** A run in a tree of runs: its parent and how many steps the two share. */
export interface Branch {
  /** Position in the tree; the first run is 0. */
  readonly id: number;
  readonly parent: number | undefined;
  /** Steps from the start that are equal, one by one, to the parent's. */
  readonly sharedSteps: number;
  readonly run: Run;
}

/** What a branch decides otherwise than the run it leaves. */
export type BranchChange = Partial<Pick<RunInput, 'knobs' | 'faults' | 'workload' | 'schedule' | 'seed'>>;

/**
 * A run and what became of it where somebody changed something: its fault script at some moment, a knob, another input. Nothing is lost: a
 * branch stands beside the run it left. Because a run is a pure function of its input, a branch is simply the run of the changed
 * input; everything before the change takes effect is the same.
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

  /** Runs the parent's input with a change, and keeps both. Knobs that the change does not name stay as they are. */
  branch(parent: number, change: BranchChange): Branch {
    const from = this.#branches[parent];
    invariant(from !== undefined, 'no such branch', { parent });
    const { input } = from.run;
    const run = execute({ ...input, ...change, knobs: { ...input.knobs, ...change.knobs } });
    const branch = { id: this.#branches.length, parent, sharedSteps: sharedSteps(from.run, run), run };
    this.#branches.push(branch);
    return branch;
  }
}

/** How many steps two runs share from the start: kind, time, place, cause and message of each are equal. Both must have kept history and digest. */
export function sharedSteps(a: Run, b: Run): number {
  return a.timeline!.trace.sharedWith(b.timeline!.trace);
}

/** Whether two runs have the same hosts in the same order. */
export function sameHosts(a: Run, b: Run): boolean {
  const ids = ({ topology }: Run) => topology.hosts.map(({ id }) => id).join(' ');
  return ids(a) === ids(b);
}
