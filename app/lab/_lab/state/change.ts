import { chainOf, type Fault, type LinkView, parseLink, type Run } from '../../../../simulations/index.ts';
import { clampWindow, following } from './look.ts';
import { type KnobValue, type Lab, plainSetup, runSetup, type Setup, scenarioOf, setupOfLink } from './setup.ts';
import { speedFor } from './speeds.ts';
import { type LabState, type LabStore, noFocus, type TimeWindow } from './store.ts';
import { variantOf } from './verdicts.ts';

/** Changing what is run. Each change runs at once; an impossible one leaves the last good run in view and says why. */
export interface ChangeActions {
  /** Opens a link: the run and the view of it. Without a query and script: the first scenario. */
  open(link: string): void;
  chooseScenario(id: string | undefined): void;
  chooseVariant(id: string): void;
  setSeed(seed: number): void;
  setKnob(name: string, value: KnobValue): void;
  resetKnobs(): void;
  /** Replaces the fault script; undefined: as the scenario has it. Can be undone. */
  setFaults(faults: readonly Fault[] | undefined): void;
  undo(): void;
  redo(): void;
}

/** Scripts that can be taken back. */
const UNDO_MAX = 100;
/** The first window of a run that a scenario does not frame, in microseconds. */
const WINDOW_US = 400_000;

export function changeActions(store: LabStore): ChangeActions {
  const { getState, setState } = store;
  const change = (part: Partial<Setup>, extra: Partial<LabState> = {}) =>
    setState((state) => ({ ...extra, ...applied(state, { ...state.setup, ...part }) }));
  const forget = { undone: [], redone: [] };
  return {
    open: (link) => setState((state) => ({ ...forget, ...opened(state, link) })),
    chooseScenario: (id) =>
      setState((state) => {
        const setup = plainSetup(state.scenarios.find((scenario) => scenario.id === id));
        return { ...forget, ...entered({ ...state, setup }, {}) };
      }),
    chooseVariant: (variant) => change({ variant, set: withoutDecided(getState(), variant) }, { verdict: undefined }),
    setSeed: (seed) => change({ seed }, { verdict: undefined }),
    setKnob: (name, value) => change({ set: turned(getState(), name, value) }),
    resetKnobs: () => change({ set: {} }),
    setFaults: (faults) => {
      const { undone, setup } = getState();
      change({ faults }, { undone: [...undone, setup.faults].slice(-UNDO_MAX), redone: [] });
    },
    undo: () => {
      const { undone, redone, setup } = getState();
      if (undone.length > 0)
        change({ faults: undone.at(-1) }, { undone: undone.slice(0, -1), redone: [...redone, setup.faults] });
    },
    redo: () => {
      const { undone, redone, setup } = getState();
      if (redone.length > 0)
        change({ faults: redone.at(-1) }, { redone: redone.slice(0, -1), undone: [...undone, setup.faults] });
    },
  };
}

/** The state with another setup: its run, or the problems of it beside the last good run. */
function applied(state: LabState, setup: Setup): Partial<LabState> {
  const outcome = runSetup(state, setup);
  switch (outcome.kind) {
    case 'refused':
      return { setup, problems: outcome.problems };
    case 'failed':
      return { setup, problems: [], phase: { kind: 'failed', message: outcome.message } };
    case 'run': {
      const { run } = outcome;
      const read = Object.fromEntries(Object.keys(setup.set).map((name) => [name, run.input.knobs[name] as KnobValue]));
      const settled = { ...setup, set: read, seed: run.input.seed as number };
      const keys = state.model.keys(run.record.operations);
      const key = keys.includes(state.focus.key) ? state.focus.key : (keys[0] ?? '');
      const timeUs = Math.min(state.timeUs, run.simulatedUs);
      return {
        phase: { kind: 'ready' },
        setup: settled,
        applied: settled,
        problems: [],
        run,
        focus: key === '' ? noFocus : state.model.focus(run.record.operations, key),
        timeUs,
        steps: stepsAt(run, state.steps, timeUs),
        selected: undefined,
        window: clampWindow(state.window, run.simulatedUs),
      };
    }
  }
}

