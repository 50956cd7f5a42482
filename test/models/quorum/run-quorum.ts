import type { Fault } from '../../../simulations/kernel/faults.ts';
import { seed } from '../../../simulations/kernel/time.ts';
import { quorum } from '../../../simulations/models/quorum/index.ts';
import { knobs, type QuorumKnobs } from '../../../simulations/models/quorum/knobs.ts';
import { execute, type Run, type RunInput } from '../../../simulations/run/execute.ts';
import { type Visit, visited } from '../../helpers/model-runs.ts';

export { MS, S, status, violated } from '../../helpers/model-runs.ts';

const DEFAULTS = Object.fromEntries(Object.entries(knobs).map(([name, knob]) => [name, knob.default])) as QuorumKnobs;

export interface QuorumRun extends Pick<RunInput, 'interpreter' | 'history' | 'checks' | 'digest'> {
  /** Called after each step, with the world as the step left it. The run then judges no properties. */
  readonly visit?: Visit;
  readonly knobs?: Partial<QuorumKnobs>;
  readonly workload?: unknown;
  readonly faults?: readonly Fault[];
  readonly seed?: number;
  readonly durationUs?: number;
}

/** Runs the quorum model with defaults for whatever is not given; without a trace unless asked. */
export function runQuorum(options: QuorumRun): Run {
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
    model: visited(quorum, visit),
    knobs: { ...DEFAULTS, ...changed },
    workload: quorum.workload.parse(workload),
    faults,
    seed: seed(number),
    durationUs,
    history: false,
    ...rest,
  });
}

export const crash = (target: string, atUs: number, forUs?: number): Fault => ({
  id: `crash-${target}`,
  action: { do: 'crash', target },
  when: { atUs },
  ...(forUs !== undefined && { forUs }),
});

export const cut = (sides: readonly (readonly string[])[], atUs: number, forUs?: number): Fault => ({
  id: 'cut-1',
  action: { do: 'cut', sides, oneWay: false },
  when: { atUs },
  ...(forUs !== undefined && { forUs }),
});
