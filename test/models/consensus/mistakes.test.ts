import { describe, expect, test } from 'vitest';
import { runOf } from '../../helpers/scenarios.ts';
import { violated } from './run-consensus.ts';

/** Which property catches which planted mistake, in its scenario. */
const CASES = [
  { id: 'raft-split-brain', broken: 'half', fixed: 'majority', property: 'linearizable' },
  { id: 'raft-fsync-off', broken: 'off', fixed: 'on', property: 'no-lost-acknowledged-write' },
  { id: 'raft-double-vote', broken: 'memory', fixed: 'disk', property: 'election-safety' },
  { id: 'raft-figure-8', broken: 'any', fixed: 'own', property: 'state-machine-safety' },
  { id: 'raft-member-swap', broken: 'naive', fixed: 'joint', property: 'leader-completeness' },
  { id: 'raft-member-race', broken: 'at-once', fixed: 'own-entry', property: 'leader-completeness' },
  { id: 'raft-lease-drift', broken: 'none', fixed: 'margin', property: 'linearizable' },
  { id: 'raft-snapshot-sessions', broken: 'keys', fixed: 'sessions', property: 'exactly-once' },
  { id: 'paxos-forgotten-promise', broken: 'memory', fixed: 'disk', property: 'one-value-per-slot' },
  { id: 'paxos-gaps', broken: 'ignored', fixed: 'adopted', property: 'one-value-per-slot' },
  { id: 'zab-forgotten-epoch', broken: 'memory', fixed: 'disk', property: 'prefix' },
  { id: 'zab-skipped-sync', broken: 'skipped', fixed: 'synchronised', property: 'prefix' },
  { id: 'zab-stale-read', broken: 'local', fixed: 'sync', property: 'linearizable' },
] as const;

const SEEDS = 12;

describe.each(CASES)('$id, seeds 1 to 12', ({ id, broken, fixed, property }) => {
  const found = (variant: string): readonly (readonly string[])[] =>
    Array.from({ length: SEEDS }, (_, at) => violated(runOf(id, variant, { seed: at + 1, history: false })));

  test(`${broken} violates ${property} in at least a third of them`, () => {
    expect(found(broken).filter((ids) => ids.includes(property)).length).toBeGreaterThanOrEqual(SEEDS / 3);
  });

  test(`${fixed} violates nothing`, () => {
    expect(found(fixed).flat()).toEqual([]);
  });
});
