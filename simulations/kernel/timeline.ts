import { type Checkpoint, restoreCheckpoint, takeCheckpoint } from './checkpoint.ts';
import { invariant } from './invariant.ts';
import { type ProcessName, Recorder } from './recorder.ts';
import type { Trace } from './trace.ts';
import type { StepView, WorldView } from './view.ts';
import type { World } from './world.ts';

/** Steps between two checkpoints: a seek replays at most this many, which takes a few milliseconds. */
const INTERVAL = 1024;
/** Segments whose steps are kept in full after a look. */
const SEGMENTS_KEPT = 8;

/**
 * A finished run that can be looked at from any moment. It keeps the trace in columns and a checkpoint every thousand
 * steps; what lies between is found again by replay, which is exact because a run is a pure function of its inputs.
 */
export class Timeline {
  readonly trace: Trace;
  readonly names: readonly ProcessName[];
  readonly #world: World;
  readonly #checkpoints: readonly Checkpoint[];
  readonly #segments = new Map<number, readonly StepView[]>();
  readonly #replay: Recorder;
  #collected: StepView[] | undefined;

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
    const world = this.#world;
    const segment = Math.min(Math.floor(steps / INTERVAL), this.#checkpoints.length - 1);
    const inReach = world.recorder === this.#replay && world.step <= steps && world.step >= segment * INTERVAL;
    if (!inReach) this.#restore(segment);
    this.#advance(steps);
    return world.view;
  }

  /** A step in full, with what its handler did. */
  step(index: number): StepView {
    invariant(index >= 0 && index < this.length, 'no such step', { index, length: this.length });
    const segment = Math.floor(index / INTERVAL);
    const steps = this.#segments.get(segment) ?? this.#collect(segment);
    return steps[index - segment * INTERVAL]!;
  }

  #collect(segment: number): readonly StepView[] {
    const steps: StepView[] = [];
    this.#restore(segment);
    this.#collected = steps;
    this.#advance(Math.min((segment + 1) * INTERVAL, this.length));
    this.#collected = undefined;
    const oldest = this.#segments.size >= SEGMENTS_KEPT ? this.#segments.keys().next().value : undefined;
    if (oldest !== undefined) this.#segments.delete(oldest);
    this.#segments.set(segment, steps);
    return steps;
  }

  #restore(segment: number): void {
    this.#world.recorder = this.#replay;
    restoreCheckpoint(this.#world, this.#checkpoints[segment]!);
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

/** Runs a world to its end. With `checkpoints`, takes one each thousand steps for a timeline. */
export function runToEnd(world: World, bounds: RunBounds, checkpoints?: Checkpoint[]): Stopped {
  checkpoints?.push(takeCheckpoint(world));
  for (;;) {
    const nextUs = world.nextUs();
    if (nextUs === undefined) return 'idle';
    if (nextUs > bounds.durationUs) return 'duration';
    if (world.step >= bounds.eventsMax) return 'events';
    world.advance();
    if (checkpoints !== undefined && world.step === checkpoints.length * INTERVAL)
      checkpoints.push(takeCheckpoint(world));
  }
}
