import type { Behavior, Context, Environment, Output, ProcessEvent, Snapshot } from '../kernel/behavior.ts';
import { invariant } from '../kernel/invariant.ts';
import type { Value } from '../kernel/value.ts';
import type { Chart } from './chart.ts';
import type { Candidate, Leaf } from './compile.ts';

/** More eventless transitions than this after one event mean that the chart loops. */
const ALWAYS_MAX = 100;

interface CompiledSnapshot extends Snapshot {
  readonly leaf: Leaf;
}

/**
 * Told of each choice: in which state, among which candidates, and the place of the one that was taken; -1 when no guard held. Candidates
 * are tried in order, so those before the one taken were refused and those after it were not asked.
 */
export type Watch = (state: string, candidates: readonly Candidate[], taken: number) => void;

/** Runs a chart through its dispatch table: the fast form, used everywhere but in the comparison with xstate. */
export function compiledBehavior(role: string, chart: Chart, watch?: Watch): Behavior {
  const { machine, table } = chart;
  const contextOf = machine.config.context as unknown as (args: { input: Value }) => Context;

  function at(leaf: Leaf, context: Context): CompiledSnapshot {
    return { state: leaf.path, context, done: leaf.final, leaf };
  }

  return {
    role,
    initial: (input) => at(table.initial, contextOf({ input })),
    recover: (input, disk) => at(table.initial, { ...contextOf({ input }), durable: disk as Value }),
    react(snapshot, event, environment, output) {
      const { leaf } = snapshot as CompiledSnapshot;
      const before = snapshot.context as Context;
      const candidates = leaf.on.get(event.type) ?? leaf.otherwise;
      let taken = choose(candidates, before, event, environment);
      watch?.(leaf.path, candidates, taken);
      let context = before;
      let at_ = leaf;
      if (taken >= 0) {
        const chosen = candidates[taken]!;
        context = run(chosen, context, event, environment, output);
        at_ = chosen.target;
      }
      for (let rounds = 0; at_.always.length > 0; rounds++) {
        if (rounds === ALWAYS_MAX)
          invariant(false, 'eventless transitions that never settle', { role, state: at_.path });
        taken = choose(at_.always, context, event, environment);
        watch?.(at_.path, at_.always, taken);
        if (taken < 0) break;
        const chosen = at_.always[taken]!;
        context = run(chosen, context, event, environment, output);
        at_ = chosen.target;
      }
      return at_ === leaf && context === before ? snapshot : at(at_, context);
    },
  };
}

/** The place of the first candidate whose test holds; -1 where none does. */
function choose(
  candidates: readonly Candidate[],
  context: Context,
  event: ProcessEvent,
  environment: Environment,
): number {
  for (let index = 0; index < candidates.length; index++) {
    const { test } = candidates[index]!;
    if (test === undefined || test(context, event, environment)) return index;
  }
  return -1;
}

function run(
  candidate: Candidate,
  before: Context,
  event: ProcessEvent,
  environment: Environment,
  output: Output,
): Context {
  let context = before;
  const { handles } = candidate;
  for (let index = 0; index < handles.length; index++) {
    const step = handles[index]!(context, event, environment);
    if (step.context !== undefined) context = step.context;
    const { effects } = step;
    if (effects !== undefined && effects.length > 0)
      output.effects = output.effects.length === 0 ? effects : [...output.effects, ...effects];
  }
  return context;
}
