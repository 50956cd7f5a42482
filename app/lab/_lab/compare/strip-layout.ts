import { type Comparison, tenth } from '../../../../simulations/index.ts';

/** What the strip between two space-time diagrams draws. Paths in px, on the diagrams' own time axes. */
export interface StripPaths {
  /** Where the runs part; undefined: not in the window, or nowhere. */
  readonly partX: number | undefined;
  /** How far along the axis the two are one line: from `left` to here. */
  readonly sameX: number;
  /** Lines from an event of the first run to the same event of the second. */
  readonly moved: string;
  /** Ticks of events that only one run has: down from the upper rail, up from the lower. */
  readonly only: string;
  /** Heads of those ticks. */
  readonly heads: readonly (readonly [x: number, y: number])[];
}

/** An axis of a diagram, and the instants of its run. */
export interface StripSide {
  x(us: number): number;
  timeUs(step: number): number;
}

/** Height of the strip, and where its rails run. */
export const STRIP = { height: 44, upper: 9, middle: 22, lower: 35 } as const;
const TICK_PX = 8;

export interface StripOptions {
  readonly comparison: Pick<Comparison, 'divergence' | 'steps'>;
  readonly a: StripSide;
  readonly b: StripSide;
  readonly left: number;
  readonly right: number;
}

/** Lays the strip out: one line while the runs are equal, two rails after that, and between them what became of each event. */
export function stripPaths({ comparison: { divergence, steps }, a, b, left, right }: StripOptions): StripPaths {
  const inside = (x: number) => x >= left && x <= right;
  const part = divergence === undefined ? Infinity : a.x(divergence.atUs);
  const moved = steps.moved
    .map(([one, other]) => [a.x(a.timeUs(one)), b.x(b.timeUs(other))] as const)
    .filter(([one, other]) => inside(one) || inside(other))
    .map(([one, other]) => `M${tenth(one)} ${STRIP.upper}L${tenth(other)} ${STRIP.lower}`)
    .join('');
  const alone = (list: readonly number[], side: StripSide, y: number, tip: number) =>
    list
      .map((step) => side.x(side.timeUs(step)))
      .filter(inside)
      .map((x) => ({ path: `M${tenth(x)} ${y}V${tip}`, head: [tenth(x), tip] as const }));
  const ticks = [
    ...alone(steps.only.a, a, STRIP.upper, STRIP.upper + TICK_PX),
    ...alone(steps.only.b, b, STRIP.lower, STRIP.lower - TICK_PX),
  ];
  return {
    partX: inside(part) ? tenth(part) : undefined,
    sameX: Math.max(left, Math.min(right, part)),
    moved,
    only: ticks.map(({ path }) => path).join(''),
    heads: ticks.map(({ head }) => head),
  };
}
