import type { Value } from '../../kernel/value.ts';
import type { ProcessView, RunRecord, WorldView } from '../../kernel/view.ts';
import { mergeStores } from './apply.ts';
import type { Act, Config, Store, Touched } from './messages.ts';
import type { Durable, RegionContext } from './region-state.ts';
import type { Vector } from './vectors.ts';

/** What `write.accepted` notes say: a region took a client's write as its `seq`-th. */
export type Accepted = {
  readonly origin: string;
  readonly seq: number;
  readonly key: string;
  readonly write: string;
  readonly seen: Vector;
  readonly act: Act;
};
/** What `entry.applied` notes say: `had` is how many of the origin's entries were there, `missing` one that the writer had seen and this region has not. */
export type Applied = {
  readonly origin: string;
  readonly seq: number;
  readonly key: string;
  readonly write: string;
  readonly had: number;
  readonly missing: { readonly origin: string; readonly seq: number } | null;
  readonly conflict: string | null;
};
/** What `write.discarded` notes say: `by` won; `hadSeen`: although the loser had seen it. */
export type Discarded = {
  readonly key: string;
  readonly write: string;
  readonly by: string;
  readonly hadSeen: boolean;
};
/** What `state.taken` notes say: from now on the region has at least this much. */
export type Taken = { readonly vector: Vector };
/** What `rights.moved` notes say. */
export type RightsMoved = { readonly key: string; readonly from: string; readonly to: string; readonly amount: number };

/** What a history entry says of its version: the writes that a read included, or the one that an update made. */
export type OperationVersion = { readonly touched: Touched; readonly siblings: number };

/** The version of an operation that ended well; undefined of one whose outcome is unknown, or that was refused. */
export function operationVersion({ version }: { readonly version?: Value }): OperationVersion | undefined {
  return version as OperationVersion | undefined;
}

/** What a region has on disk, for any process of that role. */
export function diskOf(disk: unknown): Durable {
  return disk as Durable;
}

/** The regions of a world, in ring order. */
export function regionsOf(world: WorldView): readonly ProcessView[] {
  return world.processes.filter(({ role }) => role === 'region');
}

/** A region's state at one moment. */
export function regionOf(process: ProcessView): RegionContext {
  return process.snapshot.context as RegionContext;
}

export function configIn(world: WorldView): Config {
  return regionOf(regionsOf(world)[0]!).volatile.config;
}

/** Everything that is on some disk at the end, merged as it would be. */
export function mergedContents(run: RunRecord): Store {
  const config: Config = { ...configIn(run.end), mistake: 'none' };
  return regionsOf(run.end).reduce<Store>((merged, { disk }) => mergeStores(merged, diskOf(disk).store, config), {});
}

/** Notes of one name, as what they say. */
export function notesOf<Data>(run: Pick<RunRecord, 'notes'>, name: string): readonly Data[] {
  return run.notes.filter((note) => note.name === name).map(({ data }) => data as Data);
}
