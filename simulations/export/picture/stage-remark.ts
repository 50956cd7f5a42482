import { type Point, tenth } from './path.ts';
import { STAGE } from './ring.ts';
import { wordPx } from './strata-paths.ts';

/** Where a remark stands. */
interface RemarkPlace {
  readonly x: number;
  readonly y: number;
  readonly anchor: 'start' | 'middle' | 'end';
}

/** What is written keeps this far from the edge. */
const EDGE = 4;
/** As far from either edge clients may stand, low in the picture. */
const CLIENTS = 46;
/** Below a host, clear of its circle. */
const UNDER = 32;

/**
 * Where a host says what it is: beside it, at `lineY`; where that would run into the clients, below it; where it would leave the picture, moved in, above or
 * below it. `outward` is the direction from the centre of the ring.
 */
export function remarkPlace(
  words: string,
  host: { readonly at: Point; readonly outward: Point; readonly right: boolean; readonly lineY: number },
): RemarkPlace {
  const { at, outward, right, lineY } = host;
  const [x, y] = at;
  const width = wordPx(words);
  const beside = right ? x + 24 : x - 24 - width;
  const meetsClients = beside < CLIENTS || beside + width > STAGE.width - CLIENTS;
  const fitsUnder =
    x - width / 2 >= CLIENTS && x + width / 2 <= STAGE.width - CLIENTS && y + UNDER < STAGE.height - EDGE;
  if (outward[1] > 0.35 && meetsClients && fitsUnder) return { x, y: tenth(y + UNDER), anchor: 'middle' };
  const start = Math.max(EDGE, Math.min(STAGE.width - width - EDGE, beside));
  if (start === beside) return { x: tenth(right ? x + 24 : x - 24), y: tenth(lineY), anchor: right ? 'start' : 'end' };
  return { x: tenth(start), y: tenth(lineY < y ? Math.min(lineY, y - 26) : Math.max(lineY, y + 31)), anchor: 'start' };
}
