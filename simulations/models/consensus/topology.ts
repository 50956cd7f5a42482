import type { Latency } from '../../kernel/latency.ts';
import type { LinkSpec } from '../../kernel/network.ts';
import { hostNames } from '../host-names.ts';
import type { Draw, HostSpec, NamedHost, ProcessSpec, Topology } from '../model.ts';
import { scriptedVias } from '../workload-fields.ts';
import type { ConsensusKnobs } from './knobs.ts';
import type { Settings } from './messages.ts';
import { SERVER_ROLES } from './protocols.ts';
import { regionOf } from './regions.ts';
import { scriptsOf, type Workload } from './workload.ts';

/**
 * How long a leader may rely on its own clock after a majority heard it. Its clock may run slow by `drift` and those of the others fast, so a lease
 * of L takes up to L / (1 - drift) of true time, and their shortest timeout E as little as E / (1 + drift).
 */
export function leaseUs({ electionMin, leaseDrift, leaseIgnoresDrift }: ConsensusKnobs): number {
  return leaseIgnoresDrift ? electionMin : Math.floor((electionMin * (1 - leaseDrift)) / (1 + leaseDrift));
}

/** What the servers are told of the knobs. */
export function settingsOf(knobs: ConsensusKnobs): Settings {
  const servers = hostNames('r', knobs.servers + knobs.spares);
  return {
    servers,
    voters: servers.slice(0, knobs.servers),
    electionMinUs: knobs.electionMin,
    electionUs: [knobs.electionMin, knobs.electionMax],
    heartbeatUs: knobs.heartbeat,
    fsync: knobs.fsync,
    flushEveryUs: knobs.flushEvery,
    votePersist: knobs.votePersist,
    preVote: knobs.preVote,
    checkQuorum: knobs.checkQuorum,
    read: knobs.read,
    leaseUs: leaseUs(knobs),
    commitRule: knobs.commitRule,
    membership: knobs.membership,
    singleChangeGuard: knobs.singleChangeGuard,
    snapshotEvery: knobs.snapshotEvery,
    snapshotSessions: knobs.snapshotSessions,
    quorum: knobs.quorum,
    batchMax: knobs.batchMax,
    window: knobs.window,
    adoptAccepted: knobs.adoptAccepted,
    epochSync: knobs.epochSync,
    regions: knobs.regions,
  };
}

/** Clients ask any server, spares too; so is the group made up of any. */
export function addressed({ knobs, workload }: { knobs: ConsensusKnobs; workload: Workload }) {
  const requested = workload.operator.flatMap(({ voters = [], learners = [], transferTo, via }, at): NamedHost[] => [
    ...voters.map((host, place): NamedHost => [['operator', at, 'voters', place], host]),
    ...learners.map((host, place): NamedHost => [['operator', at, 'learners', place], host]),
    ...(transferTo === undefined ? [] : [[['operator', at, 'transferTo'], transferTo] satisfies NamedHost]),
    ...(via === undefined ? [] : [[['operator', at, 'via'], via] satisfies NamedHost]),
  ]);
  return { named: [...requested, ...scriptedVias(workload.script)], known: settingsOf(knobs).servers };
}

/** The group: a server per host, a client per client host, and two kinds of link: within a region, and between two. */
export function build(options: { knobs: ConsensusKnobs; workload: Workload; draw: Draw }): Topology {
  const { knobs, workload, draw } = options;
  const settings = settingsOf(knobs);
  const { servers } = settings;
  const clients = scriptsOf(workload, draw);
  const disk: Latency = { kind: 'uniform', minUs: knobs.persistMin, maxUs: knobs.persistMax };
  const hosts: HostSpec[] = [
    ...servers.map((id): HostSpec => ({ id, shape: 'replica', disk })),
    ...clients.map(({ client: id }): HostSpec => ({ id, shape: 'client', disk })),
  ];
  const processes: ProcessSpec[] = servers.map((id) => ({
    id,
    role: SERVER_ROLES[knobs.protocol],
    host: id,
    input: { settings, server: id },
  }));
  for (const [index, { client, script }] of clients.entries()) {
    const input = {
      servers,
      first: firstOf(client, index, settings),
      readsAtFirst: readsAnywhere(knobs),
      requestTimeoutUs: knobs.requestTimeout,
      retryAfterUs: knobs.retryAfter,
      script,
    };
    processes.push({ id: client, role: 'client', host: client, input });
  }
  return { hosts, processes, link: linkOf(knobs) };
}

/** The server that a client asks first: one of its own region, where there are several and one of them has a voter. */
function firstOf(client: string, index: number, { voters, regions }: Settings): string {
  const place = regionOf(client, regions);
  const near = voters.filter((voter) => regions > 1 && regionOf(voter, regions) === place);
  return near[Math.floor(index / regions) % Math.max(1, near.length)] ?? voters[index % voters.length]!;
}

/** Whether any server answers reads: with Zab a follower may ask its leader how far it must be. */
function readsAnywhere({ protocol, read }: ConsensusKnobs): boolean {
  return read === 'local' || (protocol === 'zab' && read === 'readIndex');
}

/** A link's luck depends on its ends and the message type alone. Messages of one type keep their order unless some are held back. */
function linkOf(knobs: ConsensusKnobs): Topology['link'] {
  const { regions, regionRtt } = knobs;
  const near = linkSpec(knobs, 0);
  if (regions === 1) return () => near;
  const far = linkSpec(knobs, Math.round(regionRtt / 2));
  return (from, to) => (regionOf(from, regions) === regionOf(to, regions) ? near : far);
}

function linkSpec(knobs: ConsensusKnobs, extraUs: number): LinkSpec {
  const { latencyMin, latencyMax, lossRatio, duplicateRatio, reorderRatio } = knobs;
  const [minUs, maxUs] = [latencyMin + extraUs, latencyMax + extraUs];
  return {
    latency: { kind: 'uniform', minUs, maxUs },
    lossRatio,
    duplicateRatio,
    reorderRatio,
    reorderBy: { kind: 'uniform', minUs: maxUs, maxUs: 9 * maxUs },
    fifo: reorderRatio === 0,
  };
}
