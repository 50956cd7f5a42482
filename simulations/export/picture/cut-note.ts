import { around, type Box, covered, type Taken } from './boxes.ts';
import type { Point } from './path.ts';
import { STAGE } from './ring.ts';
import { lineBox, WORD_GAP } from './stage-belongings.ts';
import { wordPx } from './strata-paths.ts';

/** A few words beside a cut: where their first letter has its foot, and what they take up. */
export interface CutNote {
  readonly at: Point;
  readonly text: string;
  readonly box: Box;
}

/** What a note is placed beside: the parts of a tear, or the middles of bars across links. */
export interface NotedCut {
  readonly gap: readonly Box[];
  readonly bars: readonly Point[];
}

/** Baselines: the lab's own labels stand above the first, what it says of faults by hand under the last. */
const FIRST = 47;
const LAST = STAGE.height - 18;
const STEP = 6;
/** Room at the left and right side. */
const EDGE = 6;
/** From the middle of a bar to the words beside it, and what a bar takes up to each side. */
const BESIDE_BAR = 11;
const BAR = 7;

/** What bars across links take up. */
export const barBoxes = (bars: readonly Point[]): readonly Box[] => bars.map((at) => around(at, BAR));

/**
 * The note of a cut at the first of its places that stands clear of everything, or else where it covers least. Along a tear from its top
 * down, to the right rather than to the left; around bars, those of the first link first. Undefined where the picture shows no cut.
 */
export function placeNote(text: string, cut: NotedCut, taken: Taken): CutNote | undefined {
  const width = wordPx(text);
  const all: Taken = { ...taken, boxes: [...taken.boxes, ...cut.gap, ...barBoxes(cut.bars)] };
  let best: CutNote | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const at of cut.gap.length > 0 ? alongTear(cut.gap, width) : aroundBars(cut.bars, width)) {
    const note = { at, text, box: lineBox(at[0], at[1], width) };
    const cost = covered(note.box, all, WORD_GAP);
    if (cost < least) [best, least] = [note, cost];
    if (cost === 0) break;
  }
  return best;
}

function alongTear(gap: readonly Box[], width: number): readonly Point[] {
  const places: Point[] = [];
  for (let y = FIRST; y <= LAST; y += STEP) {
    const { top, bottom } = lineBox(0, y, width);
    const beside = gap.filter((part) => part.bottom > top - WORD_GAP && part.top < bottom + WORD_GAP);
    if (beside.length === 0) continue;
    const [left, right] = [Math.min(...beside.map((part) => part.left)), Math.max(...beside.map((part) => part.right))];
    places.push([inside(right + WORD_GAP + 1, width), y], [inside(left - WORD_GAP - 1 - width, width), y]);
  }
  return places;
}

function aroundBars(bars: readonly Point[], width: number): readonly Point[] {
  return bars.flatMap(([x, y]) => {
    const [left, right, middle] = [x - BESIDE_BAR - width, x + BESIDE_BAR, x - width / 2];
    const places: readonly Point[] = [
      [right, y - 8],
      [left, y - 8],
      [right, y + 14],
      [left, y + 14],
      [middle, y - 14],
      [middle, y + 21],
    ];
    return places.map(([from, foot]): Point => [inside(from, width), Math.max(FIRST, Math.min(LAST, foot))]);
  });
}

function inside(left: number, width: number): number {
  return Math.max(EDGE, Math.min(STAGE.width - EDGE - width, left));
}
