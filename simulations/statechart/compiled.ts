import type { Behavior, Context, Effect, Environment, ProcessEvent, Snapshot } from '../kernel/behavior.ts';
import { invariant } from '../kernel/invariant.ts';
import type { Value } from '../kernel/value.ts';
import type { Chart } from './chart.ts';
import type { Candidate, Leaf } from './compile.ts';

/** More eventless transitions than this after one event mean that the chart loops. */
const ALWAYS_MAX = 100;

interface CompiledSnapshot extends Snapshot {
  readonly leaf: Leaf;
}

/** Runs a chart through its dispatch table: the fast form, used everywhere but in the comparison with xstate. */
export function compiledBehavior(role: string, chart: Chart): Behavior {
  const { machine, table } = chart;
  const contextOf = machine.config.context as unknown as (args: { input: Value }) => Context;

  function at(leaf: Leaf, context: Context): CompiledSnapshot {
    return { state: leaf.path, context, done: leaf.final, leaf };
  }

  return {
    role,
    initial: (input) => at(table.initial, contextOf({ input })),
    recover: (input, disk) => at(table.initial, { ...contextOf({ input }), durable: disk as Value }),
    react(snapshot, event, environment, effects) {
      const { leaf } = snapshot as CompiledSnapshot;
      const before = snapshot.context as Context;
      const candidates = leaf.on.get(event.type) ?? leaf.otherwise;
      let chosen = choose(candidates, before, event, environment);
      let context = before;
      let at_ = leaf;
      if (chosen !== undefined) {
        context = run(chosen, context, event, environment, effects);
        at_ = chosen.target;
      }
      for (let rounds = 0; at_.always.length > 0; rounds++) {
        invariant(rounds < ALWAYS_MAX, 'eventless transitions that never settle', { role, state: at_.path });
        chosen = choose(at_.always, context, event, environment);
        if (chosen === undefined) break;
        context = run(chosen, context, event, environment, effects);
        at_ = chosen.target;
      }
      return at_ === leaf && context === before ? snapshot : at(at_, context);
    },
  };
}

function choose(
  candidates: readonly Candidate[],
  context: Context,
  event: ProcessEvent,
  environment: Environment,
): Candidate | undefined {
  for (let index = 0; index < candidates.length; index++) {
    const candidate = candidates[index]!;
    if (candidate.test === undefined || candidate.test(context, event, environment)) return candidate;
  }
  return undefined;
}

function run(
  candidate: Candidate,
  before: Context,
  event: ProcessEvent,
  environment: Environment,
  effects: Effect[],
): Context {
  let context = before;
  const { handles } = candidate;
  for (let index = 0; index < handles.length; index++) {
    const step = handles[index]!(context, event, environment);
    if (step.context !== undefined) context = step.context;
    if (step.effects !== undefined) for (let at = 0; at < step.effects.length; at++) effects.push(step.effects[at]!);
  }
  return context;
}
