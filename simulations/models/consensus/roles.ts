import type { HostId } from '../../kernel/behavior.ts';
import type { StepView, WorldView } from '../../kernel/view.ts';
import { leaderOf, serversIn, settingsIn } from './history.ts';
import { sightOf } from './protocols.ts';
import { regionNames, regionOf } from './regions.ts';
import type { Disk } from './sight.ts';
import { lastSlot, numberIn } from './slots.ts';

const hosts = (world: WorldView): readonly HostId[] => serversIn(world).map(({ host }) => host);

function votersOf(world: WorldView): readonly HostId[] {
  const leader = leaderOf(world) ?? serversIn(world)[0]!;
  return sightOf(leader).voters;
}

function followersOf(world: WorldView): readonly HostId[] {
  const leader = leaderOf(world)?.host;
  return votersOf(world).filter((host) => host !== leader);
}

/** The leader with as many followers as leave it in the minority. */
function minorityWithLeader(world: WorldView): readonly HostId[] {
  const leader = leaderOf(world)?.host;
  if (leader === undefined) return [];
  const companions = Math.floor((votersOf(world).length - 1) / 2) - 1;
  return [leader, ...followersOf(world).slice(0, Math.max(0, companions))];
}

/** All hosts of a region, clients too; nobody, where there are fewer regions. */
function hostsIn(world: WorldView, region: string): readonly HostId[] {
  const { regions } = settingsIn(world);
  return world.processes.flatMap(({ host }) => (regionOf(host, regions) === region ? [host] : []));
}

/** In these states a server tries to be elected. */
const CANDIDATES = ['candidate', 'phase1', 'leader.discovery', 'leader.synchronisation'];

/** The hosts that faults may name by their part in the protocol, resolved when the fault begins. */
export const targets: Readonly<Record<string, (world: WorldView) => readonly HostId[]>> = {
  leader: (world) => {
    const leader = leaderOf(world);
    return leader === undefined ? [] : [leader.host];
  },
  followers: followersOf,
  follower: (world) => followersOf(world).slice(0, 1),
  candidate: (world) =>
    serversIn(world)
      .filter(({ snapshot }) => CANDIDATES.includes(snapshot.state))
      .slice(0, 1)
      .map(({ host }) => host),
  'minority-with-leader': minorityWithLeader,
  'majority-without-leader': (world) => {
    const minority = minorityWithLeader(world);
    return hosts(world).filter((host) => !minority.includes(host));
  },
  /** The leader and those who have its last entry in memory, and those who have not. */
  holders: (world) => splitByLast(world).holders,
  lacking: (world) => splitByLast(world).lacking,
  servers: hosts,
  ...Object.fromEntries(regionNames().map((region) => [region, (world: WorldView) => hostsIn(world, region)])),
  clients: (world) => world.processes.filter(({ role }) => role === 'client').map(({ host }) => host),
};

function splitByLast(world: WorldView): { readonly holders: readonly HostId[]; readonly lacking: readonly HostId[] } {
  const leader = leaderOf(world);
  if (leader === undefined) return { holders: [], lacking: hosts(world) };
  const { log } = sightOf(leader);
  const last = lastSlot(log);
  const holders = serversIn(world)
    .filter((process) => numberIn(sightOf(process).log, last) === numberIn(log, last))
    .map(({ host }) => host);
  return { holders, lacking: hosts(world).filter((host) => !holders.includes(host)) };
}

function hasNote(step: StepView, name: string): boolean {
  return step.effects.some((effect) => effect.type === 'note' && effect.name === name);
}

const sends = (step: StepView, type: string): boolean =>
  step.effects.some((effect) => effect.type === 'send' && effect.message.type === type);

/** What faults may wait for. */
export const predicates: Readonly<Record<string, (world: WorldView, step: StepView) => boolean>> = {
  'leader-elected': (_world, step) => hasNote(step, 'leader.elected'),
  /** A server has given its vote, and its disk may not have it yet. */
  'vote-granted': (_world, step) => hasNote(step, 'vote.granted'),
  /** The same of an acceptor's promise. */
  'promise-given': (_world, step) => hasNote(step, 'promise.given'),
  'write-acknowledged': (_world, step) => sends(step, 'WriteReply'),
  'entry-appended': (_world, step) => hasNote(step, 'log.appended'),
  'snapshot-taken': (_world, step) => hasNote(step, 'snapshot.taken'),
  /** An entry of the leader's has just reached its first follower's disk. */
  'entry-on-one-follower': (world, step) => {
    const leader = leaderOf(world);
    if (leader === undefined || step.kind !== 'persisted' || step.host === leader.host) return false;
    const { log, commit, number } = sightOf(leader);
    const last = lastSlot(log);
    if (last <= commit) return false;
    const holders = serversIn(world).filter(
      (process) => process !== leader && numberIn(process.disk as Disk, last) === number,
    );
    return holders.length === 1 && holders[0]!.host === step.host;
  },
};