/** The steps at an instant of a new run. Several may share it: then as many as before, so that a fork does not move the view. */
function stepsAt({ timeline }: Run, before: number, timeUs: number): number {
  const until = timeline?.stepsUntil(timeUs) ?? 0;
  return before > 0 && before <= until && timeline?.timeUs(before - 1) === timeUs ? before : until;
}

/** Runs the setup of a state and looks at it as the view says, or as the scenario does. */
function entered(state: LabState, view: LinkView): Partial<LabState> {
  const scenario = scenarioOf(state, state.setup);
  const key = view.key ?? scenario?.view.key ?? '';
  const fresh = { ...state, timeUs: 0, verdict: view.verdict, focus: { ...noFocus, key } };
  const result = applied(fresh, state.setup);
  const { run } = result;
  if (run === undefined) {
    const refused = { kind: 'refused', problems: result.problems ?? [], scenario: state.setup.scenario } as const;
    return { ...result, phase: result.phase ?? refused };
  }
  const frame = windowOf(view) ??
    windowOf(scenario?.view ?? {}) ?? { fromUs: 0, toUs: Math.min(WINDOW_US, run.simulatedUs) };
  const framed = clampWindow(frame, run.simulatedUs);
  const steps = Math.min(view.step ?? run.timeline?.stepsUntil(framed.fromUs) ?? 0, run.timeline?.length ?? 0);
  const atStep = steps === 0 ? 0 : (run.timeline?.timeUs(steps - 1) ?? 0);
  const selected = view.select !== undefined && view.select < (run.timeline?.length ?? 0) ? view.select : undefined;
  const timeUs = view.step === undefined ? framed.fromUs : atStep;
  const window = following({ window: framed, run }, timeUs);
  return { ...result, verdict: view.verdict, window, steps, timeUs, selected, speed: speedFor(run.simulatedUs) };
}

function windowOf({ fromUs, toUs }: Partial<TimeWindow>): TimeWindow | undefined {
  return fromUs === undefined || toUs === undefined ? undefined : { fromUs, toUs };
}

function opened(state: LabState, link: string): Partial<LabState> {
  const url = new URL(link, 'http://localhost');
  if (url.search === '' && url.hash === '') return entered({ ...state, setup: plainSetup(state.scenarios[0]) }, {});
  const parsed = parseLink(link);
  if (!parsed.ok) return { phase: { kind: 'refused', problems: parsed.problems, scenario: parsed.scenario } };
  const setup = setupOfLink(parsed.state);
  if ('problems' in setup)
    return { phase: { kind: 'refused', problems: setup.problems, scenario: parsed.state.scenario } };
  return entered({ ...state, setup }, parsed.state.view);
}

/** What scenario and variant say of a knob, before the reader turns it. */
export function knobBase(state: Lab, setup: Setup): Readonly<Record<string, unknown>> {
  const scenario = scenarioOf(state, setup);
  const defaults = Object.fromEntries(Object.entries(state.model.knobs).map(([name, knob]) => [name, knob.default]));
  return { ...defaults, ...scenario?.knobs, ...chainOf(scenario, variantOf(scenario, setup.variant)) };
}

function turned(state: LabState, name: string, value: KnobValue): Setup['set'] {
  const { [name]: _before, ...others } = state.setup.set;
  return knobBase(state, state.setup)[name] === value ? others : { ...others, [name]: value };
}

/** A variant takes back the knobs that it decides itself. */
function withoutDecided(state: LabState, variant: string): Setup['set'] {
  const scenario = scenarioOf(state, state.setup);
  const before = knobBase(state, state.setup);
  const after = knobBase(state, { ...state.setup, variant });
  const decided = new Set(scenario?.decisions.flatMap((decision) => decision.knobs) ?? []);
  return Object.fromEntries(
    Object.entries(state.setup.set).filter(
      ([name, value]) => !decided.has(name) && before[name] === after[name] && after[name] !== value,
    ),
  );
}
