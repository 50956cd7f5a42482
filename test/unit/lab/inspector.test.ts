import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { layoutChart, lineKey } from '../../../app/_stage/marks/statechart-layout.ts';
import { briefLabel, fullLabel, narrowLabel, stayLabel } from '../../../app/_stage/marks/statechart-words.ts';
import { reactionWords, triedBy } from '../../../app/lab/_lab/inspector/chart-reading.ts';
import { type TreeNode, treeOf } from '../../../app/lab/_lab/inspector/state-nodes.ts';
import { compare, flatten, TREE_DEPTH } from '../../../app/lab/_lab/inspector/state-rows.ts';
import { formatWait, unitOf } from '../../../app/lab/_lab/state/format.ts';
import {
  type ChartDescription,
  type ChartState,
  describeChart,
  models,
  traceStep,
} from '../../../simulations/index.ts';
import { runOf } from '../../helpers/scenarios.ts';

const charts = models.flatMap(({ id, charts: own }) =>
  Object.entries(own).map(([role, chart]) => [`${id} ${role}`, describeChart(chart)] as const),
);

/** A state in a state, a transition of the chart itself, one that enters its own state anew. */
const nested: ChartDescription = {
  id: 'nested',
  states: [
    state('idle', { initial: true }),
    state('busy', { kind: 'compound', states: [state('busy.asking', { initial: true }), state('busy.waiting')] }),
    state('over', { kind: 'final' }),
  ],
  transitions: [
    { source: '', event: 'reset', guard: undefined, actions: ['clear'], target: 'idle' },
    { source: 'idle', event: 'go', guard: 'ready', actions: [], target: 'busy' },
    { source: 'busy', event: 'again', guard: undefined, actions: ['ask'], target: 'busy' },
    { source: 'busy', event: 'stop', guard: undefined, actions: [], target: 'over' },
    { source: 'busy.asking', event: 'heard', guard: undefined, actions: [], target: 'busy.waiting' },
    { source: 'busy.waiting', event: undefined, guard: 'enough', actions: ['settle'], target: 'over' },
  ],
};

function state(path: string, more: Partial<ChartState> = {}): ChartState {
  const name = path.split('.').at(-1)!;
  return { path, name, kind: 'atomic', initial: false, entry: [], exit: [], states: [], ...more };
}

function pathsOf({ path, states }: ChartState): readonly string[] {
  return [path, ...states.flatMap(pathsOf)];
}

describe('the layout of a chart', () => {
  for (const [name, chart] of [...charts, ['nested', nested] as const]) {
    for (const detail of ['brief', 'full'] as const) {
      test(`shows every state once and every transition once, and no two states overlap (${name}, ${detail})`, () => {
        const { boxes, edges, width, height } = layoutChart(chart, detail);
        const states = boxes.filter(({ kind }) => kind === 'state' || kind === 'final');
        const expected = chart.states.flatMap(pathsOf);
        expect(
          states
            .map(({ path }) => path)
            .filter((path) => path !== '')
            .sort(),
        ).toEqual([...expected].sort());
        const drawn = [...states.flatMap(({ stays }) => stays), ...edges.flatMap(({ lines }) => lines)];
        expect([...new Set(drawn.map(({ transition }) => transition))].sort((a, b) => a - b)).toEqual([
          ...chart.transitions.keys(),
        ]);
        // What React keeps lines apart by: two transitions of one edge may have the same guard.
        for (const list of [...states.map(({ stays }) => stays), ...edges.map(({ lines }) => lines)])
          expect(new Set(list.map(lineKey)).size).toBe(list.length);
        for (const [at, a] of states.entries()) {
          expect(a.x >= 0 && a.y >= 0 && a.x + a.width <= width && a.y + a.height <= height).toBe(true);
          for (const b of states.slice(at + 1)) {
            const apart =
              a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;
            expect([a.path, b.path, apart]).toEqual([a.path, b.path, true]);
          }
        }
      });
    }
  }

  test('keeps every line inside the picture, with room for the marker under it', () => {
    for (const [, chart] of [...charts, ['nested', nested] as const]) {
      for (const detail of ['brief', 'full'] as const) {
        const { edges, width } = layoutChart(chart, detail);
        const across = edges.flatMap(({ points }) => points.map(([x]) => x));
        expect(Math.min(...across)).toBeGreaterThanOrEqual(5.9);
        expect(Math.max(...across)).toBeLessThanOrEqual(width - 5.9);
      }
    }
  });

  test('keeps the states of a state inside its frame, and the others outside', () => {
    const { boxes } = layoutChart(nested, 'brief');
    const frame = boxes.find(({ kind }) => kind === 'group')!;
    for (const box of boxes.filter(({ kind }) => kind === 'state' || kind === 'final')) {
      const inside = box.x >= frame.x && box.x + box.width <= frame.x + frame.width && box.y >= frame.y;
      expect([box.path, inside && box.y + box.height <= frame.y + frame.height]).toEqual([
        box.path,
        box.path.startsWith('busy'),
      ]);
    }
  });

  test('draws transitions between the same two states as one line', () => {
    const coordinator = charts.find(([name]) => name === 'quorum coordinator')![1];
    const { edges } = layoutChart(coordinator, 'full');
    const ways = edges.map(({ from, to }) => `${from} ${to}`);
    expect(new Set(ways).size).toBe(ways.length);
    const finishing = edges.find(({ from, to }) => from === 'repairing' && to === 'done')!;
    expect(finishing.lines.map(({ text }) => text)).toEqual(['timer.request [replied]', 'once complete']);
  });

  test('is the same every time', () => {
    for (const [, chart] of charts) expect(layoutChart(chart, 'brief')).toEqual(layoutChart(chart, 'brief'));
  });
});

