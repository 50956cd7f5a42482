import { compileLatency, type Sampler } from '../../kernel/latency.ts';
import { Streams } from '../../kernel/random.ts';
import type { Seed } from '../../kernel/time.ts';
import type { Fit } from './latencies.ts';

/**
 * Probabilistically bounded staleness without a protocol: the WARS model of Bailis et al. (VLDB 2012, section 4.1), drawn many
 * times. A write's messages reach replica i after W[i], its acknowledgement after A[i] more; the write is acknowledged at the W-th. A read
 * that begins t later reaches replica i after R[i] and is answered after S[i] more; the first R answers count. It is fresh when one
 * of those replicas had the write by the time it was asked.
 *
 * What that leaves out, and the simulation has: load, loss, failures, repair, and more than one write at a time.
 */
export interface Wars {
  /** For each trial the smallest delay t after which the read would have been fresh, in microseconds, rising; may be negative. */
  readonly freshAfterUs: Float64Array;
  /** Rising. */
  readonly readLatencyUs: Float64Array;
  /** Rising. */
  readonly writeLatencyUs: Float64Array;
}

/** Drawn trials, replica by replica within each: every quorum size can be judged on the same luck. Microseconds. */
export interface Trials {
  readonly replicas: number;
  readonly count: number;
  /** When the write reaches the replica, and when its acknowledgement is back, from the write's start. */
  readonly arrivesUs: Float64Array;
  readonly acknowledgedUs: Float64Array;
  /** When the read reaches the replica, and when its answer is back, from the read's start. */
  readonly askedUs: Float64Array;
  readonly answeredUs: Float64Array;
}

/** Draws the messages of `count` write-read pairs. In a WAN writer and reader each sit beside one replica. */
export function drawTrials(options: { fit: Fit; replicas: number; count: number; seed: Seed }): Trials {
  const { fit, replicas, count } = options;
  const streams = new Streams(options.seed);
  const drawWrite = compileLeg(streams, 'W', compileLatency(fit.write));
  const drawAck = compileLeg(streams, 'A', compileLatency(fit.other));
  const drawRead = compileLeg(streams, 'R', compileLatency(fit.other));
  const drawResponse = compileLeg(streams, 'S', compileLatency(fit.other));
  const site = streams.stream('site');
  const column = (): Float64Array => new Float64Array(count * replicas);
  const trials = {
    replicas,
    count,
    arrivesUs: column(),
    acknowledgedUs: column(),
    askedUs: column(),
    answeredUs: column(),
  };
  for (let trial = 0; trial < count; trial++) {
    const writer = streams.integer(site, 0, replicas - 1);
    const reader = streams.integer(site, 0, replicas - 1);
    for (let replica = 0; replica < replicas; replica++) {
      const at = trial * replicas + replica;
      const toWriterUs = replica === writer ? 0 : fit.betweenSitesUs;
      const toReaderUs = replica === reader ? 0 : fit.betweenSitesUs;
      trials.arrivesUs[at] = drawWrite() + toWriterUs;
      trials.acknowledgedUs[at] = trials.arrivesUs[at]! + drawAck() + toWriterUs;
      trials.askedUs[at] = drawRead() + toReaderUs;
      trials.answeredUs[at] = trials.askedUs[at]! + drawResponse() + toReaderUs;
    }
  }
  return trials;
}

function compileLeg(streams: Streams, leg: string, sample: Sampler): () => number {
  const stream = streams.stream(leg);
  return () => {
    const choice = streams.uniform(stream);
    return sample(choice, streams.uniform(stream));
  };
}

/** Judges the trials for one pair of quorum sizes. */
export function wars(trials: Trials, quorums: { readQuorum: number; writeQuorum: number }): Wars {
  const { count, replicas } = trials;
  const result = {
    freshAfterUs: new Float64Array(count),
    readLatencyUs: new Float64Array(count),
    writeLatencyUs: new Float64Array(count),
  };
  const sorted = new Float64Array(replicas);
  for (let trial = 0; trial < count; trial++) {
    const from = trial * replicas;
    const writeUs = kthSmallest(trials.acknowledgedUs, { from, k: quorums.writeQuorum, sorted });
    const readUs = kthSmallest(trials.answeredUs, { from, k: quorums.readQuorum, sorted });
    let earliestUs = Number.POSITIVE_INFINITY;
    let answers = 0;
    for (let at = from; at < from + replicas && answers < quorums.readQuorum; at++) {
      if (trials.answeredUs[at]! > readUs) continue;
      answers++;
      earliestUs = Math.min(earliestUs, trials.arrivesUs[at]! - trials.askedUs[at]!);
    }
    result.freshAfterUs[trial] = earliestUs - writeUs;
    result.readLatencyUs[trial] = readUs;
    result.writeLatencyUs[trial] = writeUs;
  }
  result.freshAfterUs.sort();
  result.readLatencyUs.sort();
  result.writeLatencyUs.sort();
  return result;
}

/** The k-th smallest of the values from `from` on, as many as `sorted` holds; `sorted` is scratch space. */
function kthSmallest(
  values: Float64Array,
  { from, k, sorted }: { from: number; k: number; sorted: Float64Array },
): number {
  for (let count = 0; count < sorted.length; count++) {
    const value = values[from + count]!;
    let at = count;
    while (at > 0 && sorted[at - 1]! > value) {
      sorted[at] = sorted[at - 1]!;
      at--;
    }
    sorted[at] = value;
  }
  return sorted[k - 1]!;
}

/** The share of reads that are fresh when they begin `afterUs` after the acknowledgement. */
export function freshShare({ freshAfterUs }: Wars, afterUs: number): number {
  let low = 0;
  let high = freshAfterUs.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (freshAfterUs[middle]! <= afterUs) low = middle + 1;
    else high = middle;
  }
  return low / freshAfterUs.length;
}

/** t-visibility: how long after the acknowledgement that share of reads is fresh, in microseconds; 0 when it is from the start. */
export function visibleAfterUs({ freshAfterUs }: Wars, share: number): number {
  return Math.max(0, quantile(freshAfterUs, share));
}

/** A quantile of rising values: the smallest that at least that share does not exceed. */
export function quantile(rising: Float64Array, share: number): number {
  return rising[Math.min(rising.length - 1, Math.max(0, Math.ceil(share * rising.length) - 1))]!;
}

/** The probability that a read misses all of the last k versions, with quorums drawn at random: (C(N-W, R) / C(N, R))^k (PBS, section 3.1). */
export function kStaleness(options: { replicas: number; readQuorum: number; writeQuorum: number; k: number }): number {
  const { replicas, readQuorum, writeQuorum, k } = options;
  let missesOne = 1;
  for (let i = 0; i < readQuorum; i++) missesOne *= Math.max(0, replicas - writeQuorum - i) / (replicas - i);
  let missesAll = 1;
  for (let i = 0; i < k; i++) missesAll *= missesOne;
  return missesAll;
}
