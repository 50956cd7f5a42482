import { execute, type Fault, type Run, resolveRun, Streams, seed } from '../../simulations/index.ts';

/** How the figures of lost adds were drawn: said beside each of them. */
export const ADDS = { everyUs: 2_000_000, forUs: 50_000_000, seeds: 60, cutSeeds: 60 } as const;

/** The two regions: as in the scenario cart-multiregion, with the clocks set by the figure. */
const REGIONS = { regions: 2, data: 'cart', rtt: '80 ms', jitter: '10 ms' } as const;

/**
 * How long a write is known in its own region only, in microseconds, by its parts: 20 ms in which writes gather, 40 to 50 ms on the link, and
 * 1 ms on each of two disks.
 */
export const APART_US = 20_000 + 45_000 + 2_000;

/** Merges that the figures compare. */
export const MERGES = ['lww-wall', 'lww-hlc', 'or-set'] as const;
export type Merge = (typeof MERGES)[number];

/** Where the clocks are, or how long the cut is, and what that did to the adds. */
export interface LostAdds {
  /** Microseconds. */
  readonly at: number;
  /** A share of the acknowledged adds, or a number of adds a cut. */
  readonly lost: number;
}

/** By how much the first region's clock is ahead of the second's, in microseconds. */
export const AHEAD_US = [0, 100, 200, 400, 700, 1000].map((ms) => ms * 1000);
/** The same for the merges that wall clocks do not move: fewer places show it. */
const STEADY_US = [0, 400, 1000].map((ms) => ms * 1000);
/** Lengths of the cuts, in microseconds. */
export const CUT_US = [1, 2, 5, 10, 20].map((s) => s * 1_000_000);

const known = new Map<string, readonly LostAdds[]>();

function once(name: string, measure: () => readonly LostAdds[]): readonly LostAdds[] {
  const found = known.get(name) ?? measure();
  known.set(name, found);
  return found;
}

/** The share of acknowledged adds that are lost without any outage, by the distance of the clocks. Takes a second or two, once in a process. */
export function lostBySkew(merge: Merge): readonly LostAdds[] {
  const distances = merge === 'lww-wall' ? AHEAD_US : STEADY_US;
  return once(`skew ${merge}`, () =>
    distances.map((aheadUs) => {
      const runs = eachSeed(ADDS.seeds, (number) =>
        cartRun({ merge, aheadUs, number, fromUs: 0, forUs: ADDS.forUs, faults: [] }),
      );
      return { at: aheadUs, lost: sumOf(runs, lostOf) / sumOf(runs, addedIn) };
    }),
  );
}

/** How many acknowledged adds are lost in one cut in which both regions go on, by its length; clocks agree. */
export function lostByCut(merge: Merge): readonly LostAdds[] {
  return once(`cut ${merge}`, () =>
    CUT_US.map((forUs) => {
      const fromUs = 1_000_000;
      const cut: Fault = {
        id: 'cut',
        action: { do: 'cut', sides: [['eu'], ['us']], oneWay: false },
        when: { atUs: fromUs - 100_000 },
        forUs: forUs + 200_000,
      };
      const runs = eachSeed(ADDS.cutSeeds, (number) =>
        cartRun({ merge, aheadUs: 0, number, fromUs, forUs, faults: [cut] }),
      );
      return { at: forUs, lost: sumOf(runs, lostOf) / runs.length };
    }),
  );
}

/**
 * The share that a closed form gives. An add is lost when the other region makes one with a larger stamp that had not taken it in: within the time
 * that they are apart, and by wall clocks also at any earlier moment that the faster clock already calls later.
 */
export function expectedBySkew(merge: Merge, aheadUs: number): number {
  const lost = (us: number) => 1 - Math.exp(-Math.max(0, us) / ADDS.everyUs);
  switch (merge) {
    case 'lww-wall':
      return (lost(APART_US + aheadUs) + lost(APART_US - aheadUs)) / 2;
    case 'lww-hlc':
      return lost(APART_US);
    case 'or-set':
      return 0;
  }
}

/** The number that a closed form gives: of all adds but the very last one, half stand on the side that loses. */
export function expectedByCut(merge: Merge, forUs: number): number {
  if (merge === 'or-set') return 0;
  const adds = (2 * forUs) / ADDS.everyUs;
  return (adds - 1 + Math.exp(-adds)) / 2;
}

interface CartRun {
  readonly merge: Merge;
  readonly aheadUs: number;
  readonly number: number;
  readonly fromUs: number;
  readonly forUs: number;
  readonly faults: readonly Fault[];
}

/** How long after the last add a run goes on, so that the regions meet again. */
const REST_US = 10_000_000;

function cartRun({ merge, aheadUs, number, fromUs, forUs, faults }: CartRun): Run {
  const set = { ...REGIONS, resolve: merge, skew: aheadUs / 2 };
  const resolved = resolveRun({ model: 'multi-leader', set, seed: number, faults });
  if (!resolved.ok) throw new Error(JSON.stringify(resolved.problems));
  const streams = new Streams(seed(number));
  const script = Object.fromEntries(['a', 'b'].map((client) => [client, addsOf(streams, client, fromUs, forUs)]));
  const workload = resolved.input.model.workload.parse({ keys: ['cart'], script });
  const durationUs = fromUs + forUs + REST_US;
  return execute({ ...resolved.input, workload, durationUs, history: false, digest: false, hazards: [] });
}

/** One item after another, each new, at the moments of a Poisson process. */
function addsOf(streams: Streams, client: string, fromUs: number, forUs: number) {
  const stream = streams.stream(`adds/${client}`);
  const adds: { f: 'put'; value: string; atUs: number }[] = [];
  let atUs = fromUs;
  for (;;) {
    atUs += Math.round(-Math.log(1 - streams.uniform(stream)) * ADDS.everyUs);
    if (atUs >= fromUs + forUs) return adds;
    adds.push({ f: 'put', value: `${client}${adds.length + 1}`, atUs });
  }
}

function eachSeed(count: number, run: (number: number) => Run): readonly Run[] {
  return Array.from({ length: count }, (_, at) => run(at + 1));
}

const sumOf = (runs: readonly Run[], value: (run: Run) => number) => runs.reduce((sum, run) => sum + value(run), 0);
const lostOf = (run: Run) => run.metrics.find(({ id }) => id === 'discarded')!.value;
const addedIn = (run: Run) => run.record.operations.filter(({ outcome }) => outcome === 'ok').length;
