import type { Run } from '../../run/execute.ts';
import { coneBounds, isOrdered } from './cone-bounds.ts';
import { type Density, type DensityOptions, densityOf } from './density.ts';
import { runIndex } from './run-index.ts';

/** The finest level has at most this many columns for the whole run. */
const COLUMNS_MAX = 32_768;

/** The levels of one arrangement of lanes, by the length of their columns. */
interface Levels {
  readonly lanes: string;
  readonly byBucket: Map<number, Density>;
}

const known = new WeakMap<Run, Levels>();

/**
 * The density of a window from levels of the whole run: each has columns twice as long as the one under it, so that a window reads only its
 * own columns at any scale. The finest level is counted once; a window finer than that holds little and is counted directly.
 */
export function densityIn(options: DensityOptions): Density {
  const { run, bucketUs, fromUs, untilUs } = options;
  const finestUs = finestBucket(run);
  if (bucketUs <= finestUs) return densityOf(options);
  const first = Math.floor(fromUs / bucketUs);
  const density = columnsOf(levelOf(options, finestUs), first, Math.floor(untilUs / bucketUs) - first + 1);
  return options.relation === undefined ? density : lit(density, options, options.relation);
}

/** Takes what is not lit out of what is. That lies around the selected step, so that little of a long run is counted. */
function lit(density: Density, options: DensityOptions, relation: Uint8Array): Density {
  const span = darkSpan(options.run, relation);
  const fromUs = Math.max(options.fromUs, span.fromUs);
  const untilUs = Math.min(options.untilUs, span.untilUs);
  if (fromUs > untilUs) return density;
  const part = densityOf({ ...options, fromUs, untilUs });
  const { columns, first } = density;
  const take = (from: Uint32Array, all: Uint32Array, lit: Uint32Array) => {
    for (let cell = 0; cell < all.length; cell++) {
      const row = Math.floor(cell / part.columns);
      from[row * columns + part.first - first + (cell - row * part.columns)]! -= all[cell]! - lit[cell]!;
    }
  };
  take(density.litEvents, part.events, part.litEvents);
  take(density.litCrossings, part.crossings, part.litCrossings);
  return density;
}

interface DarkSpan {
  readonly fromUs: number;
  readonly untilUs: number;
}

const dark = new WeakMap<Uint8Array, DarkSpan>();

/** From the first event of a host that is not lit until the last message that one of them sent has arrived; found once for a selection. */
function darkSpan(run: Run, relation: Uint8Array): DarkSpan {
  const ready = dark.get(relation);
  if (ready !== undefined) return ready;
  const trace = run.timeline!.trace;
  const { stepsOf, flightUsMax } = runIndex(run);
  let [fromUs, untilUs] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  const ordered = isOrdered(relation);
  const bounds = coneBounds(run, relation);
  for (const [host, steps] of stepsOf.entries()) {
    const { past, future } = bounds[host]!;
    const first = ordered ? past : steps.findIndex((step) => relation[step] === 0);
    const last = ordered ? future - 1 : steps.findLastIndex((step) => relation[step] === 0);
    if (first < 0 || first > last) continue;
    fromUs = Math.min(fromUs, trace.timeUs(steps[first]!));
    untilUs = Math.max(untilUs, trace.timeUs(steps[last]!) + flightUsMax);
  }
  const span = { fromUs, untilUs };
  dark.set(relation, span);
  return span;
}

function finestBucket(run: Run): number {
  let bucketUs = 1;
  while (bucketUs * COLUMNS_MAX < run.record.endUs) bucketUs *= 2;
  return bucketUs;
}

function levelOf(options: DensityOptions, finestUs: number): Density {
  const { run, bucketUs, positionOf, lanes: rows } = options;
  const lanes = positionOf.join();
  let levels = known.get(run);
  if (levels?.lanes !== lanes) {
    levels = { lanes, byBucket: new Map() };
    known.set(run, levels);
  }
  const ready = levels.byBucket.get(bucketUs);
  if (ready !== undefined) return ready;
  const level =
    bucketUs === finestUs
      ? densityOf({ run, bucketUs, positionOf, lanes: rows, fromUs: 0, untilUs: run.record.endUs })
      : coarser(levelOf({ ...options, bucketUs: bucketUs / 2 }, finestUs));
  levels.byBucket.set(bucketUs, level);
  return level;
}

/** The same counts in columns twice as long. The first column begins at 0. */
function coarser(fine: Density): Density {
  const columns = Math.ceil(fine.columns / 2);
  const joined = (table: Uint32Array) => {
    const out = new Uint32Array((table.length / fine.columns) * columns);
    for (let at = 0; at < table.length; at++) {
      const row = Math.floor(at / fine.columns);
      out[row * columns + ((at - row * fine.columns) >> 1)]! += table[at]!;
    }
    return out;
  };
  return { ...mapTables(fine, joined), bucketUs: fine.bucketUs * 2, first: 0, columns };
}

/** Some columns of a level that begins at 0. */
function columnsOf(level: Density, first: number, columns: number): Density {
  const cut = (table: Uint32Array) => {
    const rows = table.length / level.columns;
    const out = new Uint32Array(rows * columns);
    for (let row = 0; row < rows; row++) {
      const from = row * level.columns;
      out.set(table.subarray(from + first, from + Math.min(level.columns, first + columns)), row * columns);
    }
    return out;
  };
  return { ...mapTables(level, cut), bucketUs: level.bucketUs, first, columns };
}

type Tables = Omit<Density, 'bucketUs' | 'first' | 'columns'>;

function mapTables(density: Density, change: (table: Uint32Array) => Uint32Array): Tables {
  return {
    events: change(density.events),
    litEvents: change(density.litEvents),
    crossings: change(density.crossings),
    litCrossings: change(density.litCrossings),
    within: change(density.within),
    lost: change(density.lost),
    cut: change(density.cut),
  };
}
