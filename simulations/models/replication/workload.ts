import { z } from 'zod';
import type { Draw } from '../model.ts';
import type { ScriptedOperation } from './messages.ts';

const durationUs = z.number().int().min(0).max(315_576_000_000_000);
const operationName = z.enum(['read', 'write']);
const name = z.string().regex(/^[a-z]{1,12}$/, 'a name of 1 to 12 lower-case letters');

const scripted = z.strictObject({
  f: operationName.describe('What the client does.'),
  atUs: durationUs
    .optional()
    .describe("When it begins, on the client's clock. Not before the operation before it has ended."),
  waitUs: durationUs.optional().describe('How long after the operation before it ended it begins. Default 0.'),
  key: z.string().min(1).max(24).optional().describe('The key. Default: the first of `keys`.'),
  value: z
    .union([z.string().max(64), z.number().int(), z.boolean()])
    .optional()
    .describe('What a write writes. Default: client and number, such as `a:14`; give every write its own value.'),
  via: z.string().optional().describe('The node that a read goes to, unless reads go to the leader. Default: drawn.'),
});

/** What the clients do. Two ways, the first that is given counts: `script`, or a random mix. Durations in microseconds. */
export const workload = z.strictObject({
  clients: z.number().int().min(1).max(8).default(2).describe('How many clients: a, b, c, …'),
  keys: z.array(z.string().min(1).max(24)).min(1).max(26).default(['x']).describe('The keys they use.'),
  keyPerWrite: z
    .boolean()
    .default(false)
    .describe(
      'Every write has a key of its own, such as `a14`, and a read looks for the last one of its client (random mix).',
    ),
  operations: z.number().int().min(0).max(100_000).default(20).describe('Operations of each client (random mix).'),
  mix: z
    .strictObject({
      read: z.number().int().min(0).max(1000).default(1),
      write: z.number().int().min(0).max(1000).default(1),
    })
    .default({ read: 1, write: 1 })
    .describe('How often each operation comes, as weights (random mix).'),
  startUs: durationUs.default(0).describe('When the first operations begin at the earliest (random mix).'),
  thinkMinUs: durationUs.default(10_000).describe('The shortest pause between operations (random mix).'),
  thinkMaxUs: durationUs.default(60_000).describe('The longest pause between operations (random mix).'),
  via: z.array(z.string()).max(10).default([]).describe('Nodes that reads draw from. Default: all.'),
  script: z
    .record(name, z.array(scripted).max(10_000))
    .optional()
    .describe('By client: exactly these operations, in order.'),
});

export type Workload = z.infer<typeof workload>;

/** A random mix on three keys. With default knobs an operation and the pause after it take about 43 ms. */
export function busyWorkload(busy: { readonly clients: number; readonly durationUs: number }): Record<string, unknown> {
  const operations = Math.ceil(busy.durationUs / 35_000);
  return { clients: busy.clients, keys: ['x', 'y', 'z'], operations };
}

/** One client with what it will do. */
interface ClientScript {
  readonly client: string;
  readonly script: readonly ScriptedOperation[];
}

const CLIENT_NAMES = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];

/** Writes out every client's operations. Draws for one client never move another's. */
export function scriptsOf(load: Workload, nodes: readonly string[], draw: Draw): readonly ClientScript[] {
  const addresses = load.via.length > 0 ? load.via : nodes;
  if (load.script === undefined) {
    return CLIENT_NAMES.slice(0, load.clients).map((client) => ({
      client,
      script: mixed(load, client, addresses, draw),
    }));
  }
  return Object.entries(load.script).map(([client, operations]) => ({
    client,
    script: operations.map(
      (operation, index): ScriptedOperation => ({
        f: operation.f,
        key: operation.key ?? load.keys[0]!,
        value: operation.value ?? `${client}:${index + 1}`,
        via: operation.via ?? pick(addresses, draw, `client/${client}/via`),
        atUs: operation.atUs ?? 0,
        waitUs: operation.waitUs ?? 0,
      }),
    ),
  }));
}

function pick(from: readonly string[], draw: Draw, stream: string): string {
  return from[draw.integer(stream, 0, from.length - 1)]!;
}

function mixed(load: Workload, client: string, addresses: readonly string[], draw: Draw): readonly ScriptedOperation[] {
  const { keys, keyPerWrite, mix, thinkMinUs, thinkMaxUs, startUs } = load;
  const weight = Math.max(1, mix.read + mix.write);
  let latest = `${client}1`;
  return Array.from({ length: load.operations }, (_, index): ScriptedOperation => {
    const drawn = draw.integer(`client/${client}/mix`, 0, weight - 1) < mix.read;
    const think = `client/${client}/think`;
    const waitUs = draw.integer(think, Math.min(thinkMinUs, thinkMaxUs), Math.max(thinkMinUs, thinkMaxUs));
    const shared = pick(keys, draw, `client/${client}/key`);
    const via = pick(addresses, draw, `client/${client}/via`);
    // Before a client has written anything of its own there is nothing for it to look for.
    const isRead = drawn && !(keyPerWrite && index === 0);
    if (keyPerWrite && !isRead) latest = `${client}${index + 1}`;
    const key = keyPerWrite ? latest : shared;
    return { f: isRead ? 'read' : 'write', key, value: `${client}:${index + 1}`, via, atUs: startUs, waitUs };
  });
}
