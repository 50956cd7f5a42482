import { describe, expect, it } from 'vitest';
import type { ReplicationKnobs } from '../../../simulations/models/replication/knobs.ts';
import type { Run } from '../../../simulations/run/execute.ts';
import { crash, MS, metric, runReplication, S, status, violated } from './run-replication.ts';

const SEEDS = 30;
const workload = { clients: 3, keys: ['x', 'y'], operations: 40, mix: { read: 2, write: 1 } };

function sweep(knobs: Partial<ReplicationKnobs>, faults = [crash('n1', 2 * S, 1 * S)]): readonly Run[] {
  return Array.from({ length: SEEDS }, (_, index) =>
    runReplication({
      seed: index + 1,
      knobs: { lagMin: 20 * MS, lagMax: 400 * MS, requestTimeout: 1 * S, ...knobs },
      workload,
      faults,
      durationUs: 8 * S,
      digest: false,
    }),
  );
}

const count = (runs: readonly Run[], property: string): number =>
  runs.filter((run) => status(run, property) === 'violated').length;

describe(`replication: where reads go, lag 20 to 400 ms, the leader crashes, ${SEEDS} seeds`, () => {
  it('any node: reads miss own writes, go back, and show an answer before its question', () => {
    const runs = sweep({ routing: 'any' });
    for (const property of ['read-your-writes', 'monotonic-reads', 'consistent-prefix', 'linearizable']) {
      expect(count(runs, property), property).toBeGreaterThan(0.9 * SEEDS);
    }
  });

  it('one node per client: never goes back while there is no failover, and misses own writes', () => {
    const runs = sweep({ routing: 'sticky', contract: 'session' }, []);
    expect(count(runs, 'monotonic-reads')).toBe(0);
    expect(count(runs, 'consistent-prefix')).toBe(0);
    expect(count(runs, 'read-your-writes')).toBeGreaterThan(0.5 * SEEDS);
    expect(count(runs, 'contract-kept')).toBe(count(runs, 'read-your-writes'));
  });

  it('one node per client: goes back when that node is the one that fails', () => {
    const runs = sweep({ routing: 'sticky', requestTimeout: 150 * MS }, [crash('n2', 1 * S, 1 * S)]);
    expect(count(runs, 'monotonic-reads')).toBeGreaterThan(0);
  });

  it('token: the session contract holds through the failover, and is not linearizability', () => {
    const runs = sweep({ routing: 'token', contract: 'session' });
    for (const property of ['contract-kept', 'read-your-writes', 'monotonic-reads', 'consistent-prefix']) {
      expect(count(runs, property), property).toBe(0);
    }
    expect(runs.filter((run) => status(run, 'contract-kept') === 'ok').length).toBe(SEEDS);
    expect(count(runs, 'linearizable')).toBeGreaterThan(0.5 * SEEDS);
  });

  it('token: the wait is the rest of the lag, never more than lag, flight, flush and apply together', () => {
    const runs = sweep({ routing: 'token' }, []);
    const waits = runs.map((run) => metric(run, 'token-wait-p99') ?? 0);
    expect(Math.max(...waits)).toBeGreaterThan(300 * MS);
    expect(Math.max(...waits)).toBeLessThan(410 * MS);
    expect(runs.flatMap(({ record }) => record.operations).every(({ outcome }) => outcome === 'ok')).toBe(true);
  });

  it('token: what failover lost fails loudly, once for each session that had seen it', () => {
    const runs = sweep({ routing: 'token', lagMin: 200 * MS });
    const lost = runs.filter((run) => run.witnessed['token-lost']);
    expect(lost.length).toBeGreaterThan(0.5 * SEEDS);
    for (const run of lost) {
      const failed = run.record.operations.filter(({ outcome }) => outcome === 'fail');
      expect(failed.every(({ f }) => f === 'read')).toBe(true);
      expect(new Set(failed.map(({ client }) => client)).size).toBe(failed.length);
      expect(metric(run, 'rpo')).toBeGreaterThan(0);
    }
  });

  it('the leader, synchronously replicated: linearizable, through the failover', () => {
    const runs = sweep({ routing: 'leader', mode: 'sync', contract: 'linearizable' });
    expect(runs.flatMap(violated)).toEqual([]);
    expect(runs.filter((run) => status(run, 'leader-replaced') === 'ok').length).toBe(SEEDS);
  });
});
