import { defineModel } from '../model.ts';
import { keysOf } from '../numbering.ts';
import { properties } from './checks.ts';
import { clientChart } from './client.ts';
import { explaining } from './explain.ts';
import { explorable } from './explore.ts';
import { focusOn, NOUNS, operationMark, stratumOf } from './focus.ts';
import { constraints, knobs } from './knobs.ts';
import { MESSAGE_MARKS } from './messages.ts';
import { metrics } from './metrics.ts';
import { narrate } from './narrate.ts';
import { regionChart } from './region.ts';
import { predicates, targets } from './roles.ts';
import { scene } from './scene.ts';
import { series } from './series.ts';
import { shrinking } from './shrink.ts';
import { addressed, build } from './topology.ts';
import { witnesses } from './witnesses.ts';
import { busyWorkload, workload } from './workload.ts';

/** Multi-leader replication and the ways to resolve conflicts. See README.md for its sources. */
export const multiLeader = defineModel({
  id: 'multi-leader',
  title: 'Multi-leader replication and merges',
  summary:
    'Regions that each accept writes and tell the others later. They always converge; whether on what was acknowledged is up to the merge.',
  opening: 'cart-multiregion',
  simplifications: [
    'Every region holds every key, and no region joins or leaves: how replica identities are retired is not shown.',
    'Messages have latency but no size: what metadata costs is counted in bytes, not in time.',
    'A client stays with its region: what a client loses that moves to another one is not shown.',
    'A cart under last write wins or siblings is written back as a whole: stores that merge field by field lose less.',
    'A clock is off by a fixed amount: drift and steps come with clock faults only.',
  ],
  knobs,
  constraints,
  workload,
  busyWorkload,
  addressed,
  build,
  charts: { region: regionChart, client: clientChart },
  targets,
  predicates,
  properties,
  witnesses,
  metrics,
  series,
  shrinking,
  explorable,
  messages: MESSAGE_MARKS,
  nouns: NOUNS,
  narrate,
  explaining,
  scene,
  stratum: stratumOf,
  keys: keysOf,
  focus: focusOn,
  versionOf: operationMark,
});
