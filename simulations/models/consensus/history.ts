import type { ProcessView, RunRecord, WorldView } from '../../kernel/view.ts';
import type { OperationVersion } from './client.ts';
import type { Machine, Settings } from './messages.ts';
import { protocolOf, sightOf } from './protocols.ts';
import type { ServerContext, Volatile } from './raft/state.ts';
import type { Protocol } from './sight.ts';

/** What `leader.elected` notes say. `word`: what the number is called, where it is not a term. */
export type LeaderElected = {
  readonly term: number;
  readonly votes: readonly string[];
  readonly word?: 'ballot' | 'epoch';
};
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

/** All servers of a world, in ring order. */
export function serversIn(world: WorldView): readonly ProcessView[] {
  return world.processes.filter(({ role }) => protocolOf(role) !== undefined);
}

/** What the numbers of leaders are called in a world. */
export function numberWordIn(world: WorldView): Protocol['numberWord'] {
  return protocolOf(serversIn(world)[0]!.role)!.numberWord;
}

/** What the servers of a world were told of the knobs. */
export function settingsIn(world: WorldView): Settings {
  // Every protocol's servers keep them at this place.
  const { volatile } = serversIn(world)[0]!.snapshot.context as { readonly volatile: { readonly settings: Settings } };
  return volatile.settings;
}

/** The leader of the highest number whose host is up; undefined when nobody leads. */
export function leaderOf(world: WorldView): ProcessView | undefined {
  let found: ProcessView | undefined;
  let number = -1;
  for (const process of serversIn(world)) {
    const sight = sightOf(process);
    if (!sight.leads || sight.number <= number || world.host(process.host)?.status === 'down') continue;
    [found, number] = [process, sight.number];
  }
  return found;
}

/** What a Raft server has in memory, durable half included. */
export function serverOf(process: ProcessView): ServerContext {
  return process.snapshot.context as ServerContext;
}

/** What a Raft server remembers beside its disk. */
export function memoryOf(process: ProcessView): Volatile {
  return serverOf(process).volatile;
}

/** The version that an acknowledged write created or a read found; undefined: unknown, null: nothing. */
export function operationVersion({ version }: { readonly version?: unknown }): OperationVersion | null | undefined {
  return version as OperationVersion | null | undefined;
}

/** The state machine that the group ends with: all that was ever acknowledged carried out. */
export function finalMachine({ end }: RunRecord): Machine | undefined {
  const servers = serversIn(end);
  return protocolOf(servers[0]?.role ?? '')?.outcome(servers, leaderOf(end));
}
