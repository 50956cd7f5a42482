import type { RunRecord } from '../../kernel/view.ts';
import type { Hazard } from '../model.ts';
import { judgeReads, type LeaderActive, lostWrites, operationVersion } from './history.ts';
import type { ReplicationKnobs } from './knobs.ts';

const noted = (run: RunRecord, wanted: string): boolean => run.notes.some(({ name }) => name === wanted);

function replaced(run: RunRecord): boolean {
  return run.notes.some(({ name, data }) => name === 'leader.active' && (data as LeaderActive).epoch > 1);
}

/** When the first suspicion arose; Infinity: never. */
function suspectedUs({ notes }: RunRecord): number {
  return notes.find(({ name }) => name === 'leader.suspected')?.atUs ?? Number.POSITIVE_INFINITY;
}

/**
 * Whether a read went to a node that had less of its key than its client had seen. With tokens the node says so; without, the answer shows
 * it, and an answer that was not yet older does not.
 */
function readBehind(run: RunRecord): boolean {
  if (noted(run, 'read.behind') || noted(run, 'token.lost')) return true;
  const seen = new Map<string, number>();
  for (const operation of run.operations) {
    const version = operationVersion(operation);
    if (operation.outcome !== 'ok' || version === undefined) continue;
    const session = `${operation.client} ${operation.key}`;
    const before = seen.get(session) ?? 0;
    const place = version === null ? 0 : version.epoch * 1_000_000 + version.lsn;
    if (operation.f === 'read' && place < before) return true;
    seen.set(session, Math.max(before, place));
  }
  return false;
}

/** Hazards by the name that a scenario's `witness` gives. */
export const witnesses: Readonly<Record<string, Hazard<ReplicationKnobs>>> = {
  'leader-replaced': { title: 'another leader took over', check: replaced },
  'failover-under-load': {
    title: 'another leader took over, and within the second before the suspicion a write was begun',
    check(run, knobs) {
      const untilUs = suspectedUs(run);
      const fromUs = untilUs - knobs.suspectAfter - knobs.heartbeatEvery - 1_000_000;
      const writes = run.operations.filter(({ f }) => f === 'write');
      return replaced(run) && writes.some(({ invokedAt }) => invokedAt >= fromUs && invokedAt <= untilUs);
    },
  },
  'log-rewound': {
    title: 'a node had to cut off what the new leader never had',
    check: (run) => noted(run, 'wal.rewound'),
  },
  'write-lost': { title: 'an acknowledged write was lost', check: (run) => lostWrites(run).length > 0 },
  'semi-sync-degraded': {
    title: 'semi-synchronous replication went on without its followers',
    check: (run) => noted(run, 'semisync.degraded'),
  },
  'read-behind': { title: 'a read went to a node that was behind what its client had seen', check: readBehind },
  'token-lost': { title: 'a session was told that what it had seen is lost', check: (run) => noted(run, 'token.lost') },
  'stale-read': {
    title: 'a read returned less than what had been acknowledged before it began',
    check: (run) => judgeReads(run.operations).some(({ behind }) => behind > 0),
  },
};
