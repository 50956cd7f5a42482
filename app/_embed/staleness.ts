import {
  drawTrials,
  FITS,
  freshShare,
  quantile,
  seed,
  visibleAfterUs,
  type Wars,
  wars,
} from '../../simulations/index.ts';

/** How the figures of a guide were drawn: said beside each of them. */
export const DRAWN = { trials: 600_000, seed: 16, replicas: 3, fit: 'YMMR' } as const;

/** The objective that the guide holds every setting to. */
export const OBJECTIVE = { freshAfterUs: 100_000, freshShare: 0.999 } as const;

/** What one choice of R and W gives. Latencies are the 99.9th percentile. */
export interface Setting {
  readonly readQuorum: number;
  readonly writeQuorum: number;
  /** The share of reads that return the newest acknowledged write, or a newer one, when they begin at its acknowledgement. */
  readonly freshAtOnce: number;
  readonly freshAtObjective: number;
  /** How long after the acknowledgement 99.9 % of reads are fresh. */
  readonly visibleAfterUs: number;
  readonly readUs: number;
  readonly writeUs: number;
  /** The share of stale reads at TABLE_MS. */
  readonly staleAt: readonly number[];
  /** The share of stale reads by milliseconds since the acknowledgement. */
  readonly stale: readonly { readonly ms: number; readonly share: number }[];
}

/** Milliseconds since the acknowledgement at which the figures are also given as a table. */
export const TABLE_MS = [0, 1, 10, 100, 1000] as const;

const QUORUMS = [
  [1, 1],
  [1, 2],
  [2, 1],
  [2, 2],
] as const;

let known: readonly Setting[] | undefined;

/** The four settings for three replicas, judged on the same trials. Takes a few seconds, once in a process; only pages at build time ask. */
export function settings(): readonly Setting[] {
  known ??= measure();
  return known;
}

function measure(): readonly Setting[] {
  const { replicas, trials: count } = DRAWN;
  const trials = drawTrials({ fit: FITS[DRAWN.fit], replicas, count, seed: seed(DRAWN.seed) });
  return QUORUMS.map(([readQuorum, writeQuorum]) => {
    const drawn = wars(trials, { readQuorum, writeQuorum });
    return {
      readQuorum,
      writeQuorum,
      freshAtOnce: freshShare(drawn, 0),
      freshAtObjective: freshShare(drawn, OBJECTIVE.freshAfterUs),
      visibleAfterUs: visibleAfterUs(drawn, OBJECTIVE.freshShare),
      readUs: quantile(drawn.readLatencyUs, 0.999),
      writeUs: quantile(drawn.writeLatencyUs, 0.999),
      staleAt: TABLE_MS.map((ms) => 1 - freshShare(drawn, ms * 1000)),
      stale: staleCurve(drawn),
    };
  });
}

const MS_MAX = 3000;
const POINTS = 60;

/** Points at equal distances on a logarithmic axis from 1 ms. */
function staleCurve(drawn: Wars): Setting['stale'] {
  return Array.from({ length: POINTS + 1 }, (_, at) => {
    const ms = MS_MAX ** (at / POINTS);
    return { ms, share: 1 - freshShare(drawn, ms * 1000) };
  });
}

/** `R 1, W 2`. */
export function settingName({ readQuorum, writeQuorum }: Pick<Setting, 'readQuorum' | 'writeQuorum'>): string {
  return `R ${readQuorum}, W ${writeQuorum}`;
}
