import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { setup } from 'xstate';
import { type ChartState, describeChart, models, TransitionLog, traceStep } from '../../../simulations/index.ts';
import { type Context, NO_EFFECTS, type Output } from '../../../simulations/kernel/behavior.ts';
import { defineChart } from '../../../simulations/statechart/chart.ts';
import { compiledBehavior } from '../../../simulations/statechart/compiled.ts';
import { guard, handler } from '../../../simulations/statechart/handler.ts';
import { interpretedBehavior } from '../../../simulations/statechart/interpreted.ts';
import { type ChartRound, traceReaction } from '../../../simulations/statechart/traced.ts';
import { runOf, scenarios } from '../../helpers/scenarios.ts';

type C = Context<null, { readonly count: number }>;
type E = { type: 'open' | 'push' | 'shut' | 'reset' | 'other'; by: number };

const add = handler<C, E>(({ volatile }, event) => ({
  context: { durable: null, volatile: { count: volatile.count + (event.by ?? 0) } },
}));
const say = (name: string) => handler<C, E>(() => ({ effects: [{ type: 'note', name, data: null }] }));

/** A door: a state in a state, guards in order, a wildcard, `always`, entry and exit, transitions of the chart itself. */
const door = defineChart(
  setup({
    types: {} as { context: C; events: E; input: number },
    actions: { add, enterOpen: say('enterOpen'), leaveOpen: say('leaveOpen'), enterAjar: say('enterAjar') },
    guards: {
      even: guard<C, E>(({ volatile }) => volatile.count % 2 === 0),
      tired: guard<C, E>(({ volatile }) => volatile.count > 6),
    },
  }).createMachine({
    id: 'door',
    context: ({ input }) => ({ durable: null, volatile: { count: input } }),
    initial: 'shut',
    on: { reset: '.shut', other: { actions: 'add' } },
    states: {
      shut: {
        on: {
          open: [
            { guard: 'tired', target: 'broken' },
            { guard: 'even', target: 'open' },
          ],
          '*': {},
        },
      },
      open: {
        entry: 'enterOpen',
        exit: 'leaveOpen',
        initial: 'wide',
        on: { shut: 'shut', push: { target: 'open', reenter: true, actions: 'add' } },
        states: { wide: { on: { shut: { guard: 'even', target: 'ajar' } } }, ajar: { entry: 'enterAjar' } },
        always: { guard: 'tired', target: 'broken' },
      },
      broken: { type: 'final' },
    },
  }),
);
const environment = { self: 'd', host: 'd', from: '', clockUs: 7 };

describe('describeChart', () => {
  const described = describeChart(door);

  test('names every state with its place, kind, handlers and whether it begins there', () => {
    const plain = (state: ChartState): unknown => [
      state.path,
      state.kind,
      state.initial,
      [...state.entry, '|', ...state.exit].join(' '),
      state.states.map(plain),
    ];
    expect(described.id).toBe('door');
    expect(described.states.map(plain)).toEqual([
      ['shut', 'atomic', true, '|', []],
      [
        'open',
        'compound',
        false,
        'enterOpen | leaveOpen',
        [
          ['open.wide', 'atomic', true, '|', []],
          ['open.ajar', 'atomic', false, 'enterAjar |', []],
        ],
      ],
      ['broken', 'final', false, '|', []],
    ]);
  });

  test('names every transition with event, guard, handlers and target, the chart itself first', () => {
    const rows = described.transitions.map(({ source, event, guard: test, actions, target }) =>
      [source, event ?? 'always', test ?? '-', actions.join(' ') || '-', target ?? 'stays'].join(', '),
    );
    expect(rows).toEqual([
      ', reset, -, -, shut',
      ', other, -, add, stays',
      'shut, open, tired, -, broken',
      'shut, open, even, -, open',
      'shut, *, -, -, stays',
      'open, shut, -, -, shut',
      'open, push, -, add, open',
      'open, always, tired, -, broken',
      'open.wide, shut, even, -, open.ajar',
    ]);
  });

  test('describes every chart of every model, and each target is one of its states', () => {
    for (const { charts } of models) {
      for (const chart of Object.values(charts)) {
        const { states, transitions } = describeChart(chart);
        const paths = new Set(states.flatMap(pathsOf));
        expect([...chart.table.leaves.keys()].filter((leaf) => !paths.has(leaf))).toEqual([]);
        for (const { source, target } of transitions) {
          expect(source === '' || paths.has(source)).toBe(true);
          expect(target === undefined || paths.has(target)).toBe(true);
        }
      }
    }
  });
});

