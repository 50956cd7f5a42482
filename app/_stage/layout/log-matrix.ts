import type { LogCell, LogLane, LogMatrix, VersionLook } from '../../../simulations/index.ts';

/** Sizes of the picture, in px. */
export const MATRIX = { left: 64, top: 48, pitch: 40, cellHeight: 22, bracket: 34 } as const;

/** A cell and where it stands. */
export interface PlacedCell extends LogCell {
  readonly index: number;
  readonly x: number;
  readonly look: VersionLook;
}

/** A cursor's line, and its words beside it. */
export interface PlacedCursor {
  readonly label: string;
  readonly x: number;
  readonly anchor: 'start' | 'end';
}

/** A place that is empty while a later one is not. */
export interface PlacedGap {
  readonly index: number;
  readonly x: number;
}

/** One host's row. */
export interface PlacedLane {
  readonly host: string;
  readonly leads: boolean;
  readonly y: number;
  readonly cells: readonly PlacedCell[];
  readonly gaps: readonly PlacedGap[];
  readonly cursors: readonly PlacedCursor[];
  /** The part of the shown places that a snapshot stands for, as x from and to; undefined: none. */
  readonly snapshot: readonly [from: number, to: number] | undefined;
}

/** The entries of one epoch, for the bracket below. */
export interface EpochSpan {
  readonly epoch: number;
  readonly fromX: number;
  readonly toX: number;
}

/** The matrix at a width: everything that is drawn, in px. */
export interface PlacedMatrix {
  readonly cellWidth: number;
  readonly height: number;
  /** The first and last place shown; `first` above 1: the places before it do not fit. */
  readonly first: number;
  readonly last: number;
  readonly lanes: readonly PlacedLane[];
  readonly epochs: readonly EpochSpan[];
  /** The line after the last entry chosen for good; undefined: none is, or it lies before what is shown. */
  readonly commitX: number | undefined;
}

/** A place is at least this wide, and wide enough for the longest label. */
const CELL_MIN = 27;
/** A character of the run's face at 10 px. */
const CHARACTER = 6.2;
/** At least so many places are shown, empty ones too, so that a log that grows does not stretch. */
const PLACES_MIN = 8;

/** Places a matrix in a width; what does not fit is left out at the old end. */
export function placeMatrix({ lanes, committed }: LogMatrix, width: number): PlacedMatrix {
  const labels = lanes.flatMap(({ cells }) => cells.map((cell) => cell?.label.length ?? 0));
  const cellWidth = Math.max(CELL_MIN, Math.ceil(Math.max(0, ...labels) * CHARACTER) + 8);
  const fits = Math.max(1, Math.floor((width - MATRIX.left - 12) / cellWidth));
  const end = Math.max(committed, PLACES_MIN, ...lanes.map(lastIndex));
  const first = Math.max(1, end - fits + 1);
  const last = Math.min(end, first + fits - 1);
  const x = (index: number) => MATRIX.left + (index - first) * cellWidth;
  const looks = looksOf(lanes);
  const placed = lanes.map((lane, at): PlacedLane => {
    const shown = lane.cells
      .map((cell, offset) => ({ cell, index: lane.firstIndex + offset }))
      .filter(({ index }) => index >= first && index <= last)
      .map(({ cell, index }) => ({ cell, index, x: x(index) }));
    const kept = Math.min(lane.firstIndex, last + 1);
    return {
      host: lane.host,
      leads: lane.leads,
      y: MATRIX.top + at * MATRIX.pitch,
      cells: shown.flatMap(({ cell, ...place }) =>
        cell === null ? [] : [{ ...cell, ...place, look: looks(cell.epoch) }],
      ),
      gaps: shown.flatMap(({ cell, ...place }) => (cell === null ? [place] : [])),
      cursors: placeCursors(lane, first, last, x),
      snapshot: kept > first ? [x(first), x(kept)] : undefined,
    };
  });
  return {
    cellWidth,
    height: MATRIX.top + lanes.length * MATRIX.pitch + MATRIX.bracket,
    first,
    last,
    lanes: placed,
    epochs: epochSpans(lanes, first, last, x),
    commitX: committed >= first ? x(Math.min(committed, last) + 1) : undefined,
  };
}

/** The last index of a lane; what a snapshot stands for counts. */
export function lastIndex({ firstIndex, cells }: LogLane): number {
  return firstIndex + cells.length - 1;
}

/** The newest epoch in the logs is solid, the one before it hatched, all others dotted. */
function looksOf(lanes: readonly LogLane[]): (epoch: number) => VersionLook {
  const epochs = [...new Set(lanes.flatMap(({ cells }) => cells.flatMap((cell) => cell?.epoch ?? [])))].sort(
    (a, b) => b - a,
  );
  return (epoch) => (epoch === epochs[0] ? 'new' : epoch === epochs[1] ? 'prev' : 'old');
}

/** Cursors on one place share a line and their words; words that would run into the line before stand on the other side. */
function placeCursors(lane: LogLane, first: number, last: number, x: (index: number) => number): PlacedCursor[] {
  const byIndex = new Map<number, string[]>();
  for (const { label, index } of lane.cursors) {
    if (index < first || index > last) continue;
    byIndex.set(index, [...(byIndex.get(index) ?? []), label]);
  }
  let endX = Number.NEGATIVE_INFINITY;
  return [...byIndex]
    .sort(([a], [b]) => a - b)
    .map(([index, labels]) => {
      const label = labels.join(', ');
      const at = x(index + 1);
      const wide = label.length * CHARACTER + 4;
      const anchor = at - wide >= endX ? 'end' : 'start';
      endX = anchor === 'end' ? at : at + wide;
      return { label, x: at, anchor };
    });
}

/** Epochs along the log that is most likely to stay: the leader's, else the longest without struck entries, else the longest. */
function epochSpans(lanes: readonly LogLane[], first: number, last: number, x: (index: number) => number): EpochSpan[] {
  const clean = lanes.filter(({ cells }) => !cells.some((cell) => cell?.doomed));
  const longest = (among: readonly LogLane[]) => [...among].sort((a, b) => lastIndex(b) - lastIndex(a))[0];
  const along = longest(clean.filter(({ leads }) => leads)) ?? longest(clean) ?? longest(lanes);
  const spans: { epoch: number; fromX: number; toX: number }[] = [];
  for (const [offset, cell] of along?.cells.entries() ?? []) {
    const index = along!.firstIndex + offset;
    if (cell === null || index < first || index > last) continue;
    const { epoch } = cell;
    const span = spans.at(-1);
    if (span?.epoch === epoch) span.toX = x(index + 1);
    else spans.push({ epoch, fromX: x(index), toX: x(index + 1) });
  }
  return spans;
}
