import { z } from 'zod';
import type { Draw } from '../model.ts';
import type { Act, Data, ScriptedOperation } from './messages.ts';

const durationUs = z.number().int().min(0).max(315_576_000_000_000);
const name = z.string().regex(/^[a-z]{1,12}$/, 'a name of 1 to 12 lower-case letters');
const value = z.union([z.string().min(1).max(64), z.number().int().min(1).max(1_000_000)]);

const scripted = z.strictObject({
  f: z
    .enum(['read', 'put', 'del'])
    .describe('put: add an item, write, count up. del: remove an item, delete, count down.'),
  atUs: durationUs
    .optional()
    .describe("When it begins, on the client's clock. Not before the operation before it has ended."),
  waitUs: durationUs.optional().describe('How long after the operation before it ended it begins. Default 0.'),
  key: z.string().min(1).max(24).optional().describe('The key. Default: the first of `keys`.'),
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
  thinkMinUs: durationUs.default(10_000).describe('The shortest pause between operations (random mix).'),
  thinkMaxUs: durationUs.default(60_000).describe('The longest pause between operations (random mix).'),
  script: z
    .record(name, z.array(scripted).max(10_000))
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

const CLIENT_NAMES = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];

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

function pick(from: readonly string[], draw: Draw, stream: string): string {
  return from[draw.integer(stream, 0, from.length - 1)]!;
}

function drawn(
  { mix, keys, thinkMinUs, thinkMaxUs, startUs }: Workload,
  client: string,
  via: string,
  draw: Draw,
): ScriptedOperation & { readonly f: 'read' | 'put' | 'del' } {
  const weight = Math.max(1, mix.read + mix.put + mix.del);
  const ticket = draw.integer(`client/${client}/mix`, 0, weight - 1);
  const f = ticket < mix.read ? 'read' : ticket < mix.read + mix.put ? 'put' : 'del';
  const [low, high] = [Math.min(thinkMinUs, thinkMaxUs), Math.max(thinkMinUs, thinkMaxUs)];
  const waitUs = draw.integer(`client/${client}/think`, low, high);
  return { f, key: pick(keys, draw, `client/${client}/key`), via, atUs: startUs, waitUs };
}
