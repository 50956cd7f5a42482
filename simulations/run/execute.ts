import type { Verdict } from '../checkers/verdict.ts';
import type { Behavior } from '../kernel/behavior.ts';
import type { Checkpoint } from '../kernel/checkpoint.ts';
import type { Fault } from '../kernel/faults.ts';
import { invariant } from '../kernel/invariant.ts';
import { Streams } from '../kernel/random.ts';
import { Recorder } from '../kernel/recorder.ts';
import type { Schedule } from '../kernel/schedule.ts';
import { seed as brandSeed, type Micros, type Seed } from '../kernel/time.ts';
import { runOn, type Stopped, Timeline } from '../kernel/timeline.ts';
import type { RunRecord } from '../kernel/view.ts';
import { World } from '../kernel/world.ts';
import type { Draw, Metric, Model, Topology } from '../models/model.ts';
import type { Chart } from '../statechart/chart.ts';
import { compiledBehavior } from '../statechart/compiled.ts';
import { interpretedBehavior } from '../statechart/interpreted.ts';
import { PropertyWatch } from './properties.ts';

/** `compiled` is the fast form; `xstate` runs the same charts through xstate's own transition, as the reference. */
export type Interpreter = 'compiled' | 'xstate';

/** The inputs of a run, besides the engine. All of it is in a link. */
export interface RunInput {
  readonly model: Model;
  readonly knobs: Readonly<Record<string, unknown>>;
  readonly workload: unknown;
  readonly faults: readonly Fault[];
  /** Choices taken from chance. */
  readonly schedule?: Schedule;
  readonly seed: Seed;
  readonly durationUs: number;
  /** Default 2,000,000. */
  readonly eventsMax?: number;
  /** Default compiled. */
  readonly interpreter?: Interpreter;
  /** Keep the trace and the checkpoints that seeking needs. Default true. */
  readonly history?: boolean;
  /** Fold every step into the digest. Default true. */
  readonly digest?: boolean;
  /** Evaluate properties, witnesses and metrics. Default true. */
  readonly checks?: boolean;
  /** Keep operations, notes, faults and counts of messages, which verdicts and metrics are made of. Default true. Needed for `checks`. */
  readonly records?: boolean;
  /** The hazards to look for. Default: all of the model's. */
  readonly hazards?: readonly string[];
}

/** A named verdict, in the order in which the model lists its properties. */
export interface NamedVerdict {
  readonly id: string;
  readonly title: string;
  readonly kind: 'always' | 'sometimes' | 'eventually';
  readonly verdict: Verdict;
}

/** A finished run. `timeline` is undefined when no history was kept. */
export interface Run {
  readonly input: RunInput;
  readonly topology: Topology;
  readonly digest: string;
  readonly events: number;
  readonly simulatedUs: Micros;
  readonly stopped: Stopped;
  readonly record: RunRecord;
  readonly verdicts: readonly NamedVerdict[];
  readonly metrics: readonly Metric[];
  /** Which of the hazards looked for occurred. */
  readonly witnessed: Readonly<Record<string, boolean>>;
  readonly timeline: Timeline | undefined;
}

export const EVENTS_MAX = 2_000_000;

/** Runs a model: a pure function of its input. Throws only on our own mistakes; knobs, workload and faults are validated before. */
export function execute(input: RunInput): Run {
  return executeWith(input, behaviorOf(input));
}

/** Like {@link execute}, with another way to run charts: benchmarks watch or replace behaviors. */
export function executeWith(input: RunInput, behave: (role: string, chart: Chart) => Behavior): Run {
  const execution = new Execution(input, behave);
  execution.advance(Number.POSITIVE_INFINITY);
  return execution.finish();
}

/** A run that is made some steps at a time, so that a page can answer in between. In the end it is the run that {@link execute} gives. */
export function beginRun(input: RunInput): Execution {
  return new Execution(input, behaviorOf(input));
}

function behaviorOf({ interpreter }: RunInput): (role: string, chart: Chart) => Behavior {
  return interpreter === 'xstate' ? interpretedBehavior : compiledBehavior;
}

/** A run in the making. */
export class Execution {
  readonly #input: RunInput;
  readonly #topology: Topology;
  readonly #watch: PropertyWatch | undefined;
  readonly #recorder: Recorder;
  readonly #world: World;
  readonly #checkpoints: Checkpoint[] | undefined;
  #stopped: Stopped | undefined;
  #record: RunRecord | undefined;
  #judging: Iterator<NamedVerdict, void> | undefined;
  readonly #verdicts: NamedVerdict[] = [];

