import type { StepView } from '../kernel/view.ts';
import type { Run } from './execute.ts';

/** The first or the second of two runs. */
export type Side = 'a' | 'b';

/** Which events of two runs are the same event. */
export interface StepMatching {
  /** The step on the other side that is the same event; undefined: it happens on this side only. */
  counterpart(step: number, side: Side): number | undefined;
  /** Steps that happen on one side only, rising. */
  readonly only: Readonly<Record<Side, readonly number[]>>;
  /** Events that happen on both sides, but at another time, with other content or with another end. */
  readonly moved: readonly (readonly [a: number, b: number])[];
}

/** Steps that are read between two looks at the clock. */
const PIECE_STEPS = 256;

/**
 * Matches the steps of two runs, in pieces: yields how many steps it has read since the last time. The first `shared` steps are equal, one by one. After
 * that two events are the same when they have the same name: the nth message of its type from one host to another (however it ends: that is also what
 * shares its luck), the nth firing of a process's timer, the nth write of a host to its disk, the nth crash of a process, a fault of the same id. Both
 * runs need their history.
 */
export function* matchSteps(a: Run, b: Run, shared: number): Generator<number, StepMatching> {
  const [lengthA, lengthB] = [a.timeline!.length, b.timeline!.length];
  if (shared === lengthA && shared === lengthB) return equalSteps(shared);
  const [readA, readB] = [yield* readSteps(a, shared), yield* readSteps(b, shared)];
  const inB = new Map<string, number>();
  for (let step = shared; step < lengthB; step++) inB.set(readB.names[step]!, step);
  const toB = new Map<number, number>();
  const toA = new Map<number, number>();
  const moved: (readonly [number, number])[] = [];
  for (let step = shared; step < lengthA; step++) {
    const other = inB.get(readA.names[step]!);
    if (other === undefined) continue;
    toB.set(step, other);
    toA.set(other, step);
    if (readA.told[step - shared] !== readB.told[other - shared]) moved.push([step, other]);
  }
  const alone = (length: number, matched: ReadonlyMap<number, number>) =>
    Array.from({ length: length - shared }, (_, at) => shared + at).filter((step) => !matched.has(step));
  return {
    counterpart: (step, side) => {
      const last = (side === 'a' ? lengthA : lengthB) - 1;
      if (step < 0 || step > last) return undefined;
      return step < shared ? step : (side === 'a' ? toB : toA).get(step);
    },
    only: { a: alone(lengthA, toB), b: alone(lengthB, toA) },
    moved,
  };
}

function equalSteps(length: number): StepMatching {
  return {
    counterpart: (step) => (step >= 0 && step < length ? step : undefined),
    only: { a: [], b: [] },
    moved: [],
  };
}

/** Whether two steps tell the same: kind, instant, place, message, how it ended. What the handlers then did is not asked. */
export function sameEvent(a: StepView, b: StepView): boolean {
  return a.atUs === b.atUs && a.kind === b.kind && toldBy(a) === toldBy(b);
}

/** What a step tells, as a text that only equal ones share. */
function toldBy({ kind, atUs, process, host, lostTo, timer, sentUs, fault, message, token }: StepView): string {
  const id = fault?.fault.id;
  return JSON.stringify({ kind, atUs, process, host, lostTo, timer, sentUs, id, message, token });
}

/** Whether two immutable JSON values are equal. */
export function sameData(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}

/** One message on its channel: who sent it, and the step that ended it. */
interface Carried {
  readonly cause: number;
  /** Infinity: it is still on its way at the end. */
  readonly step: number;
  readonly duplicate: boolean;
}

/** What a matching reads of a run's steps: the name of each, and from the first that is not shared on what it tells. */
interface ReadSteps {
  readonly names: readonly string[];
  readonly told: readonly string[];
}

/** Reads a run once, in order: a step that is sought later would be found by replay. */
function* readSteps(run: Run, shared: number): Generator<number, ReadSteps> {
  const timeline = run.timeline!;
  const names: string[] = new Array(timeline.length).fill('');
  const told: string[] = [];
  const counts = new Map<string, number>();
  const channels = new Map<string, Carried[]>();
  const carry = (channel: string, carried: Carried) => {
    const known = channels.get(channel);
    if (known === undefined) channels.set(channel, [carried]);
    else known.push(carried);
  };
  for (let step = 0; step < timeline.length; step++) {
    if (step % PIECE_STEPS === PIECE_STEPS - 1) yield PIECE_STEPS;
    const view = timeline.step(step);
    if (step >= shared) told.push(toldBy(view));
    if (view.message !== undefined && view.from !== undefined) {
      carry(`${view.fromHost}>${view.host}/${view.message.type}`, {
        cause: view.cause,
        step,
        duplicate: view.duplicate === true,
      });
      continue;
    }
    const kind = nameOf(view);
    const nth = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, nth);
    names[step] = `${kind}#${nth}`;
  }
  for (const { fromHost, toHost, message, sentStep, duplicate } of timeline.worldAt(timeline.length).inFlight)
    carry(`${fromHost}>${toHost}/${message.type}`, { cause: sentStep, step: Infinity, duplicate });
  for (const [channel, carried] of channels) nameMessages(channel, carried, names);
  return { names, told };
}

/** Numbers the messages of a channel in the order in which they were sent. A copy has the number of its original. */
function nameMessages(channel: string, carried: readonly Carried[], names: string[]): void {
  const sent = carried.toSorted((a, b) => a.cause - b.cause || a.step - b.step);
  const numbers = new Map<number, number>();
  let nth = 0;
  for (const { cause, step, duplicate } of sent) {
    if (duplicate) continue;
    nth++;
    numbers.set(cause, nth);
    if (step !== Infinity) names[step] = `${channel}#${nth}`;
  }
  for (const { cause, step, duplicate } of sent)
    if (duplicate && step !== Infinity) names[step] = `${channel}#${numbers.get(cause)} copy`;
}

function nameOf({ kind, timer, process, host, fault }: StepView): string {
  if (kind === 'timer') return `timer ${process} ${timer}`;
  if (kind === 'persisted') return `disk ${host}`;
  return `${kind} ${fault?.fault.id ?? (process === '' ? host : process)}`;
}
