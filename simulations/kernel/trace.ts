import type { ProcessId } from './behavior.ts';
import type { Pending } from './queue.ts';
import type { StepKind } from './view.ts';

const KINDS: readonly StepKind[] = [
  'deliver',
  'timer',
  'persisted',
  'started',
  'lost',
  'crashed',
  'restarted',
  'paused',
  'resumed',
  'fault.begin',
  'fault.end',
];
const CODES = new Map(KINDS.map((kind, code) => [kind, code]));

/** Rows for which there is room from the first on. */
const FIRST_SIZE = 1_024;
/** The columns of a trace that nothing is written to, as of most runs of a sweep: making them takes longer than a hundred steps. */
const NOTHING = {
  times: new Float64Array(0),
  kinds: new Uint8Array(0),
  processes: new Int32Array(0),
  hosts: new Int16Array(0),
  causes: new Int32Array(0),
  words: new Uint16Array(0),
  marks: new Int32Array(0),
} as const;

/** The number that stands for a kind of step in columns and digests. */
export function kindCode(kind: StepKind): number {
  return CODES.get(kind)!;
}

/** How a message was lost. */
export interface Loss {
  readonly why: 'chance' | 'cut' | 'down' | 'gone';
  /** The process that it was for. */
  readonly to: ProcessId;
  /** Lost on the way, by chance or by a cut that was open when it was sent; otherwise where it arrived. */
  readonly underway: boolean;
}

/**
 * What happened, in columns of about 30 bytes: one row a step. Because each row names the step that caused it, the trace is a causal graph:
 * the sender of a message and when it was sent are those of its cause. What a message said and what a handler did are not kept:
 * they are found again by replay, which is cheaper than memory.
 */
export class Trace {
  #times = NOTHING.times;
  #kinds = NOTHING.kinds;
  #processes = NOTHING.processes;
  #hosts = NOTHING.hosts;
  #causes = NOTHING.causes;
  #words = NOTHING.words;
  #marks = NOTHING.marks;
  readonly #vocabulary: string[] = [''];
  readonly #codes = new Map<string, number>([['', 0]]);
  readonly #losses = new Map<number, Loss>();
  readonly #duplicates = new Set<number>();
  readonly #held = new Map<number, number>();
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** `kind` is its {@link kindCode}. */
  push(
    kind: number,
    atUs: number,
    process: number,
    host: number,
    cause: number,
    pending: Pending | undefined,
    mark: number,
  ): void {
    const at = this.#length;
    if (at === this.#times.length) this.#resize(Math.max(FIRST_SIZE, this.#times.length * 2));
    this.#times[at] = atUs;
    this.#kinds[at] = kind;
    this.#processes[at] = process;
    this.#hosts[at] = host;
    this.#causes[at] = cause;
    this.#words[at] = pending === undefined ? 0 : this.#about(at, pending);
    this.#marks[at] = mark;
    this.#length = at + 1;
  }

  timeUs(step: number): number {
    return this.#times[step]!;
  }

  kind(step: number): StepKind {
    return KINDS[this.#kinds[step]!]!;
  }

  process(step: number): number {
    return this.#processes[step]!;
  }

  host(step: number): number {
    return this.#hosts[step]!;
  }

  cause(step: number): number {
    return this.#causes[step]!;
  }

  /** deliver, lost: the type of the message. timer: its name. Otherwise ''. */
  word(step: number): string {
    return this.#vocabulary[this.#words[step]!]!;
  }

  /** deliver, lost: when the message was sent. */
  sentUs(step: number): number {
    return this.#times[this.#causes[step]!]!;
  }

  /** deliver, lost: the index of the host that sent the message. */
  from(step: number): number {
    return this.#hosts[this.#causes[step]!]!;
  }

  /** lost: how. */
  loss(step: number): Loss | undefined {
    return this.#losses.get(step);
  }

  /** deliver: whether it was a second copy. */
  duplicate(step: number): boolean {
    return this.#duplicates.has(step);
  }

  /** deliver, lost: how long a slow link held the message, in microseconds. */
  heldUs(step: number): number {
    return this.#held.get(step) ?? 0;
  }

  /**
   * How many steps from the start are the same in another trace. Goes by the running digest, so both runs must have kept one; two
   * different runs look the same with a probability of 2^-32.
   */
  sharedWith(other: Trace): number {
    let low = 0;
    let high = Math.min(this.#length, other.#length);
    while (low < high) {
      const middle = (low + high) >> 1;
      const same = this.#marks[middle] === other.#marks[middle] && this.#times[middle] === other.#times[middle];
      if (same) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** How many steps have happened up to and including that instant. */
  stepsUntil(atUs: number): number {
    return countBelow(this.#times, this.#length, Math.floor(atUs) + 1);
  }

  /** Gives back the room that growing left over. Called once, at the end of a run. */
  trim(): void {
    this.#resize(this.#length);
  }

  /** Keeps what the columns have no room for, which few steps have. Returns the code of the step's word. */
  #about(step: number, pending: Pending): number {
    switch (pending.kind) {
      case 'deliver':
      case 'lose': {
        const { lostTo, to, kind } = pending;
        if (lostTo !== undefined) this.#losses.set(step, { why: lostTo, to, underway: kind === 'lose' });
        if (pending.duplicate) this.#duplicates.add(step);
        if (pending.heldUs > 0) this.#held.set(step, pending.heldUs);
        return this.#code(pending.message.type);
      }
      case 'timer':
        return this.#code(pending.timer);
      default:
        return 0;
    }
  }

  #code(word: string): number {
    const known = this.#codes.get(word);
    if (known !== undefined) return known;
    const code = this.#vocabulary.length;
    this.#vocabulary.push(word);
    this.#codes.set(word, code);
    return code;
  }

  #resize(size: number): void {
    this.#times = resized(this.#times, new Float64Array(size));
    this.#kinds = resized(this.#kinds, new Uint8Array(size));
    this.#processes = resized(this.#processes, new Int32Array(size));
    this.#hosts = resized(this.#hosts, new Int16Array(size));
    this.#causes = resized(this.#causes, new Int32Array(size));
    this.#words = resized(this.#words, new Uint16Array(size));
    this.#marks = resized(this.#marks, new Int32Array(size));
  }
}

interface Column<A> {
  readonly length: number;
  set(source: A): void;
  subarray(from: number, to: number): A;
}

function resized<A extends Column<A>>(from: A, to: A): A {
  to.set(from.subarray(0, Math.min(from.length, to.length)));
  return to;
}

/** How many of the first `length` whole numbers of a rising column are below a bound. */
function countBelow(column: ArrayLike<number>, length: number, bound: number): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (column[middle]! < bound) low = middle + 1;
    else high = middle;
  }
  return low;
}
