import {
  beginRun,
  carriedBy,
  type Execution,
  type Fault,
  type LinkState,
  type LinkView,
  loadScenarioData,
  type Model,
  type Problem,
  type Run,
  type RunInput,
  resolveRun,
  type Scenario,
} from '../../simulations/index.ts';

/** A knob's value as links and scenario files write it. */
export type KnobValue = string | number | boolean;

/** What the controls say: everything that decides a run, and nothing about how it is looked at. */
export interface Setup {
  readonly scenario: string | undefined;
  /** The scenario when the link carried it: it is in no list. */
  readonly carried?: Scenario;
  readonly variant: string | undefined;
  /** Undefined: the scenario's pinned seed. */
  readonly seed: number | undefined;
  /** Knobs turned away from what scenario and variant say. */
  readonly set: Readonly<Record<string, KnobValue>>;
  /** The edited fault script; undefined: as the scenario has it. */
  readonly faults: readonly Fault[] | undefined;
}

/** What came of a setup: a run; problems that a reader can mend; or a failure, which is our own mistake. */
export type SetupOutcome =
  | { readonly kind: 'run'; readonly run: Run }
  | { readonly kind: 'refused'; readonly problems: readonly Problem[] }
  | { readonly kind: 'failed'; readonly message: string };

export interface Lab {
  readonly model: Model;
  readonly scenarios: readonly Scenario[];
}

/** The setup of a scenario as it is: its first variant on its pinned seed. Without one: the model's defaults. */
export function plainSetup(scenario: Scenario | undefined): Setup {
  return {
    scenario: scenario?.id,
    variant: scenario?.variants[0]?.id,
    seed: scenario?.seed ?? 1,
    set: {},
    faults: undefined,
  };
}

export function scenarioOf(lab: Lab, setup: Setup): Scenario | undefined {
  if (setup.carried !== undefined) return setup.carried;
  return lab.scenarios.find((scenario) => scenario.id === setup.scenario);
}

/** The setup that a link addresses, or what is wrong with the scenario that it carries. */
export function setupOfLink(state: LinkState): Setup | { readonly problems: readonly Problem[] } {
  const { scenario, file, variant, seed, set, faults } = state;
  const setup = { scenario, variant, seed, set, faults };
  if (file === undefined) return setup;
  if (file.model !== state.model) return { problems: [otherModel(state.model, file.model)] };
  const loaded = loadScenarioData(file);
  if (!loaded.ok) return { problems: loaded.problems };
  return { ...setup, scenario: loaded.scenario.id, carried: loaded.scenario };
}

/** A page has the code of its own model alone. */
function otherModel(model: string, found: unknown): Problem {
  return {
    field: 'model',
    found: `${JSON.stringify(found)} in the scenario that the link carries, "${model}" in its path`,
    allowed: 'one model in both',
    fix: 'Write the model of the scenario into the path.',
  };
}

export function linkOf(lab: Lab, setup: Setup, view: LinkView): LinkState {
  const { scenario, carried, variant, seed, set, faults } = setup;
  const file = carried === undefined ? {} : { file: carriedBy(carried) };
  return { model: lab.model.id, scenario, ...file, variant, seed, set, faults, view };
}

/** Thrown in the place of a run that is too long to be made while a page waits: who catches it makes the run and asks again. */
export class LongRun extends Error {
  readonly setup: Setup;
  readonly input: RunInput;
  readonly execution: Execution;

  constructor(setup: Setup, input: RunInput, execution: Execution) {
    super('This run is made some steps at a time.');
    this.setup = setup;
    this.input = input;
    this.execution = execution;
  }
}

/** What is known of a setup: what came of it; or only what would be run, because it was changed again before its run was there. */
export type Known =
  | { readonly setup: Setup; readonly outcome: SetupOutcome }
  | { readonly setup: Setup; readonly input: RunInput };

let known: ReadonlyMap<string, Known> = new Map();

/** Acts while something is known of some setups, and gives what the act gives: no run of theirs is made. Of two for one setup the later counts. */
export function withKnown<T>(lab: Lab, all: readonly Known[], act: () => T): T {
  known = new Map(all.map((one) => [keyOf(lab, one.setup), one]));
  try {
    return act();
  } finally {
    known = new Map();
  }
}

/** What would be run, of a setup that was changed again before its run was there; undefined: it has to be run. */
export function passedInput(lab: Lab, setup: Setup): RunInput | undefined {
  if (known.size === 0) return undefined;
  const one = known.get(keyOf(lab, setup));
  return one !== undefined && 'input' in one ? one.input : undefined;
}

function keyOf(lab: Lab, setup: Setup): string {
  return JSON.stringify([lab.model.id, setup]);
}

/**
 * Runs a setup. A scenario that is not there is a problem of the link, like any other. Throws a {@link LongRun} when the run has more than
 * `stepsMax` steps, by default any number.
 */
export function runSetup(lab: Lab, setup: Setup, stepsMax: number = Number.POSITIVE_INFINITY): SetupOutcome {
  const one = known.size === 0 ? undefined : known.get(keyOf(lab, setup));
  if (one !== undefined && 'outcome' in one) return one.outcome;
  const scenario = scenarioOf(lab, setup);
  if (scenario === undefined && setup.scenario !== undefined)
    return { kind: 'refused', problems: [noScenario(lab, setup.scenario)] };
  try {
    const { variant, seed, set, faults } = setup;
    const resolved = resolveRun({ model: lab.model.id, scenario, variant, seed, set, faults });
    if (!resolved.ok) return { kind: 'refused', problems: resolved.problems };
    const execution = beginRun(resolved.input);
    if (!execution.advance(stepsMax)) throw new LongRun(setup, resolved.input, execution);
    return { kind: 'run', run: execution.finish() };
  } catch (error) {
    if (error instanceof LongRun) throw error;
    return failedBy(error);
  }
}

/** The outcome of a run that our own mistake has ended. */
export function failedBy(error: unknown): SetupOutcome {
  return { kind: 'failed', message: error instanceof Error ? error.message : String(error) };
}

function noScenario(lab: Lab, id: string): Problem {
  const ids = lab.scenarios.map((scenario) => scenario.id).join(', ');
  return {
    field: 'scenario',
    found: `"${id}"`,
    allowed: ids === '' ? 'no scenario: this model has none yet' : ids,
    fix: 'Choose one of these, or open the defaults of the model.',
  };
}
