import { invariant } from '../../kernel/invariant.ts';
import type { Model } from '../../models/model.ts';
import type { Scenario } from '../../scenario/scenario.ts';
import type { RunInput } from '../execute.ts';
import { resolveRun } from '../resolve.ts';

const CLIENTS = 4;

/** What is measured: a model, with its default knobs but for these. */
export interface Subject {
  readonly model: Model;
  readonly knobs?: Readonly<Record<string, string | number | boolean>>;
}

/** The run that rates are measured on: no faults, four clients that never stop. */
export function busyRun(subject: Subject, durationUs: number): RunInput {
  return resolvedRun(busyScenario(subject, { clients: CLIENTS, durationUs }));
}

/** The scenario that sweeps are measured on: 10 seconds, two clients that never stop. */
export function sweepScenario(model: Model): Scenario {
  return busyScenario({ model }, { clients: 2, durationUs: 10_000_000 });
}

function resolvedRun(scenario: Scenario): RunInput {
  const resolved = resolveRun({ model: scenario.model, scenario });
  invariant(resolved.ok, 'a benchmark workload that its own model refuses', { ...resolved });
  return resolved.input;
}

/** A model without a workload of its own for benchmarks runs its default workload. */
function busyScenario(
  { model, knobs = {} }: Subject,
  busy: { readonly clients: number; readonly durationUs: number },
): Scenario {
  const [witness] = Object.keys(model.witnesses);
  return {
    id: 'benchmark',
    title: `${model.title}: benchmark`,
    model: model.id,
    rules: [],
    claim: 'None: this run is there to be measured.',
    finding: 'None.',
    decisions: [],
    knobs,
    workload: model.busyWorkload?.(busy) ?? {},
    faults: [],
    durationUs: busy.durationUs,
    seed: 1,
    variants: [],
    ...(witness !== undefined && { witness }),
    progressMin: 0,
    cost: { text: 'None.', metrics: [] },
    assumptions: [],
    view: {},
  };
}
