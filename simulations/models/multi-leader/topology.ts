import type { LinkSpec } from '../../kernel/network.ts';
import type { Draw, HostSpec, ProcessSpec, Topology } from '../model.ts';
import { scriptedVias } from '../workload-fields.ts';
import type { ClientInput } from './client.ts';
import type { MultiLeaderKnobs } from './knobs.ts';
import type { Config } from './messages.ts';
import { scriptsOf, type Workload } from './workload.ts';

/** The regions, in ring order. */
const REGIONS = ['eu', 'us', 'ap', 'sa', 'af'];

/** What the processes are told of the knobs. */
export function configOf(knobs: MultiLeaderKnobs): Config {
  const regions = REGIONS.slice(0, knobs.regions);
  const last = regions.length - 1;
  const skews = regions.map((name, at) => [name, Math.round(knobs.skew * (1 - (2 * at) / last))] as const);
  const slowestUs = knobs.rtt + 2 * knobs.jitter + knobs.persistTime;
  return {
    regions,
    topology: knobs.topology,
    resolve: knobs.resolve,
    data: knobs.data,
    skewsUs: Object.fromEntries(skews),
    causal: knobs.delivery === 'causal',
    limit: knobs.limit,
    transferRights: knobs.transferRights,
    replicateEveryUs: knobs.replicateEvery,
    batch: knobs.batch,
    // Beyond the slowest answer, so that a repetition means a loss and not impatience.
    retransmitUs: slowestUs + knobs.replicateEvery,
    gcGraceUs: knobs.gcGrace,
    requestTimeoutUs: knobs.requestTimeout,
    mistake: knobs.mistake,
  };
}

/** Any region is asked. */
export function addressed({ knobs, workload }: { knobs: MultiLeaderKnobs; workload: Workload }) {
  return { named: scriptedVias(workload.script), known: configOf(knobs).regions };
}

/** One host per region, one per client beside its region, and two kinds of link: across the ocean, and across the street. */
export function build(options: { knobs: MultiLeaderKnobs; workload: Workload; draw: Draw }): Topology {
  const { knobs, workload, draw } = options;
  const config = configOf(knobs);
  const clients = scriptsOf(workload, knobs.data, config.regions, draw);
  const disk = { kind: 'constant', us: knobs.persistTime } as const;
  const hosts: HostSpec[] = [
    ...config.regions.map((id): HostSpec => ({ id, shape: 'replica', disk })),
    ...clients.map(({ client: id }): HostSpec => ({ id, shape: 'client', disk })),
  ];
  const processes: ProcessSpec[] = config.regions.map((id) => ({ id, role: 'region', host: id, input: config }));
  for (const { client, script } of clients) {
    const input: ClientInput = { requestTimeoutUs: knobs.requestTimeout, script };
    processes.push({ id: client, role: 'client', host: client, input });
  }
  return { hosts, processes, link: linkOf(knobs, new Set(config.regions)) };
}

/** A link's luck depends on its ends and the message type alone. Clients talk over connections, which lose and repeat nothing. */
function linkOf(knobs: MultiLeaderKnobs, regions: ReadonlySet<string>): Topology['link'] {
  const { rtt, jitter, localLatency, lossRatio, duplicateRatio, reorderRatio } = knobs;
  const nothing = { kind: 'constant', us: 0 } as const;
  const local: LinkSpec = {
    latency: { kind: 'uniform', minUs: Math.ceil(localLatency / 2), maxUs: localLatency },
    lossRatio: 0,
    duplicateRatio: 0,
    reorderRatio: 0,
    reorderBy: nothing,
    fifo: true,
  };
  const minUs = Math.ceil(rtt / 2);
  const wide: LinkSpec = {
    latency: { kind: 'uniform', minUs, maxUs: minUs + jitter },
    lossRatio,
    duplicateRatio,
    reorderRatio,
    reorderBy: { kind: 'uniform', minUs: 0, maxUs: rtt },
    fifo: false,
  };
  return (from, to) => (regions.has(from) && regions.has(to) ? wide : local);
}
