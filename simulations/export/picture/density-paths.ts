import { bucketFor, type Density } from './density.ts';
import { densityIn } from './density-levels.ts';
import type { DiagramFrame } from './frame.ts';
import { type Lanes, slipAt } from './lanes.ts';
import { crossPath, tenth } from './path.ts';

/** A window with more than can be drawn one by one, as path data: counts by columns of time. */
export interface DensityPaths {
  /** Ticks above each lane, higher for more events; what is lit again in a path of its own. */
  readonly events: string;
  readonly litEvents: string;
  /** Messages between neighbouring lanes as upright hatching, from few to many: one path for each of {@link GRADES}. */
  readonly traffic: readonly string[];
  readonly litTraffic: readonly string[];
  /** Crosses: messages lost by chance or at a host that was down, at the lane they were for. */
  readonly lost: string;
  /** Crosses on a bar: messages stopped by a cut, at the lane that sent them. */
  readonly stopped: string;
}

/** Shades of traffic: 1 message in a column, 2 or 3, 4 to 7, 8 to 15, 16 and more. */
export const GRADES = 5;
/** The highest tick of events, in px. */
const TICK_MAX = 9;
/** Messages lost within this many columns share one cross. */
const CROSS_COLUMNS = 2;

/** Draws the density of a frame's window. */
export function densityPaths(frame: DiagramFrame): DensityPaths {
  const { run, lanes, fromUs, untilUs, left, right, cone } = frame;
  const density = densityIn({
    run,
    fromUs,
    untilUs,
    bucketUs: bucketFor((untilUs - fromUs) / Math.max(1, right - left)),
    positionOf: lanes.positionOf,
    lanes: lanes.lanes.length,
    ...(cone !== undefined && { relation: cone.relation }),
  });
  const places = placesOf(frame, density);
  const isLit = cone !== undefined;
  return {
    events: ticks(places, density.events),
    litEvents: isLit ? ticks(places, density.litEvents) : '',
    traffic: hatching(places, density.crossings),
    litTraffic: isLit ? hatching(places, density.litCrossings) : [],
    lost: crosses(places, density.lost, false),
    stopped: crosses(places, density.cut, true),
  };
}

interface Places {
  readonly lanes: Lanes;
  readonly first: number;
  readonly columns: number;
  /** The middle of each column. */
  readonly x: Float64Array;
  /** How far each lane dropped in each column, row after row. */
  readonly slip: Float32Array;
  /** Half of what a lane's own marks take. */
  readonly half: readonly number[];
}

function placesOf({ lanes, x: scale }: DiagramFrame, { first, columns, bucketUs }: Density): Places {
  const x = new Float64Array(columns);
  const slip = new Float32Array(lanes.lanes.length * columns);
  for (let column = 0; column < columns; column++) x[column] = scale((first + column + 0.5) * bucketUs);
  const slipping = lanes.seams.filter(({ slips }) => slips);
  if (slipping.length > 0) {
    for (let column = 0; column < columns; column++) {
      const isTorn = slipping.some(({ cut }) => scale(cut.fromUs) <= x[column]! && scale(cut.untilUs) >= x[column]!);
      if (!isTorn) continue;
      for (let position = 0; position < lanes.lanes.length; position++)
        slip[position * columns + column] = slipAt(lanes, position, x[column]!, scale);
    }
  }
  const half = lanes.lanes.map(({ hosts, shape }) => {
    const { offset, band, bar } = lanes.slices[hosts.at(-1)!]!;
    return offset + (shape === 'client' ? bar : band) / 2;
  });
  return { lanes, first, columns, x, slip, half };
}

/** Higher by the same for each doubling. */
function tickHeight(count: number): number {
  return Math.min(TICK_MAX, 1.5 + 1.2 * (31 - Math.clz32(count)));
}

function ticks({ lanes, columns, x, slip, half }: Places, counts: Uint32Array): string {
  const parts: string[] = [];
  lanes.lanes.forEach(({ y }, position) => {
    for (let column = 0; column < columns; column++) {
      const cell = position * columns + column;
      if (counts[cell] === 0) continue;
      const top = y + slip[cell]! - half[position]! - 1;
      parts.push(`M${tenth(x[column]!)} ${tenth(top)}v-${tenth(tickHeight(counts[cell]!))}`);
    }
  });
  return parts.join('');
}

function hatching({ lanes, columns, x, slip, half }: Places, counts: Uint32Array): readonly string[] {
  const grades: string[][] = Array.from({ length: GRADES }, () => []);
  for (let gap = 0; gap + 1 < lanes.lanes.length; gap++) {
    const above = lanes.lanes[gap]!.y + half[gap]! + 1;
    const below = lanes.lanes[gap + 1]!.y - half[gap + 1]! - 1;
    for (let column = 0; column < columns; column++) {
      const count = counts[gap * columns + column]!;
      if (count === 0) continue;
      const from = above + slip[gap * columns + column]!;
      const until = below + slip[(gap + 1) * columns + column]!;
      const grade = Math.min(GRADES - 1, 31 - Math.clz32(count));
      grades[grade]!.push(`M${tenth(x[column]!)} ${tenth(from)}V${tenth(until)}`);
    }
  }
  return grades.map((parts) => parts.join(''));
}

/** One cross for what was lost within a few pixels of a lane; larger for more. */
function crosses({ lanes, first, columns, x, slip, half }: Places, counts: Uint32Array, isStopped: boolean): string {
  const side = isStopped ? 1 : -1;
  const parts: string[] = [];
  lanes.lanes.forEach(({ y }, position) => {
    for (let column = 0; column < columns; column++) {
      let count = counts[position * columns + column]!;
      if (count === 0) continue;
      const start = column;
      while (column + 1 < columns && (first + column + 1) % CROSS_COLUMNS !== 0)
        count += counts[position * columns + ++column]!;
      const at = y + slip[position * columns + start]! + side * (half[position]! + 6);
      const size = count === 1 ? 2.2 : count < 10 ? 2.8 : 3.4;
      parts.push(crossPath([x[start]!, at], size));
      if (isStopped) parts.push(stopPath([x[start]!, at + size + 1.6], size));
    }
  });
  return parts.join('');
}

/** The bar on which a message stopped by a cut ends. */
export function stopPath([x, y]: readonly [number, number], half = 4): string {
  return `M${tenth(x - half)} ${tenth(y)}H${tenth(x + half)}`;
}
