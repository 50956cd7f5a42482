import type { AnyStateMachine, AnyStateNode, AnyTransitionDefinition } from 'xstate';
import type { Context, ProcessEvent } from '../kernel/behavior.ts';
import { type Handle, handleOf, type Test, testOf } from './handler.ts';

type AnyHandle = Handle<Context, ProcessEvent>;
type AnyTest = Test<Context, ProcessEvent>;

/** One transition that may be taken from a leaf: tried in order, the first whose test holds wins. */
export interface Candidate {
  readonly test: AnyTest | undefined;
  /** Exit, transition and entry handlers, in the order in which xstate runs them. */
  readonly handles: readonly AnyHandle[];
  /** The names of the handlers, in the same order. */
  readonly actions: readonly string[];
  readonly target: Leaf;
  /** The place of its definition in {@link definitionsOf}. Leaves inside one state share the definitions of that state. */
  readonly transition: number;
}

/** An active leaf state and everything that can happen in it, its ancestors' transitions included. */
export interface Leaf {
  /** `up` or `fanout.waiting`. */
  readonly path: string;
  readonly final: boolean;
  readonly on: Map<string, readonly Candidate[]>;
  /** For event types that no `on` names: the wildcard, where there is one. */
  otherwise: readonly Candidate[];
  always: readonly Candidate[];
}

/** A machine compiled to state × event → candidates. */
export interface DispatchTable {
  readonly initial: Leaf;
  readonly leaves: ReadonlyMap<string, Leaf>;
  /** Every event type that some state names. */
  readonly eventTypes: readonly string[];
}

/** A machine uses a feature that the compiled form does not have; the message names the state, the feature and what to use instead. */
export class ChartError extends Error {
  override readonly name = 'ChartError';
}

/** Compiles a machine. Throws {@link ChartError} on features that are not supported. */
export function compileTable(machine: AnyStateMachine): DispatchTable {
  const root = machine.root as AnyStateNode;
  if (typeof machine.config.context !== 'function') {
    refuse(root, 'a context that is not made from the input', 'context: ({ input }) => ({ durable, volatile })');
  }
  const nodes = collect(root);
  for (const node of nodes) checkNode(node, root);
  const leaves = new Map<AnyStateNode, Leaf>();
  for (const node of nodes) {
    if (node.type === 'atomic' || node.type === 'final') {
      const path = node.path.join('.');
      leaves.set(node, { path, final: node.type === 'final', on: new Map(), otherwise: [], always: [] });
    }
  }
  const eventTypes = [...new Set(nodes.flatMap((node) => [...node.transitions.keys()]))].filter((type) => type !== '*');
  const compiler = new Compiler(machine, leaves);
  for (const [node, leaf] of leaves) compiler.fill(node, leaf, eventTypes);
  const initial = descend(root);
  for (let node: AnyStateNode | undefined = initial; node !== undefined; node = node.parent) {
    if (node.entry.length > 0) {
      refuse(
        node,
        'entry actions on the initial state',
        'do it on process.started, so that the kernel can give the environment',
      );
    }
  }
  return {
    initial: leaves.get(initial)!,
    leaves: new Map([...leaves.values()].map((leaf) => [leaf.path, leaf])),
    eventTypes,
  };
}

/** Every transition that a machine defines, state by state from the outside in, each state's `always` after its events. */
export function definitionsOf(machine: AnyStateMachine): readonly AnyTransitionDefinition[] {
  return collect(machine.root as AnyStateNode).flatMap((node) => [
    ...[...node.transitions.values()].flat(),
    ...(node.always ?? []),
  ]);
}

class Compiler {
  readonly places: ReadonlyMap<AnyTransitionDefinition, number>;

  constructor(
    readonly machine: AnyStateMachine,
    readonly leaves: ReadonlyMap<AnyStateNode, Leaf>,
  ) {
    this.places = new Map(definitionsOf(machine).map((definition, place) => [definition, place]));
  }

  fill(node: AnyStateNode, leaf: Leaf, eventTypes: readonly string[]): void {
    for (const type of eventTypes)
      leaf.on.set(
        type,
        this.#candidates(node, (at) => [...(at.transitions.get(type) ?? []), ...(at.transitions.get('*') ?? [])]),
      );
    leaf.otherwise = this.#candidates(node, (at) => at.transitions.get('*'));
    leaf.always = this.#candidates(node, (at) => at.always);
  }

