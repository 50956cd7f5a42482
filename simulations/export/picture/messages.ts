import type { Run } from '../../run/execute.ts';
import { type Flight, flightOf, runIndex } from './run-index.ts';

/** More messages than this in a window are shown as a density of ticks, not as arrows. */
export const ARROWS_MAX = 1500;

/** The messages of a window. */
export interface Messages {
  readonly flights: readonly Flight[];
  /** True when there are more than asked for, {@link ARROWS_MAX} by default: `flights` is empty then. */
  readonly dense: boolean;
}

/** The messages that were under way at some moment of a window, in the order of their ends. */
export function messagesIn(run: Run, fromUs: number, untilUs: number, arrowsMax = ARROWS_MAX): Messages {
  const trace = run.timeline?.trace;
  if (trace === undefined) return { flights: [], dense: false };
  const { flights: steps, flightUsMax } = runIndex(run);
  const flights: Flight[] = [];
  for (let at = firstAt(steps, trace.stepsUntil(fromUs - 1)); at < steps.length; at++) {
    const step = steps[at]!;
    if (trace.timeUs(step) > untilUs + flightUsMax) break;
    if (trace.sentUs(step) > untilUs) continue;
    if (flights.length >= arrowsMax) return { flights: [], dense: true };
    flights.push(flightOf(trace, step)!);
  }
  return { flights, dense: false };
}

/** The position of the first entry that is not below `least`, in a rising column. */
export function firstAt(column: Int32Array, least: number): number {
  let low = 0;
  let high = column.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (column[middle]! < least) low = middle + 1;
    else high = middle;
  }
  return low;
}
