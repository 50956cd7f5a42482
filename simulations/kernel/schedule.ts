import type { HostId, ProcessId } from './behavior.ts';

/** The fate of one message: the `nth` (from 1) of its type from one host to another. Chance has no say in it; cuts and crashes do. */
export interface MessagePin {
  readonly from: HostId;
  readonly to: HostId;
  readonly type: string;
  readonly nth: number;
  /** Time on the wire; for a lost message the time until it is lost. */
  readonly delayUs: number;
  /** Default false. */
  readonly lost?: boolean;
  /** Delay of a second copy; undefined: there is none. */
  readonly duplicateDelayUs?: number;
}

/** How long the `nth` (from 1) setting of a process's timer of that name waits, on the host's clock. */
export interface TimerPin {
  readonly process: ProcessId;
  readonly timer: string;
  readonly nth: number;
  readonly delayUs: number;
}

/** How long the `nth` (from 1) write of a host to its disk takes. */
export interface DiskPin {
  readonly host: HostId;
  readonly nth: number;
  readonly delayUs: number;
}

/**
 * Choices that chance would make, made by hand: what a shrunk run and a counterexample of the explorer are written in. Whatever it
 * does not name is drawn from the seed as always. An empty schedule changes nothing.
 */
export interface Schedule {
  /** Every message between hosts that is not pinned takes this long, in microseconds; none is lost, doubled or held back by chance. Faults still apply. */
  readonly messageUs?: number;
  /** Every disk write that is not pinned takes this long, in microseconds. Faults still apply. */
  readonly diskUs?: number;
  readonly messages?: readonly MessagePin[];
  readonly timers?: readonly TimerPin[];
  readonly disks?: readonly DiskPin[];
}

/** A schedule by what it is asked for. */
export class Pins {
  readonly messageUs: number | undefined;
  readonly diskUs: number | undefined;
  readonly hasTimers: boolean;
  readonly #messages = new Map<string, Map<number, MessagePin>>();
  readonly #timers = new Map<string, number>();
  readonly #disks = new Map<string, number>();

  constructor({ messageUs, diskUs, messages = [], timers = [], disks = [] }: Schedule) {
    this.messageUs = messageUs;
    this.diskUs = diskUs;
    this.hasTimers = timers.length > 0;
    for (const pin of messages) {
      const channel = channelName(pin.from, pin.to, pin.type);
      const known = this.#messages.get(channel);
      if (known === undefined) this.#messages.set(channel, new Map([[pin.nth, pin]]));
      else known.set(pin.nth, pin);
    }
    for (const { process, timer, nth, delayUs } of timers) this.#timers.set(`${process}/${timer}#${nth}`, delayUs);
    for (const { host, nth, delayUs } of disks) this.#disks.set(`${host}#${nth}`, delayUs);
  }

  /** The pinned messages of one channel by number; undefined when there are none. */
  messages(from: HostId, to: HostId, type: string): ReadonlyMap<number, MessagePin> | undefined {
    return this.#messages.get(channelName(from, to, type));
  }

  timer(process: ProcessId, timer: string, nth: number): number | undefined {
    return this.#timers.get(`${process}/${timer}#${nth}`);
  }

  disk(host: HostId, nth: number): number | undefined {
    return this.#disks.get(`${host}#${nth}`);
  }
}

function channelName(from: HostId, to: HostId, type: string): string {
  return `${from}>${to}/${type}`;
}
