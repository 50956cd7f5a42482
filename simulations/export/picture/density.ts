import type { Run } from '../../run/execute.ts';
import { firstTime, flightColumns } from './flight-columns.ts';
import { firstAt } from './messages.ts';
import { runIndex } from './run-index.ts';

/** What to count, and into which lanes. */
export interface DensityOptions {
  readonly run: Run;
  readonly fromUs: number;
  readonly untilUs: number;
  /** Length of a column of time, in microseconds: see {@link bucketFor}. */
  readonly bucketUs: number;
  /** By index of the host: the position of its lane, -1 when it has none. */
  readonly positionOf: readonly number[];
  readonly lanes: number;
  /** By step: not 0 for what is lit. Undefined: everything is. */
  readonly relation?: Uint8Array;
}

/**
 * How much happened in each column of time. Columns begin at multiples of their length, so that they move with the run and not with the
 * window. A table holds `rows × columns` numbers, row after row.
 */
export interface Density {
  readonly bucketUs: number;
  /** The first column begins at `first * bucketUs`. */
  readonly first: number;
  readonly columns: number;
  /** By lane: the events of its hosts. */
  readonly events: Uint32Array;
  /** By gap between two lanes, from the top: messages that cross it, by when they ended. Losses are not among them. */
  readonly crossings: Uint32Array;
  /** By lane: messages that never came out of it, because both ends are on it. */
  readonly within: Uint32Array;
  /** By lane of the host that they were for: messages lost by chance, or because their host was down. */
  readonly lost: Uint32Array;
  /** By lane of the host that sent them: messages that a cut stopped. */
  readonly cut: Uint32Array;
  /** The same for what is lit. */
  readonly litEvents: Uint32Array;
  readonly litCrossings: Uint32Array;
}

/** Columns are at least this many px wide, and less than twice that. */
const COLUMN_PX = 4;

/** The length of a column at a scale: the shortest power of two of microseconds that is {@link COLUMN_PX} px wide. */
export function bucketFor(usPerPx: number): number {
  let bucketUs = 1;
  while (bucketUs < usPerPx * COLUMN_PX) bucketUs *= 2;
  return bucketUs;
}

/** Counts what happened in a window, whole columns at both ends. Reads only what lies in it: about 2 ms for 200,000 steps. */
export function densityOf(options: DensityOptions): Density {
  const { fromUs, untilUs, bucketUs, lanes } = options;
  const first = Math.floor(fromUs / bucketUs);
  const columns = Math.floor(untilUs / bucketUs) - first + 1;
  const table = (rows: number) => new Uint32Array(Math.max(0, rows) * columns);
  const density: Density = {
    bucketUs,
    first,
    columns,
    events: table(lanes),
    litEvents: table(lanes),
    crossings: table(lanes - 1),
    litCrossings: table(lanes - 1),
    within: table(lanes),
    lost: table(lanes),
    cut: table(lanes),
  };
  countEvents(options, density);
  countMessages(options, density);
  return density;
}

function countEvents({ run, positionOf, relation }: DensityOptions, density: Density): void {
  const trace = run.timeline?.trace;
  if (trace === undefined) return;
  const { bucketUs, first, columns, events, litEvents } = density;
  const { stepsOf } = runIndex(run);
  const least = trace.stepsUntil(first * bucketUs - 1);
  const end = (first + columns) * bucketUs;
  positionOf.forEach((position, host) => {
    if (position < 0) return;
    const steps = stepsOf[host]!;
    for (let at = firstAt(steps, least); at < steps.length; at++) {
      const step = steps[at]!;
      const us = trace.timeUs(step);
      if (us >= end) break;
      const cell = position * columns + Math.floor(us / bucketUs) - first;
      events[cell]!++;
      if (relation === undefined || relation[step] !== 0) litEvents[cell]!++;
    }
  });
}

const DELIVERED = 0;
const CUT = 2;
const GONE = 4;

function countMessages({ run, positionOf, relation }: DensityOptions, density: Density): void {
  const { bucketUs, first, columns, crossings, litCrossings, within, lost, cut } = density;
  const flights = flightColumns(run);
  const end = (first + columns) * bucketUs;
  for (let at = firstTime(flights.endUs, first * bucketUs); at < flights.length; at++) {
    const us = flights.endUs[at]!;
    if (us >= end) break;
    const column = Math.floor(us / bucketUs) - first;
    const [from, to] = [positionOf[flights.from[at]!]!, positionOf[flights.to[at]!]!];
    if (from < 0 || to < 0) continue;
    const fate = flights.fate[at]!;
    if (fate === CUT) cut[from * columns + column]!++;
    else if (fate !== DELIVERED && fate !== GONE) lost[to * columns + column]!++;
    else if (from === to) within[from * columns + column]!++;
    else {
      // Nobody received what came too late: it belongs to its sender alone.
      const isLit =
        relation === undefined ||
        (relation[flights.sentStep[at]!] !== 0 && (fate === GONE || relation[flights.step[at]!] !== 0));
      const below = Math.max(from, to);
      for (let gap = Math.min(from, to); gap < below; gap++) {
        crossings[gap * columns + column]!++;
        if (isLit) litCrossings[gap * columns + column]!++;
      }
    }
  }
}
