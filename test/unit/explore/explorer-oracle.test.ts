import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { exploreSystem } from '../../../simulations/search/explore/explore.ts';
import type { System } from '../../../simulations/search/explore/spec.ts';

/** A graph by its edges; state s carries each property that its mark names. */
interface Graph {
  readonly starts: readonly number[];
  readonly edges: readonly (readonly number[])[];
  readonly marked: readonly boolean[];
}

const SIZE = 9;
const graphs: fc.Arbitrary<Graph> = fc.record({
  starts: fc.uniqueArray(fc.nat(SIZE - 1), { minLength: 1, maxLength: 3 }),
  edges: fc.array(fc.array(fc.nat(SIZE - 1), { maxLength: 3 }), { minLength: SIZE, maxLength: SIZE }),
  marked: fc.array(fc.boolean(), { minLength: SIZE, maxLength: SIZE }),
});

function systemOf({ starts, edges, marked }: Graph, kind: 'words' | 'text'): System<number, number> {
  const holds = (state: number) => marked[state]!;
  return {
    init: () => starts,
    actions: (state) => edges[state]!,
    next: (_, to) => to,
    codec:
      kind === 'text'
        ? { kind, key: String }
        : {
            kind,
            words: 2,
            write(state, into, at) {
              into[at] = state & 1;
              into[at + 1] = state >>> 1;
            },
            read: (from, at) => from[at]! | (from[at + 1]! << 1),
          },
    properties: [
      { kind: 'always', id: 'always', title: 'marked', holds },
      { kind: 'sometimes', id: 'sometimes', title: 'marked', holds },
      { kind: 'eventually', id: 'eventually', title: 'marked', holds },
    ],
    describeAction: (to) => String(to),
    describeState: (state) => String(state),
  };
}

/** Shortest distance in steps from a start to each state, by relaxing all edges until nothing changes. */
function distances({ starts, edges }: Graph): number[] {
  const found = edges.map((_, state) => (starts.includes(state) ? 0 : Number.POSITIVE_INFINITY));
  for (let round = 0; round < SIZE; round++)
    edges.forEach((targets, from) => {
      for (const to of targets) found[to] = Math.min(found[to]!, found[from]! + 1);
    });
  return found;
}

/** Steps of the shortest run that ends without a mark, and whether some run never ends without one: by walking all simple paths. */
function runsWithout({ starts, edges, marked }: Graph): { shortestEnd: number; endless: boolean } {
  let shortestEnd = Number.POSITIVE_INFINITY;
  let endless = false;
  const walk = (state: number, path: readonly number[]): void => {
    if (marked[state]!) return;
    const onward = edges[state]!.filter((to) => to !== state);
    if (onward.length === 0) shortestEnd = Math.min(shortestEnd, path.length);
    for (const to of onward) {
      if (path.includes(to)) endless = true;
      else walk(to, [...path, state]);
    }
  };
  for (const start of starts) walk(start, []);
  return { shortestEnd, endless };
}

/** Whether the printed path is a path of the graph from a start. */
function isPath({ starts, edges }: Graph, start: string, steps: readonly { action: string; state: string }[]): boolean {
  let at = Number(start);
  return (
    starts.includes(at) &&
    steps.every(({ action, state }) => {
      const taken = edges[at]!.includes(Number(state)) && action === state && Number(state) !== at;
      at = Number(state);
      return taken;
    })
  );
}

describe.each(['words', 'text'] as const)('the explorer against brute force on random graphs (%s)', (kind) => {
  test('distinct, generated, depth and shortest paths', () => {
    fc.assert(
      fc.property(graphs, (graph) => {
        const result = exploreSystem(systemOf(graph, kind));
        const distance = distances(graph);
        const reached = distance.filter(Number.isFinite);
        expect(result.distinct).toBe(reached.length);
        expect(result.depth).toBe(Math.max(...reached) + 1);
        const steps = graph.edges.filter((_, state) => Number.isFinite(distance[state])).flat().length;
        expect(result.generated).toBe(graph.starts.length + steps);
        for (const [id, mark] of [
          ['always', false],
          ['sometimes', true],
        ] as const) {
          const nearest = Math.min(...distance.filter((_, state) => graph.marked[state] === mark));
          const { path, start, status } = result.properties[id]!;
          expect(path?.length ?? Number.POSITIVE_INFINITY).toBe(nearest);
          expect(status).toBe(Number.isFinite(nearest) === (id === 'sometimes') ? 'ok' : 'violated');
          if (path !== null) expect(isPath(graph, start!, path)).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('eventually: the shortest run that ends, or else a run that comes back', () => {
    fc.assert(
      fc.property(graphs, (graph) => {
        const { status, path, start, loopsTo } = exploreSystem(systemOf(graph, kind)).properties.eventually!;
        const { shortestEnd, endless } = runsWithout(graph);
        expect(status).toBe(Number.isFinite(shortestEnd) || endless ? 'violated' : 'ok');
        if (path === null) return;
        expect(isPath(graph, start!, path)).toBe(true);
        const visited = [Number(start), ...path.map(({ state }) => Number(state))];
        expect(visited.some((state) => graph.marked[state])).toBe(false);
        if (loopsTo === null) expect(path.length).toBe(shortestEnd);
        else {
          expect(shortestEnd).toBe(Number.POSITIVE_INFINITY);
          expect(loopsTo).toBeLessThan(path.length);
          expect(visited[loopsTo]).toBe(visited.at(-1));
        }
      }),
      { numRuns: 500 },
    );
  });

  test('a bound never turns into a verdict: whatever is decided within it is so without it', () => {
    fc.assert(
      fc.property(
        graphs,
        fc.integer({ min: 1, max: SIZE }),
        fc.integer({ min: 1, max: 4 }),
        (graph, statesMax, depthMax) => {
          const system = systemOf(graph, kind);
          const whole = exploreSystem(system);
          for (const bounds of [{ statesMax }, { depthMax }]) {
            const part = exploreSystem(system, bounds);
            expect(part.distinct).toBeLessThanOrEqual(bounds.statesMax ?? whole.distinct);
            expect(part.depth).toBeLessThanOrEqual(bounds.depthMax ?? whole.depth);
            if (part.stopped === null) expect(part).toEqual(whole);
            for (const [id, { status }] of Object.entries(part.properties))
              if (status !== 'unknown') expect(status).toBe(whole.properties[id]!.status);
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});
