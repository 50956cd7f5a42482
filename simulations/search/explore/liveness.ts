import type { IntList } from './int-list.ts';
import type { Search, Steps } from './search.ts';
import { FULL } from './state-table.ts';

/** A run on which something never happens: states by number, and the index to which the last step comes back if it never ends. */
export interface EndlessRun {
  readonly ids: readonly number[];
  readonly loopsTo: number | undefined;
}

/**
 * A run on which a property `eventually` never holds, or undefined when every run gets there.
 *
 * A run is a path from a start that goes on as long as a step is enabled that changes something. So it ends in a state without such a
 * step, or it goes round a cycle for ever; nothing is assumed to be fair, and stuttering on the spot is no run. This is more than Stateright
 * does, which looks at ends only and forgets, where two paths join, on which of them the property held; here the graph is cut to the
 * states in which the property does not hold and all of it is searched. The run returned is the shortest that ends; if none ends, one with the
 * shortest way into a cycle, and the shortest cycle from there. Beyond a bound nothing counts as an end.
 */
export function runWithout<S, A>(search: Search<S, A>, holds: IntList): EndlessRun | undefined {
  const { steps, expanded, table } = search;
  const open = (id: number): boolean => id !== FULL && holds.at(id) === 0;
  const from = new Int32Array(table.size).fill(-2);
  const before = (id: number): number => from[id]!;
  const order: number[] = [];
  for (let id = 0; id < search.starts; id++) {
    if (!open(id)) continue;
    from[id] = -1;
    order.push(id);
  }
  for (let at = 0; at < order.length; at++) {
    const id = order[at]!;
    if (id >= expanded) continue;
    const end = steps.offsets.at(id + 1);
    if (steps.offsets.at(id) === end) return { ids: pathTo(id, before), loopsTo: undefined };
    for (let step = steps.offsets.at(id); step < end; step++) {
      const to = steps.targets.at(step);
      if (!open(to) || from[to] !== -2) continue;
      from[to] = id;
      order.push(to);
    }
  }
  const inside = (id: number): readonly number[] => (id < expanded ? targetsOf(steps, id).filter(open) : []);
  const component = components(order, inside, table.size);
  const first = order.find((id) => inside(id).some((to) => component[to] === component[id]));
  if (first === undefined) return undefined;
  const stem = pathTo(first, before);
  const cycle = shortestCycle(first, (id) => inside(id).filter((to) => component[to] === component[first]));
  return { ids: [...stem, ...cycle], loopsTo: stem.length - 1 };
}

function targetsOf(steps: Steps, id: number): number[] {
  const targets: number[] = [];
  for (let step = steps.offsets.at(id); step < steps.offsets.at(id + 1); step++) targets.push(steps.targets.at(step));
  return targets;
}

/** From a start to a state; `from` says from where a state was reached, and is negative for a start. */
export function pathTo(id: number, from: (id: number) => number): readonly number[] {
  const path = [id];
  for (let at = from(id); at >= 0; at = from(at)) path.push(at);
  return path.reverse();
}

/** The states after `start`, up to and without its return, on a shortest way back to it. */
function shortestCycle(start: number, targets: (id: number) => readonly number[]): readonly number[] {
  const from = new Map<number, number>();
  const queue = [start];
  for (let at = 0; ; at++) {
    const id = queue[at]!;
    for (const to of targets(id)) {
      if (to === start) {
        const back: number[] = [];
        for (let step = id; step !== start; step = from.get(step)!) back.push(step);
        return back.reverse();
      }
      if (from.has(to)) continue;
      from.set(to, id);
      queue.push(to);
    }
  }
}

/** Strongly connected components by number, after Tarjan (1972), without recursion. */
function components(roots: readonly number[], targets: (id: number) => readonly number[], size: number): Int32Array {
  const component = new Int32Array(size).fill(-1);
  const index = new Int32Array(size).fill(-1);
  const low = new Int32Array(size);
  const stack: number[] = [];
  let visited = 0;
  let found = 0;
  const enter = (id: number) => {
    index[id] = low[id] = visited++;
    stack.push(id);
    return { id, targets: targets(id), at: 0 };
  };
  for (const root of roots) {
    if (index[root] !== -1) continue;
    const calls = [enter(root)];
    while (calls.length > 0) {
      const call = calls.at(-1)!;
      const to = call.targets[call.at++];
      if (to !== undefined) {
        if (index[to] === -1) calls.push(enter(to));
        else if (component[to] === -1) low[call.id] = Math.min(low[call.id]!, index[to]!);
        continue;
      }
      calls.pop();
      const caller = calls.at(-1);
      if (caller !== undefined) low[caller.id] = Math.min(low[caller.id]!, low[call.id]!);
      if (low[call.id] !== index[call.id]) continue;
      for (let id = -1; id !== call.id; ) {
        id = stack.pop()!;
        component[id] = found;
      }
      found += 1;
    }
  }
  return component;
}
