import type { Knobs, KnobValues } from '../../models/knob.ts';

/** A state as a fixed number of 32-bit words: the fastest form, for specifications whose state is a few small fields. */
export interface WordCodec<S> {
  readonly kind: 'words';
  /** 32-bit words a state takes. */
  readonly words: number;
  /** Two states are the same exactly when they write the same words. */
  write(state: S, into: Uint32Array, at: number): void;
  read(from: Uint32Array, at: number): S;
}

/** A state by a text that names it: for specifications whose state has no fixed size, such as a network of messages. */
export interface TextCodec<S> {
  readonly kind: 'text';
  /** Two states are the same exactly when their keys are. */
  key(state: S): string;
}

/**
 * A claim about the states of a specification. `always`: `holds` in each of them. `sometimes`: in at least one, so that nothing
 * holds because nothing happened. `eventually`: on each complete run, in at least one state (liveness.ts says what a run is).
 */
export interface SpecProperty<S> {
  readonly kind: 'always' | 'sometimes' | 'eventually';
  readonly id: string;
  /** A clause: "no manager commits while another aborts". */
  readonly title: string;
  holds(state: S): boolean;
}

/** A specification with its knobs set: a graph of states, given by its starts and its steps. Pure. */
export interface System<S = unknown, A = unknown> {
  init(): readonly S[];
  /** The steps that are enabled, in an order that never changes. */
  actions(state: S): readonly A[];
  /**
   * Where a step leads. `undefined`: no step after all, such as a message that its receiver ignores or a state outside the
   * bounds of the specification; it is not counted as generated. A step that leads back to the same state is counted.
   */
  next(state: S, action: A): S | undefined;
  readonly codec: WordCodec<S> | TextCodec<S>;
  /** One state of those that differ only by the names of interchangeable parts; the same one for all of them. */
  representative?(state: S): S;
  readonly properties: readonly SpecProperty<S>[];
  /** One plain clause: "manager 2 prepares". */
  describeAction(action: A, state: S): string;
  describeState(state: S): string;
}

/** A small specification for the exhaustive explorer: not a model that the lab draws, but a protocol in its barest form. */
export interface Spec<K extends Knobs = Knobs> {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  /** Paper or published specification, and whose counts it reproduces. */
  readonly source: string;
  readonly knobs: K;
  /** Problems across knobs as [knob, sentence with the fix]. */
  constraints(knobs: KnobValues<K>): readonly (readonly [knob: string, problem: string])[];
  system(knobs: KnobValues<K>): System;
  /** The properties that the source itself shows to be violated at these knobs. All others are expected to hold. */
  expectsViolated(knobs: KnobValues<K>): readonly string[];
}

/** Keeps the exact knob types while a specification is written, and gives the erased type that the explorer works with. */
export function defineSpec<K extends Knobs>(spec: Spec<K>): Spec {
  return spec as unknown as Spec;
}