test('a label names event, guard and handlers; a narrow one breaks before the guard and leaves "process." out', () => {
  const [reset, go, again, , , enough] = nested.transitions;
  expect([reset, go, enough].map((one) => fullLabel(one!))).toEqual([
    'reset / clear',
    'go [ready]',
    'once enough / settle',
  ]);
  expect(briefLabel({ ...go!, event: '*' })).toBe('any other event [ready]');
  expect(stayLabel(again!, 'full')).toBe('again / ask, anew');
  expect(narrowLabel({ ...go!, event: 'process.crashed', guard: undefined })).toEqual(['crashed']);
  expect(narrowLabel({ ...go!, event: 'timer.request', guard: 'replied' })).toEqual(['timer.request', '[replied]']);
});

test('a reaction is told by what it took and by what it tried in vain', () => {
  const run = runOf('quorum-read-inversion', 'off');
  const chart = charts.find(([name]) => name === 'quorum coordinator')![1];
  const traces = Array.from({ length: run.events }, (_, step) => traceStep(run, step)).flat();
  const counted = traces.find(({ role, event, reaction }) => {
    return role === 'coordinator' && event.type === 'RResp' && reaction.after.state === 'fanout';
  })!;
  const { taken, failed } = triedBy(counted);
  const labels = (places: ReadonlySet<number>) => [...places].map((place) => fullLabel(chart.transitions[place]!));
  expect([labels(taken), labels(failed)]).toEqual([['RResp / countAnswer'], ['once quorumReached']]);
  expect(reactionWords(counted)).toBe('RResp, stays in fanout');
  const met = traces.find(
    ({ role, reaction }) => role === 'coordinator' && reaction.rounds.some(({ to }) => to === 'quorumMet'),
  )!;
  expect(labels(triedBy(met).taken)).toContain('once quorumReached');
  expect(reactionWords(met)).toContain('to quorumMet');
  expect(triedBy(undefined)).toEqual({ taken: new Set(), failed: new Set() });
});

describe('the tree of a state', () => {
  const leaves = (nodes: readonly TreeNode[]): readonly TreeNode[] =>
    nodes.flatMap((node) => (node.row === undefined ? leaves(node.children) : [node]));

  test('names what is alone in its branch by the whole way to it', () => {
    const rows = flatten({ store: { x: [{ write: 'a5', value: 'a:5' }] }, hints: [] }, TREE_DEPTH);
    const deep = flatten(
      { store: { x: [{ write: 'a long name', version: { clocks: { r1: 1, r2: 2 } } }] } },
      TREE_DEPTH,
    );
    const named = (some: typeof rows) =>
      treeOf(some.map((row) => ({ ...row, before: undefined, changed: false }))).map(({ name, children }) => [
        name,
        ...children.map((child) => child.name),
      ]);
    expect(named(rows)).toEqual([['store.x.1'], ['hints']]);
    expect(named(deep)).toEqual([['store.x.1', 'write', 'version.clocks']]);
  });

  test('marks what changed, what is new and what is gone, and counts it for every branch', () => {
    const before = { store: { x: 1, y: 'a value that is quite long' }, hints: { r1: 'kept for a long time', r2: 'a' } };
    const after = { store: { x: 2, y: 'a value that is quite long', z: 3 }, hints: { r1: 'kept for a long time' } };
    const tree = treeOf(compare(before, after, TREE_DEPTH));
    const marks = leaves(tree).flatMap(({ row }) => (row!.changed ? [[row!.path, row!.before, row!.text]] : []));
    expect(marks).toContainEqual(['store.x', '1', '2']);
    expect(marks).toContainEqual(['store.z', 'none', '3']);
    expect(marks).toContainEqual(['hints.r2', 'a', 'none']);
    expect(tree.find(({ name }) => name === 'store')).toMatchObject({ lines: 3, changes: 2 });
  });

  test('has every line of the state once, whatever the state', () => {
    const value = fc.letrec((tie) => ({
      any: fc.oneof({ maxDepth: 4 }, fc.integer(), fc.string(), fc.constant(null), tie('list'), tie('record')),
      list: fc.array(tie('any'), { maxLength: 4 }),
      record: fc.dictionary(fc.stringMatching(/^[a-z]{1,6}$/), tie('any'), { maxKeys: 5 }),
    }));
    fc.assert(
      fc.property(value.record, value.record, (before, after) => {
        const rows = compare(before, after, TREE_DEPTH);
        const tree = treeOf(rows);
        const shown = leaves(tree).map(({ row }) => row!);
        expect(new Set(shown)).toEqual(new Set(rows));
        expect(shown.length).toBe(rows.length);
        expect(tree.reduce((sum, { lines }) => sum + lines, 0)).toBe(rows.length);
        expect(tree.reduce((sum, { changes }) => sum + changes, 0)).toBe(rows.filter(({ changed }) => changed).length);
      }),
    );
  });
});

test('what a timer still waits is written as the times of its run are (runs of 2.6 s and of 10 h)', () => {
  expect(formatWait(3_755_212, unitOf(2_600_000))).toBe('3,755.2 ms');
  expect(formatWait(1_500_000, unitOf(36_000_000_001))).toBe('1.5 s');
});
