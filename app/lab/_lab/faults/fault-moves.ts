import type { Fault } from '../../../../simulations/index.ts';

/** What of a fault is moved: its start with its end kept, its end, or both together. */
export type FaultEdge = 'start' | 'end' | 'whole';

/** Where a fault lies in the run, in microseconds; `toUs` is the end of the run when it lasts longer. */
export interface FaultExtent {
  readonly fromUs: number;
  readonly toUs: number;
}

/** The shortest stretch that the timeline makes, in microseconds. */
export const SPAN_US_MIN = 1000;

/**
 * A fault with an edge moved by some time, kept inside the run. The start of a fault that waits for a predicate is that moment plus its delay, so it
 * never comes before it. An end at the end of the run is no end.
 */
export function movedFault(
  fault: Fault,
  extent: FaultExtent,
  move: { readonly edge: FaultEdge; readonly byUs: number; readonly endUs: number },
): Fault {
  const { edge, endUs } = move;
  const { fromUs, toUs } = extent;
  const { forUs, ...rest } = fault;
  if (edge === 'end') {
    const to = Math.max(fromUs + SPAN_US_MIN, toUs + Math.round(move.byUs));
    return to >= endUs ? rest : { ...rest, forUs: to - fromUs };
  }
  const least = 'atUs' in fault.when ? 0 : fromUs - fault.when.afterUs;
  const most = edge === 'start' ? toUs - SPAN_US_MIN : endUs - SPAN_US_MIN;
  const from = Math.max(least, Math.min(fromUs + Math.round(move.byUs), Math.max(most, least)));
  const when = 'atUs' in fault.when ? { atUs: from } : { ...fault.when, afterUs: from - least };
  if (forUs === undefined) return { ...rest, when };
  return { ...rest, when, forUs: edge === 'start' ? Math.max(SPAN_US_MIN, forUs - (from - fromUs)) : forUs };
}

/** Where a moved fault will lie, before it has run. */
export function movedExtent(fault: Fault, before: Fault, { fromUs }: FaultExtent, endUs: number): FaultExtent {
  const delay = 'afterUs' in fault.when && 'afterUs' in before.when ? fault.when.afterUs - before.when.afterUs : 0;
  const from = 'atUs' in fault.when ? fault.when.atUs : fromUs + delay;
  return { fromUs: from, toUs: fault.forUs === undefined ? endUs : Math.min(endUs, from + fault.forUs) };
}
