import { setup } from 'xstate';
import { z } from 'zod';
import type { Context, Effect } from '../../../simulations/kernel/behavior.ts';
import type { Fault } from '../../../simulations/kernel/faults.ts';
import { seed } from '../../../simulations/kernel/time.ts';
import { defineModel } from '../../../simulations/models/model.ts';
import type { Version } from '../../../simulations/models/scene.ts';
import { execute, type Run } from '../../../simulations/run/execute.ts';
import { defineChart } from '../../../simulations/statechart/chart.ts';
import { handler } from '../../../simulations/statechart/handler.ts';

/** One register on each replica, and clients that write and read one of them. Links take 10 ms, disks 2 ms, and nothing is drawn. */
export interface ToyOperation {
  readonly f: 'write' | 'read';
  readonly to: string;
  readonly atUs: number;
  readonly value?: number;
}

type ReplicaContext = Context<{ readonly version: number }, null>;
type ReplicaEvent =
  | { type: 'Put'; version: number; client: string; sequence: number }
  | { type: 'Get'; client: string; sequence: number }
  | { type: 'disk.persisted'; token: { client: string; sequence: number } };

const replica = setup({
  types: {} as { context: ReplicaContext; events: ReplicaEvent; input: null },
  actions: {
    put: handler<ReplicaContext, ReplicaEvent>((context, event) => {
      const { version, client, sequence } = event as Extract<ReplicaEvent, { type: 'Put' }>;
      return {
        context: { ...context, durable: { version } },
        effects: [{ type: 'disk.persist', token: { client, sequence } }],
      };
    }),
    get: handler<ReplicaContext, ReplicaEvent>(({ durable }, event) => {
      const { client, sequence } = event as Extract<ReplicaEvent, { type: 'Get' }>;
      return {
        effects: [{ type: 'send', to: client, message: { type: 'Value', sequence, version: durable.version } }],
      };
    }),
    acknowledge: handler<ReplicaContext, ReplicaEvent>((_context, event) => {
      const { client, sequence } = (event as Extract<ReplicaEvent, { type: 'disk.persisted' }>).token;
      return { effects: [{ type: 'send', to: client, message: { type: 'Ack', sequence, version: -1 } }] };
    }),
  },
}).createMachine({
  id: 'replica',
  context: () => ({ durable: { version: 0 }, volatile: null }),
  initial: 'up',
  states: {
    up: { on: { Put: { actions: 'put' }, Get: { actions: 'get' }, 'disk.persisted': { actions: 'acknowledge' } } },
  },
});

type ClientContext = Context<
  null,
  { readonly script: readonly ToyOperation[]; readonly sequence: number; readonly ended: readonly number[] }
>;
type ClientEvent =
  | { type: 'process.started' | 'timer.next' }
  | { type: 'Value' | 'Ack'; sequence: number; version: number };

function next({ script, sequence }: ClientContext['volatile'], clockUs: number): readonly Effect[] {
  const operation = script[sequence];
  return operation === undefined ? [] : [{ type: 'timer.set', name: 'next', delayUs: operation.atUs - clockUs }];
}

