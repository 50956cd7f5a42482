import { bucketFor } from './density.ts';
import type { DiagramFrame } from './frame.ts';
import { laneY } from './lanes.ts';
import { type OperationIndex, operationIndex, rowsIn } from './operation-index.ts';
import { crossPath, tenth } from './path.ts';

/** How the operations of a window are drawn: as bars with their words, as outlines, or as how busy each client was. */
export type OperationDetail = 'bars' | 'outlines' | 'load';

/** Operations without words, as path data. */
export interface OperationPaths {
  readonly detail: OperationDetail;
  /** Rows of {@link operationIndex} to draw as bars with words: all, or with less detail those that a witness names. */
  readonly bars: readonly number[];
  readonly outlines: string;
  readonly dimOutlines: string;
  /** Columns as high as the share of time during which an operation was open. */
  readonly load: string;
  /** Where the outcome of an operation is unknown: a torn end; where it was refused: a cross. Kept at every scale. */
  readonly unknown: string;
  readonly failed: string;
}

/** One bar with its words wants this much of the field, in px; one outline this much. */
const BAR_PX = 12;
const OUTLINE_PX = 1.6;

/** Draws the operations of a frame's window that are too many for words; which of them still have words. */
export function operationPaths(frame: DiagramFrame): OperationPaths {
  const { run, fromUs, untilUs, left, right, lanes, witness } = frame;
  const index = operationIndex(run);
  const { first, end } = rowsIn(run, fromUs, untilUs);
  const rows: number[] = [];
  for (let row = first; row < end; row++) {
    if (index.untilUs[row]! >= fromUs && index.host[row]! >= 0 && lanes.positionOf[index.host[row]!]! >= 0)
      rows.push(row);
  }
  const none = { outlines: '', dimOutlines: '', load: '', unknown: '', failed: '' };
  if (rows.length * BAR_PX <= right - left) return { detail: 'bars', bars: rows, ...none };
  const named = new Set(witness?.operations);
  const bars = named.size === 0 ? [] : rows.filter((row) => named.has(row));
  const rest = bars.length === 0 ? rows : rows.filter((row) => !named.has(row));
  const ends = endsOf(frame, index, rest);
  if (rows.length * OUTLINE_PX <= right - left)
    return { ...none, detail: 'outlines', bars, ...ends, ...outlinesOf(frame, index, rest) };
  return { ...none, detail: 'load', bars, ...ends, load: loadOf(frame, index, rest) };
}

function outlinesOf(
  frame: DiagramFrame,
  index: OperationIndex,
  rows: readonly number[],
): Pick<OperationPaths, 'outlines' | 'dimOutlines'> {
  const [lit, dim]: [string[], string[]] = [[], []];
  for (const row of rows) {
    const host = index.host[row]!;
    const from = Math.max(frame.x(index.fromUs[row]!), frame.left - 40);
    const until = Math.max(from + 2, Math.min(frame.x(index.untilUs[row]!), frame.right + 40));
    const { bar } = frame.lanes.slices[host]!;
    const top = tenth(laneY(frame.lanes, host, Math.max(from, frame.left), frame.x) - bar / 2);
    const into = isLit(frame, row) ? lit : dim;
    into.push(`M${tenth(until)} ${top}H${tenth(from)}v${tenth(bar)}H${tenth(until)}Z`);
  }
  return { outlines: lit.join(''), dimOutlines: dim.join('') };
}

function isLit({ cone, run, focus }: DiagramFrame, row: number): boolean {
  const operation = run.record.operations[row]!;
  if (operation.key !== focus.key) return false;
  if (cone === undefined) return true;
  const { invokedStep, completedStep } = operation;
  const lit = (step: number | undefined) => step !== undefined && (cone.relation[step] ?? 0) !== 0;
  return lit(invokedStep) || lit(completedStep);
}

const REFUSED = 2;

/** Unknown and refused operations, one mark for those at one place. */
function endsOf(
  frame: DiagramFrame,
  index: OperationIndex,
  rows: readonly number[],
): Pick<OperationPaths, 'unknown' | 'failed'> {
  const [unknown, failed]: [string[], string[]] = [[], []];
  const taken = new Set<string>();
  for (const row of rows) {
    const outcome = index.end[row]!;
    if (outcome === 0) continue;
    const host = index.host[row]!;
    const x = Math.min(frame.right, frame.x(index.untilUs[row]!));
    const place = `${outcome} ${host} ${Math.round(x / 4)}`;
    if (taken.has(place)) continue;
    taken.add(place);
    const { bar } = frame.lanes.slices[host]!;
    const y = laneY(frame.lanes, host, x, frame.x);
    if (outcome === REFUSED) failed.push(crossPath([x, y], 2.4));
    else unknown.push(tornEnd(x, y, bar));
  }
  return { unknown: unknown.join(''), failed: failed.join('') };
}

function tornEnd(x: number, y: number, bar: number): string {
  const quarter = tenth(bar / 4);
  return `M${tenth(x)} ${tenth(y - bar / 2)}l2 ${quarter}l-4 ${quarter}l4 ${quarter}l-2 ${quarter}`;
}

/** The share of each column during which an operation of the host was open, as a column of that share of the bar's height. */
function loadOf(frame: DiagramFrame, index: OperationIndex, rows: readonly number[]): string {
  const { fromUs, untilUs, left, right, lanes } = frame;
  const bucketUs = bucketFor((untilUs - fromUs) / Math.max(1, right - left));
  const first = Math.floor(fromUs / bucketUs);
  const columns = Math.floor(untilUs / bucketUs) - first + 1;
  const busy = busyIn(index, rows, { bucketUs, first, columns });
  const parts: string[] = [];
  busy.forEach((shares, host) => {
    const { bar } = lanes.slices[host]!;
    for (let column = 0; column < columns; column++) {
      const share = Math.min(1, shares[column]!);
      if (share === 0) continue;
      const x = frame.x((first + column) * bucketUs);
      const wide = frame.x((first + column + 1) * bucketUs) - x;
      const high = Math.max(1, share * bar);
      const y = laneY(lanes, host, x, frame.x) + bar / 2 - high;
      parts.push(`M${tenth(x)} ${tenth(y)}h${tenth(wide)}v${tenth(high)}h${tenth(-wide)}Z`);
    }
  });
  return parts.join('');
}

/** By host, the part of each column during which one of the operations was open. */
function busyIn(
  index: OperationIndex,
  rows: readonly number[],
  { bucketUs, first, columns }: { readonly bucketUs: number; readonly first: number; readonly columns: number },
): readonly Float64Array[] {
  const busy: Float64Array[] = [];
  for (const row of rows) {
    const host = index.host[row]!;
    busy[host] ??= new Float64Array(columns);
    const open = busy[host];
    const from = Math.max(0, index.fromUs[row]! / bucketUs - first);
    const until = Math.min(columns, index.untilUs[row]! / bucketUs - first);
    for (let column = Math.floor(from); column < until; column++)
      open[column]! += Math.min(until, column + 1) - Math.max(from, column);
  }
  return busy;
}
