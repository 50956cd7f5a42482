import {
  bucketFor,
  cutsOf,
  densityIn,
  faultBands,
  lanesOf,
  type Run,
  runIndex,
  tenth,
  type Witness,
} from '../../../simulations/index.ts';

/** The scale of a whole run: microseconds to px. */
export interface StripScale {
  readonly endUs: number;
  readonly left: number;
  readonly right: number;
  x(us: number): number;
  us(x: number): number;
}

/** The whole run as path data. */
export interface StripPaths {
  readonly lines: string;
  /** Events of each host, higher for more. */
  readonly ticks: string;
  readonly cuts: string;
  /** Every other fault that lasts, at the upper edge, and where hosts were down, on their lines. */
  readonly faults: string;
  /** Where violations were complete, in px. */
  readonly violations: readonly number[];
  readonly height: number;
}

/** Where the run begins; before it stands a word. */
export const STRIP_LEFT = 44;
const RIGHT = 12;
const HEIGHT = 48;
const PITCH = 4.4;

/** The scale of a run in a strip of a width. */
export function stripScale(run: Run, width: number): StripScale {
  const endUs = Math.max(1, run.record.endUs);
  const [left, right] = [STRIP_LEFT, Math.max(STRIP_LEFT + 40, width - RIGHT)];
  const perUs = (right - left) / endUs;
  return { endUs, left, right, x: (us) => left + us * perUs, us: (x) => (x - left) / perUs };
}

/** Draws the strip of a run, one line a host in the picture's own order. */
export function stripPaths(run: Run, scale: StripScale): StripPaths {
  const { lanes, seams, positionOf } = lanesOf(run, 'figure', 0);
  const torn = new Set(seams.map(({ below }) => below));
  const pitch = Math.min(PITCH, (HEIGHT - 18) / Math.max(1, lanes.length));
  const middles = new Map<number, number>();
  const at: number[] = [];
  let y = 6;
  lanes.forEach((_, position) => {
    if (torn.has(position)) {
      middles.set(position, y + 1);
      y += 3;
    }
    at.push(y);
    y += pitch;
  });
  const cuts = cutsOf(run).map((cut) => {
    const below = seams.find((seam) => seam.cut === cut || (seam.cut.id === cut.id && seam.cut.fromUs === cut.fromUs));
    const middle = below === undefined ? y / 2 : middles.get(below.below)! - 0.5;
    return `M${tenth(scale.x(cut.fromUs))} ${tenth(middle)}H${tenth(Math.max(scale.x(cut.untilUs), scale.x(cut.fromUs) + 1))}`;
  });
  return {
    lines: at.map((line) => `M${STRIP_LEFT} ${tenth(line)}H${tenth(scale.right)}`).join(''),
    ticks: ticksOf(run, scale, { at, positionOf, half: pitch / 2 - 0.2 }),
    cuts: cuts.join(''),
    faults: faultsOf(run, scale, (host) => at[positionOf[host]!]!),
    violations: [...new Set(violationsOf(run).map((us) => tenth(scale.x(us))))],
    height: Math.ceil(y - pitch + 4),
  };
}

function ticksOf(
  run: Run,
  scale: StripScale,
  lanes: { readonly at: readonly number[]; readonly positionOf: readonly number[]; readonly half: number },
): string {
  const bucketUs = bucketFor(scale.us(scale.left + 0.25) - scale.us(scale.left));
  const options = { run, fromUs: 0, untilUs: scale.endUs, bucketUs, positionOf: lanes.positionOf };
  const { events, columns } = densityIn({ ...options, lanes: lanes.at.length });
  const most = 1 + Math.log2(1 + events.reduce((a, b) => Math.max(a, b), 1));
  const parts: string[] = [];
  lanes.at.forEach((y, position) => {
    for (let column = 0; column < columns; column++) {
      const count = events[position * columns + column]!;
      if (count === 0) continue;
      const half = lanes.half * ((1 + Math.log2(1 + count)) / most);
      parts.push(`M${tenth(scale.x((column + 0.5) * bucketUs))} ${tenth(y - half)}v${tenth(2 * half)}`);
    }
  });
  return parts.join('');
}

function faultsOf(run: Run, scale: StripScale, lineOf: (host: number) => number): string {
  const bands = faultBands(run)
    .bands.filter(({ kind }) => kind !== 'cut')
    .map(
      ({ fromUs, untilUs }) =>
        `M${tenth(scale.x(fromUs))} 1.5H${tenth(Math.max(scale.x(untilUs), scale.x(fromUs) + 1))}`,
    );
  const down = runIndex(run).down.flatMap((spans, host) =>
    spans.map(({ fromUs, untilUs }) => {
      const [x, y] = [scale.x(fromUs), lineOf(host)];
      return `M${tenth(x - 1.5)} ${tenth(y - 1.5)}l3 3m0 -3l-3 3M${tenth(x)} ${tenth(y)}H${tenth(scale.x(untilUs))}`;
    }),
  );
  return [...bands, ...down].join('');
}

function violationsOf(run: Run): readonly number[] {
  const moments = run.verdicts.flatMap(({ verdict }) =>
    verdict.status === 'violated' ? momentsOf(run, verdict.witness) : [],
  );
  return [...new Set(moments)];
}

/** When the last of what a witness names had happened; none of a witness that names nothing, such as one of a figure of the whole run. */
function momentsOf(run: Run, { operations, steps }: Witness): readonly number[] {
  const ends = operations.map((id) => run.record.operations[id]?.completedAt ?? 0).filter(Number.isFinite);
  const all = [...ends, ...steps.map((step) => run.timeline?.timeUs(step) ?? 0)];
  return all.length === 0 ? [] : [Math.max(...all)];
}
