import type { ConsensusKnobs } from '../../../simulations/models/consensus/knobs.ts';
import { MS, runConsensus, S } from './run-consensus.ts';

/** Everything takes exactly as long as it says: 5 ms on the wire, 3 ms to the disk. */
const EXACT = { latencyMin: 5 * MS, latencyMax: 5 * MS, persistMin: 3 * MS, persistMax: 3 * MS } as const;

/** The latencies of twenty operations of one client that knows the server to ask, long after the election; those that differ. In microseconds. */
export function steadyLatencies(knobs: Partial<ConsensusKnobs>, f: 'read' | 'write', via?: string): readonly number[] {
  const operations = Array.from({ length: 20 }, () => ({ f, waitUs: 40 * MS, ...(via !== undefined && { via }) }));
  const run = runConsensus({
    knobs: { ...EXACT, ...knobs },
    workload: { script: { a: [{ f: 'write', atUs: 1 * S }, ...operations] } },
  });
  const taken = run.record.operations.slice(2).map(({ invokedAt, completedAt }) => completedAt - invokedAt);
  return [...new Set(taken)];
}
