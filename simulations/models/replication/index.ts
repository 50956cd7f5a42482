import { defineModel } from '../model.ts';
import { keysOf } from '../numbering.ts';
import { properties } from './checks.ts';
import { clientChart } from './client.ts';
import { explaining } from './explain.ts';
import { explorable } from './explore.ts';
import { monitorChart } from './failover.ts';
import { focusOn, operationMark, stratumOf } from './focus.ts';
import { constraints, knobs } from './knobs.ts';
import { MESSAGE_MARKS } from './messages.ts';
import { metrics } from './metrics.ts';
import { narrate } from './narrate.ts';
import { nodeChart } from './node.ts';
import { predicates, targets } from './roles.ts';
import { scene } from './scene.ts';
import { series } from './series.ts';
import { shrinking } from './shrink.ts';
import { addressed, build } from './topology.ts';
import { witnesses } from './witnesses.ts';
import { busyWorkload, workload } from './workload.ts';

/** Single-leader replication of a write-ahead log, with failover and follower reads. See README.md for its sources. */
export const replication = defineModel({
  id: 'replication',
  title: 'Single-leader replication',
  summary:
    'One leader writes the log, followers copy it, a monitor decides who leads. What was acknowledged survives a failover as far as the mode made it wait, and a read is as fresh as its route.',
  opening: 'async-failover-orders',
  simplifications: [
    'The monitor is one process, and the epochs are its own: who watches it, and two monitors that disagree, belong to consensus.',
    'A follower streams from the leader only, and the set of nodes never changes: cascades, and members that come and go, are not shown.',
    'Entries are never removed from the log, so a follower can always catch up: a copy from a backup, and the time that it takes, is not shown.',
    'A write is one entry of one key, and a read is of one key: transactions, and what a half-replicated one shows, are not modelled.',
    'Messages and disks have latency but no queue: lag does not grow with load, it is what the knobs say.',
  ],
  knobs,
  constraints,
  workload,
  busyWorkload,
  addressed,
  build,
  charts: { node: nodeChart, failover: monitorChart, client: clientChart },
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
