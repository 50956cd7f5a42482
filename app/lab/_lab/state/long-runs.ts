import { agesIn, type Run, strataInPieces } from '../../../../simulations/index.ts';
import { failedBy, type Known, LongRun, type SetupOutcome, withKnown } from '../../../_run/setup.ts';
import { inPieces, runInPieces } from './pieces.ts';
import type { LabState, LabStore } from './store.ts';

/** Of so many keys, the most used ones, a long run's strata are found at once: then another key can be looked at without a wait. */
const KEYS_AHEAD = 8;

type Change = (state: LabState) => Partial<LabState>;

/** What controls say before a run is there. */
type Said = Pick<LabState, 'setup' | 'problems' | 'undone' | 'redone'>;

/** Changes of the state that wait for a run. */
interface Making {
  /** In the order in which they were asked for. Each is made on what those before it leave. */
  changes: readonly Change[];
  /** The run that is being made: of the last change that asked for one. */
  readonly long: LongRun;
  /** The runs of changes before it: they are not made any more, but what became of tree and script through them is kept. */
  readonly passed: readonly LongRun[];
  /** What the controls said before the first change. */
  readonly before: Said;
  /** The run that was in view. */
  readonly run: Run | undefined;
  /** Calls the run off. */
  stop: () => void;
}

/**
 * Lets every change of a store wait for its run when that is long: the controls say at once what was asked, the last run stays in view, and
 * the change is made when the run is there. What is changed meanwhile is a change of its own: both are made, one after the other, and only
 * the run of the last is run. A run that needs no waiting ends it.
 */
export function makeLongRuns(store: LabStore): LabStore {
  const { getState, setState } = store;
  let making: Making | undefined;
  const callOff = () => {
    making?.stop();
    making = undefined;
  };
  const start = (what: Pick<Making, 'changes' | 'long' | 'passed' | 'before'>) => {
    callOff();
    const of: Making = { ...what, run: getState().run, stop: () => {} };
    making = of;
    setState({ ...saidBy(madeWith(of, getState(), [...of.passed, of.long])), making: 0 });
    of.stop = inPieces(outcomeInPieces(of, getState), {
      onShare: (share) => setState({ making: share }),
      onDone: (outcome) => end(of, outcome),
      onError: (error) => {
        // What a change depends on may have changed: then its run is another one.
        if (error instanceof LongRun) start({ ...of, long: error });
        else end(of, failedBy(error));
      },
    });
  };
  const end = (of: Making, outcome: SetupOutcome) => {
    const made = madeOf(of, getState(), outcome);
    callOff();
    setState({ ...made, making: undefined });
  };
  /** A change of what is run while another run is being made: of the state as the changes before it leave it. */
  const join = (of: Making, change: Change) => {
    const changes = [...of.changes, change];
    const passed = [...of.passed, of.long];
    const state = madeWith(of, getState(), passed);
    const part = orLong(() => change(state));
    if (part instanceof LongRun) return start({ changes, long: part, passed, before: of.before });
    const made = { ...state, ...part };
    if (made.run !== of.run) {
      callOff();
      return setState({ ...made, making: undefined });
    }
    // It is refused, or it asks for no run: the one that is being made goes on.
    of.changes = changes;
    setState({ ...saidBy(made), phase: part.phase ?? getState().phase });
  };
  const attempt = (change: Change) => {
    const part = orLong(() => change(getState()));
    if (making !== undefined && (part instanceof LongRun || isOfRun(part))) return join(making, change);
    if (!(part instanceof LongRun)) return setState(part);
    start({ changes: [change], long: part, passed: [], before: saidBy(getState()) });
  };
  const set = (part: Partial<LabState> | Change, replace?: boolean) => {
    if (typeof part === 'function') attempt(part);
    else if (replace === true) setState(part as LabState, true);
    else setState(part);
    if (making === undefined || getState().run === making.run) return;
    callOff();
    setState({ making: undefined });
  };
  store.setState = set as LabStore['setState'];
  return store;
}

/** Makes the run that changes wait for, and what its first picture needs. */
function* outcomeInPieces(of: Making, getState: () => LabState): Generator<number, SetupOutcome> {
  const run = yield* runInPieces(of.long.execution);
  const outcome = { kind: 'run', run } as const;
  const { focus, model } = madeOf(of, getState(), outcome);
  const { operations } = run.record;
  const others = model.keys(operations).filter((key) => key !== focus.key);
  const foci = [focus, ...others.slice(0, KEYS_AHEAD).map((key) => model.focus(operations, key))];
  for (const _share of strataInPieces(run, foci)) yield 1;
  agesIn(run, focus, 0, run.simulatedUs);
  yield 1;
  return outcome;
}

/** The part of the state that a change makes, or the run for which it has to wait. */
function orLong(make: () => Partial<LabState>): Partial<LabState> | LongRun {
  try {
    return make();
  } catch (error) {
    if (error instanceof LongRun) return error;
    throw error;
  }
}

/** Whether a change is one of what is run, and not only of how it is looked at. */
function isOfRun({ setup, problems, phase, dropped }: Partial<LabState>): boolean {
  return [setup, problems, phase, dropped].some((part) => part !== undefined);
}

function saidBy({ setup, problems, undone, redone }: LabState): Said {
  return { setup, problems, undone, redone };
}

/** The state after all changes. Where a run that they ask for is not known, it throws a {@link LongRun}. */
function madeWith({ changes, before }: Making, state: LabState, known: readonly Known[]): LabState {
  const made = { ...state, ...before };
  return withKnown(state, known, () => {
    for (const change of changes) Object.assign(made, change(made));
    return made;
  });
}

/** The state after all changes, now that it is known what came of the run that was made. */
function madeOf(of: Making, state: LabState, outcome: SetupOutcome): LabState {
  return madeWith(of, state, [...of.passed, { setup: of.long.setup, outcome }]);
}
