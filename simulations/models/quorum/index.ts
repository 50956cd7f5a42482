import { defineModel } from '../model.ts';
import { keysOf } from '../numbering.ts';
import { antiEntropyChart } from './anti-entropy.ts';
import { properties } from './checks.ts';
import { clientChart } from './client.ts';
import { coordinatorChart } from './coordinator.ts';
import { explaining } from './explain.ts';
import { explorable } from './explore.ts';
import { focusOn, operationMark, stratumOf } from './focus.ts';
import { constraints, knobs } from './knobs.ts';
import { MESSAGE_MARKS } from './messages.ts';
import { metrics } from './metrics.ts';
import { narrate } from './narrate.ts';
import { replicaChart } from './replica.ts';
import { predicates, targets } from './roles.ts';
import { scene } from './scene.ts';
import { series } from './series.ts';
import { shrinking } from './shrink.ts';
import { addressed, build } from './topology.ts';
import { witnesses } from './witnesses.ts';
import { busyWorkload, workload } from './workload.ts';

/** Leaderless replication with read and write quorums. See README.md for its sources. */
export const quorum = defineModel({
  id: 'quorum',
  title: 'Quorum reads and writes',
  summary:
    'N replicas, no leader. A write waits for W of them, a read for R. With R + W > N every read meets every acknowledged write, and that is still not a register.',
  opening: 'quorum-read-inversion',
  simplifications: [
    'Every node holds every key and the ring never changes: what happens when nodes join or move is not shown.',
    'Reads carry whole values, never digests: the cost of a read in bytes is overstated, its races are the same.',
    'Messages and disks have latency but no queue: overload, and the tails that it makes, are not shown.',
    'Clients never retry and never fail over to another coordinator: availability is worse than with a driver that does.',
    'The fitted latencies are drawn independently for each message: slow minutes, which hit all messages at once, are not shown.',
  ],
  knobs,
  constraints,
  workload,
  busyWorkload,
  addressed,
  build,
  charts: {
    replica: replicaChart,
    coordinator: coordinatorChart,
    antiEntropy: antiEntropyChart,
    client: clientChart,
  },
  targets,
  predicates,
  properties,
  witnesses,
  metrics,
  series,
  shrinking,
  explorable,
  messages: MESSAGE_MARKS,
  narrate,
  explaining,
  scene,
  stratum: stratumOf,
  keys: keysOf,
  focus: focusOn,
  versionOf: operationMark,
});
