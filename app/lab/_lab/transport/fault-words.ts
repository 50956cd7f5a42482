import { wordPx } from '../../../../simulations/index.ts';

/** A fault on the row of steps. */
export interface FaultMark {
  readonly id: string;
  /** Where it begins, from 0 to 1. */
  readonly share: number;
  /** What it does: `cut`, `crash`. */
  readonly word: string;
}

/** On which side of its mark a word stands. */
export type WordSide = 'after' | 'before';

/** Between a mark and its word, and between a word and what comes next, in px. */
const GAP = 4;
/** A moment this near to a mark, in px, is the mark's. */
const REACH = 10;

/** The mark at a share of the row that many px wide; the nearest of several, undefined: none is near. */
export function markAt(marks: readonly FaultMark[], share: number, width: number): string | undefined {
  let best: string | undefined;
  let bestPx = REACH;
  for (const mark of marks) {
    const px = Math.abs(mark.share - share) * width;
    if (px > bestPx) continue;
    [best, bestPx] = [mark.id, px];
  }
  return best;
}

/**
 * Which faults have a word on a row that many px wide, and on which side of its mark. No word touches another word, the mark of another fault, or the
 * ends of the row. The fault `here` has its word whatever its marks are; then come cuts, which a reader looks for first.
 */
export function wordedFaults(
  marks: readonly FaultMark[],
  width: number,
  here: string | undefined,
): ReadonlyMap<string, WordSide> {
  const worded = new Map<string, WordSide>();
  const taken: (readonly [from: number, until: number])[] = [];
  const rank = ({ id, word }: FaultMark) => (id === here ? 0 : word === 'cut' ? 1 : 2);
  for (const mark of marks.toSorted((a, b) => rank(a) - rank(b))) {
    const x = mark.share * width;
    const long = GAP + wordPx(mark.word);
    const isHere = mark.id === here;
    const fits = (from: number, until: number) =>
      from >= 0 &&
      until <= width &&
      taken.every(([start, end]) => until + GAP <= start || end + GAP <= from) &&
      (isHere || marks.every((other) => other.share * width <= x + GAP / 2 || other.share * width > until + GAP / 2));
    const side = fits(x, x + long) ? 'after' : isHere && fits(x - long, x) ? 'before' : undefined;
    if (side === undefined) continue;
    worded.set(mark.id, side);
    taken.push(side === 'after' ? [x, x + long] : [x - long, x]);
  }
  return worded;
}
