import { crossingsIn, type Stretch } from './crossings.ts';
import { sidesOf } from './fault-bands.ts';
import type { DiagramFrame } from './frame.ts';
import { wordPx } from './strata-paths.ts';

/** Words in the gap of a seam, right-aligned: `x` is their end, `y` their foot, in px. */
export interface SeamWords {
  readonly x: number;
  readonly y: number;
  readonly title: string;
  /** '' where there is no room for them. */
  readonly sides: string;
  /** What they take up; a ground of the gap's colour lies under them, where they could not keep off messages. */
  readonly width: number;
}

/** Where a seam runs, in px: it opens and closes at its ends. */
interface Gap {
  /** Of the fault. */
  readonly id: string;
  readonly from: number;
  readonly until: number;
  readonly y: number;
}

/** Between the title and the sides of a cut. */
export const SIDES_GAP = 8;
/** Between the words and the ends of a seam, and between them and a message, in px. */
const ROOM = { end: 18, message: 4 };
/** What letters take up above and below their foot, in px. */
const LETTERS = { above: 8, below: 2 };

/**
 * What is said in the gap of a cut. Off the messages that end at it: its sides, near its end; where only `cut` has such a place, that, near its
 * beginning; where nothing has, all of it where it covers least.
 */
export function seamWords(frame: DiagramFrame, { id, from, until, y }: Gap): SeamWords | undefined {
  if (frame.size === 'thumb') return undefined;
  const [start, end] = [Math.max(from, frame.left) + ROOM.end, Math.min(until, frame.right) - ROOM.end];
  const [title, sides] = ['cut', sidesOf(frame.run, id)];
  const [short, long] = [wordPx(title), wordPx(title) + SIDES_GAP + wordPx(sides)];
  if (end - start <= short) return undefined;
  const field = { from: start, until: end, top: y - LETTERS.above, bottom: y + LETTERS.below };
  const room = { from: start, until: end, messages: crossingsIn(frame, field) };
  const whole =
    frame.size === 'lab' && end - start > long ? bestPlace({ ...room, wide: long, atEnd: true }) : undefined;
  const part = whole?.covers === 0 ? undefined : bestPlace({ ...room, wide: short, atEnd: false });
  if (whole !== undefined && part?.covers !== 0) return { x: whole.from + long, y, title, sides, width: long };
  return part === undefined ? undefined : { x: part.from + short, y, title, sides: '', width: short };
}

interface Room {
  readonly from: number;
  readonly until: number;
  readonly messages: readonly Stretch[];
  readonly wide: number;
  /** Whether words would rather stand at the end of the room than at its beginning. */
  readonly atEnd: boolean;
}

/** Where words of that width begin: at the first place that is clear of all messages, or else where they cover least of them, in px. */
function bestPlace({ from, until, messages, wide, atEnd }: Room): { readonly from: number; readonly covers: number } {
  const last = until - wide;
  const beside = messages.map(([left, right]) => (atEnd ? left - ROOM.message - wide : right + ROOM.message));
  const places = [atEnd ? last : from, ...beside.filter((place) => place >= from && place <= last)];
  let best = { from: places[0]!, covers: Number.POSITIVE_INFINITY };
  for (const place of places.toSorted((a, b) => (atEnd ? b - a : a - b))) {
    const covers = coveredBy([place - ROOM.message, place + wide + ROOM.message], messages);
    if (covers < best.covers) best = { from: place, covers };
    if (covers === 0) break;
  }
  return best;
}

/** How much of the messages lies in a stretch, in px; a steep one counts as one. */
function coveredBy([from, until]: Stretch, messages: readonly Stretch[]): number {
  let total = 0;
  for (const [left, right] of messages) {
    // Words placed at just this distance keep it, whatever the last digits say.
    if (left >= until - 1e-6 || right <= from + 1e-6) continue;
    total += Math.max(1, Math.min(right, until) - Math.max(left, from));
  }
  return total;
}
