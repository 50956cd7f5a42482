import type { HostId } from '../../kernel/behavior.ts';
import type { StepView, WorldView } from '../../kernel/view.ts';
import type { CoordinatorContext, Progress } from './coordinator-state.ts';
import { diskOf, type QuorumMet } from './history.ts';
import type { Config } from './messages.ts';
import type { ReplicaContext } from './store.ts';
import type { Cell } from './versions.ts';

/** The hosts that faults may name by their part in the protocol, resolved when the fault begins. */
export const targets: Readonly<Record<string, (world: WorldView) => readonly HostId[]>> = {
  coordinator: (world) => hostsOf(newestCoordinator(world, () => true)),
  'write-coordinator': (world) => hostsOf(newestCoordinator(world, isWrite)),
  'read-coordinator': (world) => hostsOf(newestCoordinator(world, (progress) => !isWrite(progress))),
  /** The replicas that do not coordinate the newest unfinished request. */
  'other-replicas': (world) => {
    const [coordinator] = hostsOf(newestCoordinator(world, () => true));
    return replicasOf(world).filter((host) => host !== coordinator);
  },
  /** The replicas with the newest unfinished write on disk, and those without. */
  holders: (world) => split(world).holders,
  lagging: (world) => split(world).lagging,
  minority: (world) => replicasOf(world).slice(0, Math.floor((replicasOf(world).length - 1) / 2)),
  majority: (world) => replicasOf(world).slice(Math.floor((replicasOf(world).length - 1) / 2)),
  replicas: replicasOf,
  spares: (world) => configOf(world).spares,
  clients: (world) => world.processes.filter(({ role }) => role === 'client').map(({ host }) => host),
};

/** What faults may wait for. */
export const predicates: Readonly<Record<string, (world: WorldView, step: StepView) => boolean>> = {
  /** A replica has just put a write on its disk, it is the only one, and the write needs more. */
  'write-partly-applied': (world, step) => {
    const write = justPersisted(world, step);
    if (write === undefined || write.input.config.writeQuorum < 2) return false;
    return write.input.config.replicas.filter((host) => holds(world, host, write.input.cell!)).length === 1;
  },
  /** The same for a replica other than the coordinator's own. */
  'write-on-one-other': (world, step) => {
    const write = justPersisted(world, step);
    if (write === undefined || step.host === hostOf(step.token)) return false;
    const others = write.input.config.replicas.filter((host) => host !== hostOf(step.token));
    return others.filter((host) => holds(world, host, write.input.cell!)).length === 1;
  },
  'write-acknowledged': (_world, step) => quorumMet(step)?.request === 'write',
  'delete-acknowledged': (_world, step) => quorumMet(step)?.request === 'delete',
  'read-answered': (_world, step) => quorumMet(step)?.request === 'read',
  /** A tombstone has just gone, and no replica that is up holds one any more. */
  'tombstones-purged': (world, step) => hasNote(step, 'tombstone.purged') && !tombstoneLeft(world),
  'hint-stored': (_world, step) => step.kind === 'persisted' && replyType(step) === 'HintAck',
};

interface Unfinished {
  readonly host: HostId;
  readonly progress: Progress;
}

const isWrite = (progress: Progress): boolean => progress.input.cell !== null;
const hostsOf = (found: Unfinished | undefined): readonly HostId[] => (found === undefined ? [] : [found.host]);

/** The coordinator started last among those that have not answered their client. */
function newestCoordinator(world: WorldView, test: (progress: Progress) => boolean): Unfinished | undefined {
  let newest: Unfinished | undefined;
  for (const process of world.processes) {
    if (process.role !== 'coordinator') continue;
    const progress = (process.snapshot.context as CoordinatorContext).volatile;
    if (!progress.replied && test(progress)) newest = { host: process.host, progress };
  }
  return newest;
}

function configOf(world: WorldView): Config {
  const replica = world.processes.find(({ role }) => role === 'replica')!;
  return (replica.snapshot.context as ReplicaContext).volatile.config;
}

function replicasOf(world: WorldView): readonly HostId[] {
  return configOf(world).replicas;
}

function split(world: WorldView): { readonly holders: readonly HostId[]; readonly lagging: readonly HostId[] } {
  const cell = newestCoordinator(world, isWrite)?.progress.input.cell;
  const replicas = replicasOf(world);
  const holders = cell === undefined || cell === null ? [] : replicas.filter((host) => holds(world, host, cell));
  return { holders, lagging: replicas.filter((host) => !holders.includes(host)) };
}

/** Whether a replica has that very write on disk. */
function holds(world: WorldView, host: HostId, cell: Cell): boolean {
  const process = world.process(host);
  if (process === undefined) return false;
  const { store } = diskOf(process.disk);
  for (const key in store) if (store[key]!.some(({ write }) => write === cell.write)) return true;
  return false;
}

/** The unfinished write whose acknowledgement has just become possible at a replica. */
function justPersisted(world: WorldView, step: StepView): Progress | undefined {
  if (step.kind !== 'persisted' || replyType(step) !== 'RAck') return undefined;
  const process = world.process((step.token as { readonly to: string }).to);
  const progress = (process?.snapshot.context as CoordinatorContext | undefined)?.volatile;
  return progress === undefined || progress.replied ? undefined : progress;
}

function hostOf(token: StepView['token']): HostId {
  return (token as { readonly to: string }).to.split('/')[0]!;
}

function replyType(step: StepView): string | undefined {
  return (step.token as { readonly reply?: { readonly type: string } } | null | undefined)?.reply?.type;
}

function quorumMet(step: StepView): QuorumMet | undefined {
  for (const effect of step.effects) {
    if (effect.type === 'note' && effect.name === 'quorum.met') return effect.data as QuorumMet;
  }
  return undefined;
}

function hasNote(step: StepView, name: string): boolean {
  return step.effects.some((effect) => effect.type === 'note' && effect.name === name);
}

function tombstoneLeft(world: WorldView): boolean {
  return world.processes.some((process) => {
    if (process.role !== 'replica' || world.host(process.host)?.status !== 'up') return false;
    const { store } = (process.snapshot.context as ReplicaContext).durable;
    return Object.values(store).some((cells) => cells.some(({ deleted }) => deleted));
  });
}
