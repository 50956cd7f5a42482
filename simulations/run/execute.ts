import type { Verdict } from '../checkers/verdict.ts';
import type { Behavior } from '../kernel/behavior.ts';
import type { Checkpoint } from '../kernel/checkpoint.ts';
import type { Fault } from '../kernel/faults.ts';
import { Streams } from '../kernel/random.ts';
import { Recorder } from '../kernel/recorder.ts';
import type { Schedule } from '../kernel/schedule.ts';
import { seed as brandSeed, type Micros, type Seed } from '../kernel/time.ts';
import { runToEnd, type Stopped, Timeline } from '../kernel/timeline.ts';
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
  return executeWith(input, input.interpreter === 'xstate' ? interpretedBehavior : compiledBehavior);
}

/** Like {@link execute}, with another way to run charts: benchmarks watch or replace behaviors. */
export function executeWith(input: RunInput, behave: (role: string, chart: Chart) => Behavior): Run {
  const { model } = input;
  const topology = model.build({
    knobs: input.knobs,
    workload: input.workload,
    draw: workloadDraw(input.seed),
    seed: input.seed,
  });
  const checks = input.checks ?? true;
  const watch = checks ? new PropertyWatch(model, input.knobs) : undefined;
  const history = input.history ?? true;
  const recorder = new Recorder({
    records: true,
    trace: history,
    digest: input.digest ?? true,
    observe: watch?.observer,
  });
  const world = new World(
    {
      seed: input.seed,
      hosts: topology.hosts,
      processes: topology.processes,
      behaviors: Object.fromEntries(Object.entries(model.charts).map(([role, chart]) => [role, behave(role, chart)])),
      faults: input.faults,
      ...(input.schedule !== undefined && { schedule: input.schedule }),
      link: topology.link,
      targets: model.targets,
      predicates: model.predicates,
    },
    recorder,
  );
  const checkpoints: Checkpoint[] | undefined = history ? [] : undefined;
  const stopped = runToEnd(
    world,
    { durationUs: input.durationUs, eventsMax: input.eventsMax ?? EVENTS_MAX },
    checkpoints,
  );
  const endUs = (stopped === 'events' ? world.nowUs : input.durationUs) as Micros;
  const record: RunRecord = {
    operations: recorder.operations.operations,
    notes: recorder.notes,
    end: world.view,
    endUs,
    events: world.step,
    stopped,
    messages: recorder.messages,
    faults: recorder.faults,
  };
  const verdicts = watch?.verdicts(record) ?? [];
  const metrics = checks ? model.metrics(record, input.knobs) : [];
  const hazards = checks ? (input.hazards ?? Object.keys(model.witnesses)) : [];
  const witnessed = Object.fromEntries(
    hazards.map((name) => [name, model.witnesses[name]?.check(record, input.knobs) === true]),
  );
  const timeline = checkpoints === undefined ? undefined : new Timeline(world, checkpoints);
  const digest = recorder.digest();
  return {
    input,
    topology,
    digest,
    events: world.step,
    simulatedUs: endUs,
    stopped,
    record,
    verdicts,
    metrics,
    witnessed,
    timeline,
  };
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
