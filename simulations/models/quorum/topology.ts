import type { Latency } from '../../kernel/latency.ts';
import type { LinkSpec } from '../../kernel/network.ts';
import { hostNames } from '../host-names.ts';
import type { Draw, HostSpec, NamedHost, ProcessSpec, Topology } from '../model.ts';
import { scriptedVias } from '../workload-fields.ts';
import type { QuorumKnobs } from './knobs.ts';
import { FITS, NONE } from './latencies.ts';
import { type Config, WRITE_LEG } from './messages.ts';
import { scriptsOf, type Workload } from './workload.ts';

/** What the processes are told of the knobs. */
export function configOf(knobs: QuorumKnobs): Config {
  return {
    replicas: hostNames('r', knobs.replicas),
    spares: hostNames('s', knobs.spares),
    readQuorum: knobs.readQuorum,
    writeQuorum: knobs.writeQuorum,
    sloppy: knobs.sloppyQuorum,
    version: knobs.version,
    readRepair: knobs.readRepair,
    requestTimeoutUs: knobs.requestTimeout,
    hintAfterUs: knobs.hintAfter,
    hintEveryUs: knobs.hintEvery,
    hintTtlUs: knobs.hintTtl,
    gcGraceUs: knobs.gcGrace,
    antiEntropyEveryUs: knobs.antiEntropyEvery,
    mistake: knobs.mistake,
  };
}

/** Any node coordinates. */
export function addressed({ knobs, workload }: { knobs: QuorumKnobs; workload: Workload }) {
  const { replicas, spares } = configOf(knobs);
  const drawn = workload.via.map((host, at): NamedHost => [['via', at], host]);
  return { named: [...drawn, ...scriptedVias(workload.script)], known: [...replicas, ...spares] };
}

/** The cluster: a replica (and its anti-entropy) per node, a client per client host, and one kind of link between any two hosts. */
export function build(options: { knobs: QuorumKnobs; workload: Workload; draw: Draw }): Topology {
  const { knobs, workload, draw } = options;
  const config = configOf(knobs);
  const nodes = [...config.replicas, ...config.spares];
  const clients = scriptsOf(workload, config.replicas, draw);
  const disk: Latency = knobs.latency === 'uniform' ? { kind: 'constant', us: knobs.persistTime } : NONE;
  const hosts: HostSpec[] = [
    ...nodes.map((id): HostSpec => ({ id, shape: 'replica', disk })),
    ...clients.map(({ client: id }): HostSpec => ({ id, shape: 'client', disk })),
  ];
  const processes: ProcessSpec[] = nodes.map((id) => ({ id, role: 'replica', host: id, input: config }));
  if (knobs.antiEntropyEvery > 0 && knobs.replicas > 1) {
    for (const host of config.replicas) {
      processes.push({ id: `${host}/antiEntropy`, role: 'antiEntropy', host, input: { config, host } });
    }
  }
  for (const { client, script } of clients) {
    const input = { config, coordinatorAt: knobs.coordinatorAt, script };
    processes.push({ id: client, role: 'client', host: client, input });
  }
  const sites = new Map([
    ...nodes.map((id, index) => [id, index % knobs.replicas] as const),
    ...clients.map(({ client }, index) => [client, index % knobs.replicas] as const),
  ]);
  return { hosts, processes, link: linkOf(knobs, sites) };
}

/** Clients talk over connections, which do not repeat a request by chance; a fault still can. */
const REQUESTS: ReadonlySet<string> = new Set(['Read', 'Write', 'Delete']);

/** A link's luck depends on its ends and the message type alone. Hosts of one number share a site, which matters to WAN only. */
function linkOf(knobs: QuorumKnobs, sites: ReadonlyMap<string, number>): Topology['link'] {
  const { latency, latencyMin, latencyMax, lossRatio, duplicateRatio } = knobs;
  const base = { lossRatio, duplicateRatio, reorderRatio: 0, reorderBy: NONE, fifo: false };
  if (latency === 'uniform') {
    const spec: LinkSpec = { ...base, latency: { kind: 'uniform', minUs: latencyMin, maxUs: latencyMax } };
    const once: LinkSpec = { ...spec, duplicateRatio: 0 };
    return (_from, _to, messageType) => (REQUESTS.has(messageType) ? once : spec);
  }
  const fit = FITS[latency];
  // A fitted distribution plus a constant: every message is "reordered" by the distance between the sites.
  const far = { reorderRatio: 1, reorderBy: { kind: 'constant', us: fit.betweenSitesUs } as const };
  return (from, to, messageType) => {
    const near = fit.betweenSitesUs === 0 || sites.get(from) === sites.get(to);
    const once = REQUESTS.has(messageType) ? { duplicateRatio: 0 } : {};
    return { ...base, ...once, ...(near ? {} : far), latency: messageType === WRITE_LEG ? fit.write : fit.other };
  };
}
