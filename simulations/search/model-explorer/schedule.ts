import type { Effect, HostId } from '../../kernel/behavior.ts';
import type { Fault } from '../../kernel/faults.ts';
import { invariant } from '../../kernel/invariant.ts';
import type { DiskPin, MessagePin, Schedule, TimerPin } from '../../kernel/schedule.ts';
import type { Action } from './action.ts';
import type { Moves } from './moves.ts';
import type { State } from './state.ts';
import type { Outcome } from './tables.ts';

/** Between two steps of a path, when it is run: long enough to tell them apart in a picture. */
export const STEP_US = 10_000;
/** What the schedule does not name, in a variant that does something else: under way within one step. */
const MESSAGE_US = 4_000;
const DISK_US = 1_000;
/** Steps that a variant has to come to its end after the path is over. */
const STEPS_AFTER = 20;

/** A path as a run of the kernel: its choices, its crashes, and how long it lasts. */
export interface PathRun {
  readonly schedule: Schedule;
  readonly faults: readonly Fault[];
  readonly durationUs: number;
}

/** One message between hosts, from its sending to its arrival. */
interface Sent {
  readonly parcel: number;
  readonly atUs: number;
  readonly channel: Pick<MessagePin, 'from' | 'to' | 'type' | 'nth'>;
  arrivedUs?: number;
  lost?: boolean;
  /** The number of its second arrival, while that is under way. */
  copy?: number;
  copiedUs?: number;
  hasCopy?: boolean;
}

interface Awaited<Pin> {
  readonly pin: Omit<Pin, 'delayUs'>;
  readonly process: string;
  readonly atUs: number;
  endedUs?: number;
}

/**
 * Writes a path as the schedule of a run: the nth step happens n times {@link STEP_US} after the start, and whatever does not happen on the path
 * does not happen before the run is over. A message that was dropped arrives in vain, half a step later.
 */
export function scheduleOf(moves: Moves, path: readonly Action[]): PathRun {
  const durationUs = (path.length + STEPS_AFTER) * STEP_US;
  const writer = new ScheduleWriter(moves);
  const { state, outcomes } = moves.start();
  outcomes.forEach((outcome, host) => {
    writer.record(host, outcome, 0);
  });
  let at: State = state;
  path.forEach((action, index) => {
    const atUs = (index + 1) * STEP_US;
    const outcome = moves.outcome(at, action);
    writer.happens(action, atUs);
    at = moves.next(at, action, outcome);
    writer.record(action.host, outcome, atUs);
    writer.forget(at, atUs + STEP_US / 2);
  });
  return { ...writer.written(2 * durationUs), durationUs };
}

class ScheduleWriter {
  readonly #moves: Moves;
  readonly #sent: Sent[] = [];
  readonly #timers: Awaited<TimerPin>[] = [];
  readonly #disks: Awaited<DiskPin>[] = [];
  readonly #counts = new Map<string, number>();
  readonly #faults: Fault[] = [];

  constructor(moves: Moves) {
    this.#moves = moves;
  }

