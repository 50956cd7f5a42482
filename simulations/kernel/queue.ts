import type { Message, ProcessId } from './behavior.ts';
import type { Value } from './value.ts';

interface Due {
  readonly atUs: number;
  /** Breaks ties: faults first, in script order, then in the order of scheduling. */
  readonly order: number;
  /** The step that caused it; -1: the scenario. */
  readonly cause: number;
}

/** A message under way, to be delivered, or to be lost on the way. */
export interface Flying extends Due {
  readonly kind: 'deliver' | 'lose';
  /** Indexes of the sending and the receiving host. */
  readonly from: number;
  readonly target: number;
  /** The place of the receiving process, if it lived when the message was sent; -1: to be found by name. */
  readonly slot: number;
  readonly sender: ProcessId;
  readonly to: ProcessId;
  readonly message: Message;
  readonly sentUs: number;
  /** How long a slow link holds it. */
  readonly heldUs: number;
  readonly duplicate: boolean;
  readonly lostTo: 'chance' | 'cut' | 'down' | 'gone' | undefined;
}

/** A timer that was set. Void when the process has no timer of that name and ticket any more. */
export interface Ringing extends Due {
  readonly kind: 'timer';
  /** The index of the process, and the life of its host in which it was set. */
  readonly target: number;
  readonly life: number;
  readonly timer: string;
  readonly ticket: number;
}

/** A write on its way to the disk. */
export interface Writing extends Due {
  readonly kind: 'persisted';
  readonly target: number;
  readonly life: number;
  readonly token: Value;
  /** What the disk holds from then on; undefined when that has been done already. */
  readonly durable: unknown;
}

/** Faults, and the starts of processes. `target` is the index of the fault, for host.sync of the host, otherwise of the process. */
export interface Turning extends Due {
  readonly kind: 'fault.begin' | 'fault.end' | 'backup' | 'host.sync' | 'restart' | 'start';
  readonly target: number;
  readonly life: number;
}

/** What is going to happen. Never changed once queued, so that a checkpoint may share it. */
export type Pending = Flying | Ringing | Writing | Turning;

/** A binary heap by (time, order). The keys lie in columns of their own, so that a comparison touches no event. */
export class Queue {
  #items: Pending[] = [];
  #times = new Float64Array(256);
  #orders = new Float64Array(256);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** Everything queued, in no particular order. */
  get items(): readonly Pending[] {
    return this.#items;
  }

  /** The time of the first event, in microseconds; undefined when there is none. */
  get firstUs(): number | undefined {
    return this.#size === 0 ? undefined : this.#times[0];
  }

  push(pending: Pending): void {
    let at = this.#size++;
    if (at === this.#times.length) this.#grow();
    const items = this.#items;
    const times = this.#times;
    const orders = this.#orders;
    const { atUs, order } = pending;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const parentUs = times[parent]!;
      if (parentUs < atUs || (parentUs === atUs && orders[parent]! < order)) break;
      items[at] = items[parent]!;
      times[at] = parentUs;
      orders[at] = orders[parent]!;
      at = parent;
    }
    items[at] = pending;
    times[at] = atUs;
    orders[at] = order;
  }

  pop(): Pending | undefined {
    const items = this.#items;
    const top = items[0];
    const last = items.pop();
    if (last === undefined) return undefined;
    const size = --this.#size;
    if (size > 0) this.#sink(0, last, this.#times[size]!, this.#orders[size]!);
    return top;
  }

  /** Forgets the events that fail a test. */
  keep(test: (pending: Pending) => boolean): void {
    this.restore(this.#items.filter(test));
    for (let at = (this.#size >> 1) - 1; at >= 0; at--) {
      this.#sink(at, this.#items[at]!, this.#times[at]!, this.#orders[at]!);
    }
  }

  /** Finds the place of an event from a place downwards. */
  #sink(from: number, moved: Pending, atUs: number, order: number): void {
    const items = this.#items;
    const times = this.#times;
    const orders = this.#orders;
    const size = this.#size;
    let at = from;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= size) break;
      let childUs = times[child]!;
      const other = child + 1;
      if (other < size) {
        const otherUs = times[other]!;
        if (otherUs < childUs || (otherUs === childUs && orders[other]! < orders[child]!)) {
          child = other;
          childUs = otherUs;
        }
      }
      if (atUs < childUs || (atUs === childUs && order < orders[child]!)) break;
      items[at] = items[child]!;
      times[at] = childUs;
      orders[at] = orders[child]!;
      at = child;
    }
    items[at] = moved;
    times[at] = atUs;
    orders[at] = order;
  }

  /** Replaces everything queued by a list in order of (time, order). */
  restore(items: readonly Pending[]): void {
    this.#items = items.slice();
    this.#size = items.length;
    while (this.#times.length < items.length) this.#grow();
    for (let at = 0; at < items.length; at++) {
      this.#times[at] = items[at]!.atUs;
      this.#orders[at] = items[at]!.order;
    }
  }

  #grow(): void {
    const times = new Float64Array(this.#times.length * 2);
    times.set(this.#times);
    this.#times = times;
    const orders = new Float64Array(this.#orders.length * 2);
    orders.set(this.#orders);
    this.#orders = orders;
  }
}
