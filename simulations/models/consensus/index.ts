import { defineModel } from '../model.ts';
import { keysOf } from '../numbering.ts';
import { properties } from './checks.ts';
import { clientChart } from './client.ts';
import { constraints } from './constraints.ts';
import { explaining } from './explain.ts';
import { explorable } from './explore.ts';
import { focusOn, operationMark, stratumOf } from './focus.ts';
import { knobs } from './knobs.ts';
import { MESSAGE_MARKS } from './messages.ts';
import { metrics } from './metrics.ts';
import { narrate } from './narrate.ts';
import { paxosChart } from './paxos/server.ts';
import { serverChart } from './raft/server.ts';
import { predicates, targets } from './roles.ts';
import { scene } from './scene.ts';
import { series } from './series.ts';
import { shrinking } from './shrink.ts';
import { addressed, build } from './topology.ts';
import { witnesses } from './witnesses.ts';
import { busyWorkload, workload } from './workload.ts';
import { zabChart } from './zab/server.ts';

/** A replicated log by Raft, Multi-Paxos or Zab, and a key-value store on it. See README.md for its sources. */
export const consensus = defineModel({
  id: 'consensus',
  title: 'Consensus: a replicated log',
  summary:
    'A majority elects a leader, the leader orders what clients ask for, and an entry that a majority has on disk is never lost. Raft, Multi-Paxos and Zab, with a key-value store on top.',
  opening: 'raft-split-brain',
  simplifications: [
    'Servers have latency but no queue: a leader that is overloaded, and the elections that this causes, are not shown.',
    'A snapshot travels in one message and takes no longer than others: the cost of bringing back a server with much state is not shown.',
    'A disk write takes the same time whatever its size, and writes do not wait for each other: group commit gains nothing here.',
    'Sessions of clients never expire: a store that forgets idle clients can carry out a late repetition again.',
    'With Raft and Paxos followers answer reads only when any server may: reads at a follower by a read index fetched from the leader are left out there.',
    'With Paxos and Zab the group is the same throughout, and nobody can be told to lead.',
  ],
  knobs,
  constraints,
  workload,
  busyWorkload,
  busySetups: { paxos: { protocol: 'paxos' }, zab: { protocol: 'zab' } },
  addressed,
  build,
  charts: { server: serverChart, paxosServer: paxosChart, zabServer: zabChart, client: clientChart },
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
