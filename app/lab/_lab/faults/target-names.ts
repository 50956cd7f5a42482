import type { Run } from '../../../../simulations/index.ts';

/** The hosts that a fault may name by their part in the run, told apart by whether they would ever be anybody. */
export interface TargetNames {
  readonly usual: readonly string[];
  /** Nobody at any of the moments that were looked at: a region that this run has not, a part that lasts a moment. */
  readonly rare: readonly string[];
}

/** So many moments are looked at, evenly over the run. */
const MOMENTS = 24;

/** Sorts the targets of a run's model. Moves the run's timeline: who looks at a moment seeks it anew. */
export function targetNames({ input, timeline }: Pick<Run, 'input' | 'timeline'>): TargetNames {
  const names = Object.keys(input.model.targets);
  if (timeline === undefined) return { usual: names, rare: [] };
  const found = new Set<string>();
  for (let moment = 1; moment <= MOMENTS; moment += 1) {
    const world = timeline.worldAt(Math.ceil((timeline.length * moment) / MOMENTS));
    for (const name of names) if (!found.has(name) && input.model.targets[name]!(world).length > 0) found.add(name);
  }
  return { usual: names.filter((name) => found.has(name)), rare: names.filter((name) => !found.has(name)) };
}
