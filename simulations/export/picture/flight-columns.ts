import type { Run } from '../../run/execute.ts';
import { runIndex } from './run-index.ts';

/** How a message ended: delivered, or why not. */
export const FATES = ['delivered', 'chance', 'cut', 'down', 'gone'] as const;

/** The messages between hosts in columns, one row each, in the order of their ends: what a picture of many of them reads. */
export interface FlightColumns {
  readonly length: number;
  /** Times in microseconds. */
  readonly endUs: Float64Array;
  readonly sentUs: Float64Array;
  /** The steps at both ends. */
  readonly step: Int32Array;
  readonly sentStep: Int32Array;
  /** Indexes of hosts. */
  readonly from: Int16Array;
  readonly to: Int16Array;
  /** Position in {@link FATES}. */
  readonly fate: Uint8Array;
}

const known = new WeakMap<Run, FlightColumns>();

/** The columns of a run's messages, made once. */
export function flightColumns(run: Run): FlightColumns {
  const ready = known.get(run) ?? build(run);
  known.set(run, ready);
  return ready;
}

function build(run: Run): FlightColumns {
  const { flights } = runIndex(run);
  const length = flights.length;
  const columns = {
    length,
    endUs: new Float64Array(length),
    sentUs: new Float64Array(length),
    step: flights,
    sentStep: new Int32Array(length),
    from: new Int16Array(length),
    to: new Int16Array(length),
    fate: new Uint8Array(length),
  };
  const trace = run.timeline?.trace;
  if (trace === undefined) return columns;
  for (let at = 0; at < length; at++) {
    const step = flights[at]!;
    columns.endUs[at] = trace.timeUs(step);
    columns.sentUs[at] = trace.sentUs(step);
    columns.sentStep[at] = trace.cause(step);
    columns.from[at] = trace.from(step);
    columns.to[at] = trace.host(step);
    const why = trace.kind(step) === 'lost' ? trace.loss(step)?.why : undefined;
    columns.fate[at] = why === undefined ? 0 : FATES.indexOf(why);
  }
  return columns;
}

/** The position of the first entry that is not below `least`, in a rising column of times. */
export function firstTime(column: Float64Array, least: number): number {
  let low = 0;
  let high = column.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (column[middle]! < least) low = middle + 1;
    else high = middle;
  }
  return low;
}
