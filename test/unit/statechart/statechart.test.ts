import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { setup } from 'xstate';
import type { Context, Output } from '../../../simulations/kernel/behavior.ts';
import { defineChart } from '../../../simulations/statechart/chart.ts';
import { compiledBehavior } from '../../../simulations/statechart/compiled.ts';
import { guard, handler } from '../../../simulations/statechart/handler.ts';
import { interpretedBehavior } from '../../../simulations/statechart/interpreted.ts';

type C = Context<{ readonly count: number }, { readonly log: string }>;
type E = { type: 'go' | 'back' | 'jump' | 'inner' | 'again' | 'reset' | 'stop' | 'other'; by: number };

const log = (name: string) =>
  handler<C, E>(({ durable, volatile }, event, { clockUs }) => ({
    context: {
      durable: { count: durable.count + (event.by ?? 0) },
      volatile: { log: `${volatile.log.slice(-60)} ${name}` },
    },
    effects: [{ type: 'note', name, data: { count: durable.count, clockUs } }],
  }));

const machine = setup({
  types: {} as { context: C; events: E; input: number },
  actions: {
    enterOn: log('enterOn'),
    exitOn: log('exitOn'),
    enterLow: log('enterLow'),
    exitLow: log('exitLow'),
    enterHigh: log('enterHigh'),
    exitHigh: log('exitHigh'),
    took: log('took'),
    first: log('first'),
    second: log('second'),
    any: log('any'),
    settled: log('settled'),
  },
  guards: {
    even: guard<C, E>(({ durable }) => durable.count % 2 === 0),
    large: guard<C, E>(({ durable }, event) => durable.count + event.by > 40),
    late: guard<C, E>((_context, _event, { clockUs }) => clockUs > 500),
  },
}).createMachine({
  id: 'trial',
  context: ({ input }) => ({ durable: { count: input }, volatile: { log: '' } }),
  initial: 'off',
  on: { reset: { target: '.off', actions: 'took' } },
  states: {
    off: {
      on: {
        go: [
          { guard: 'even', target: 'on', actions: ['first', 'second'] },
          { guard: 'late', target: 'on.high' },
        ],
        '*': { actions: 'any' },
      },
    },
    on: {
      entry: 'enterOn',
      exit: 'exitOn',
      initial: 'low',
      on: {
        back: 'off',
        again: { target: 'on', reenter: true, actions: 'took' },
        jump: { target: 'on' },
        stop: { guard: 'late', target: 'end' },
      },
      states: {
        low: {
          entry: 'enterLow',
          exit: 'exitLow',
          on: { inner: { target: 'high', actions: 'took' }, go: { guard: 'even', actions: 'first' } },
        },
        high: {
          entry: 'enterHigh',
          exit: 'exitHigh',
          always: { guard: 'large', target: 'low', actions: 'settled' },
          on: { inner: { target: 'high', reenter: true }, jump: { guard: 'even', target: 'low' } },
        },
      },
    },
    end: { type: 'final' },
  },
});

const TYPES: readonly E['type'][] = ['go', 'back', 'jump', 'inner', 'again', 'reset', 'other', 'stop'];

describe('the two interpreters', () => {
  test('agree on state, context and effects on 100,000 random events (nested states, guards, entry, exit, always, wildcard, reenter)', () => {
    const chart = defineChart(machine);
    const [compiled, interpreted] = [compiledBehavior('trial', chart), interpretedBehavior('trial', chart)];
    let events = 0;
    const reached = new Set<string>();
    const event = fc.record({
      type: fc.constantFrom(...TYPES),
      by: fc.integer({ min: -3, max: 9 }),
      clockUs: fc.integer({ min: 0, max: 510 }),
    });
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 9 }),
        fc.array(event, { minLength: 1000, maxLength: 1000 }),
        (input, sequence) => {
          let [fast, slow] = [compiled.initial(input), interpreted.initial(input)];
          for (const { clockUs, ...one } of sequence) {
            const environment = { self: 'p', host: 'h', from: '', clockUs };
            const fastOutput: Output = { effects: [] };
            const slowOutput: Output = { effects: [] };
            fast = compiled.react(fast, one, environment, fastOutput);
            slow = interpreted.react(slow, one, environment, slowOutput);
            events++;
            reached.add(fast.state);
            if (
              fast.state !== slow.state ||
              JSON.stringify([fast.context, fastOutput.effects]) !== JSON.stringify([slow.context, slowOutput.effects])
            ) {
              throw new Error(`apart on ${JSON.stringify(one)}: ${fast.state} ${slow.state}`);
            }
            expect(fast.done).toBe(slow.done);
            if (fast.done) [fast, slow] = [compiled.initial(input), interpreted.initial(input)];
          }
        },
      ),
      { numRuns: 100, seed: 41, endOnFailure: true },
    );
    expect(events).toBe(100_000);
    expect([...reached].sort()).toEqual(['end', 'off', 'on.high', 'on.low']);
  }, 120_000);

  test('recover keeps the disk half and starts the rest anew', () => {
    const chart = defineChart(machine);
    for (const behavior of [compiledBehavior('trial', chart), interpretedBehavior('trial', chart)]) {
      expect(behavior.recover(3, { count: 12 })).toMatchObject({
        state: 'off',
        context: { durable: { count: 12 }, volatile: { log: '' } },
      });
    }
  });
});

describe('features that the compiled form does not have are refused when the model is defined', () => {
  const actions = { act: log('act') };
  const context = ({ input }: { input: number }) => ({ durable: { count: input }, volatile: { log: '' } });
  const base = setup({ types: {} as { context: C; events: E; input: number }, actions });
  const refused: readonly [string, RegExp, Parameters<typeof base.createMachine>[0]][] = [
    ['parallel', /parallel states/, { id: 'm', context, type: 'parallel', states: { a: {}, b: {} } }],
    [
      'history',
      /history states/,
      {
        id: 'm',
        context,
        initial: 'a',
        states: { a: {}, b: { initial: 'c', states: { c: {}, h: { type: 'history' } } } },
      },
    ],
    ['after', /state a uses after/, { id: 'm', context, initial: 'a', states: { a: { after: { 10: 'b' } }, b: {} } }],
    [
      'invoke',
      /state a uses invoke/,
      { id: 'm', context, initial: 'a', states: { a: { invoke: { src: 'x' } } } } as never,
    ],
    [
      'inline action',
      /the action given as a function/,
      { id: 'm', context, initial: 'a', states: { a: { on: { go: { actions: () => {} } } } } },
    ],
    [
      'inline guard',
      /the guard given as a function/,
      { id: 'm', context, initial: 'a', states: { a: { on: { go: { guard: () => true, target: 'a' } } } } },
    ],
    [
      'initial entry',
      /entry actions on the initial state/,
      { id: 'm', context, initial: 'a', states: { a: { entry: 'act' } } },
    ],
    [
      'inner final',
      /final states inside a state/,
      { id: 'm', context, initial: 'a', states: { a: { initial: 'b', states: { b: { type: 'final' } } } } },
    ],
    [
      'partial wildcard',
      /partial wildcard/,
      { id: 'm', context, initial: 'a', states: { a: { on: { 'go.*': 'a' } } } } as never,
    ],
    [
      'constant context',
      /context that is not made from the input/,
      { id: 'm', context: { durable: { count: 0 }, volatile: { log: '' } }, initial: 'a', states: { a: {} } },
    ],
  ];
  test.each(refused)('%s', (_name, message, config) => {
    expect(() => defineChart(base.createMachine(config))).toThrow(message);
  });
});
