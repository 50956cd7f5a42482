import { type Execution, type Run, runIndex } from '../../../../simulations/index.ts';

/** Steps of a run between two looks at the clock. */
const STEPS = 512;
/** A piece of work takes this long: the page answers between two of them. */
const PIECE_MS = 12;
/** How far work has come is told this often. */
const TELL_MS = 100;

/** What becomes of work in pieces. */
export interface PieceHandlers<T> {
  /** How much of it is done, from 0 to 1. */
  onShare(share: number): void;
  onDone(result: T): void;
  /** The work, or `onDone`, has thrown. */
  onError(error: unknown): void;
}

/** Does work in pieces between which the page answers, the first of them later. Gives what calls it off. */
export function inPieces<T>(work: Iterator<number, T>, { onShare, onDone, onError }: PieceHandlers<T>): () => void {
  let toldMs = performance.now();
  let timer = setTimeout(act);
  function act() {
    try {
      const startMs = performance.now();
      let piece = work.next();
      while (piece.done !== true && performance.now() - startMs < PIECE_MS) piece = work.next();
      if (piece.done === true) return onDone(piece.value);
      timer = setTimeout(act);
      if (startMs - toldMs < TELL_MS) return;
      toldMs = startMs;
      onShare(piece.value);
    } catch (error) {
      onError(error);
    }
  }
  return () => clearTimeout(timer);
}

/** Makes a run in pieces, with its verdicts and with what pictures read of it: yields how much of its simulated time is behind it. */
export function* runInPieces(execution: Execution): Generator<number, Run> {
  while (!execution.advance(STEPS)) yield execution.share;
  while (!execution.judge()) yield 1;
  const run = execution.finish();
  yield 1;
  runIndex(run);
  yield 1;
  return run;
}
