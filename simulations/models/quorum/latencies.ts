import type { Latency } from '../../kernel/latency.ts';

/**
 * One-way message latencies measured in production and fitted by Bailis et al. (PBS, VLDB 2012, table 3). The `write` leg
 * carries a write to a replica and includes its disk; the three other legs of WARS (ack, read, response) share one distribution.
 */
export interface Fit {
  readonly write: Latency;
  readonly other: Latency;
  /** Added to each message between two sites (WAN only), in microseconds. */
  readonly betweenSitesUs: number;
}

export type FitName = 'LNKD-SSD' | 'LNKD-DISK' | 'YMMR' | 'WAN';

/** A Pareto body and an exponential tail, as the paper gives them: scale in ms, rate per ms. */
function paretoOrExponential(options: {
  paretoWeight: number;
  scaleMs: number;
  shape: number;
  ratePerMs: number;
}): Latency {
  const { paretoWeight, scaleMs, shape, ratePerMs } = options;
  return {
    kind: 'mixture',
    parts: [
      { weight: paretoWeight, latency: { kind: 'pareto', scaleUs: scaleMs * 1000, shape } },
      { weight: 1 - paretoWeight, latency: { kind: 'exponential', meanUs: 1000 / ratePerMs } },
    ],
  };
}

const LNKD_SSD = paretoOrExponential({ paretoWeight: 0.9122, scaleMs: 0.235, shape: 10, ratePerMs: 1.66 });
const LNKD_DISK_WRITE = paretoOrExponential({ paretoWeight: 0.38, scaleMs: 1.05, shape: 1.51, ratePerMs: 0.183 });

/** The four fits. WAN is LNKD-DISK with 75 ms between sites. YMMR's write shape is the paper's 3.35; the authors' code has 3.5. */
export const FITS: Readonly<Record<FitName, Fit>> = {
  'LNKD-SSD': { write: LNKD_SSD, other: LNKD_SSD, betweenSitesUs: 0 },
  'LNKD-DISK': { write: LNKD_DISK_WRITE, other: LNKD_SSD, betweenSitesUs: 0 },
  YMMR: {
    write: paretoOrExponential({ paretoWeight: 0.939, scaleMs: 3, shape: 3.35, ratePerMs: 0.0028 }),
    other: paretoOrExponential({ paretoWeight: 0.982, scaleMs: 1.5, shape: 3.8, ratePerMs: 0.0217 }),
    betweenSitesUs: 0,
  },
  WAN: { write: LNKD_DISK_WRITE, other: LNKD_SSD, betweenSitesUs: 75_000 },
};

/** No delay at all. */
export const NONE: Latency = { kind: 'constant', us: 0 };
