import { agesIn, type Run, runIndex } from '../../../../simulations/index.ts';
import { failedBy, LongRun, type SetupOutcome, withOutcome } from '../../../_run/setup.ts';
import type { LabState, LabStore } from './store.ts';

/** Steps between two looks at the clock. */
const STEPS = 512;
/** A piece of a run takes this long: the page answers between two of them. */
const PIECE_MS = 12;
/** How far a run has come is told this often. */
const TELL_MS = 100;

type Change = (state: LabState) => Partial<LabState>;

/** A change of the state that waits for its run. */
interface Making {
  readonly change: Change;
  readonly long: LongRun;
  /** What the controls said before the change. */
  readonly asked: LabState['setup'];
  /** The run that was in view. */
  readonly before: Run | undefined;
  timer: ReturnType<typeof setTimeout> | undefined;
  toldMs: number;
}

/**
 * Lets every change of a store wait for its run when that is long: the controls say at once what was asked, the last run stays in view, and
 * the change is made when the run is there. A change to another run calls it off.
 */
export function makeLongRuns(store: LabStore): LabStore {
  const { getState, setState } = store;
  let making: Making | undefined;
  const callOff = () => {
    clearTimeout(making?.timer);
    making = undefined;
  };
  const begin = (change: Change, long: LongRun) => {
    const { setup: asked, run: before } = getState();
    callOff();
    making = { change, long, asked, before, timer: undefined, toldMs: performance.now() };
    setState({ setup: long.setup, problems: [], making: 0 });
    next(making, advance);
  };
  const next = (of: Making, act: (of: Making) => void) => {
    of.timer = setTimeout(() => {
      try {
        act(of);
      } catch (error) {
        end(of, failedBy(error));
      }
    });
  };
  const advance = (of: Making) => {
    const { execution } = of.long;
    const startMs = performance.now();
    let over = execution.advance(STEPS);
    while (!over && performance.now() - startMs < PIECE_MS) over = execution.advance(STEPS);
    if (startMs - of.toldMs > TELL_MS) {
      of.toldMs = startMs;
      setState({ making: execution.share });
    }
    next(of, over ? judge : advance);
  };
  // Verdicts and what pictures read of a run take their time as well: each has a piece of its own.
  const judge = (of: Making) => next(of, of.long.execution.judge() ? index : judge);
  const index = (of: Making) => {
    const run = of.long.execution.finish();
    next(of, () => {
      runIndex(run);
      next(of, () => lay(of, run));
    });
  };
  const lay = (of: Making, run: Run) => {
    const outcome = { kind: 'run', run } as const;
    withOutcome(getState(), of.long.setup, outcome, () => {
      const { focus } = changed(of, getState());
      if (focus !== undefined) agesIn(run, focus, 0, run.simulatedUs);
    });
    next(of, () => end(of, outcome));
  };
  const end = (of: Making, outcome: SetupOutcome) => {
    callOff();
    withOutcome(getState(), of.long.setup, outcome, () => {
      attempt((state) => ({ ...changed(of, state), making: undefined }));
    });
  };
  const attempt = (change: Change) => {
    try {
      setState(change);
    } catch (error) {
      if (!(error instanceof LongRun)) throw error;
      begin(change, error);
    }
  };
  const set = (part: Partial<LabState> | Change, replace?: boolean) => {
    if (typeof part === 'function') attempt(part);
    else if (replace === true) setState(part as LabState, true);
    else setState(part);
    if (making === undefined || getState().run === making.before) return;
    callOff();
    setState({ making: undefined });
  };
  store.setState = set as LabStore['setState'];
  return store;
}

/** What a change makes of a state in which the controls still say what they said before it. */
function changed({ change, asked }: Making, state: LabState): Partial<LabState> {
  return change({ ...state, setup: asked });
}
