import { IntList } from './int-list.ts';
import type { SpecProperty, System } from './spec.ts';
import { FULL, type StateTable, sameState, stateTable } from './state-table.ts';

/** How far to go before the answer is `unknown`. */
export interface Bounds {
  /** Distinct states to keep. */
  readonly statesMax: number;
  /** Longest shortest path, counted in states, so that the starts have depth 1. */
  readonly depthMax: number;
}

/** The graph that was visited. States are numbered in breadth-first order, starts first. */
export interface Search<S, A> {
  readonly system: System<S, A>;
  readonly table: StateTable<S>;
  /** Whether states that differ only by names were taken as one. */
  readonly symmetry: boolean;
  readonly starts: number;
  /** Per state the one from which it was first reached; -1 for a start. */
  readonly parents: IntList;
  /** Starts and every step taken, whether it led anywhere new or not: what TLC prints as "states generated". */
  readonly generated: number;
  /** States on the longest shortest path: what TLC prints as "depth of the complete state graph search". */
  readonly depth: number;
  /** States whose steps were all taken: a prefix of them. */
  readonly expanded: number;
  /** The bound that ended the search early. */
  readonly stopped: 'states' | 'depth' | undefined;
  /** Steps by state, for properties `eventually`; empty when there are none. */
  readonly steps: Steps;
  /** Per property: the first state that breaks (`always`) or shows it (`sometimes`), or -1. */
  readonly firsts: readonly number[];
  /** Per property `eventually`: 1 for each state in which it holds. */
  readonly holding: readonly (IntList | undefined)[];
}

/** Compressed rows: the steps of state s lead to targets[offsets[s]] up to targets[offsets[s + 1]]; FULL is beyond a bound. */
export interface Steps {
  readonly offsets: IntList;
  readonly targets: IntList;
}

/**
 * Visits every state breadth first. Steps that change nothing are counted as generated but are no steps of a run. With symmetry, only
 * representatives are kept; a step from one to another state of the same kind is a step, since the run goes on.
 */
export function search<S, A>(system: System<S, A>, bounds: Bounds, symmetry: boolean): Search<S, A> {
  const visit = new Visit(system, symmetry);
  let stopped: Search<S, A>['stopped'];
  for (const state of system.init()) if (visit.reach(state, -1, bounds.statesMax) === FULL) stopped = 'states';
  const starts = visit.table.size;
  let depth = 1;
  let levelEnd = starts;
  let id = 0;
  for (; stopped !== 'states' && id < visit.table.size; id++) {
    if (id === levelEnd) {
      depth += 1;
      levelEnd = visit.table.size;
    }
    const sizeMax = depth >= bounds.depthMax ? levelEnd : bounds.statesMax;
    if (visit.expand(id, Math.min(sizeMax, bounds.statesMax))) continue;
    if (depth < bounds.depthMax) {
      stopped = 'states';
      break;
    }
    stopped = 'depth';
  }
  visit.steps.offsets.push(visit.steps.targets.length);
  const { table, parents, generated, steps, firsts, holding } = visit;
  return {
    system,
    table,
    symmetry,
    starts,
    parents,
    generated,
    depth,
    expanded: id,
    stopped,
    steps,
    firsts,
    holding,
  };
}

class Visit<S, A> {
  readonly table: StateTable<S>;
  readonly parents = new IntList();
  readonly steps: Steps = { offsets: new IntList(), targets: new IntList() };
  readonly firsts: number[];
  readonly holding: (IntList | undefined)[];
  generated = 0;
  private readonly system: System<S, A>;
  private readonly symmetry: boolean;
  private readonly properties: readonly SpecProperty<S>[];
  private readonly recordsSteps: boolean;

  constructor(system: System<S, A>, symmetry: boolean) {
    this.system = system;
    this.symmetry = symmetry && system.representative !== undefined;
    this.properties = system.properties;
    this.table = stateTable(system.codec);
    this.firsts = this.properties.map(() => -1);
    this.holding = this.properties.map((property) => (property.kind === 'eventually' ? new IntList() : undefined));
    this.recordsSteps = this.holding.some((list) => list !== undefined);
  }

  /** Takes every step from a state; false when one of them led beyond the bounds. */
  expand(id: number, sizeMax: number): boolean {
    const { system, steps } = this;
    if (this.recordsSteps) steps.offsets.push(steps.targets.length);
    const state = this.table.at(id);
    let within = true;
    for (const action of system.actions(state)) {
      const next = system.next(state, action);
      if (next === undefined) continue;
      const to = this.reach(next, id, sizeMax);
      if (to === FULL) within = false;
      if (this.recordsSteps && (to !== id || (this.symmetry && !sameState(system.codec, state, next))))
        steps.targets.push(to);
    }
    return within;
  }

  /** Counts a state, and looks at it when it is new. */
  reach(state: S, from: number, sizeMax: number): number {
    this.generated += 1;
    const before = this.table.size;
    const kept = this.symmetry ? this.system.representative!(state) : state;
    const id = this.table.insert(kept, sizeMax);
    if (this.table.size > before) {
      this.parents.push(from);
      this.judge(kept, id);
    }
    return id;
  }

  private judge(state: S, id: number): void {
    const { properties, firsts } = this;
    for (let at = 0; at < properties.length; at++) {
      const property = properties[at]!;
      if (property.kind === 'eventually') this.holding[at]!.push(property.holds(state) ? 1 : 0);
      else if (firsts[at] === -1 && property.holds(state) === (property.kind === 'sometimes')) firsts[at] = id;
    }
  }
}