function pathsOf(state: ChartState): readonly string[] {
  return [state.path, ...state.states.flatMap(pathsOf)];
}

describe('traceReaction', () => {
  const wordsOf = (rounds: readonly ChartRound[]) =>
    rounds.map(({ from, to, attempts, handlers }) => {
      const tried = attempts.map(({ transition, held }) => `${transition}${held ? '+' : '-'}`).join(' ');
      return `${from} [${tried}] ${to}: ${handlers.join(' ')}`;
    });
  const opened = (count: number) => compiledBehavior('door', door).initial(count);

  test('keeps guards that failed in the order in which they were tried, and the handlers that ran', () => {
    const first = traceReaction(door, opened(2), { type: 'open' }, environment);
    expect(wordsOf(first.rounds)).toEqual(['shut [2- 3+] open.wide: enterOpen', 'open.wide [7-] open.wide: ']);
    const pushed = traceReaction(door, first.after, { type: 'push', by: 1 }, environment);
    expect(wordsOf(pushed.rounds)).toEqual([
      'open.wide [6+] open.wide: leaveOpen add enterOpen',
      'open.wide [7-] open.wide: ',
    ]);
    // Odd by now: the inner guard fails and the transition of the state around it is taken.
    const shut = traceReaction(door, pushed.after, { type: 'shut' }, environment);
    expect(wordsOf(shut.rounds)).toEqual(['open.wide [8- 5+] shut: leaveOpen']);
    const kept = traceReaction(door, shut.after, { type: 'open' }, environment);
    // No guard holds, so the wildcard takes the event.
    expect(wordsOf(kept.rounds)).toEqual(['shut [2- 3- 4+] shut: ']);
  });

  test('tells that a state does not know an event', () => {
    const open = traceReaction(door, opened(0), { type: 'open' }, environment).after;
    expect(wordsOf(traceReaction(door, open, { type: 'unheard' }, environment).rounds)[0]).toBe(
      'open.wide [] open.wide: ',
    );
  });

  test('does what the compiled and the interpreted form do, for any sequence of events', () => {
    const types = fc.constantFrom('open', 'push', 'shut', 'reset', 'other', 'unheard');
    fc.assert(
      fc.property(
        fc.array(fc.record({ type: types, by: fc.integer({ min: 0, max: 3 }) }), { maxLength: 12 }),
        (events) => {
          const [fast, slow] = [compiledBehavior('door', door), interpretedBehavior('door', door)];
          let [compiled, interpreted, traced] = [fast.initial(0), slow.initial(0), fast.initial(0)];
          for (const event of events) {
            if (compiled.done) break;
            const [fastOutput, slowOutput]: [Output, Output] = [{ effects: NO_EFFECTS }, { effects: NO_EFFECTS }];
            const last = compiled.state;
            compiled = fast.react(compiled, event, environment, fastOutput);
            interpreted = slow.react(interpreted, event, environment, slowOutput);
            const reaction = traceReaction(door, traced, event, environment);
            traced = reaction.after;
            expect([traced.state, traced.context, reaction.effects]).toEqual([
              compiled.state,
              compiled.context,
              fastOutput.effects,
            ]);
            expect([traced.state, traced.context, reaction.effects]).toEqual([
              interpreted.state,
              interpreted.context,
              slowOutput.effects,
            ]);
            // The rounds lead from the state before to the state after without a gap.
            expect(reaction.rounds.reduce((at, { from, to }) => (at === from ? to : 'a gap'), last)).toBe(traced.state);
          }
        },
      ),
    );
  });
});

