import type { Operation } from '../../kernel/history.ts';
import type { Value } from '../../kernel/value.ts';
import type { ProcessView, RunRecord, WorldView } from '../../kernel/view.ts';
import type { OperationVersion } from './client.ts';
import { leaseHeld } from './leader.ts';
import type { Durable, NodeContext } from './node-state.ts';
import { comparePositions, epochAt, lookUp, type Position } from './wal.ts';

/** What `wal.appended` notes say: the LSNs that a node has just added to its log, and in which epoch. */
export type WalAppended = {
  readonly from: number;
  readonly to: number;
  readonly epoch: number;
  readonly leads: boolean;
};
/** What `wal.applied` notes say. */
export type WalApplied = { readonly lsn: number; readonly epoch: number };
/** What `wal.rewound` notes say: the log ended at `from` and now ends at `to`. */
export type WalRewound = { readonly from: number; readonly to: number; readonly epoch: number };
/** What `write.acknowledged` notes say. */
export type WriteAcknowledged = { readonly epoch: number; readonly lsn: number; readonly write: string };
/** What `leader.suspected` notes say; the time is on the monitor's clock. */
export type LeaderSuspected = { readonly epoch: number; readonly leader: string; readonly heardUs: number };
/** What `leader.chosen` notes say. */
export type LeaderChosen = {
  readonly epoch: number;
  readonly leader: string;
  readonly former: string | null;
  readonly positions: Readonly<Record<string, Position>>;
};
/** What `leader.active` notes say. */
export type LeaderActive = { readonly epoch: number; readonly lsn: number };

/** The place of the log that an operation wrote or found; undefined: unknown, null: nothing. */
export function operationVersion({ version }: { readonly version?: Value }): OperationVersion | null | undefined {
  return version as OperationVersion | null | undefined;
}

/** Compares two operation versions, for the session checks: a later epoch is newer, and within one the higher LSN. */
export function compareOperationVersions(a: Value, b: Value): 'before' | 'after' | 'equal' {
  const order = comparePositions(a as OperationVersion, b as OperationVersion);
  return order === 0 ? 'equal' : order < 0 ? 'before' : 'after';
}

/** What a node has on disk. */
export function diskOf(disk: unknown): Durable {
  return disk as Durable;
}

/** The nodes that hold the log, in the order of their names. */
export function nodesOf(world: WorldView): readonly ProcessView[] {
  return world.processes.filter(({ role }) => role === 'node');
}

/** A node's whole state. */
export function contextOf(process: ProcessView): NodeContext {
  return process.snapshot.context as NodeContext;
}

/** Whether a node would take a write at this moment: it leads by its own account, is awake, and its lease, where it needs one, has not run out. */
export function isUnfencedLeader(world: WorldView, process: ProcessView): boolean {
  if (process.role !== 'node' || process.snapshot.state !== 'leader.active') return false;
  const host = world.host(process.host);
  return host !== undefined && host.status === 'up' && leaseHeld(contextOf(process), host.clockUs);
}

/** The log that counts in the end: of the node that was made the leader last, as it is on its disk. */
function survivingLog({ end }: Pick<RunRecord, 'end'>): Durable['wal'] {
  let last: Durable | undefined;
  for (const { disk } of nodesOf(end)) {
    const durable = diskOf(disk);
    if (durable.leads && (last === undefined || durable.epoch > last.epoch)) last = durable;
  }
  // Between two leaders: the log that an election by freshness would take.
  for (const { disk } of last === undefined ? nodesOf(end) : []) {
    const durable = diskOf(disk);
    if (last === undefined || comparePositions(endOf(durable), endOf(last)) > 0) last = durable;
  }
  return last!.wal;
}

function endOf({ wal }: Durable): Position {
  return { epoch: epochAt(wal.epochs, wal.length), lsn: wal.length };
}

/** The acknowledged writes that the surviving log does not hold, in the order of the history. */
export function lostWrites(run: Pick<RunRecord, 'operations' | 'end'>): readonly Operation[] {
  const wal = survivingLog(run);
  return run.operations.filter((operation) => {
    const version = operation.f === 'write' && operation.outcome === 'ok' ? operationVersion(operation) : null;
    return version !== null && version !== undefined && lookUp(wal, version) !== 'here';
  });
}

/** One read, with how many acknowledged writes of its key it was behind, and the newest of those. */
interface JudgedRead {
  readonly read: Operation;
  readonly behind: number;
  readonly newest: Operation;
}

/** Compares each answered read with the writes of its key that were acknowledged before it began. Reads before the first are left out. */
export function judgeReads(operations: readonly Operation[]): readonly JudgedRead[] {
  const moments = operations
    .filter(({ outcome, version }) => outcome === 'ok' && version !== undefined)
    .map((operation) => ({
      operation,
      order: operation.f === 'read' ? operation.invokedOrder : operation.completedOrder,
    }))
    .sort((a, b) => a.order - b.order);
  const acknowledged = new Map<string, Operation[]>();
  const judged: JudgedRead[] = [];
  for (const { operation } of moments) {
    const versions = acknowledged.get(operation.key);
    if (operation.f === 'read') {
      if (versions !== undefined) judged.push(judge(operation, versions));
    } else if (versions === undefined) acknowledged.set(operation.key, [operation]);
    else insert(versions, operation);
  }
  return judged;
}

/** Keeps versions rising. */
function insert(versions: Operation[], operation: Operation): void {
  let at = versions.length;
  while (at > 0 && compareOperationVersions(versions[at - 1]!.version!, operation.version!) === 'after') at--;
  versions.splice(at, 0, operation);
}

function judge(read: Operation, versions: readonly Operation[]): JudgedRead {
  const newest = versions[versions.length - 1]!;
  const found = operationVersion(read);
  let behind = 0;
  if (found === null || found === undefined) behind = versions.length;
  else {
    const isNewer = (write: Operation): boolean => comparePositions(found, operationVersion(write)!) < 0;
    while (behind < versions.length && isNewer(versions[versions.length - 1 - behind]!)) behind++;
  }
  return { read, behind, newest };
}
