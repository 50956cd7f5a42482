import type { ProcessId } from '../kernel/behavior.ts';
import { invariant } from '../kernel/invariant.ts';
import type { Run } from './execute.ts';
import { traceStep } from './trace-step.ts';

/** Which transitions a process took, and at which steps. It is read from the run piece by piece, so that a long run holds nothing up. */
export class TransitionLog {
  readonly #run: Run;
  readonly #process: ProcessId;
  readonly #indices: ReadonlySet<number>;
  readonly #host: number;
  /** Transition → the steps that took it, in order; a step may be there twice. */
  readonly #steps = new Map<number, number[]>();
  #until = 0;

  /** The run must have kept its history and know the process. */
  constructor(run: Run, process: ProcessId) {
    this.#run = run;
    this.#process = process;
    const { names } = run.timeline!;
    const indices = indicesOf(names).get(process);
    invariant(indices !== undefined, 'a run does not know the process', { process });
    this.#indices = new Set(indices);
    this.#host = names[indices[0]!]!.host;
  }

  /** How many steps of the run have been read. */
  get until(): number {
    return this.#until;
  }

  /** Reads on to `steps`, but `most` of the run's steps at the most. True when it got there. */
  read(steps: number, most: number): boolean {
    const end = Math.min(steps, this.#until + most);
    for (let step = this.#until; step < end; step++) if (this.#concerns(step)) this.#take(step);
    this.#until = Math.max(this.#until, end);
    return this.#until >= steps;
  }

  /** How often each transition was taken in the first `steps` steps, as far as they have been read. One that was never taken is left out. */
  countsAt(steps: number): ReadonlyMap<number, number> {
    const counts = [...this.#steps].map(([transition, at]) => [transition, placeOf(at, steps)] as const);
    return new Map(counts.filter(([, count]) => count > 0));
  }

  /** The last of the first `steps` steps to which the process reacted; undefined: none did. Needs no reading. */
  lastBefore(steps: number): number | undefined {
    for (let step = steps - 1; step >= 0; step--) if (this.#concerns(step)) return step;
    return undefined;
  }

  #concerns(step: number): boolean {
    const { trace } = this.#run.timeline!;
    if (trace.process(step) >= 0) return this.#indices.has(trace.process(step));
    return trace.kind(step) === 'crashed' && trace.host(step) === this.#host;
  }

  #take(step: number): void {
    const own = traceStep(this.#run, step).find(({ process }) => process === this.#process);
    for (const { attempts } of own?.reaction.rounds ?? []) {
      const last = attempts.at(-1);
      if (last?.held !== true) continue;
      const known = this.#steps.get(last.transition);
      if (known === undefined) this.#steps.set(last.transition, [step]);
      else known.push(step);
    }
  }
}

type Names = readonly { readonly id: ProcessId }[];

const known = new WeakMap<Names, ReadonlyMap<ProcessId, readonly number[]>>();

/** Where each process stands among the names of a run, found once: a run that starts a process for each request has tens of thousands. */
function indicesOf(names: Names): ReadonlyMap<ProcessId, readonly number[]> {
  const ready = known.get(names);
  if (ready !== undefined) return ready;
  const found = new Map<ProcessId, number[]>();
  for (const [index, { id }] of names.entries()) {
    const indices = found.get(id);
    if (indices === undefined) found.set(id, [index]);
    else indices.push(index);
  }
  known.set(names, found);
  return found;
}

/** How many numbers of an ascending list are below a bound. */
function placeOf(ascending: readonly number[], bound: number): number {
  let [low, high] = [0, ascending.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ascending[middle]! < bound) low = middle + 1;
    else high = middle;
  }
  return low;
}
