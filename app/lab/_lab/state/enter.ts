import {
  type LaneView,
  type LinkState,
  type LinkView,
  PLAIN_LANES,
  type Problem,
  parseLink,
  type Run,
  type RunInput,
} from '../../../../simulations/index.ts';
import {
  type KnobValue,
  passedInput,
  plainSetup,
  runSetup,
  type Setup,
  scenarioOf,
  setupOfLink,
} from '../../../_run/setup.ts';
import { variantOf } from '../../../_run/verdicts.ts';
import { isBare, teachingAtEntry } from '../teach/teaching.ts';
import { besideProblem } from './beside.ts';
import { clampWindow, following, framed } from './look.ts';
import { speedFor } from './speeds.ts';
import { type LabState, noFocus, type TimeWindow } from './store.ts';
import { singleTree, type Tree, treeOfLink } from './tree.ts';

/** The first window of a run that a scenario does not frame, in microseconds. */
const WINDOW_US = 400_000;
/** A run of more steps than this would hold the page up: it is made in pieces (see `makeLongRuns`). */
export const STEPS_AT_ONCE = 8192;

/**
 * The state with another setup: its run, or the problems of it beside the last good run. Of a setup that was changed again before its run was
 * there, all but the run.
 */
export function applied(state: LabState, setup: Setup): Partial<LabState> {
  const passed = passedInput(state, setup);
  if (passed !== undefined) {
    const settled = settledBy(state, setup, passed);
    return { phase: { kind: 'ready' }, setup: settled, applied: settled, problems: [] };
  }
  const outcome = runSetup(state, setup, STEPS_AT_ONCE);
  switch (outcome.kind) {
    case 'refused':
      return { setup, problems: outcome.problems };
    case 'failed':
      return { setup, problems: [], phase: { kind: 'failed', message: outcome.message } };
    case 'run': {
      const { run } = outcome;
      const settled = settledBy(state, setup, run.input);
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
        besideStep: undefined,
        window: clampWindow(state.window, run.simulatedUs),
      };
    }
  }
}

/** A setup with what it left open: the variant, the seed, the knobs as they were read. */
function settledBy(state: LabState, setup: Setup, { knobs, seed }: RunInput): Setup {
  const set = Object.fromEntries(Object.keys(setup.set).map((name) => [name, knobs[name] as KnobValue]));
  return { ...setup, variant: variantOf(scenarioOf(state, setup), setup.variant)?.id, set, seed: seed as number };
}

/** The steps at an instant of a new run. Several may share it: then as many as before, so that a fork does not move the view. */
function stepsAt({ timeline }: Run, before: number, timeUs: number): number {
  const until = timeline?.stepsUntil(timeUs) ?? 0;
  return before > 0 && before <= until && timeline?.timeUs(before - 1) === timeUs ? before : until;
}

