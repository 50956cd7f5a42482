import { useEffect, useReducer } from 'react';
import type { TransitionLog } from '../../../../simulations/index.ts';

/** Steps of the run read at a time. */
const PIECE = 64;
/** With less than this left of an idle moment no further piece is begun. */
const LEFT_MS = 4;
/** Where the browser cannot say that it is idle, the pause between two pieces. */
const PAUSE_MS = 30;

/** How often each transition was taken in the first `steps` steps. What has not been read yet is read while the page is idle. */
export function useTransitionCounts(log: TransitionLog, steps: number): ReadonlyMap<number, number> {
  const [, show] = useReducer((pieces: number) => pieces + 1, 0);
  useEffect(() => {
    if (log.until >= steps) return;
    const read = (leftMs: () => number) => {
      let done = log.read(steps, PIECE);
      while (!done && leftMs() > LEFT_MS) done = log.read(steps, PIECE);
      if (!done) cancel = whenIdle(read);
      show();
    };
    let cancel = whenIdle(read);
    return () => cancel();
  }, [log, steps]);
  return log.countsAt(steps);
}

/** Acts in an idle moment, and says how much is left of it. Returns what calls it off. */
function whenIdle(act: (leftMs: () => number) => void): () => void {
  if (typeof requestIdleCallback === 'function') {
    const handle = requestIdleCallback((deadline) => act(() => deadline.timeRemaining()), { timeout: 500 });
    return () => cancelIdleCallback(handle);
  }
  const handle = setTimeout(() => act(() => 0), PAUSE_MS);
  return () => clearTimeout(handle);
}
