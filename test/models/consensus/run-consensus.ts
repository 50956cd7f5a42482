import { consensus } from '../../../simulations/models/consensus/index.ts';
import type { ConsensusKnobs } from '../../../simulations/models/consensus/knobs.ts';
import type { Run } from '../../../simulations/run/execute.ts';
import { defaultsOf, type ModelRun, runnerOf, S } from '../../helpers/model-runs.ts';

export { MS, S, violated } from '../../helpers/model-runs.ts';

/** Every knob at its default. */
export const DEFAULTS = defaultsOf<ConsensusKnobs>(consensus);

export type ConsensusRun = ModelRun<ConsensusKnobs>;

export const runConsensus = runnerOf<ConsensusKnobs>(consensus, 3 * S);

/** The sentence of a verdict. */
export function sentence(run: Run, property: string): string {
  return run.verdicts.find(({ id }) => id === property)?.verdict.sentence ?? 'no such property';
}
