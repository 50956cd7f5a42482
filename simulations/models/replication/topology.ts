import type { Latency } from '../../kernel/latency.ts';
import type { LinkSpec } from '../../kernel/network.ts';
import { hostNames } from '../host-names.ts';
import type { Draw, HostSpec, NamedHost, ProcessSpec, Topology } from '../model.ts';
import { scriptedVias } from '../workload-fields.ts';
import { acksNeeded, type ReplicationKnobs } from './knobs.ts';
import type { Config } from './messages.ts';
import { scriptsOf, type Workload } from './workload.ts';

/** The host of the failover monitor. */
const MONITOR = 'm1';

/** What the processes are told of the knobs. */
export function configOf(knobs: ReplicationKnobs): Config {
  return {
    nodes: hostNames('n', knobs.followers + 1),
    monitor: MONITOR,
    acksNeeded: acksNeeded(knobs),
    ackPoint: knobs.ackPoint,
    degradeAfterUs: knobs.mode === 'semi' ? knobs.degradeAfter : 0,
    fencing: knobs.fencing,
    promote: knobs.promote,
    routing: knobs.routing,
    lagMinUs: knobs.lagMin,
    lagMaxUs: knobs.lagMax,
    applyDelayUs: knobs.applyDelay,
    heartbeatEveryUs: knobs.heartbeatEvery,
    suspectAfterUs: knobs.suspectAfter,
    // A question and its answer, and the disk in between, whatever was drawn.
    joinEveryUs: 2 * (knobs.latencyMax + knobs.persistTime) + knobs.heartbeatEvery,
    requestTimeoutUs: knobs.requestTimeout,
    retryEveryUs: knobs.retryEvery,
    mistake: knobs.mistake,
  };
}

/** Any node is asked. */
export function addressed({ knobs, workload }: { knobs: ReplicationKnobs; workload: Workload }) {
  const drawn = workload.via.map((host, at): NamedHost => [['via', at], host]);
  return { named: [...drawn, ...scriptedVias(workload.script)], known: configOf(knobs).nodes };
}

/** The cluster: a leader, its followers, the failover monitor, the clients; and two kinds of link: log entries keep their order. */
export function build(options: { knobs: ReplicationKnobs; workload: Workload; draw: Draw }): Topology {
  const { knobs, workload, draw } = options;
  const config = configOf(knobs);
  const clients = scriptsOf(workload, config.nodes, draw);
  const disk: Latency = { kind: 'constant', us: knobs.persistTime };
  const hosts: HostSpec[] = [
    ...[...config.nodes, MONITOR].map((id): HostSpec => ({ id, shape: 'replica', disk })),
    ...clients.map(({ client: id }): HostSpec => ({ id, shape: 'client', disk })),
  ];
  const processes: ProcessSpec[] = [
    ...config.nodes.map((id): ProcessSpec => ({ id, role: 'node', host: id, input: { config, node: id } })),
    {
      id: MONITOR,
      role: 'failover',
      host: MONITOR,
      input: { config, clients: clients.map(({ client }) => client) },
    },
    ...clients.map(
      ({ client: id, script }): ProcessSpec => ({ id, role: 'client', host: id, input: { config, script } }),
    ),
  ];
  return { hosts, processes, link: linkOf(knobs) };
}

/** Clients talk over connections, which do not repeat a request by chance; a fault still can. */
const REQUESTS: ReadonlySet<string> = new Set(['Read', 'Write']);

/** Log entries travel on a stream of their own, in order. */
function linkOf(knobs: ReplicationKnobs): Topology['link'] {
  const { latencyMin, latencyMax, lossRatio, duplicateRatio } = knobs;
  const none: Latency = { kind: 'constant', us: 0 };
  const base = { lossRatio, duplicateRatio, reorderRatio: 0, reorderBy: none };
  const plain: LinkSpec = { ...base, latency: { kind: 'uniform', minUs: latencyMin, maxUs: latencyMax }, fifo: false };
  const once: LinkSpec = { ...plain, duplicateRatio: 0 };
  const stream: LinkSpec = { ...plain, fifo: true };
  return (_from, _to, messageType) => {
    if (messageType === 'Append') return stream;
    return REQUESTS.has(messageType) ? once : plain;
  };
}
