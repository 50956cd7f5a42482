import { setup } from 'xstate';
import { z } from 'zod';
import type { Context, Effect, Message } from '../../../simulations/kernel/behavior.ts';
import { seed } from '../../../simulations/kernel/time.ts';
import type { ExploreBudgets } from '../../../simulations/models/explorable.ts';
import { defineModel } from '../../../simulations/models/model.ts';
import type { ModelPlan } from '../../../simulations/search/model-explorer/resolve.ts';
import { defineChart } from '../../../simulations/statechart/chart.ts';
import { handler } from '../../../simulations/statechart/handler.ts';

/** What the toy does once, at its start: messages from one host to another, timers, writes to disk. */
export interface Toy {
  readonly messages?: number;
  readonly fifo?: boolean;
  readonly timers?: number;
  readonly writes?: number;
  readonly budgets?: Partial<ExploreBudgets>;
}

type Events = { type: string; n?: number };
type Seen = Context<null, { readonly seen: readonly string[] }>;

const see = handler<Seen, Events>(({ durable, volatile }, event) => {
  const name = `${event.type} ${event.n ?? ''}`;
  const seen = volatile.seen.includes(name) ? volatile.seen : [...volatile.seen, name].sort();
  return { context: { durable, volatile: { seen } } };
});

const begin = handler<Context<null, { readonly seen: readonly string[]; readonly effects: readonly Effect[] }>, Events>(
  ({ volatile }) => ({ effects: volatile.effects }),
);

const machine = setup({
  types: {} as {
    context: Context<null, { seen: readonly string[]; effects: readonly Effect[] }>;
    events: Events;
    input: readonly Effect[];
  },
  actions: { see: see as never, begin },
}).createMachine({
  context: ({ input }) => ({ durable: null, volatile: { seen: [], effects: input } }),
  initial: 'on',
  states: { on: { on: { 'process.started': { actions: 'begin' }, '*': { actions: 'see' } } } },
});

const numbers = (count = 0) => Array.from({ length: count }, (_, at) => at + 1);

/** A plan for a toy of which the states can be counted by hand. A process remembers the set of what it has seen, in memory. */
export function toyPlan({ messages, fifo = false, timers, writes, budgets }: Toy): ModelPlan {
  const effects: readonly Effect[] = [
    ...numbers(messages).map((n): Effect => ({ type: 'send', to: 'd', message: { type: 'M', n } as Message })),
    ...numbers(timers).map((n): Effect => ({ type: 'timer.set', name: `t${n}`, delayUs: 1000 })),
    ...numbers(writes).map((token): Effect => ({ type: 'disk.persist', token })),
  ];
  const none = { kind: 'constant', us: 0 } as const;
  const model = defineModel({
    id: 'toy',
    title: 'Toy',
    summary: '',
    opening: '',
    simplifications: [],
    knobs: {},
    constraints: () => [],
    workload: z.object({}),
    build: () => ({
      hosts: ['s', 'd'].map((id) => ({ id, shape: id === 'd' ? 'replica' : 'client', disk: none })),
      processes: ['s', 'd'].map((id) => ({ id, role: 'toy', host: id, input: (id === 's' ? effects : []) as never })),
      link: () => ({ latency: none, lossRatio: 0, duplicateRatio: 0, reorderRatio: 0, reorderBy: none, fifo }),
    }),
    charts: { toy: defineChart(machine) },
    targets: {},
    predicates: {},
    properties: [],
    witnesses: {},
    metrics: () => [],
    messages: {},
    narrate: () => '',
    scene: () => ({ kind: 'topology', layout: 'ring', nodes: [], text: '' }),
    stratum: () => undefined,
    keys: () => [],
    focus: (_operations, key) => ({ key, numbering: new Map() }),
    versionOf: () => undefined,
  });
  return {
    model,
    explorable: {
      knobs: {},
      workload: {},
      workloadTimers: {},
      judged: {},
      timed: [],
      budgets: {},
      keptNotes: {},
      occurs: {},
      unordered: () => [],
      unread: () => [],
      interchangeable: () => [],
      reusesNames: () => false,
      fixes: [],
    },
    input: { model, knobs: {}, workload: {}, faults: [], seed: seed(1), durationUs: 0 },
    workload: {},
    budgets: { losses: 0, crashes: 0, duplicates: 0, timers: 0, ...budgets },
    symmetry: false,
    property: 'none',
    scenario: undefined,
    variant: undefined,
  };
}
