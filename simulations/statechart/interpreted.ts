import {
  type AnyActorScope,
  type AnyMachineSnapshot,
  type AnyStateMachine,
  createActor,
  getInitialSnapshot,
  type StateValue,
  transition,
} from 'xstate';
import type { Behavior, Context, Effect, Snapshot } from '../kernel/behavior.ts';
import { invariant } from '../kernel/invariant.ts';
import type { Value } from '../kernel/value.ts';
import type { Chart } from './chart.ts';
import { EFFECT, ENVIRONMENT } from './handler.ts';

interface InterpretedSnapshot extends Snapshot {
  readonly native: AnyMachineSnapshot;
}

/** One step of a machine: the next snapshot, and the actions to carry out. */
type Transition = (
  snapshot: AnyMachineSnapshot,
  event: { readonly type: string },
) => readonly [AnyMachineSnapshot, readonly { readonly type: string; readonly params?: unknown }[]];

/** xstate's pure function `transition`, as it comes. It makes an actor for every event and throws it away, which takes longer than the step itself. */
export function stockTransition(machine: AnyStateMachine): Transition {
  return (snapshot, event) => transition(machine, snapshot as never, event as never) as ReturnType<Transition>;
}

/** The same with one actor for all events: the machine's own method, which that function calls. */
function ownTransition(machine: AnyStateMachine): Transition {
  let actions: ReturnType<Transition>[1][number][] = [];
  const nothing = () => {};
  const self = createActor(machine);
  const scope: AnyActorScope = {
    self,
    system: self.system,
    id: '',
    sessionId: '',
    logger: nothing,
    defer: nothing,
    stopChild: nothing,
    emit: nothing,
    actionExecutor: (action) => actions.push(action),
  };
  return (snapshot, event) => {
    actions = [];
    const next = machine.transition(snapshot as never, event as never, scope as never) as AnyMachineSnapshot;
    return [next, actions];
  };
}

/** Runs a chart through xstate's own transitions: the reference, slow and beyond doubt. */
export function interpretedBehavior(
  role: string,
  chart: Chart,
  transitionOf: (machine: AnyStateMachine) => Transition = ownTransition,
): Behavior {
  const { machine } = chart;
  const step = transitionOf(machine);

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
      const [after, actions] = step(native, carried);
      const effects: Effect[] = [];
      for (const action of actions) {
        invariant(action.type === EFFECT, 'an action that is not an effect reached the kernel', {
          role,
          action: action.type,
        });
        effects.push(action.params as Effect);
      }
      output.effects = effects;
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