const client = setup({
  types: {} as { context: ClientContext; events: ClientEvent; input: readonly ToyOperation[] },
  actions: {
    start: handler<ClientContext, ClientEvent>(({ volatile }, _event, { clockUs }) => ({
      effects: next(volatile, clockUs),
    })),
    begin: handler<ClientContext, ClientEvent>(({ volatile }, _event, { self, clockUs }) => {
      const { f, to, value } = volatile.script[volatile.sequence]!;
      const { sequence } = volatile;
      const after = { ...volatile, sequence: sequence + 1 };
      const input = f === 'write' ? (value ?? 0) : null;
      const message =
        f === 'write'
          ? { type: 'Put', version: value ?? 0, client: self, sequence }
          : { type: 'Get', client: self, sequence };
      const effects: Effect[] = [
        { type: 'client.invoke', operation: sequence, f, key: 'x', input },
        { type: 'send', to, message },
        ...next(after, clockUs),
      ];
      return { context: { durable: null, volatile: after }, effects };
    }),
    end: handler<ClientContext, ClientEvent>(({ volatile }, event) => {
      const { sequence, version } = event as Extract<ClientEvent, { type: 'Value' }>;
      // A duplicated answer ends nothing.
      if (volatile.ended.includes(sequence)) return {};
      const context = { durable: null, volatile: { ...volatile, ended: [...volatile.ended, sequence] } };
      const { f, value } = volatile.script[sequence]!;
      const seen = f === 'write' ? (value ?? 0) : version;
      const output = f === 'write' ? null : version;
      const effects: Effect[] = [
        { type: 'client.complete', operation: sequence, outcome: 'ok', output, version: seen },
      ];
      return { context, effects };
    }),
  },
}).createMachine({
  id: 'client',
  context: ({ input }) => ({ durable: null, volatile: { script: input, sequence: 0, ended: [] } }),
  initial: 'up',
  states: {
    up: {
      on: {
        'process.started': { actions: 'start' },
        'timer.next': { actions: 'begin' },
        Value: { actions: 'end' },
        Ack: { actions: 'end' },
      },
    },
  },
});

function versionFor(version: unknown): Version | undefined {
  if (typeof version !== 'number' || version === 0) return undefined;
  return { label: `v${version}`, rank: version, value: String(version), deleted: false, siblings: 1 };
}

const link = {
  latency: { kind: 'constant', us: 10_000 },
  lossRatio: 0,
  duplicateRatio: 0,
  reorderRatio: 0,
  reorderBy: { kind: 'constant', us: 0 },
  fifo: false,
} as const;

const toy = defineModel({
  id: 'toy',
  title: 'Toy',
  summary: 'One register on each replica.',
  opening: 'none',
  simplifications: [],
  knobs: {},
  constraints: () => [],
  workload: z.record(z.string(), z.array(z.custom<ToyOperation>())),
  build: ({ workload }) => {
    const clients = Object.keys(workload);
    const replicas = ['r1', 'r2', 'r3'];
    const disk = { kind: 'constant', us: 2000 } as const;
    return {
      hosts: [
        ...clients.map((id) => ({ id, shape: 'client' as const, disk })),
        ...replicas.map((id) => ({ id, shape: 'replica' as const, disk })),
      ],
      processes: [
        ...clients.map((id) => ({ id, role: 'client', host: id, input: workload[id] as never })),
        ...replicas.map((id) => ({ id, role: 'replica', host: id, input: null })),
      ],
      link: () => link,
    };
  },
  charts: { replica: defineChart(replica), client: defineChart(client) },
  targets: {},
  predicates: {},
  properties: [],
  witnesses: {},
  metrics: () => [],
  messages: {
    Put: { glyph: 'square', solid: true, family: 'write' },
    Ack: { glyph: 'square', solid: false, family: 'ack' },
    Get: { glyph: 'circle', solid: false, family: 'read' },
    Value: { glyph: 'circle', solid: true, family: 'value' },
  },
  narrate: ({ kind, host, message }) => `${kind} ${message?.type ?? ''} at ${host}`,
  scene: (world) => ({
    kind: 'topology',
    layout: 'ring',
    nodes: world.hosts.map(({ id, status }) => ({
      host: id,
      shape: id.startsWith('r') ? 'replica' : 'client',
      status,
    })),
    text: '',
  }),
  stratum: (role, disk) => (role === 'replica' ? versionFor((disk as { version: number }).version) : undefined),
  keys: () => ['x'],
  focus: (_operations, key) => ({ key, numbering: new Map() }),
  versionOf: ({ version }) => versionFor(version),
});

export const focus = { key: 'x', numbering: new Map<string, number>() };

/** Runs the toy model: 300 ms unless said otherwise. */
export function runToy(
  workload: Readonly<Record<string, readonly ToyOperation[]>>,
  faults: readonly Fault[] = [],
  durationUs = 300_000,
): Run {
  return execute({ model: toy, knobs: {}, workload, faults, seed: seed(1), durationUs });
}