  /** What an action brings to its end. */
  happens(action: Action, atUs: number): void {
    switch (action.kind) {
      case 'deliver':
      case 'lose':
        this.#arrives(action, atUs);
        break;
      case 'timer':
        this.#open(
          this.#timers,
          ({ process, pin }) => process === action.process && pin.timer === action.timer,
          'last',
        ).endedUs = atUs;
        break;
      case 'persisted':
        this.#open(this.#disks, ({ process }) => process === action.process, 'first').endedUs = atUs;
        break;
      case 'crash':
        this.#crash(this.#hostName(action.host), atUs);
        break;
      case 'restart':
        this.#restart(this.#hostName(action.host), atUs);
        break;
    }
  }

  /** What the steps on a host set off: messages, timers, disk writes, each with its number in the kernel's count. */
  record(host: number, { steps, sent, ended }: Outcome, atUs: number): void {
    const name = this.#hostName(host);
    this.#void((disk) => ended.includes(disk.process), atUs);
    for (const { process, effects } of steps) {
      for (const effect of effects) this.#begins(name, process, effect, atUs);
    }
    const { parcels } = this.#moves.tables;
    for (const parcel of sent) {
      const { toHost, message } = parcels.at(parcel);
      const to = this.#hostName(toHost);
      const nth = this.#count(`${name}>${to}/${message.type}`);
      this.#sent.push({ parcel, atUs, channel: { from: name, to, type: message.type, nth } });
    }
  }

  /** Messages to processes that are no more, or that will do nothing about them, arrive for nothing: others of their channel come after them. */
  forget(state: State, atUs: number): void {
    for (const sent of this.#sent) {
      if (this.#moves.isWanted(state, sent.parcel)) continue;
      sent.arrivedUs ??= atUs;
      if (sent.hasCopy === true) sent.copiedUs ??= atUs;
    }
  }

  /** The schedule; what has not ended yet ends `neverUs` after it began, beyond the end of the run. */
  written(neverUs: number): Pick<PathRun, 'schedule' | 'faults'> {
    const delayOf = ({ atUs, endedUs }: { atUs: number; endedUs?: number }) =>
      endedUs === undefined ? neverUs : endedUs - atUs;
    return {
      schedule: {
        messageUs: MESSAGE_US,
        diskUs: DISK_US,
        messages: this.#sent.map((sent): MessagePin => {
          const { channel, atUs, arrivedUs, lost, hasCopy, copiedUs } = sent;
          return {
            ...channel,
            delayUs: delayOf({ atUs, endedUs: arrivedUs }),
            ...(lost === true && { lost }),
            ...(hasCopy === true && { duplicateDelayUs: delayOf({ atUs, endedUs: copiedUs }) }),
          };
        }),
        timers: this.#timers.map((timer) => ({ ...timer.pin, delayUs: delayOf(timer) })),
        disks: this.#disks.map((disk) => ({ ...disk.pin, delayUs: delayOf(disk) })),
      },
      faults: this.#faults,
    };
  }

  #arrives(action: Extract<Action, { kind: 'deliver' | 'lose' }>, atUs: number): void {
    const { parcel } = action;
    const copied = this.#sent.find(({ copy, copiedUs }) => copy === parcel && copiedUs === undefined);
    if (copied !== undefined) {
      copied.copiedUs = atUs;
      return;
    }
    const sent = this.#sent.find((one) => one.parcel === parcel && one.arrivedUs === undefined);
    invariant(sent !== undefined, 'a message arrives that was never sent', { parcel });
    sent.arrivedUs = atUs;
    if (action.kind === 'lose') sent.lost = true;
    else if (action.keepsCopy) {
      sent.hasCopy = true;
      sent.copy = this.#moves.tables.copyOf(parcel);
    }
  }

  #begins(host: HostId, process: string, effect: Effect, atUs: number): void {
    if (effect.type === 'timer.set') {
      const nth = this.#count(`timer ${process}/${effect.name}`);
      this.#timers.push({ pin: { process, timer: effect.name, nth }, process, atUs });
    } else if (effect.type === 'disk.persist') {
      this.#disks.push({ pin: { host, nth: this.#count(`disk ${host}`) }, process, atUs });
    }
  }

  #crash(host: HostId, atUs: number): void {
    const id = `crash-${host}-${this.#count(`crash ${host}`)}`;
    this.#faults.push({ id, action: { do: 'crash', target: host }, when: { atUs } });
    this.#void((disk) => disk.pin.host === host, atUs);
  }

  /** Disk writes whose process is no more, or was: they end soon, since the kernel makes later writes wait for earlier ones. */
  #void(test: (disk: Awaited<DiskPin>) => boolean, atUs: number): void {
    for (const disk of this.#disks) if (test(disk)) disk.endedUs ??= atUs + STEP_US / 2;
  }

  #restart(host: HostId, atUs: number): void {
    const at = this.#faults.findLastIndex(({ action }) => action.do === 'crash' && action.target === host);
    const fault = this.#faults[at]!;
    invariant('atUs' in fault.when, 'a crash of a path has its instant');
    this.#faults[at] = { ...fault, forUs: atUs - fault.when.atUs };
  }

  #open<A extends { endedUs?: number }>(all: readonly A[], test: (one: A) => boolean, which: 'first' | 'last'): A {
    const isOpen = (one: A) => one.endedUs === undefined && test(one);
    const open = which === 'first' ? all.find(isOpen) : all.findLast(isOpen);
    invariant(open !== undefined, 'something ends that never began');
    return open;
  }

  /** 1 for the first of that name. */
  #count(name: string): number {
    const count = (this.#counts.get(name) ?? 0) + 1;
    this.#counts.set(name, count);
    return count;
  }

  #hostName(host: number): HostId {
    return this.#moves.tables.setting.topology.hosts[host]!.id;
  }
}
