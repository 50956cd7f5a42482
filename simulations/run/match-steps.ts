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

/**
 * Matches the steps of two runs. The first `shared` steps are equal, one by one. After that two events are the same when they have the same
 * name: the nth message of its type from one host to another (however it ends: that is also what shares its luck), the nth firing of a process's timer, the nth write of
 * a host to its disk, the nth crash of a process, a fault of the same id. Both runs need their history.
 */
export function matchSteps(a: Run, b: Run, shared: number): StepMatching {
  const [namesA, namesB] = [stepNames(a), stepNames(b)];
  const inB = new Map<string, number>();
  for (let step = shared; step < namesB.length; step++) inB.set(namesB[step]!, step);
  const toB = new Map<number, number>();
  const toA = new Map<number, number>();
  const moved: (readonly [number, number])[] = [];
  for (let step = shared; step < namesA.length; step++) {
    const other = inB.get(namesA[step]!);
    if (other === undefined) continue;
    toB.set(step, other);
    toA.set(other, step);
    if (!sameEvent(a.timeline!.step(step), b.timeline!.step(other))) moved.push([step, other]);
  }
  const alone = (length: number, matched: ReadonlyMap<number, number>) =>
    Array.from({ length: length - shared }, (_, at) => shared + at).filter((step) => !matched.has(step));
  return {
    counterpart: (step, side) => {
      const last = (side === 'a' ? namesA : namesB).length - 1;
      if (step < 0 || step > last) return undefined;
      return step < shared ? step : (side === 'a' ? toB : toA).get(step);
    },
    only: { a: alone(namesA.length, toB), b: alone(namesB.length, toA) },
    moved,
  };
}

/** Whether two steps tell the same: kind, instant, place, message, how it ended. What the handlers then did is not asked. */
export function sameEvent(a: StepView, b: StepView): boolean {
  return (
    a.kind === b.kind &&
    a.atUs === b.atUs &&
    a.process === b.process &&
    a.host === b.host &&
    a.lostTo === b.lostTo &&
    a.timer === b.timer &&
    a.sentUs === b.sentUs &&
    a.fault?.fault.id === b.fault?.fault.id &&
    sameData(a.message, b.message) &&
    sameData(a.token, b.token)
  );
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

/** The name of every step of a run. */
function stepNames(run: Run): readonly string[] {
  const timeline = run.timeline!;
  const names: string[] = new Array(timeline.length).fill('');
  const counts = new Map<string, number>();
  const channels = new Map<string, Carried[]>();
  const carry = (channel: string, carried: Carried) => {
    const known = channels.get(channel);
    if (known === undefined) channels.set(channel, [carried]);
    else known.push(carried);
  };
  for (let step = 0; step < timeline.length; step++) {
    const view = timeline.step(step);
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
  return names;
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