describe('traceStep', () => {
  for (const [id, variant] of [
    ['quorum-read-inversion', 'off'],
    ['tombstone-zombie', undefined],
  ] as const) {
    test(`arrives at the state that the run has after each step, crashes included (${id})`, () => {
      const run = runOf(id, variant ?? scenarios.find((one) => one.id === id)!.variants[0]!.id);
      let [compared, crashes] = [0, 0];
      for (let index = 0; index < run.events; index++) {
        for (const { process, reaction } of traceStep(run, index)) {
          const after = run.timeline!.worldAt(index + 1).process(process);
          if (after === undefined) expect(reaction.after.done).toBe(true);
          else {
            expect([reaction.after.state, reaction.after.context]).toEqual([
              after.snapshot.state,
              after.snapshot.context,
            ]);
            compared++;
            if (run.timeline!.trace.kind(index) === 'crashed') crashes++;
          }
        }
      }
      expect(compared).toBeGreaterThan(300);
      expect(crashes).toBeGreaterThan(0);
    });
  }

  test('is the same for a run through xstate', () => {
    const [fast, slow] = [
      runOf('quorum-read-inversion', 'off'),
      runOf('quorum-read-inversion', 'off', { interpreter: 'xstate' }),
    ];
    for (let index = 0; index < fast.events; index += 7) {
      const rounds = (run: typeof fast) => traceStep(run, index).map(({ reaction }) => reaction.rounds);
      expect(rounds(slow)).toEqual(rounds(fast));
    }
  });
});

describe('TransitionLog', () => {
  const run = runOf('quorum-read-inversion', 'off');
  const sum = (counts: ReadonlyMap<number, number>) => [...counts.values()].reduce((total, count) => total + count, 0);
  /** The transitions that a process took in one step. */
  const takenAt = (process: string, step: number) =>
    (traceStep(run, step).find((trace) => trace.process === process)?.reaction.rounds ?? []).flatMap(({ attempts }) =>
      attempts.filter(({ held }) => held).map(({ transition }) => transition),
    );

  test('counts the same whatever the size of the pieces that it reads', () => {
    const whole = new TransitionLog(run, 'r2');
    expect(whole.read(run.events, run.events)).toBe(true);
    for (const most of [1, 97, 1024]) {
      const log = new TransitionLog(run, 'r2');
      let pieces = 1;
      while (!log.read(run.events, most)) pieces++;
      expect(pieces).toBe(Math.ceil(run.events / most));
      expect(log.countsAt(run.events)).toEqual(whole.countsAt(run.events));
    }
  });

  test('counts up to the moment in view, also after it has read further', () => {
    const log = new TransitionLog(run, 'r2');
    log.read(run.events, run.events);
    const counts = new Map<number, number>();
    for (let steps = 0; steps <= run.events; steps++) {
      expect(log.countsAt(steps)).toEqual(counts);
      if (steps === run.events) break;
      for (const place of takenAt('r2', steps)) counts.set(place, (counts.get(place) ?? 0) + 1);
    }
    expect(sum(log.countsAt(run.events))).toBeGreaterThan(40);
    expect(sum(log.countsAt(200))).toBeLessThan(sum(log.countsAt(run.events)));
  });

  test('knows the last step to which a process reacted, a crash of its host included', () => {
    const log = new TransitionLog(run, 'r2');
    for (const steps of [1, 60, 200, run.events]) {
      let expected: number | undefined;
      for (let step = 0; step < steps; step++) {
        if (traceStep(run, step).some(({ process }) => process === 'r2')) expected = step;
      }
      expect(log.lastBefore(steps)).toBe(expected);
    }
    expect(log.lastBefore(0)).toBeUndefined();
  });
});
