import {
  agesIn,
  type Comparison,
  compareInPieces,
  type Focus,
  type LinkCompare,
  type Problem,
  type Run,
} from '../../../../simulations/index.ts';
import { failedBy, LongRun, runSetup, type Setup, type SetupOutcome } from '../../../_run/setup.ts';
import { besideNames, besideSetup } from '../state/beside.ts';
import { STEPS_AT_ONCE } from '../state/enter.ts';
import { runInPieces } from '../state/pieces.ts';
import type { LabState } from '../state/store.ts';
import { sameRun } from '../state/tree.ts';

/** Two runs, what they are called, and what sets them apart. `a` is the run in view. */
export interface Compared {
  readonly a: Run;
  readonly b: Run;
  readonly names: readonly [a: string, b: string];
  readonly comparison: Comparison;
}

/** What came of putting a run beside the one in view. */
export type ComparisonState =
  | { readonly kind: 'working' }
  | { readonly kind: 'refused'; readonly problems: readonly Problem[] }
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'ready'; readonly compared: Compared };

/** The run beside that was made last: it is compared again when only the run in view has changed. */
export interface MadeBeside {
  readonly setup: Setup;
  readonly run: Run;
}

/** Of all the work, the part that running takes; the rest is comparing. */
const RUNNING = 0.5;

/**
 * Runs what stands beside and compares, in pieces: yields how much is done, from 0 to 1. `made` is the run beside that is known; `onMade` is
 * told another.
 */
export function* comparisonInPieces(
  state: LabState,
  beside: LinkCompare,
  made: MadeBeside | undefined,
  onMade: (made: MadeBeside) => void,
): Generator<number, ComparisonState> {
  const { run: a, applied, focus } = state;
  const setup = besideSetup(state, applied, beside);
  if (a === undefined || setup === undefined) return { kind: 'working' };
  const outcome =
    made !== undefined && made.setup.carried === setup.carried && sameRun(state, made.setup, setup)
      ? ({ kind: 'run', run: made.run } as const)
      : yield* part(outcomeInPieces(state, setup), 0, RUNNING);
  if (outcome.kind !== 'run') return outcome;
  const { run: b } = outcome;
  onMade({ setup, run: b });
  const names = besideNames(state, applied, beside);
  const [one, other] = beside.kind === 'seed' ? names : names.map((name) => `“${name}”`);
  const options = { names: [one!, other!] as const, ...(focus.key !== '' && { key: focus.key }) };
  const comparison = yield* part(compareInPieces(a, b, options), RUNNING, 1);
  // What the picture reads of the run is a piece of its own.
  agesIn(b, focusOf(b, focus.key), 0, b.simulatedUs);
  yield 1;
  return { kind: 'ready', compared: { a, b, names, comparison } };
}

/** What a run's picture is about: a key, or the most used of those that it has. */
export function focusOf({ input: { model }, record: { operations } }: Run, key: string): Focus {
  const keys = model.keys(operations);
  return model.focus(operations, keys.includes(key) ? key : (keys[0] ?? ''));
}

function* outcomeInPieces(state: LabState, setup: Setup): Generator<number, SetupOutcome> {
  try {
    return runSetup(state, setup, STEPS_AT_ONCE);
  } catch (error) {
    if (!(error instanceof LongRun)) throw error;
    try {
      return { kind: 'run', run: yield* runInPieces(error.execution) };
    } catch (failure) {
      return failedBy(failure);
    }
  }
}

/** Work as a part of more work. */
function* part<T>(work: Iterator<number, T>, from: number, to: number): Generator<number, T> {
  let piece = work.next();
  while (piece.done !== true) {
    yield from + (to - from) * piece.value;
    piece = work.next();
  }
  return piece.value;
}
