import { type Checkpoint, restoreCheckpoint, takeCheckpoint } from './checkpoint.ts';
import { invariant } from './invariant.ts';
import { type ProcessName, Recorder } from './recorder.ts';
import type { Trace } from './trace.ts';
import type { StepView, WorldView } from './view.ts';
import type { World } from './world.ts';

/** Steps between two checkpoints: a seek replays at most this many, which takes a few milliseconds. */
const INTERVAL = 1024;
/** Steps that are told in full together: who looks at one looks at its neighbours. */
const PAGE = 256;
/** Pages kept after a look. */
const PAGES_KEPT = 32;

/**
 * A finished run that can be looked at from any moment. It keeps the trace in columns and a checkpoint every thousand
 * steps; what lies between is found again by replay, which is exact because a run is a pure function of its inputs.
 */
export class Timeline {
  readonly trace: Trace;
  readonly names: readonly ProcessName[];
  readonly #world: World;
  readonly #checkpoints: readonly Checkpoint[];
  readonly #pages = new Map<number, readonly StepView[]>();
  readonly #replay: Recorder;
  #collected: StepView[] | undefined;
  /** The step that led to the moment sought last: whoever looks at a moment asks for it next. */
  #latest: StepView | undefined;

  constructor(world: World, checkpoints: readonly Checkpoint[]) {
    this.#world = world;
    this.#checkpoints = checkpoints;
    this.trace = world.recorder.trace;
    this.trace.trim();
    this.names = world.recorder.names;
    this.#replay = new Recorder({
      records: false,
      trace: false,
      digest: false,
      observe: (_world, _effects, step) => this.#collected?.push(step()),
    });
  }

  /** How many steps the run has. */
  get length(): number {
    return this.trace.length;
  }

  /** The instant of a step, in microseconds. */
  timeUs(step: number): number {
    return this.trace.timeUs(step);
  }

  /** How many steps have happened up to and including that instant. */
  stepsUntil(atUs: number): number {
    return this.trace.stepsUntil(atUs);
  }

  /** The world after the first `steps` steps (0 to length). The view is valid until the next call. */
  worldAt(steps: number): WorldView {
    invariant(steps >= 0 && steps <= this.length, 'no such moment', { steps, length: this.length });
    this.#approach(steps);
    if (this.#world.step < steps) {
      this.#advance(steps - 1);
      [this.#latest] = this.#collect(steps);
    }
    return this.#world.view;
  }

  /** A step in full, with what its handler did. */
  step(index: number): StepView {
    invariant(index >= 0 && index < this.length, 'no such step', { index, length: this.length });
    if (this.#latest?.index === index) return this.#latest;
    const page = Math.floor(index / PAGE);
    const steps = this.#pages.get(page) ?? this.#read(page);
    return steps[index - page * PAGE]!;
  }

  /**
   * Goes on from one moment to a later one and calls `look` after each step, with the world as the step left it and the step's index: what is true
   * of every step, and too much to keep, is found so. Leaves the world at the later moment.
   */
  replay(from: number, until: number, look: (world: WorldView, step: number) => void): void {
    invariant(from >= 0 && from <= until && until <= this.length, 'no such stretch', { from, until });
    this.#approach(from);
    this.#advance(from);
    const world = this.#world;
    for (let step = from; step < until; step++) {
      this.#advance(step + 1);
      look(world.view, step);
    }
  }

  #read(page: number): readonly StepView[] {
    const first = page * PAGE;
    this.#approach(first);
    this.#advance(first);
    const steps = this.#collect(Math.min(first + PAGE, this.length));
    const oldest = this.#pages.size >= PAGES_KEPT ? this.#pages.keys().next().value : undefined;
    if (oldest !== undefined) this.#pages.delete(oldest);
    this.#pages.set(page, steps);
    return steps;
  }

  /** Goes on to a moment and keeps the steps on the way in full. */
  #collect(steps: number): readonly StepView[] {
    const collected: StepView[] = [];
    this.#collected = collected;
    this.#advance(steps);
    this.#collected = undefined;
    return collected;
  }

  /** Puts the world to the last checkpoint before a moment, unless it stands between the two. */
  #approach(steps: number): void {
    const world = this.#world;
    const segment = Math.min(Math.floor(steps / INTERVAL), this.#checkpoints.length - 1);
    if (world.recorder === this.#replay && world.step <= steps && world.step >= segment * INTERVAL) return;
    world.recorder = this.#replay;
    restoreCheckpoint(world, this.#checkpoints[segment]!);
  }

  #advance(steps: number): void {
    while (this.#world.step < steps) this.#world.advance();
  }
}

/** Where a run may end before its duration is over. */
export interface RunBounds {
  readonly durationUs: number;
  /** More steps than this and the run is stopped, and says so. */
  readonly eventsMax: number;
}

export type Stopped = 'duration' | 'idle' | 'events';

/**
 * Runs a world on until it has made `untilStep` steps in all; undefined: it could go on. With `checkpoints`, takes one
 * each thousand steps for a timeline.
 */
export function runOn(
  world: World,
  bounds: RunBounds,
  untilStep: number,
  checkpoints?: Checkpoint[],
): Stopped | undefined {
  if (checkpoints?.length === 0) checkpoints.push(takeCheckpoint(world));
  for (;;) {
    const nextUs = world.nextUs();
    if (nextUs === undefined) return 'idle';
    if (nextUs > bounds.durationUs) return 'duration';
    if (world.step >= bounds.eventsMax) return 'events';
    if (world.step >= untilStep) return undefined;
    world.advance();
    if (checkpoints !== undefined && world.step === checkpoints.length * INTERVAL)
      checkpoints.push(takeCheckpoint(world));
  }
}