/** Runs the setup of a tree's branch in view and looks at it as the view says, or as the scenario does. `ask`: its reader may be asked for a prediction first. */
export function entered(
  state: LabState,
  tree: Tree,
  view: LinkView,
  { ask = false }: { readonly ask?: boolean } = {},
): Partial<LabState> {
  const { setup } = tree.branches[tree.branch]!;
  const scenario = scenarioOf(state, setup);
  const key = view.key ?? scenario?.view.key ?? '';
  const fresh = { ...state, timeUs: 0, verdict: view.verdict, focus: { ...noFocus, key } };
  const result = applied(fresh, setup);
  const { run, setup: settled = setup } = result;
  if (result.applied === undefined) {
    const refused = { kind: 'refused', problems: result.problems ?? [], scenario: setup.scenario } as const;
    return { ...result, phase: result.phase ?? refused };
  }
  const branches = tree.branches.with(tree.branch, { ...tree.branches[tree.branch]!, setup: settled });
  const grown = { branches, branch: tree.branch, dropped: undefined, beside: view.compare };
  const asked = windowOf(view) ?? windowOf(scenario?.view ?? {});
  if (run === undefined) return { ...result, ...grown, ...unseen(asked, view.verdict) };
  const frame = asked ?? { fromUs: 0, toUs: Math.min(WINDOW_US, run.simulatedUs) };
  const inRun = clampWindow(frame, run.simulatedUs);
  const steps = Math.min(view.step ?? run.timeline?.stepsUntil(inRun.fromUs) ?? 0, run.timeline?.length ?? 0);
  const atStep = steps === 0 ? 0 : (run.timeline?.timeUs(steps - 1) ?? 0);
  const selected = view.select !== undefined && view.select < (run.timeline?.length ?? 0) ? view.select : undefined;
  const timeUs = view.step === undefined ? inRun.fromUs : atStep;
  // A link that names a window means that one, also where its reader had moved it away from the moment.
  const window = windowOf(view) === undefined ? following({ window: inRun, run }, timeUs) : inRun;
  const look = { verdict: view.verdict, window, steps, timeUs, selected, speed: speedFor(run.simulatedUs) };
  const teaching = teachingAtEntry(state, settled, { run, ask, view });
  // A link that names a verdict and no moment means the moment that shows it.
  const shows = view.verdict !== undefined && view.step === undefined && windowOf(view) === undefined;
  const evidence = shows ? framed({ ...state, ...result, ...look }, view.verdict) : {};
  return { ...result, ...look, ...evidence, ...teaching, ...grown };
}

/** The view of a run that was changed again before it was there: what can be said of it without a step. */
function unseen(window: TimeWindow = { fromUs: 0, toUs: WINDOW_US }, verdict: string | undefined): Partial<LabState> {
  const none = { selected: undefined, teaching: undefined, asking: undefined };
  return { ...none, verdict, window, steps: 0, timeUs: window.fromUs };
}

function windowOf({ fromUs, toUs }: Partial<TimeWindow>): TimeWindow | undefined {
  return fromUs === undefined || toUs === undefined ? undefined : { fromUs, toUs };
}

/** The state that a link opens: its run, its tree and its view, or what is wrong with it. Without query and script: the first scenario. */
export function opened(state: LabState, link: string): Partial<LabState> {
  const url = new URL(link, 'http://localhost');
  if (url.search === '' && url.hash === '')
    return entered(state, singleTree(plainSetup(state.scenarios[0])), {}, { ask: true });
  const parsed = parseLink(link);
  if (!parsed.ok) return refused(state, parsed.problems, parsed.scenario);
  const tree = treeOf(state, parsed.state);
  if ('problems' in tree) return refused(state, tree.problems, parsed.state.scenario);
  const { view } = parsed.state;
  const result = entered(state, tree, view, { ask: isBare(parsed.state) });
  return { ...result, lower: view.lower ?? 'spaceTime', lanes: lanesIn(result.run, view.lanes) };
}

/** A link that opens nothing. What stands around its problems names the scenario of the link; the model where there is none of that name. */
function refused(state: LabState, problems: readonly Problem[], scenario: string | undefined): Partial<LabState> {
  const known = state.scenarios.find(({ id }) => id === scenario);
  return { phase: { kind: 'refused', problems, scenario }, setup: plainSetup(known) };
}

/** The lanes of a link; a run whose hosts would all be hidden shows them. */
function lanesIn(run: Run | undefined, lanes: LaneView = PLAIN_LANES): LaneView {
  const isSeen = run?.topology.hosts.some(({ id }) => !lanes.hidden.includes(id)) ?? true;
  return isSeen ? lanes : { ...lanes, hidden: [] };
}

/** The tree of a link; what is wrong with the scenario that it carries, with one of its branches, with what it compares. */
function treeOf(state: LabState, link: LinkState) {
  const setup = setupOfLink(link);
  if ('problems' in setup) return setup;
  const problem = besideProblem(scenarioOf(state, setup), link.view.compare);
  return problem === undefined ? treeOfLink(state, setup, link) : { problems: [problem] };
}
