import type { AnyStateNode } from 'xstate';
import type { Chart } from './chart.ts';
import { definitionsOf } from './compile.ts';

/** A state of a chart as data. */
export interface ChartState {
  /** `up`, or `fanout.waiting` for a state inside a state. */
  readonly path: string;
  /** The last part of the path. */
  readonly name: string;
  /** `final`: the process ends there. */
  readonly kind: 'atomic' | 'compound' | 'final';
  /** Whether the state around it, or the chart, begins here. */
  readonly initial: boolean;
  /** Names of the handlers that run when it is entered and left. */
  readonly entry: readonly string[];
  readonly exit: readonly string[];
  readonly states: readonly ChartState[];
}

/** A transition of a chart as data. */
export interface ChartTransition {
  /** The state that defines it; '' for the chart itself, whose transitions hold in every state. */
  readonly source: string;
  /** The event's type; `*` for every event that the state does not name; undefined: taken at once, whenever its guard holds. */
  readonly event: string | undefined;
  /** The name of its guard; undefined: always taken. */
  readonly guard: string | undefined;
  /** Names of its own handlers; those of the states it leaves and enters are with the states. */
  readonly actions: readonly string[];
  /** Undefined: it stays where it is and leaves nothing. */
  readonly target: string | undefined;
}

/** A chart as data: what a picture or a list of it needs. */
export interface ChartDescription {
  /** The machine's id. */
  readonly id: string;
  readonly states: readonly ChartState[];
  /** In the order in which they are defined; traces and counts name a transition by its place here. */
  readonly transitions: readonly ChartTransition[];
}

/** Describes a chart from its machine definition: the one that runs. */
export function describeChart({ machine }: Chart): ChartDescription {
  const transitions = definitionsOf(machine).map(
    ({ source, eventType, guard, actions, target }): ChartTransition => ({
      source: pathOf(source as AnyStateNode),
      event: eventType === '' ? undefined : eventType,
      guard: guard as string | undefined,
      actions: actions as unknown as readonly string[],
      target: target?.[0] === undefined ? undefined : pathOf(target[0] as AnyStateNode),
    }),
  );
  return { id: machine.id, states: statesIn(machine.root as AnyStateNode), transitions };
}

function statesIn(parent: AnyStateNode): readonly ChartState[] {
  const first = parent.initial?.target[0];
  return (Object.values(parent.states) as AnyStateNode[]).map((node) => ({
    path: pathOf(node),
    name: node.key,
    kind: node.type as ChartState['kind'],
    initial: node === first,
    entry: node.entry as unknown as readonly string[],
    exit: node.exit as unknown as readonly string[],
    states: statesIn(node),
  }));
}

function pathOf(node: AnyStateNode): string {
  return node.path.join('.');
}