  /** From the leaf outwards: inner transitions come before those of the states around them. */
  #candidates(
    leaf: AnyStateNode,
    transitionsOf: (node: AnyStateNode) => readonly AnyTransitionDefinition[] | undefined,
  ): readonly Candidate[] {
    const candidates: Candidate[] = [];
    for (let node: AnyStateNode | undefined = leaf; node !== undefined; node = node.parent) {
      for (const transition of transitionsOf(node) ?? []) candidates.push(this.#candidate(leaf, transition));
    }
    return candidates;
  }

  #candidate(leaf: AnyStateNode, transition: AnyTransitionDefinition): Candidate {
    const own = this.#handles(transition.source, transition.actions);
    const target = transition.target?.[0] as AnyStateNode | undefined;
    if (target === undefined) return this.#running(transition, own, leaf);
    const domain = domainOf(transition, target);
    const landing = descend(target);
    const exits = within(leaf, domain).flatMap((node) => this.#handles(node, node.exit));
    const entries = within(landing, domain)
      .reverse()
      .flatMap((node) => this.#handles(node, node.entry));
    return this.#running(transition, [...exits, ...own, ...entries], landing);
  }

  /** Written out, not spread together: objects made by spreading differ in shape, and every event looks at some. */
  #running(transition: AnyTransitionDefinition, named: readonly NamedHandle[], landing: AnyStateNode): Candidate {
    return {
      test: this.#test(transition),
      handles: named.map(({ handle }) => handle),
      actions: named.map(({ name }) => name),
      target: this.leaves.get(landing)!,
      transition: this.places.get(transition)!,
    };
  }

  #test(transition: AnyTransitionDefinition): AnyTest | undefined {
    const { guard, source } = transition;
    if (guard === undefined) return undefined;
    const test = typeof guard === 'string' ? testOf(this.machine.implementations.guards[guard]) : undefined;
    if (test === undefined) refuse(source, `the guard ${describe(guard)}`, 'name a guard(…) in setup({ guards })');
    return test;
  }

  #handles(node: AnyStateNode, actions: readonly unknown[]): readonly NamedHandle[] {
    return actions.map((action) => {
      const name = typeof action === 'string' ? action : undefined;
      const handle = name === undefined ? undefined : handleOf(this.machine.implementations.actions[name]);
      if (name === undefined || handle === undefined)
        refuse(node, `the action ${describe(action)}`, 'name a handler(…) in setup({ actions })');
      return { name, handle };
    });
  }
}

interface NamedHandle {
  readonly name: string;
  readonly handle: AnyHandle;
}

function checkNode(node: AnyStateNode, root: AnyStateNode): void {
  if (node.type === 'parallel') refuse(node, 'parallel states', 'start one process per region on the same host');
  if (node.type === 'history') refuse(node, 'history states', 'keep what you need in the context');
  if (node.type === 'final' && node.parent !== root)
    refuse(node, 'final states inside a state', 'a final state ends the process: put it at the top');
  if (node.config.invoke !== undefined) refuse(node, 'invoke', 'a process.start effect');
  if (node.config.after !== undefined) refuse(node, 'after', 'a timer.set effect, so that the kernel owns time');
  if (node.config.onDone !== undefined) refuse(node, 'onDone', 'an explicit transition');
  for (const type of node.transitions.keys()) {
    if (type !== '*' && type.endsWith('*')) refuse(node, `the partial wildcard ${type}`, 'name the events, or *');
  }
  for (const transition of [...node.transitions.values()].flat()) {
    if ((transition.target?.length ?? 0) > 1) refuse(node, 'several targets', 'one target');
  }
}

function refuse(node: AnyStateNode, feature: string, instead: string): never {
  const state = node.path.length === 0 ? 'the machine' : `state ${node.path.join('.')}`;
  throw new ChartError(
    `${node.machine.id}: ${state} uses ${feature}, which the compiled form does not support; use ${instead}.`,
  );
}

function describe(value: unknown): string {
  if (typeof value === 'string') return `"${value}"`;
  if (typeof value === 'function') return 'given as a function';
  return JSON.stringify(value);
}

function collect(node: AnyStateNode): AnyStateNode[] {
  return [node, ...Object.values(node.states).flatMap((child) => collect(child as AnyStateNode))];
}

/** The leaf that is entered with a state: its initial child, and so on down. */
function descend(node: AnyStateNode): AnyStateNode {
  let at = node;
  while (at.type === 'compound') at = at.initial.target[0] as AnyStateNode;
  return at;
}

/** The states from a leaf up to, but without, the domain. */
function within(leaf: AnyStateNode, domain: AnyStateNode): AnyStateNode[] {
  const path: AnyStateNode[] = [];
  for (let node: AnyStateNode | undefined = leaf; node !== undefined && node !== domain; node = node.parent)
    path.push(node);
  return path;
}

/** The state that stays active around a transition (SCXML's transition domain, as xstate computes it). */
function domainOf(transition: AnyTransitionDefinition, target: AnyStateNode): AnyStateNode {
  const source = transition.source as AnyStateNode;
  if (!transition.reenter && (target === source || isInside(target, source))) return source;
  let ancestor = target.parent;
  while (ancestor !== undefined && !isInside(source, ancestor)) ancestor = ancestor.parent;
  return ancestor ?? (source.machine.root as AnyStateNode);
}

function isInside(node: AnyStateNode, ancestor: AnyStateNode): boolean {
  for (let at = node.parent; at !== undefined; at = at.parent) if (at === ancestor) return true;
  return false;
}
