import { type Run, type RunIndex, runIndex } from '../../../simulations/index.ts';

/** How the steps of a run relate to one of them. */
export interface Cone {
  /** -1: an explanation is lit, and no step selected. */
  readonly step: number;
  /** 1 for a step of the causal past, 2 for one of the future, 3 for the step itself, 0 for what is concurrent. */
  readonly relation: Uint8Array;
  readonly past: number;
  readonly future: number;
  /** The chain to show: from the beginning of the operation that the step serves, through the step, to that operation's end. */
  readonly chain: readonly number[];
}

const CONCURRENT = 0;
const PAST = 1;
const FUTURE = 2;
const SELF = 3;

/**
 * The causal past and future of a step (happened-before of Lamport, 1978): whatever reaches it through messages, timers and writes,
 * and through the order of events on one host. One pass over the trace in each direction.
 */
export function coneOf(run: Run, step: number): Cone {
  const trace = run.timeline!.trace;
  const index = runIndex(run);
  const relation = new Uint8Array(trace.length);
  relation[step] = SELF;
  let past = 0;
  const blame = (earlier: number) => {
    if (earlier < 0 || relation[earlier] !== CONCURRENT) return;
    relation[earlier] = PAST;
    past++;
  };
  for (let at = step; at >= 0; at--) {
    if (relation[at] === CONCURRENT) continue;
    blame(trace.cause(at));
    blame(index.before[at]!);
  }
  let future = 0;
  const follows = (earlier: number) => earlier >= step && relation[earlier]! >= FUTURE;
  for (let at = step + 1; at < trace.length; at++) {
    if (!follows(trace.cause(at)) && !follows(index.before[at]!)) continue;
    relation[at] = FUTURE;
    future++;
  }
  // A client's operations cause one another; the chain is that of the last one begun.
  const causes = causesOf(run, step);
  const end = index.begun.get(causes[0]!) ?? -1;
  const chain = [...causes, ...onward(run, { index, relation, step, end })];
  return { step, relation, past, future, chain };
}

/** A step and its causes, earliest first, back to the invocation of the operation it serves, or to the root if it serves none. */
export function causesOf(run: Run, step: number): readonly number[] {
  const trace = run.timeline!.trace;
  const { begun } = runIndex(run);
  const causes = [step];
  for (let at = step; !begun.has(at) && trace.cause(at) >= 0; ) {
    at = trace.cause(at);
    causes.push(at);
  }
  return causes.reverse();
}

/** From a step to the end of its operation, latest causes first: a message where one came from the future of the step, else order on the host. */
function onward(
  run: Run,
  { index, relation, step, end }: { index: RunIndex; relation: Uint8Array; step: number; end: number },
): readonly number[] {
  const trace = run.timeline!.trace;
  const path: number[] = [];
  for (let at = relation[end] === FUTURE ? end : step; at !== step; ) {
    path.push(at);
    const cause = trace.cause(at);
    at = cause >= step && relation[cause]! >= FUTURE ? cause : index.before[at]!;
  }
  return path.reverse();
}
