import { type AnyMachineSnapshot, getInitialSnapshot, type StateValue, transition } from 'xstate';
import type { Behavior, Context, Effect, Snapshot } from '../kernel/behavior.ts';
import { invariant } from '../kernel/invariant.ts';
import type { Value } from '../kernel/value.ts';
import type { Chart } from './chart.ts';
import { EFFECT, ENVIRONMENT } from './handler.ts';

interface InterpretedSnapshot extends Snapshot {
  readonly native: AnyMachineSnapshot;
}

/** Runs a chart through xstate's own pure `transition`: the reference, slow and beyond doubt. */
export function interpretedBehavior(role: string, chart: Chart): Behavior {
  const { machine } = chart;

  function at(native: AnyMachineSnapshot): InterpretedSnapshot {
    return {
      state: leafPath(native.value),
      context: native.context as Context,
      done: native.status === 'done',
      native,
    };
  }

  return {
    role,
    initial: (input) => at(getInitialSnapshot(machine, input as never) as AnyMachineSnapshot),
    recover(input, disk) {
      const initial = getInitialSnapshot(machine, input as never) as AnyMachineSnapshot;
      const context = { ...(initial.context as Context), durable: disk as Value };
      return at(machine.resolveState({ value: initial.value, context } as never) as AnyMachineSnapshot);
    },
    react(snapshot, event, environment, output) {
      const { native } = snapshot as InterpretedSnapshot;
      const carried = { ...event, [ENVIRONMENT]: environment };
      const [next, actions] = transition(machine, native as never, carried as never);
      const effects: Effect[] = [];
      for (const action of actions as readonly { type: string; params?: unknown }[]) {
        invariant(action.type === EFFECT, 'an action that is not an effect reached the kernel', {
          role,
          action: action.type,
        });
        effects.push(action.params as Effect);
      }
      output.effects = effects;
      const after = next as AnyMachineSnapshot;
      return after.value === native.value && after.context === native.context ? snapshot : at(after);
    },
  };
}

/** `up`, or `fanout.waiting` for a state inside a state. */
function leafPath(value: StateValue): string {
  if (typeof value === 'string') return value;
  const [[state, inner]] = Object.entries(value) as [[string, StateValue]];
  return `${state}.${leafPath(inner)}`;
}
