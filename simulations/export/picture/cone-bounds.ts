import type { Run } from '../../run/execute.ts';
import { runIndex } from './run-index.ts';

/** Where a host's steps, as `stepsOf` of the run's index lists them, leave the causal past of a step and enter its future. */
export interface ConeBounds {
  /** How many of the first belong to the past; the step itself is among them. */
  readonly past: number;
  /** Position of the first that belongs to the future, or of the step itself; the number of steps when none does. */
  readonly future: number;
}

const PAST = 1;
const FUTURE = 2;
const SELF = 3;

const known = new WeakMap<Uint8Array, readonly ConeBounds[]>();

/**
 * The bounds of every host, by its index, found once for a relation (see `LitCone`). The events of a host are in order, so that those of the
 * past come first and those of the future last: they are searched for by halving. What an explanation lights has no such order; of it the
 * last lit step counts.
 */
export function coneBounds(run: Run, relation: Uint8Array): readonly ConeBounds[] {
  const ready = known.get(relation);
  if (ready !== undefined) return ready;
  const ordered = isOrdered(relation);
  const found = runIndex(run).stepsOf.map((steps): ConeBounds => {
    if (!ordered) return { past: steps.findLastIndex((step) => relation[step] === PAST) + 1, future: steps.length };
    return {
      past: placeOf(steps, (step) => relation[step] !== PAST && relation[step] !== SELF),
      future: placeOf(steps, (step) => relation[step]! >= FUTURE),
    };
  });
  known.set(relation, found);
  return found;
}

/** Whether a relation is that of one step, and not of an explanation. */
export function isOrdered(relation: Uint8Array): boolean {
  return relation.includes(SELF);
}

/** The position of the first step for which something holds that holds for all after it. */
function placeOf(steps: Int32Array, holds: (step: number) => boolean): number {
  let low = 0;
  let high = steps.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(steps[middle]!)) high = middle;
    else low = middle + 1;
  }
  return low;
}
