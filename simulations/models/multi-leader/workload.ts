import { z } from 'zod';
import type { Draw } from '../model.ts';
import {
  CLIENT_NAMES,
  clientName,
  durationUs,
  mixOf,
  picks,
  scriptedKey,
  thinking,
  timing,
} from '../workload-fields.ts';
import type { Act, Data, ScriptedOperation } from './messages.ts';

const value = z.union([z.string().min(1).max(64), z.number().int().min(1).max(1_000_000)]);

const scripted = z.strictObject({
  f: z
    .enum(['read', 'put', 'del'])
    .describe('put: add an item, write, count up. del: remove an item, delete, count down.'),
  ...timing,
  key: scriptedKey,
  value: value
    .optional()
    .describe(
      'The item of a cart, the value of a register, by how much a counter changes. Default: drawn, or client and number, or 1.',
    ),
  via: z.string().optional().describe("The region. Default: the client's own."),
});

/** What the clients do: `script`, or a random mix. Durations in microseconds. */
export const workload = z.strictObject({
  clients: z
    .number()
    .int()
    .min(1)
    .max(8)
    .default(3)
    .describe('How many clients; they live in the regions in turn (random mix).'),
  keys: z.array(z.string().min(1).max(24)).min(1).max(64).default(['x']).describe('The keys. Default x.'),
  items: z
    .array(z.string().min(1).max(24))
    .min(1)
    .max(64)
    .default(['apples', 'bread', 'coffee', 'dates', 'eggs', 'flour'])
    .describe('What carts hold (random mix).'),
  operations: z.number().int().min(1).max(100_000).default(20).describe('Operations of each client (random mix).'),
  mix: z
    .strictObject({
      read: z.number().int().min(0).default(1),
      put: z.number().int().min(0).default(2),
      del: z.number().int().min(0).default(1),
    })
    .default({ read: 1, put: 2, del: 1 })
    .describe('How often each kind of operation is drawn, in proportion (random mix).'),
  startUs: durationUs.default(0).describe('When the first operations begin at the earliest (random mix).'),
  ...thinking,
  script: z
    .record(clientName, z.array(scripted).max(10_000))
    .optional()
    .describe('By client: exactly these operations, in order.'),
});

export type Workload = z.infer<typeof workload>;

/** A random mix on three keys. An operation and the pause after it take 40 ms on average with default knobs. */
export function busyWorkload(busy: { readonly clients: number; readonly durationUs: number }): Record<string, unknown> {
  return { clients: busy.clients, keys: ['x', 'y', 'z'], operations: Math.ceil(busy.durationUs / 20_000) };
}

/** One client with what it will do. */
export interface ClientScript {
  readonly client: string;
  readonly script: readonly ScriptedOperation[];
}

function actOf(f: 'put' | 'del', data: Data, given: string | number): Act {
  if (data === 'counter') {
    const amount = typeof given === 'number' ? given : 1;
    return { do: 'count', amount: f === 'put' ? amount : -amount };
  }
  if (data === 'cart') return { do: f === 'put' ? 'add' : 'remove', item: `${given}` };
  return f === 'put' ? { do: 'write', value: given } : { do: 'delete' };
}

/** Writes out every client's operations. Draws for one client never move another's. */
export function scriptsOf(load: Workload, data: Data, regions: readonly string[], draw: Draw): readonly ClientScript[] {
  const { script } = load;
  const clients = script === undefined ? CLIENT_NAMES.slice(0, load.clients) : Object.keys(script);
  return clients.map((client, place) => {
    const home = regions[place % regions.length]!;
    const fallback = fallbacks(load, data, client, draw);
    const written = script?.[client];
    const operations =
      written === undefined ? mixed(load, client, draw) : written.map((operation) => placed(operation, load));
    return {
      client,
      script: operations.map(({ f, key, value: given, via = home, atUs, waitUs }, index): ScriptedOperation => {
        if (f === 'read') return { key, via, atUs, waitUs };
        return { key, via, atUs, waitUs, act: actOf(f, data, given ?? fallback(index)) };
      }),
    };
  });
}

/** An operation before it is known what a write does and where it goes. */
interface Asked {
  readonly f: 'read' | 'put' | 'del';
  readonly key: string;
  readonly value?: string | number | undefined;
  readonly via?: string | undefined;
  readonly atUs: number;
  readonly waitUs: number;
}

function placed({ f, key, value: given, via, atUs, waitUs }: z.infer<typeof scripted>, load: Workload): Asked {
  return { f, key: key ?? load.keys[0]!, value: given, via, atUs: atUs ?? 0, waitUs: waitUs ?? 0 };
}

function mixed(load: Workload, client: string, draw: Draw): readonly Asked[] {
  const next = mixOf(load, client, draw);
  const nextKey = picks(load.keys, draw, `client/${client}/key`);
  return Array.from({ length: load.operations }, (): Asked => {
    const { f, waitUs } = next();
    return { f, key: nextKey(), atUs: load.startUs, waitUs };
  });
}

/** What is written where the script does not say. */
function fallbacks(load: Workload, data: Data, client: string, draw: Draw): (index: number) => string | number {
  if (data === 'counter') return () => 1;
  if (data === 'cart') return picks(load.items, draw, `client/${client}/item`);
  return (index) => `${client}:${index + 1}`;
}
