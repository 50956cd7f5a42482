import type { z } from 'zod';
import type { Verdict, Witness } from '../checkers/verdict.ts';
import type { HostId } from '../kernel/behavior.ts';
import type { Operation, OperationName } from '../kernel/history.ts';
import type { Latency } from '../kernel/latency.ts';
import type { LinkSpec } from '../kernel/network.ts';
import type { Seed } from '../kernel/time.ts';
import type { Value } from '../kernel/value.ts';
import type { RunRecord, StepView, WorldView } from '../kernel/view.ts';
import type { Chart } from '../statechart/chart.ts';
import type { Explorable } from './explorable.ts';
import type { Knobs, KnobValues } from './knob.ts';
import type { MessageMark, Scene, Version } from './scene.ts';
import type { DeclaredSeries } from './series.ts';

/** A host and its lane. */
export interface HostSpec {
  readonly id: HostId;
  readonly shape: 'replica' | 'client';
  /** How long a write to its disk takes. */
  readonly disk: Latency;
}

/** A process that exists from the start. Others are started by effects. */
export interface ProcessSpec {
  readonly id: string;
  readonly role: string;
  readonly host: HostId;
  readonly input: Value;
}

export interface Topology {
  readonly hosts: readonly HostSpec[];
  readonly processes: readonly ProcessSpec[];
  /** The link for a message of that type; must depend on nothing else. */
  link(from: HostId, to: HostId, messageType: string): LinkSpec;
}

/** Draws for building a workload: each name is its own stream. */
export interface Draw {
  integer(stream: string, min: number, max: number): number;
  uniform(stream: string): number;
}

/** A step that matters to a property: what was found, where. */
export interface Finding {
  /** One that names operations is made when the run is over: then they have their numbers. */
  readonly sentence: string | ((numbering: ReadonlyMap<string, number>) => string);
  readonly witness: Witness;
}

/**
 * A claim about every run. `always`: `check` returns a finding at the first step that breaks it. `sometimes`: the hazard or the
 * good thing did occur, so that nothing holds because nothing happened. `eventually`: judged at the end.
 */
export type Property<K> = Claim<K> & {
  /** Whether it means anything with these knobs; where it does not, a run says nothing of it. Undefined: with all. */
  readonly applies?: (knobs: K) => boolean;
};

type Claim<K> =
  | {
      readonly kind: 'always';
      readonly id: string;
      readonly title: string;
      /** The `sometimes` that shows this claim was put to the test. */
      readonly exercisedBy: string;
      /** Names of notes, where the claim is about what notes say: `check` is called only after steps with one of them. Undefined: after each step. */
      readonly notes?: readonly string[];
      /** Called after each step; keep it cheap. */
      check(world: WorldView, step: StepView, knobs: K): Finding | undefined;
    }
  | {
      readonly kind: 'sometimes';
      readonly id: string;
      readonly title: string;
      check(run: RunRecord, knobs: K): boolean;
    }
  | {
      readonly kind: 'eventually';
      readonly id: string;
      readonly title: string;
      readonly exercisedBy: string;
      check(run: RunRecord, knobs: K): Verdict;
    };

/** A condition on a finished run. */
export interface Hazard<K> {
  /** As a clause: "a write was partly applied while two reads overlapped it". */
  readonly title: string;
  check(run: RunRecord, knobs: K): boolean;
}

/** A metric of one run. */
export interface Metric {
  readonly id: string;
  readonly title: string;
  /** `us`, `1`, `ratio`, `messages`. */
  readonly unit: 'us' | 'count' | 'ratio';
  readonly value: number;
}

/** One operation of a client, written out. What is not named here is the model's own and travels in `act`. */
export interface WrittenOperation {
  readonly client: HostId;
  /** When it begins, in microseconds from the start; later when the client's operation before it has not ended. */
  readonly atUs: number;
  /** The node that it is sent to; undefined where it is sent to none in particular. */
  readonly via?: HostId;
  readonly act: Value;
}

/** A smaller system about which the same can be claimed. */
export interface SmallerSystem {
  /** Every knob that follows from the size: "a majority of 5" becomes "a majority of 3". */
  readonly set: Readonly<Record<string, string | number | boolean>>;
  /** The hosts of one kind before, and those that are left; which of them stays is for the shrinker to try. */
  readonly hosts: readonly HostId[];
  readonly left: readonly HostId[];
}

/** How a model's runs are made smaller. All of it is optional knowledge: every proposal is tried, none is trusted. */
export interface Shrinking<K> {
  /** Every operation that the clients began, in the order of the history, with what was drawn for it. */
  operations(run: {
    readonly knobs: K;
    readonly workload: unknown;
    readonly draw: Draw;
    readonly operations: readonly Operation[];
  }): readonly WrittenOperation[];
  /** The workload, in the form of a scenario file with durations in microseconds, in which clients do exactly these; the rest as in the one given. */
  workload(operations: readonly WrittenOperation[], before: unknown): Readonly<Record<string, unknown>>;
  /** Smaller systems, smallest first, that have every host of which the workload speaks beside its operations. */
  smaller(knobs: K, workload: unknown): readonly SmallerSystem[];
  /** Knobs that may be turned off or back without a change of the claim, with the value; what saves most first. The same hosts must remain. */
  simpler(knobs: K, workload: unknown): readonly (readonly [knob: string, value: string | number | boolean])[];
}

