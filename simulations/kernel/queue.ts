import type { Message, ProcessId } from './behavior.ts';
import type { Value } from './value.ts';

/** What is going to happen. Never changed once queued, so that a checkpoint may share it. */
export interface Pending {
  readonly kind:
    | 'fault.begin'
    | 'fault.end'
    | 'backup'
    | 'host.sync'
    | 'restart'
    | 'start'
    | 'deliver'
    | 'lose'
    | 'timer'
    | 'persisted';
  readonly atUs: number;
  /** Breaks ties: faults first, in script order, then in the order of scheduling. */
  readonly order: number;
  /** The step that caused it; -1: the scenario. */
  readonly cause: number;
  /** The index of: the fault; for messages the receiving host, for host.sync the host; else the process. */
  readonly target: number;
  /** start, timer, persisted: void in a later life of the process's host. */
  readonly life: number;
  /** deliver, lose: the sending host's index, sender and receiver, the message, when it was sent, how long a slow link held it. */
  readonly from: number;
  readonly sender: ProcessId;
  readonly to: ProcessId;
  readonly message: Message | undefined;
  readonly sentUs: number;
  readonly heldUs: number;
  readonly duplicate: boolean;
  readonly lostTo: 'chance' | 'cut' | 'down' | 'gone' | undefined;
  /** timer: its name, and the ticket that a reset or cancelled timer no longer has. */
  readonly timer: string;
  readonly ticket: number;
  /** persisted: the token, and what the disk holds from then on; undefined when that has been done already. */
  readonly token: Value;
  readonly durable: unknown;
}

/** The fields that a kind does not use. One shape for every event keeps the queue fast. */
export const BLANK: Pending = {
  kind: 'timer',
  atUs: 0,
  order: 0,
  cause: -1,
  target: -1,
  life: 0,
  from: -1,
  sender: '',
  to: '',
  message: undefined,
  sentUs: 0,
  heldUs: 0,
  duplicate: false,
  lostTo: undefined,
  timer: '',
  ticket: 0,
  token: null,
  durable: undefined,
};

/** A binary heap by (time, order). */
export class Queue {
  #heap: Pending[] = [];

  get size(): number {
    return this.#heap.length;
  }

  /** Everything queued, in no particular order. */
  get items(): readonly Pending[] {
    return this.#heap;
  }

  peek(): Pending | undefined {
    return this.#heap[0];
  }

  push(pending: Pending): void {
    const heap = this.#heap;
    let at = heap.length;
    heap.push(pending);
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const above = heap[parent]!;
      if (!before(pending, above)) break;
      heap[at] = above;
      at = parent;
    }
    heap[at] = pending;
  }

  pop(): Pending | undefined {
    const heap = this.#heap;
    const top = heap[0];
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return top;
    this.#sink(last);
    return top;
  }

  #sink(moved: Pending): void {
    const heap = this.#heap;
    const size = heap.length;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= size) break;
      if (child + 1 < size && before(heap[child + 1]!, heap[child]!)) child++;
      const below = heap[child]!;
      if (!before(below, moved)) break;
      heap[at] = below;
      at = child;
    }
    heap[at] = moved;
  }

  checkpoint(): readonly Pending[] {
    return this.#heap.slice();
  }

  restore(items: readonly Pending[]): void {
    this.#heap = items.slice();
  }
}

function before(a: Pending, b: Pending): boolean {
  return a.atUs !== b.atUs ? a.atUs < b.atUs : a.order < b.order;
}
