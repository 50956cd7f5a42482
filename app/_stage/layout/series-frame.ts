import { fieldOf, type Run } from '../../../simulations/index.ts';
import { ninesOf } from './nines.ts';

/** The part of a row in which the whole run's distribution stands: shares from left to right, values on the axis of the row. */
export interface MarginField {
  readonly left: number;
  readonly right: number;
  x(share: number): number;
}

/** What the rows of a run's series share. Lengths in px, times in microseconds. */
export interface SeriesFrame {
  readonly run: Run;
  readonly fromUs: number;
  readonly untilUs: number;
  /** Ends of the field in which time is drawn. */
  readonly left: number;
  readonly right: number;
  readonly width: number;
  /** Undefined on a narrow screen. */
  readonly margin: MarginField | undefined;
  readonly id: string;
  x(us: number): number;
  us(x: number): number;
}

/** Room that the distributions take, with the gap before them. */
const MARGIN = 164;
const GAP = 20;
/** From this width on there is room for them. */
const WIDE = 760;
/** The margin shows this many nines: 99.9 % stands at its end. */
const NINES = 3;

/** Ends of the field of time: as in the space-time diagram, less what the distributions take. */
export function seriesField(run: Run, width: number): { readonly left: number; readonly right: number } {
  const { left, right } = fieldOf(run, 'lab', width);
  return { left, right: width >= WIDE ? right - MARGIN : right };
}

/** Lays the shared axes out for a window. */
export function makeSeriesFrame(options: {
  readonly run: Run;
  readonly fromUs: number;
  readonly untilUs: number;
  readonly width: number;
  readonly id: string;
}): SeriesFrame {
  const { run, fromUs, width, id } = options;
  const untilUs = Math.max(options.untilUs, fromUs + 1);
  const { left, right } = seriesField(run, width);
  const pxPerUs = (right - left) / (untilUs - fromUs);
  return {
    run,
    fromUs,
    untilUs,
    left,
    right,
    width,
    margin: width >= WIDE ? marginOf(right + GAP, right + MARGIN) : undefined,
    id,
    x: (us) => left + (us - fromUs) * pxPerUs,
    us: (x) => fromUs + (x - left) / pxPerUs,
  };
}

function marginOf(left: number, right: number): MarginField {
  return { left, right, x: (share) => left + ((right - left) * Math.min(NINES, ninesOf(share))) / NINES };
}