/** What an explanation of a violation needs of a model beside its narration. */
export interface Explaining {
  /**
   * Whether a step shows or moves the state that properties speak of, and does not merely pass a request on: `operation` when that matters
   * to the client operation that it belongs to, `key` when it changes what everybody finds under that key, undefined when neither.
   */
  tells(step: StepView, key: string): 'operation' | 'key' | undefined;
  /** A lost or late message as the beginning of a sentence: "The version of write 5 from r2 to r1". */
  subject(step: StepView, context: NarrateContext): string;
}

/** A host that a workload names: where, as a path into the workload, and which. */
export type NamedHost = readonly [path: readonly (string | number)[], host: HostId];

/** One simulation. See design.md: no React, no DOM; a model that follows this contract appears in lab, CLI and tests. */
export interface Model<K extends Knobs = Knobs, W = unknown> {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  /** The scenario that the lab opens with: the one that shows most at first sight. */
  readonly opening: string;
  /** What is left out and what that hides, one sentence each. */
  readonly simplifications: readonly string[];
  readonly knobs: K;
  /** A check across knobs: problems as [knob, sentence with the fix]. */
  constraints(knobs: KnobValues<K>): readonly (readonly [knob: string, problem: string])[];
  /** What the clients do; scenario files fill it in. Has a default for every field. */
  readonly workload: z.ZodType<W>;
  /**
   * For benchmarks, in the form of a scenario file with durations in microseconds: keeps that many clients at work for at least that long
   * with the default knobs. Undefined: benchmarks run the default workload.
   */
  busyWorkload?(busy: { readonly clients: number; readonly durationUs: number }): Readonly<Record<string, unknown>>;
  /** Knobs of other setups whose rates benchmarks give beside that of the default one, by name. */
  readonly busySetups?: Readonly<Record<string, Readonly<Record<string, string | number | boolean>>>>;
  /** The hosts that a workload names, and those that it may name; a run in which it names another is refused. Undefined: it names none. */
  addressed?(options: { knobs: KnobValues<K>; workload: W }): {
    readonly named: readonly NamedHost[];
    readonly known: readonly HostId[];
  };
  /** Hosts, processes (clients with their scripted operations as input) and links. Pure. */
  build(options: { knobs: KnobValues<K>; workload: W; draw: Draw; seed: Seed }): Topology;
  /** The statechart of each role. */
  readonly charts: Readonly<Record<string, Chart>>;
  /** Roles that faults may aim at, resolved when the fault begins. */
  readonly targets: Readonly<Record<string, (world: WorldView) => readonly HostId[]>>;
  /** Predicates that faults may wait for; evaluated after each step. */
  readonly predicates: Readonly<Record<string, (world: WorldView, step: StepView) => boolean>>;
  readonly properties: readonly Property<KnobValues<K>>[];
  /** Hazards that a scenario may name as its witness: a run in which the hazard did not occur proves nothing. */
  readonly witnesses: Readonly<Record<string, Hazard<KnobValues<K>>>>;
  metrics(run: RunRecord, knobs: KnobValues<K>): readonly Metric[];
  /** What it measures over the time of a run, beside latency, availability and load. Asked for at any moment, so without the world at the end. */
  series?(run: Pick<RunRecord, 'operations' | 'notes' | 'endUs'>, knobs: KnobValues<K>): readonly DeclaredSeries[];
  /** Undefined: a run is shrunk by its faults, its schedule and its duration alone. */
  readonly shrinking?: Shrinking<KnobValues<K>>;
  /** Undefined: its charts cannot be explored. */
  readonly explorable?: Explorable<KnobValues<K>, W>;
  /** How each message type is drawn; every type the model sends is listed. */
  readonly messages: Readonly<Record<string, MessageMark>>;
  /** What steps and verdicts call operations, where it is not what the history calls them: adding to a cart is an `operation`, no `append`. */
  readonly nouns?: Readonly<Partial<Record<OperationName, string>>>;
  /** One plain sentence for a step. `label` words a version (`v5`). */
  narrate(step: StepView, context: NarrateContext): string;
  /** Undefined: explanations tell every step, and messages by their type. */
  readonly explaining?: Explaining;
  scene(world: WorldView, focus: Focus): Scene;
  /** What a process of that role has on disk for the focus key: the fill of its host's lane. Undefined: no band. */
  stratum(role: string, disk: unknown, focus: Focus): Version | undefined;
  /** The keys a reader can focus on, most used first. */
  keys(operations: readonly Operation[]): readonly string[];
  focus(operations: readonly Operation[], key: string): Focus;
  /** The version that an operation wrote, tried to write or found, for its bar: `v5`, `none`. */
  versionOf(operation: Operation, focus: Focus): Version | undefined;
}

/** What the drawing and the narration of a run need beside the moment: the key in view and the run's version numbering. */
export interface Focus {
  readonly key: string;
  /** Made by the model's `focus` from a run's operations: the version's identity as a string → its number (`v5` is 5). */
  readonly numbering: ReadonlyMap<string, number>;
}

export interface NarrateContext extends Focus {
  readonly world?: WorldView;
}

/** Keeps the exact types while a model is written, and gives the erased type that the rest of the engine works with. */
export function defineModel<K extends Knobs, W>(model: Model<K, W>): Model {
  return model as unknown as Model;
}
