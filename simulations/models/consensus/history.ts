import type { ProcessView, RunRecord, WorldView } from '../../kernel/view.ts';
import type { OperationVersion } from './client.ts';
import type { Machine } from './messages.ts';
import { entryAt, isUpToDate, lastIndexOf, lastTermOf } from './raft/log.ts';
import type { Durable, ServerContext, Volatile } from './raft/state.ts';
import { applyEntry } from './store.ts';

/** What `leader.elected` notes say. */
export type LeaderElected = { readonly term: number; readonly votes: readonly string[] };
/** What `entry.applied` notes say; `executed` is false where the session knew the command, or where there was nothing to carry out. */
export type EntryApplied = {
  readonly index: number;
  readonly term: number;
  readonly client: string;
  readonly sequence: number;
  readonly executed: boolean;
  readonly kind: 'noop' | 'read' | 'write' | 'cas' | 'members';
};
/** What `log.appended` and `log.truncated` notes say: the places from one index to another, both included, in that term of the server. */
export type LogChanged = { readonly from: number; readonly to: number; readonly term: number };

/** What a server has on disk. */
export function diskOf(disk: unknown): Durable {
  return disk as Durable;
}

/** What a server has in memory, durable half included. */
export function serverOf(process: ProcessView): ServerContext {
  return process.snapshot.context as ServerContext;
}

/** All servers of a world, in ring order. */
export function serversIn(world: WorldView): readonly ProcessView[] {
  return world.processes.filter(({ role }) => role === 'server');
}

/** Whether a server leads by its own account. */
export function leads({ snapshot }: ProcessView): boolean {
  return snapshot.state === 'leader' || snapshot.state === 'transferring';
}

/** The leader of the highest term whose host is up; undefined when nobody leads. */
export function leaderOf(world: WorldView): ProcessView | undefined {
  let found: ProcessView | undefined;
  for (const process of serversIn(world)) {
    if (!leads(process) || world.host(process.host)?.status === 'down') continue;
    if (found === undefined || serverOf(process).durable.term > serverOf(found).durable.term) found = process;
  }
  return found;
}

/** What a server remembers beside its disk. */
export function memoryOf(process: ProcessView): Volatile {
  return serverOf(process).volatile;
}

/** The version that an acknowledged write created or a read found; undefined: unknown, null: nothing. */
export function operationVersion({ version }: { readonly version?: unknown }): OperationVersion | null | undefined {
  return version as OperationVersion | null | undefined;
}

/** Whose log prevails: the leader's, or else the most up-to-date one, which can still be elected. */
function prevailing(world: WorldView): ServerContext | undefined {
  const leader = leaderOf(world);
  if (leader !== undefined) return serverOf(leader);
  let best: ServerContext | undefined;
  for (const process of serversIn(world)) {
    const server = serverOf(process);
    if (best === undefined || isUpToDate(best.durable, lastTermOf(server.durable), lastIndexOf(server.durable)))
      best = server;
  }
  return best;
}

/** The state machine that the group ends with: the prevailing log carried out to its last entry, which includes all that was ever acknowledged. */
export function finalMachine({ end }: RunRecord): Machine | undefined {
  const server = prevailing(end);
  if (server === undefined) return undefined;
  const { durable, volatile } = server;
  let { machine } = volatile;
  for (let index = volatile.commit + 1; index <= lastIndexOf(durable); index++) {
    const entry = entryAt(durable, index);
    if (entry !== undefined && entry.client !== '') machine = applyEntry(machine, entry).machine;
  }
  return machine;
}
