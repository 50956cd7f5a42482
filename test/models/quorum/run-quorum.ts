import { quorum } from '../../../simulations/models/quorum/index.ts';
import type { QuorumKnobs } from '../../../simulations/models/quorum/knobs.ts';
import { type ModelRun, runnerOf, S } from '../../helpers/model-runs.ts';

export { crash, cut, MS, S, status, violated } from '../../helpers/model-runs.ts';

export type QuorumRun = ModelRun<QuorumKnobs>;

export const runQuorum = runnerOf<QuorumKnobs>(quorum, 3 * S);
