import type { Trace } from '../../kernel/trace.ts';
import type { Run } from '../../run/execute.ts';
import { isHostEvent } from '../vector-clocks.ts';

/** A message between two hosts, as its last step tells it. Times in microseconds. */
export interface Flight {
  /** The step that delivered or lost it. */
  readonly step: number;
  /** The step that sent it. */
  readonly sentStep: number;
  readonly sentUs: number;
  /** Arrival, or where it was lost. */
  readonly endUs: number;
  /** Indexes of hosts. */
  readonly from: number;
  readonly to: number;
  readonly type: string;
  readonly lostTo: 'chance' | 'cut' | 'down' | 'gone' | undefined;
  /** Lost half way, by a cut that was open when it was sent. */
  readonly halfWay: boolean;
  readonly heldUs: number;
  readonly duplicate: boolean;
}

/** Time during which something was the case, from a step on. `untilUs` is the run's end when it never ended. */
export interface Span {
  readonly fromUs: number;
  readonly untilUs: number;
  readonly step: number;
}

/** What the pictures of a run need again and again, found in one pass over its trace. */
export interface RunIndex {
  readonly hosts: readonly { readonly id: string; readonly shape: 'replica' | 'client' }[];
  /** Steps that delivered or lost a message between two hosts, in order. */
  readonly flights: Int32Array;
  /** The longest time that one of them was under way. */
  readonly flightUsMax: number;
  /** The median of that time over delivered messages; 1,000 when there are none. */
  readonly flightUsMedian: number;
  /** The step before it on the same host, -1 for the first; losses and faults are not events of a host. */
  readonly before: Int32Array;
  /** Losses and faults, in order: the steps that are no events of a host. */
  readonly loose: Int32Array;
  /** The first step that each of those caused; the others caused none. */
  readonly effects: ReadonlyMap<number, number>;
  /** Every step of a host, in order, by index of the host. */
  readonly stepsOf: readonly Int32Array[];
  /** Pairs of hosts that ever sent each other a message, as `from * hosts + to`. */
  readonly links: ReadonlySet<number>;
  /** Operations: the step of the invocation → the step of the completion, -1 when there was none. */
  readonly begun: ReadonlyMap<number, number>;
  readonly down: readonly (readonly Span[])[];
  readonly paused: readonly (readonly Span[])[];
  readonly endUs: number;
}

const known = new WeakMap<Run, RunIndex>();

/** The index of a run, made once. */
export function runIndex(run: Run): RunIndex {
  let index = known.get(run);
  if (index === undefined) {
    index = build(run);
    known.set(run, index);
  }
  return index;
}

/** The message whose last step this is; undefined for any other step and for messages within a host. */
export function flightOf(trace: Trace, step: number): Flight | undefined {
  const kind = trace.kind(step);
  if (kind !== 'deliver' && kind !== 'lost') return undefined;
  const [from, to] = [trace.from(step), trace.host(step)];
  if (from === to) return undefined;
  const loss = trace.loss(step);
  return {
    step,
    sentStep: trace.cause(step),
    sentUs: trace.sentUs(step),
    endUs: trace.timeUs(step),
    from,
    to,
    type: trace.word(step),
    lostTo: loss?.why,
    halfWay: loss?.why === 'cut' && loss.underway,
    heldUs: trace.heldUs(step),
    duplicate: trace.duplicate(step),
  };
}

function build(run: Run): RunIndex {
  const hosts = run.topology.hosts.map(({ id, shape }) => ({ id, shape }));
  const endUs = run.record.endUs;
  const trace = run.timeline?.trace;
  if (trace === undefined) return emptyIndex(hosts, endUs);
  const last = new Int32Array(hosts.length).fill(-1);
  const before = new Int32Array(trace.length).fill(-1);
  const steps: number[][] = hosts.map(() => []);
  const flights: number[] = [];
  const loose: number[] = [];
  const effects = new Map<number, number>();
  const durations: number[] = [];
  const links = new Set<number>();
  let flightUsMax = 0;
  for (let step = 0; step < trace.length; step++) {
    const host = trace.host(step);
    const kind = trace.kind(step);
    if (isHostEvent(trace, step)) {
      before[step] = last[host]!;
      last[host] = step;
      steps[host]!.push(step);
    } else loose.push(step);
    const cause = trace.cause(step);
    if (cause >= 0 && !effects.has(cause) && !isHostEvent(trace, cause)) effects.set(cause, step);
    if (kind !== 'deliver' && kind !== 'lost') continue;
    const from = trace.from(step);
    if (from === host) continue;
    flights.push(step);
    links.add(from * hosts.length + host);
    const tookUs = trace.timeUs(step) - trace.sentUs(step);
    if (tookUs > flightUsMax) flightUsMax = tookUs;
    if (kind === 'deliver') durations.push(tookUs);
  }
  return {
    hosts,
    flights: Int32Array.from(flights),
    flightUsMax,
    flightUsMedian: Float64Array.from(durations).sort()[durations.length >> 1] ?? 1000,
    before,
    loose: Int32Array.from(loose),
    effects,
    stepsOf: steps.map((of) => Int32Array.from(of)),
    links,
    begun: new Map(
      run.record.operations.map((operation) => [operation.invokedStep ?? -1, operation.completedStep ?? -1]),
    ),
    down: spansOf(trace, steps, endUs, 'crashed', 'restarted'),
    paused: spansOf(trace, steps, endUs, 'paused', 'resumed'),
    endUs,
  };
}

function spansOf(
  trace: Trace,
  stepsOf: readonly (readonly number[])[],
  endUs: number,
  begins: 'crashed' | 'paused',
  ends: 'restarted' | 'resumed',
): readonly (readonly Span[])[] {
  return stepsOf.map((steps) => {
    const spans: Span[] = [];
    let open = -1;
    for (const step of steps) {
      const kind = trace.kind(step);
      if (kind === begins && open < 0) open = step;
      // A crash also ends a pause.
      if (open >= 0 && (kind === ends || (kind === 'crashed' && begins === 'paused'))) {
        spans.push({ fromUs: trace.timeUs(open), untilUs: trace.timeUs(step), step: open });
        open = -1;
      }
    }
    if (open >= 0) spans.push({ fromUs: trace.timeUs(open), untilUs: endUs, step: open });
    return spans;
  });
}

function emptyIndex(hosts: RunIndex['hosts'], endUs: number): RunIndex {
  const none = new Int32Array(0);
  return {
    hosts,
    flights: none,
    flightUsMax: 0,
    flightUsMedian: 1000,
    before: none,
    loose: none,
    effects: new Map(),
    stepsOf: hosts.map(() => none),
    links: new Set(),
    begun: new Map(),
    down: hosts.map(() => []),
    paused: hosts.map(() => []),
    endUs,
  };
}
