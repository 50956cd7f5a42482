import type { Fault } from '../../../simulations/kernel/faults.ts';
import type { Schedule } from '../../../simulations/kernel/schedule.ts';
import { seed } from '../../../simulations/kernel/time.ts';
import { consensus } from '../../../simulations/models/consensus/index.ts';
import { type ConsensusKnobs, knobs } from '../../../simulations/models/consensus/knobs.ts';
import { execute, type Run, type RunInput } from '../../../simulations/run/execute.ts';
import { type Visit, visited } from '../../helpers/model-runs.ts';

export { MS, S, violated } from '../../helpers/model-runs.ts';

/** Every knob at its default. */
export const DEFAULTS = Object.fromEntries(
  Object.entries(knobs).map(([name, knob]) => [name, knob.default]),
) as ConsensusKnobs;

export interface ConsensusRun extends Pick<RunInput, 'interpreter' | 'history' | 'checks' | 'digest' | 'hazards'> {
  /** Called after each step, with the world as the step left it. The run then judges no properties. */
  readonly visit?: Visit;
  readonly knobs?: Partial<ConsensusKnobs>;
  readonly workload?: unknown;
  readonly faults?: readonly Fault[];
  readonly schedule?: Schedule;
  readonly seed?: number;
  readonly durationUs?: number;
}

/** Runs the consensus model with defaults for whatever is not given; without a trace unless asked. */
export function runConsensus(options: ConsensusRun): Run {
  const {
    knobs: changed,
    workload = {},
    faults = [],
    seed: number = 1,
    durationUs = 3_000_000,
    visit,
    ...rest
  } = options;
  return execute({
    model: visited(consensus, visit),
    knobs: { ...DEFAULTS, ...changed },
    workload: consensus.workload.parse(workload),
    faults,
    seed: seed(number),
    durationUs,
    history: false,
    ...rest,
  });
}

/** The sentence of a verdict. */
export function sentence(run: Run, property: string): string {
  return run.verdicts.find(({ id }) => id === property)?.verdict.sentence ?? 'no such property';
}
