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

/** The number that stands for a kind of step in columns and digests. */
export function kindCode(kind: StepKind): number {
  return CODES.get(kind)!;
}

/**
 * What happened, in columns: one row a step. Because each row names the step that caused it, the trace is a causal
 * graph. What a handler did is not kept: it is found again by replay, which is cheaper than memory.
 */
export class Trace {
  #times = new Float64Array(1024);
  #kinds = new Uint8Array(1024);
  #processes = new Int32Array(1024);
  #hosts = new Int16Array(1024);
  #causes = new Int32Array(1024);
  readonly #payloads: (Pending | undefined)[] = [];
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** `process` and `host` are indexes, -1 where there is none. `pending` carries what the step was about. */
  push(kind: StepKind, atUs: number, process: number, host: number, cause: number, pending: Pending | undefined): void {
    const at = this.#length;
    if (at === this.#times.length) this.#grow();
    this.#times[at] = atUs;
    this.#kinds[at] = kindCode(kind);
    this.#processes[at] = process;
    this.#hosts[at] = host;
    this.#causes[at] = cause;
    this.#payloads.push(pending);
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

  payload(step: number): Pending | undefined {
    return this.#payloads[step];
  }

  /** Whether a step is the same in another trace: kind, time, process, host, cause and what it was about. */
  equalAt(step: number, other: Trace): boolean {
    if (
      this.#times[step] !== other.#times[step] ||
      this.#kinds[step] !== other.#kinds[step] ||
      this.#processes[step] !== other.#processes[step] ||
      this.#hosts[step] !== other.#hosts[step] ||
      this.#causes[step] !== other.#causes[step]
    ) {
      return false;
    }
    const [mine, theirs] = [this.#payloads[step], other.#payloads[step]];
    if (mine === theirs) return true;
    return (
      mine !== undefined &&
      theirs !== undefined &&
      mine.timer === theirs.timer &&
      mine.lostTo === theirs.lostTo &&
      JSON.stringify([mine.message, mine.token]) === JSON.stringify([theirs.message, theirs.token])
    );
  }

  /** How many steps have happened up to and including that instant. */
  stepsUntil(atUs: number): number {
    let low = 0;
    let high = this.#length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#times[middle]! <= atUs) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #grow(): void {
    const size = this.#times.length * 2;
    this.#times = copy(this.#times, new Float64Array(size));
    this.#kinds = copy(this.#kinds, new Uint8Array(size));
    this.#processes = copy(this.#processes, new Int32Array(size));
    this.#hosts = copy(this.#hosts, new Int16Array(size));
    this.#causes = copy(this.#causes, new Int32Array(size));
  }
}

function copy<A extends { set(source: A): void }>(from: A, to: A): A {
  to.set(from);
  return to;
}