  constructor(input: RunInput, behave: (role: string, chart: Chart) => Behavior) {
    const { model, knobs, workload, seed } = input;
    this.#input = input;
    this.#topology = model.build({ knobs, workload, draw: workloadDraw(seed), seed });
    this.#watch = (input.checks ?? true) ? new PropertyWatch(model, knobs) : undefined;
    const history = input.history ?? true;
    this.#recorder = new Recorder({
      records: (input.checks ?? true) || (input.records ?? true),
      trace: history,
      digest: input.digest ?? true,
      observe: this.#watch?.observer,
      observedNotes: this.#watch?.observedNotes,
    });
    this.#world = worldOf(input, this.#topology, behave, this.#recorder);
    this.#checkpoints = history ? [] : undefined;
  }

  /** How much of its simulated time the run has behind it, from 0 to 1. */
  get share(): number {
    return this.#stopped === undefined ? Math.min(1, this.#world.nowUs / Math.max(1, this.#input.durationUs)) : 1;
  }

  /** Makes at most that many steps. True: the run is over. */
  advance(steps: number): boolean {
    const { durationUs, eventsMax = EVENTS_MAX } = this.#input;
    this.#stopped ??= runOn(this.#world, { durationUs, eventsMax }, this.#world.step + steps, this.#checkpoints);
    return this.#stopped !== undefined;
  }

  /** Checks one more property of a run that is over. True: all have been. */
  judge(): boolean {
    this.#record ??= this.#over();
    this.#judging ??= this.#watch?.verdicts(this.#record);
    const next = this.#judging?.next();
    if (next === undefined || next.done === true) return true;
    this.#verdicts.push(next.value);
    return false;
  }

  #over(): RunRecord {
    const [world, recorder, stopped] = [this.#world, this.#recorder, this.#stopped];
    invariant(stopped !== undefined, 'a run is judged before it is over', { step: world.step });
    return {
      operations: recorder.operations.operations,
      notes: recorder.notes,
      end: world.view,
      endUs: (stopped === 'events' ? world.nowUs : this.#input.durationUs) as Micros,
      events: world.step,
      stopped,
      messages: recorder.messages,
      faults: recorder.faults,
    };
  }

  /** The run with its verdicts, once it is over; checks what has not been checked yet. To be asked for once. */
  finish(): Run {
    while (!this.judge());
    const [input, world, record] = [this.#input, this.#world, this.#record!];
    const { model, knobs } = input;
    const checks = this.#watch !== undefined;
    const hazards = checks ? (input.hazards ?? Object.keys(model.witnesses)) : [];
    const witnessed = hazards.map((name) => [name, model.witnesses[name]?.check(record, knobs) === true] as const);
    return {
      input,
      topology: this.#topology,
      digest: this.#recorder.digest(),
      events: world.step,
      simulatedUs: record.endUs,
      stopped: record.stopped,
      record,
      verdicts: this.#verdicts,
      metrics: checks ? model.metrics(record, knobs) : [],
      witnessed: Object.fromEntries(witnessed),
      timeline: this.#checkpoints === undefined ? undefined : new Timeline(world, this.#checkpoints),
    };
  }
}

function worldOf(
  input: RunInput,
  topology: Topology,
  behave: (role: string, chart: Chart) => Behavior,
  recorder: Recorder,
): World {
  const { model, seed, faults, schedule } = input;
  const behaviors = Object.entries(model.charts).map(([role, chart]) => [role, behave(role, chart)] as const);
  return new World(
    {
      seed,
      hosts: topology.hosts,
      processes: topology.processes,
      behaviors: Object.fromEntries(behaviors),
      faults,
      ...(schedule !== undefined && { schedule }),
      link: topology.link,
      targets: model.targets,
      predicates: model.predicates,
    },
    recorder,
  );
}

/** Draws for the workload, from streams of their own. */
export function workloadDraw(seed: Seed): Draw {
  const streams = new Streams(brandSeed(seed));
  const known = new Map<string, number>();
  const of = (name: string): number => {
    let stream = known.get(name);
    if (stream === undefined) {
      stream = streams.stream(`workload/${name}`);
      known.set(name, stream);
    }
    return stream;
  };
  return {
    integer: (stream, min, max) => streams.integer(of(stream), min, max),
    uniform: (stream) => streams.uniform(of(stream)),
  };
}
