import { replication } from '../../../simulations/models/replication/index.ts';
import type { ReplicationKnobs } from '../../../simulations/models/replication/knobs.ts';
import { type ModelRun, MS, runnerOf, S } from '../../helpers/model-runs.ts';

export { crash, cut, MS, metric, S, status, violated } from '../../helpers/model-runs.ts';

export type ReplicationRun = ModelRun<ReplicationKnobs>;

/** Failover is quick enough for runs of a few seconds. */
export const runReplication = runnerOf<ReplicationKnobs>(replication, 5 * S, {
  suspectAfter: 300 * MS,
  heartbeatEvery: 50 * MS,
  requestTimeout: 400 * MS,
});
