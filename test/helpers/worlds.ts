import type { Behavior, Effect, Environment, ProcessEvent } from '../../simulations/kernel/behavior.ts';
import type { Checkpoint } from '../../simulations/kernel/checkpoint.ts';
import type { Fault } from '../../simulations/kernel/faults.ts';
import type { LinkSpec } from '../../simulations/kernel/network.ts';
import { Recorder } from '../../simulations/kernel/recorder.ts';
import type { Schedule } from '../../simulations/kernel/schedule.ts';
import { seed } from '../../simulations/kernel/time.ts';
import { runOn, Timeline } from '../../simulations/kernel/timeline.ts';
import type { StepView } from '../../simulations/kernel/view.ts';
import { World, type WorldSetup } from '../../simulations/kernel/world.ts';

type Counters = Readonly<Record<string, number>>;
type State = { readonly durable: Counters; readonly volatile: Counters };
export type Reaction = { state?: State; effects?: readonly Effect[]; done?: boolean };

/** A behavior from one function, so that kernel tests need no chart. */
export function behavior(
  role: string,
  react: (state: State, event: ProcessEvent, environment: Environment) => Reaction,
): Behavior {
  const initial = { state: 'on', context: { durable: {}, volatile: {} }, done: false };
  return {
    role,
    initial: () => initial,
    recover: (_input, disk) => ({ ...initial, context: { durable: disk, volatile: {} } }),
    react(snapshot, event, environment, output) {
      const result = react(snapshot.context as State, event, environment);
      output.effects = result.effects ?? [];
      return { ...snapshot, context: result.state ?? snapshot.context, done: result.done ?? false };
    },
  };
}

export const LINK: LinkSpec = {
  latency: { kind: 'constant', us: 1000 },
  lossRatio: 0,
  duplicateRatio: 0,
  reorderRatio: 0,
  reorderBy: { kind: 'constant', us: 0 },
  fifo: false,
};

export interface Options {
  readonly behaviors: readonly Behavior[];
  /** Host → role of its one process, which has the host's name. */
  readonly hosts: Readonly<Record<string, string>>;
  readonly link?: Partial<LinkSpec>;
  readonly diskUs?: number;
  readonly faults?: readonly Fault[];
  readonly schedule?: Schedule;
  readonly seed?: number;
  readonly durationUs?: number;
  readonly eventsMax?: number;
  readonly predicates?: WorldSetup['predicates'];
  readonly targets?: WorldSetup['targets'];
}

/** Runs a small world and returns all that it left behind. */
export function runWorld(options: Options) {
  const steps: StepView[] = [];
  const recorder = new Recorder({
    records: true,
    trace: true,
    digest: true,
    observe: (_world, _effects, step) => steps.push(step()),
  });
  const world = new World(
    {
      seed: seed(options.seed ?? 1),
      hosts: Object.keys(options.hosts).map((id) => ({ id, disk: { kind: 'constant', us: options.diskUs ?? 500 } })),
      processes: Object.entries(options.hosts).map(([id, role]) => ({ id, role, host: id, input: null })),
      behaviors: Object.fromEntries(options.behaviors.map((one) => [one.role, one])),
      faults: options.faults ?? [],
      ...(options.schedule !== undefined && { schedule: options.schedule }),
      link: () => ({ ...LINK, ...options.link }),
      targets: options.targets ?? {},
      predicates: options.predicates ?? {},
    },
    recorder,
  );
  const checkpoints: Checkpoint[] = [];
  const bounds = { durationUs: options.durationUs ?? 1_000_000, eventsMax: options.eventsMax ?? 100_000 };
  const stopped = runOn(world, bounds, Number.POSITIVE_INFINITY, checkpoints)!;
  const final = { states: [...world.processes.values()].map(({ id, snapshot, disk }) => ({ id, snapshot, disk })) };
  return {
    world,
    recorder,
    steps,
    stopped,
    final,
    digest: recorder.digest(),
    timeline: new Timeline(world, checkpoints),
  };
}
