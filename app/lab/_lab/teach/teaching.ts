import {
  captionsOf,
  type LinkState,
  type LinkView,
  type PlacedCaption,
  type Problem,
  type Run,
} from '../../../../simulations/index.ts';
import { readPrediction } from '../../../_prose/predictions.ts';
import { plainSetup, type Setup, scenarioOf } from '../../../_run/setup.ts';
import type { LabState } from '../state/store.ts';

/** What the state holds of teaching. */
type Teaching = Pick<LabState, 'teaching' | 'asking' | 'presenting'>;

/** Names of a reader's answers in storage, beside those of the guides. */
export const PREDICT = 'predict';
export const CHALLENGE = 'challenge';

/** Where a scenario's answers are kept. */
export function shelfOf(scenario: string): string {
  return `lab/${scenario}`;
}

/** Whether a link names a scenario and no run or moment of its own: its reader may be asked first. */
export function isBare({ variant, seed, set, faults, branches, view }: LinkState): boolean {
  const own = [variant, seed, faults, branches].some((part) => part !== undefined);
  return !own && Object.keys(set).length === 0 && Object.keys(view).every((part) => part === 'key');
}

/** What teaches when a scenario is entered. Asked is only who came without a moment in mind and has not answered before. */
export function teachingAtEntry(
  state: LabState,
  setup: Setup,
  { run, ask, view }: { readonly run: Run; readonly ask: boolean; readonly view: LinkView },
): Teaching {
  const scenario = scenarioOf(state, setup);
  const open = ask && scenario?.predict !== undefined && readPrediction(shelfOf(scenario.id), PREDICT) === undefined;
  return { teaching: open ? 'predict' : view.teach, asking: open ? run : undefined, presenting: view.present === true };
}

/** Whether a prediction about the run in view is still open: then its verdicts are not told yet. */
export function isVeiled({ asking, run }: Pick<LabState, 'asking' | 'run'>): boolean {
  return asking !== undefined && asking === run;
}

/** Whether the run in view is as its scenario has it: captions are written for that one. */
export function isAsWritten(state: LabState): boolean {
  const { applied } = state;
  const scenario = scenarioOf(state, applied);
  if (scenario === undefined) return false;
  const untouched = Object.keys(applied.set).length === 0 && applied.faults === undefined;
  return untouched && (applied.seed ?? scenario.seed) === plainSetup(scenario).seed;
}

/** The captions of a run. */
interface Captions {
  readonly placed: readonly PlacedCaption[];
  readonly problems: readonly Problem[];
}

const known = new WeakMap<Run, Captions>();
const none: Captions = { placed: [], problems: [] };

/** The captions of the run in view; none where it is not as its scenario has it. */
export function captionsIn(state: LabState): Captions {
  const { run, applied } = state;
  if (run === undefined || !isAsWritten(state)) return none;
  let captions = known.get(run);
  if (captions === undefined) {
    captions = captionsOf(run, scenarioOf(state, applied), applied.variant);
    known.set(run, captions);
  }
  return captions;
}

/** The caption of a moment: the last at or before it; -1 before the first. */
export function captionAt({ placed }: Captions, { steps, timeUs }: Pick<LabState, 'steps' | 'timeUs'>): number {
  return placed.findLastIndex((caption) => caption.steps <= steps && caption.atUs <= timeUs);
}
