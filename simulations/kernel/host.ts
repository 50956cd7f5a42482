import type { Behavior, HostId, ProcessId, Snapshot } from './behavior.ts';
import { appended } from './copies.ts';
import type { Sampler } from './latency.ts';
import type { Pending, Ringing } from './queue.ts';
import type { Value } from './value.ts';
import type { HostStatus, HostView, ProcessView } from './view.ts';

/** A shift of a host's clock while a clock fault lasts. */
export interface ClockShift {
  readonly offsetUs: number;
  readonly driftPpm: number;
  readonly sinceUs: number;
}

/** A host inside a world. */
export class HostRecord implements HostView {
  status: HostStatus = 'up';
  /** Counts crashes: whatever was scheduled in an earlier life is void. */
  life = 0;
  clockShifts: readonly ClockShift[] = [];
  diskExtra: readonly Sampler[] = [];
  /** What arrived during a pause, in order. */
  held: Pending[] = [];

  constructor(
    readonly index: number,
    readonly id: HostId,
    readonly disk: Sampler,
    readonly diskStream: number,
    readonly world: { readonly nowUs: number },
  ) {}

  get clockUs(): number {
    const nowUs = this.world.nowUs;
    let clockUs = nowUs;
    for (const shift of this.clockShifts) {
      clockUs += shift.offsetUs + Math.trunc(((nowUs - shift.sinceUs) * shift.driftPpm) / 1_000_000);
    }
    return clockUs;
  }

  /** True microseconds that pass while the host's clock counts `localUs`. */
  trueDelay(localUs: number): number {
    let driftPpm = 0;
    for (const shift of this.clockShifts) driftPpm += shift.driftPpm;
    return driftPpm === 0 ? localUs : Math.round((localUs * 1_000_000) / (1_000_000 + driftPpm));
  }
}

export const NO_TIMERS: readonly Ringing[] = [];

// Functions of their own, since one that makes a closure pays for what the closure sees on every call, also where it returns before.

function replaced(timers: readonly Ringing[], before: Ringing, after: Ringing): readonly Ringing[] {
  const next = timers.slice();
  next[next.indexOf(before)] = after;
  return next;
}

function without(timers: readonly Ringing[], timer: Ringing): readonly Ringing[] {
  return timers.filter((other) => other !== timer);
}

/** A process inside a world. */
export class ProcessRecord implements ProcessView {
  /** The timers that are set. A process has a few at most; the list is replaced when one changes, so that a checkpoint shares it. */
  ringing: readonly Ringing[] = NO_TIMERS;
  disk: unknown;
  diskStep = -1;
  /** Writes of one process reach the disk in order. */
  lastPersistUs = 0;
  /** The streams that delays of timers are drawn from, of those that have been drawn: one or two. */
  timerStreams: readonly { readonly timer: string; readonly stream: number }[] = [];

  constructor(
    readonly index: number,
    readonly id: ProcessId,
    readonly role: string,
    readonly hostRecord: HostRecord,
    readonly behavior: Behavior,
    readonly input: Value,
    /** Started by an effect: ends with a crash. */
    readonly transient: boolean,
    public snapshot: Snapshot,
  ) {
    this.disk = snapshot.context.durable;
  }

  get host(): HostId {
    return this.hostRecord.id;
  }

  get timers(): ProcessView['timers'] {
    return this.ringing.map((pending) => ({ name: pending.timer, dueUs: pending.atUs }));
  }

  timer(name: string): Ringing | undefined {
    const { ringing } = this;
    for (let at = 0; at < ringing.length; at++) if (ringing[at]!.timer === name) return ringing[at];
    return undefined;
  }

  setTimer(timer: Ringing): void {
    const before = this.timer(timer.timer);
    const { ringing } = this;
    if (before === undefined) this.ringing = appended(ringing, timer);
    else if (ringing.length === 1) this.ringing = [timer];
    else if (ringing.length === 2) this.ringing = ringing[0] === before ? [timer, ringing[1]!] : [ringing[0]!, timer];
    else this.ringing = replaced(ringing, before, timer);
  }

  dropTimer(name: string): void {
    const before = this.timer(name);
    if (before === undefined) return;
    const { ringing } = this;
    if (ringing.length === 1) this.ringing = NO_TIMERS;
    else if (ringing.length === 2) this.ringing = [ringing[0] === before ? ringing[1]! : ringing[0]!];
    else this.ringing = without(ringing, before);
  }
}
