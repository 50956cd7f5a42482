import type { HostId } from '../../kernel/behavior.ts';
import type { StepView, WorldView } from '../../kernel/view.ts';
import { contextOf, isUnfencedLeader, nodesOf } from './history.ts';

/** The hosts that faults may name by their part, resolved when the fault begins. */
export const targets: Readonly<Record<string, (world: WorldView) => readonly HostId[]>> = {
  /** Who leads the latest epoch, by its own account. */
  leader: leaderOf,
  followers: (world) =>
    nodesOf(world)
      .map(({ host }) => host)
      .filter((host) => !leaderOf(world).includes(host)),
  /** The follower that is up and has the longest log in the latest epoch, and the one with the shortest. */
  freshest: (world) => byLength(world).slice(-1),
  stalest: (world) => byLength(world).slice(0, 1),
  nodes: (world) => nodesOf(world).map(({ host }) => host),
  monitor: (world) => world.processes.filter(({ role }) => role === 'failover').map(({ host }) => host),
  clients: (world) => world.processes.filter(({ role }) => role === 'client').map(({ host }) => host),
};

/** What faults may wait for. */
export const predicates: Readonly<Record<string, (world: WorldView, step: StepView) => boolean>> = {
  'write-acknowledged': (_world, step) => hasNote(step, 'write.acknowledged'),
  'leader-suspected': (_world, step) => hasNote(step, 'leader.suspected'),
  /** A leader of a later epoch than the first serves. */
  'leader-promoted': (_world, step) => hasNote(step, 'leader.active'),
  'semi-sync-degraded': (_world, step) => hasNote(step, 'semisync.degraded'),
  'two-leaders': (world) => nodesOf(world).filter((node) => isUnfencedLeader(world, node)).length > 1,
};

function leaderOf(world: WorldView): readonly HostId[] {
  const leaders = nodesOf(world).filter((node) => contextOf(node).durable.leads);
  leaders.sort((a, b) => contextOf(b).durable.epoch - contextOf(a).durable.epoch);
  return leaders.slice(0, 1).map(({ host }) => host);
}

function byLength(world: WorldView): readonly HostId[] {
  const leaders = leaderOf(world);
  return nodesOf(world)
    .filter(({ host }) => !leaders.includes(host) && world.host(host)?.status === 'up')
    .sort((a, b) => contextOf(a).durable.wal.length - contextOf(b).durable.wal.length)
    .map(({ host }) => host);
}

function hasNote(step: StepView, name: string): boolean {
  return step.effects.some((effect) => effect.type === 'note' && effect.name === name);
}
