import { z } from 'zod';
import type { Draw } from '../model.ts';
import {
  CLIENT_NAMES,
  clientName,
  drawKind,
  drawPause,
  durationUs,
  pick,
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
  const fallback = (client: string, index: number): string | number => {
    if (data === 'counter') return 1;
    return data === 'cart' ? pick(load.items, draw, `client/${client}/item`) : `${client}:${index + 1}`;
  };
  if (load.script !== undefined) {
    return Object.entries(load.script).map(([client, operations], place) => ({
      client,
      script: operations.map(({ f, key, value: given, via, atUs, waitUs }, index): ScriptedOperation => {
        const common = {
          key: key ?? load.keys[0]!,
          via: via ?? regions[place % regions.length]!,
          atUs: atUs ?? 0,
          waitUs: waitUs ?? 0,
        };
        return f === 'read' ? common : { ...common, act: actOf(f, data, given ?? fallback(client, index)) };
      }),
    }));
  }
  return CLIENT_NAMES.slice(0, load.clients).map((client, place) => {
    const via = regions[place % regions.length]!;
    const script = Array.from({ length: load.operations }, (_, index): ScriptedOperation => {
      const { f, ...common } = drawn(load, client, via, draw);
      return f === 'read' ? common : { ...common, act: actOf(f, data, fallback(client, index)) };
    });
    return { client, script };
  });
}

function drawn(
  load: Workload,
  client: string,
  via: string,
  draw: Draw,
): ScriptedOperation & { readonly f: 'read' | 'put' | 'del' } {
  const f = drawKind(load.mix, client, draw);
  const waitUs = drawPause(load, client, draw);
  return { f, key: pick(load.keys, draw, `client/${client}/key`), via, atUs: load.startUs, waitUs };
}
