import { describe, expect, it } from 'vitest';
import { seed } from '../../../simulations/kernel/time.ts';
import { judgeReads } from '../../../simulations/models/quorum/history.ts';
import { FITS } from '../../../simulations/models/quorum/latencies.ts';
import { drawTrials, freshShare, quantile, wars } from '../../../simulations/models/quorum/pbs.ts';
import { MS, runQuorum, S } from './run-quorum.ts';

const PAIRS = 3_000;
const OFFSETS_US = [0, 1 * MS, 10 * MS];

/** Writes, waits, reads with the real protocol: coordinator in the client, no repair of any kind. */
function probe(latency: 'LNKD-SSD' | 'LNKD-DISK' | 'YMMR', readQuorum: number, writeQuorum: number) {
  const run = runQuorum({
    knobs: {
      latency,
      readQuorum,
      writeQuorum,
      coordinatorAt: 'client',
      readRepair: 'off',
      antiEntropyEvery: 0,
      hintAfter: 0,
      requestTimeout: 60 * S,
    },
    workload: { clients: 1, probe: { writes: PAIRS, gapUs: 10 * S, offsetsUs: OFFSETS_US } },
    seed: 2012,
    durationUs: 20 * S * PAIRS,
    checks: false,
    digest: false,
  });
  return run.record.operations;
}

describe.each([
  ['LNKD-SSD', 1, 1],
  ['LNKD-DISK', 1, 1],
  ['LNKD-DISK', 2, 1],
  ['YMMR', 1, 2],
  ['YMMR', 2, 2],
] as const)(
  `quorum: the protocol agrees with the WARS model (%s, R=%i, W=%i, ${PAIRS} pairs, seed 2012)`,
  (latency, r, w) => {
    const operations = probe(latency, r, w);
    const drawn = drawTrials({ fit: FITS[latency], replicas: 3, count: 100_000, seed: seed(16) });
    const model = wars(drawn, { readQuorum: r, writeQuorum: w });

    it('every operation is answered', () => {
      expect(operations.length).toBe(2 * PAIRS);
      expect(operations.every(({ outcome }) => outcome === 'ok')).toBe(true);
    });

    it.each(OFFSETS_US.map((offsetUs, index) => [offsetUs, index] as const))(
      'the share of fresh reads after %i us, within four standard errors',
      (offsetUs, index) => {
        const reads = judgeReads(operations, 0).filter(({ read }) => ((read.id - 1) / 2) % OFFSETS_US.length === index);
        const measured = reads.filter(({ behind }) => behind === 0).length / reads.length;
        const expected = freshShare(model, offsetUs);
        const standardError = Math.sqrt((expected * (1 - expected)) / reads.length);
        expect(reads.length).toBe(PAIRS / OFFSETS_US.length);
        expect(Math.abs(measured - expected)).toBeLessThanOrEqual(4 * standardError + 1e-4);
      },
    );

    it.each([
      ['read', 'readLatencyUs'],
      ['write', 'writeLatencyUs'],
    ] as const)('the median %s latency, within 3 %%', (f, field) => {
      const rising = Float64Array.from(
        operations.filter((operation) => operation.f === f),
        ({ invokedAt, completedAt }) => completedAt - invokedAt,
      ).sort();
      expect(Math.abs(quantile(rising, 0.5) / quantile(model[field], 0.5) - 1)).toBeLessThan(0.03);
    });
  },
);
