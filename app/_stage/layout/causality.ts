import {
  type ConeBounds,
  coneBounds,
  firstAt,
  type Run,
  type RunIndex,
  runIndex,
  type Trace,
} from '../../../simulations/index.ts';

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

const cones = new WeakMap<Run, Cone>();

/**
 * The causal past and future of a step (happened-before of Lamport, 1978): whatever reaches it through messages, timers and writes,
 * and through the order of events on one host. The last one asked for is kept: the panes of a page ask for the same.
 */
export function coneOf(run: Run, step: number): Cone {
  const known = cones.get(run);
  if (known?.step === step) return known;
  const trace = run.timeline!.trace;
  const index = runIndex(run);
  const relation = new Uint8Array(trace.length);
  relation[step] = SELF;
  markPast({ trace, index, relation, step });
  markFuture({ trace, index, relation, step });
  const past =
    countOf(run, relation, PAST, ({ past: before }) => before) - Number(isOwn(index, step, trace.host(step)));
  const future =
    countOf(run, relation, FUTURE, ({ future: from }, steps) => steps - from) -
    Number(isOwn(index, step, trace.host(step)));
  // A client's operations cause one another; the chain is that of the last one begun.
  const causes = causesOf(run, step);
  const end = index.begun.get(causes[0]!) ?? -1;
  const chain = [...causes, ...onward(run, { index, relation, step, end })];
  const cone = { step, relation, past, future, chain };
  cones.set(run, cone);
  return cone;
}

interface Marking {
  readonly trace: Trace;
  readonly index: RunIndex;
  readonly relation: Uint8Array;
  readonly step: number;
}

/**
 * Marks what came before. As soon as a step of every host is in the past, so is all that the hosts did before: that is not
 * walked but filled, and only losses and faults, which no host orders, are looked at one by one.
 */
function markPast({ trace, index, relation, step }: Marking): void {
  const { before, stepsOf, loose, effects } = index;
  const open = new Set(stepsOf.flatMap((steps, host) => (steps.length > 0 && steps[0]! <= step ? [host] : [])));
  const blame = (earlier: number) => {
    if (earlier >= 0 && relation[earlier] === CONCURRENT) relation[earlier] = PAST;
  };
  let at = step;
  for (; at > 0; at--) {
    if (relation[at] === CONCURRENT) continue;
    blame(trace.cause(at));
    blame(before[at]!);
    if (open.size > 0 && isOwn(index, at, trace.host(at))) open.delete(trace.host(at));
    if (open.size === 0) break;
  }
  const count = firstAt(loose, at);
  for (let row = count - 1; row >= 0; row--) {
    const effect = effects.get(loose[row]!) ?? at;
    if (effect < at && (relation[effect] !== CONCURRENT || !isLoose(index, effect))) relation[loose[row]!] = PAST;
  }
  const kept = loose.subarray(0, count).map((one) => relation[one]!);
  relation.fill(PAST, 0, at);
  kept.forEach((value, row) => {
    relation[loose[row]!] = value;
  });
}

/** The same for what came after. */
function markFuture({ trace, index, relation, step }: Marking): void {
  const { before, stepsOf, loose } = index;
  const open = new Set(stepsOf.flatMap((steps, host) => (steps.length > 0 && steps.at(-1)! >= step ? [host] : [])));
  if (isOwn(index, step, trace.host(step))) open.delete(trace.host(step));
  const follows = (earlier: number) => earlier >= step && relation[earlier]! >= FUTURE;
  let at = step + 1;
  for (; at < trace.length && open.size > 0; at++) {
    if (!follows(trace.cause(at)) && !follows(before[at]!)) continue;
    relation[at] = FUTURE;
    if (isOwn(index, at, trace.host(at))) open.delete(trace.host(at));
  }
  relation.fill(FUTURE, at);
  for (let row = firstAt(loose, at); row < loose.length; row++)
    relation[loose[row]!] = follows(trace.cause(loose[row]!)) ? FUTURE : CONCURRENT;
}

function isLoose({ loose }: RunIndex, step: number): boolean {
  return loose[firstAt(loose, step)] === step;
}

/** Whether a step is an event of its host: what was lost there, or done to it, is not. */
function isOwn(index: RunIndex, step: number, host: number): boolean {
  return host >= 0 && !isLoose(index, step);
}

/** How many steps have a relation: of each host as many as its bounds say, and of losses and faults, which no host orders, each that has it. */
function countOf(
  run: Run,
  relation: Uint8Array,
  value: number,
  ofHost: (bounds: ConeBounds, steps: number) => number,
): number {
  const { stepsOf, loose } = runIndex(run);
  const onHosts = coneBounds(run, relation).reduce(
    (sum, bounds, host) => sum + ofHost(bounds, stepsOf[host]!.length),
    0,
  );
  return loose.reduce((sum, step) => sum + Number(relation[step] === value), onHosts);
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
