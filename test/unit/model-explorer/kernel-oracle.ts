import { Recorder } from '../../../simulations/kernel/recorder.ts';
import type { ProcessView, WorldView } from '../../../simulations/kernel/view.ts';
import { World } from '../../../simulations/kernel/world.ts';
import type { ExploredProcess } from '../../../simulations/models/explorable.ts';
import type { Action } from '../../../simulations/search/model-explorer/action.ts';
import { worldOfPlan } from '../../../simulations/search/model-explorer/explore-model.ts';
import type { Moves } from '../../../simulations/search/model-explorer/moves.ts';
import type { ModelPlan } from '../../../simulations/search/model-explorer/resolve.ts';
import { STEP_US, scheduleOf } from '../../../simulations/search/model-explorer/schedule.ts';
import type { State } from '../../../simulations/search/model-explorer/state.ts';
import type { Setting } from '../../../simulations/search/model-explorer/tables.ts';
import { StateWorld } from '../../../simulations/search/model-explorer/views.ts';

/** Fields that hold a reading of a clock: the two worlds agree on which is later, not on the numbers. */
const STAMPS = new Set(['timeUs', 'deletedAtUs', 'sinceUs', 'startedAtUs', 'sentUs', 'waitingUs', 'life']);
/** A reading of a clock and a length of time added: the two worlds agree on nothing but what follows from it. */
const DUE = 'tickUs';

/** A walk through a model's states: each number chooses one of the steps that are possible. */
export function walk(moves: Moves, choices: readonly number[]): { path: readonly Action[]; states: readonly State[] } {
  const states: State[] = [moves.start().state];
  const path: Action[] = [];
  for (const choice of choices) {
    const state = states.at(-1)!;
    const actions = moves.actions(state);
    if (actions.length === 0) break;
    const action = actions[choice % actions.length]!;
    path.push(action);
    states.push(moves.next(state, action, moves.outcome(state, action)));
  }
  return { path, states };
}

/** Runs the walk's schedule in the kernel and gives, after each step, both worlds in one form. */
export function sideBySide(plan: ModelPlan, choices: readonly number[]) {
  const { moves } = worldOfPlan(plan);
  const { path, states } = walk(moves, choices);
  const { schedule, faults } = scheduleOf(moves, path);
  const { topology, behaviors } = moves.tables.setting;
  const { hosts, processes, link } = topology;
  const setup = {
    seed: plan.input.seed,
    hosts,
    processes,
    behaviors,
    faults,
    schedule,
    link,
    targets: {},
    predicates: {},
  };
  const world = new World(setup, new Recorder({ records: true, trace: false, digest: false }));
  const unordered = new Set(plan.explorable.unordered(plan.input.knobs));
  const unread = new Set([...plan.explorable.unread(plan.input.knobs), DUE]);
  const told = new Set<unknown>(processes.flatMap(({ input }) => objectsIn(input)));
  const { forgets, settled = ({ context }) => context, ignores = () => false } = moves.tables.setting;
  return states.map((state, at) => {
    while ((world.nextUs() ?? Number.POSITIVE_INFINITY) <= at * STEP_US) world.advance();
    const explored = new StateWorld(moves.tables, moves.layout, state);
    const form = (view: WorldView) => formOf(view, { unordered, unread, told, forgets, settled, ignores });
    return { step: path[at - 1], explored: form(explored), kernel: form(world.view) };
  });
}

interface Reading {
  readonly unordered: ReadonlySet<string>;
  readonly unread: ReadonlySet<string>;
  readonly told: ReadonlySet<unknown>;
  readonly forgets: boolean;
  readonly settled: NonNullable<Setting['settled']>;
  readonly ignores: NonNullable<Setting['ignores']>;
}

function formOf(world: WorldView, reading: Reading): unknown {
  const { processes, hosts, inFlight } = world;
  const plain = plainer(reading, [
    ...processes.map((process) => [reading.settled(explored(process)), process.disk]),
    ...inFlight.map(({ message }) => message),
  ]);
  const receivers = new Map(processes.map((process) => [process.id, explored(process)]));
  // A copy is under way from the sending on in the kernel, from the first arrival on in the explorer.
  const packets = inFlight.filter(({ to, from, message, duplicate }) => {
    const receiver = receivers.get(to);
    if (duplicate || receiver === undefined) return !duplicate && !reading.forgets;
    return !reading.ignores(receiver, { from, message });
  });
  return {
    hosts: hosts.map(({ id, status }) => `${id} ${status}`),
    processes: Object.fromEntries(
      processes
        .toSorted((a, b) => (a.id < b.id ? -1 : 1))
        .map((process) => [
          process.id,
          {
            role: process.role,
            host: process.host,
            state: process.snapshot.state,
            context: plain(reading.settled(explored(process))),
            disk: plain(process.disk),
            timers: process.timers.map(({ name }) => name).sort(),
          },
        ]),
    ),
    packets: packets.map(({ from, to, message }) => JSON.stringify([from, to, plain(message)])).sort(),
  };
}

function explored({ id, role, snapshot: { state, context }, disk }: ProcessView): ExploredProcess {
  return { id, role, state, context, disk };
}

/** Data with stamps as ranks, sets sorted, fields in order; what processes were told, and what nothing depends on, left out. */
function plainer({ unordered, unread, told }: Reading, all: unknown): (value: unknown) => unknown {
  const stamps: number[] = [];
  const collect = (value: unknown): void => {
    if (typeof value !== 'object' || value === null || told.has(value)) return;
    for (const [name, inner] of Object.entries(value)) {
      if (unread.has(name)) continue;
      if (STAMPS.has(name)) stamps.push(inner as number);
      else collect(inner);
    }
  };
  collect(all);
  const ranks = [...new Set(stamps)].sort((a, b) => a - b);
  const plain = (value: unknown, name = ''): unknown => {
    if (STAMPS.has(name)) return `stamp ${ranks.indexOf(value as number)}`;
    if (typeof value !== 'object' || value === null) return value;
    if (told.has(value)) return 'told';
    if (Array.isArray(value)) {
      const items = value.map((inner) => plain(inner));
      return unordered.has(name) ? items.map((item) => JSON.stringify(item)).sort() : items;
    }
    return Object.fromEntries(
      Object.entries(value)
        .filter(([field]) => !unread.has(field))
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([field, inner]) => [field, plain(inner, field)]),
    );
  };
  return plain;
}

function objectsIn(value: unknown): readonly unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  return [value, ...Object.values(value).flatMap(objectsIn)];
}
