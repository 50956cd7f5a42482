import { z } from 'zod';
import type { Draw } from '../model.ts';
import {
  CLIENT_NAMES,
  clientName,
  durationUs,
  mixOf,
  picks,
  population,
  scriptedKey,
  thinking,
  timing,
  weight,
} from '../workload-fields.ts';
import type { ScriptedOperation } from './messages.ts';

const operationName = z.enum(['read', 'write']);

const scripted = z.strictObject({
  f: operationName.describe('What the client does.'),
  ...timing,
  key: scriptedKey,
  value: z
    .union([z.string().max(64), z.number().int(), z.boolean()])
    .optional()
    .describe('What a write writes. Default: client and number, such as `a:14`; give every write its own value.'),
  via: z.string().optional().describe('The node that a read goes to, unless reads go to the leader. Default: drawn.'),
});

/** What the clients do. Two ways, the first that is given counts: `script`, or a random mix. Durations in microseconds. */
export const workload = z.strictObject({
  ...population,
  keyPerWrite: z
    .boolean()
    .default(false)
    .describe(
      'Every write has a key of its own, such as `a14`, and a read looks for the last one of its client (random mix).',
    ),
  operations: z.number().int().min(0).max(100_000).default(20).describe('Operations of each client (random mix).'),
  mix: z
    .strictObject({
      read: weight.default(1),
      write: weight.default(1),
    })
    .default({ read: 1, write: 1 })
    .describe('How often each operation comes, as weights (random mix).'),
  startUs: durationUs.default(0).describe('When the first operations begin at the earliest (random mix).'),
  ...thinking,
  via: z.array(z.string()).max(10).default([]).describe('Nodes that reads draw from. Default: all.'),
  script: z
    .record(clientName, z.array(scripted).max(10_000))
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
        via: operation.via ?? picks(addresses, draw, `client/${client}/via`)(),
        atUs: operation.atUs ?? 0,
        waitUs: operation.waitUs ?? 0,
      }),
    ),
  }));
}

function mixed(load: Workload, client: string, addresses: readonly string[], draw: Draw): readonly ScriptedOperation[] {
  const { keys, keyPerWrite, startUs } = load;
  const next = mixOf(load, client, draw);
  const nextKey = picks(keys, draw, `client/${client}/key`);
  const nextVia = picks(addresses, draw, `client/${client}/via`);
  let latest = `${client}1`;
  return Array.from({ length: load.operations }, (_, index): ScriptedOperation => {
    const { f, waitUs } = next();
    const shared = nextKey();
    const via = nextVia();
    // Before a client has written anything of its own there is nothing for it to look for.
    const isRead = f === 'read' && !(keyPerWrite && index === 0);
    if (keyPerWrite && !isRead) latest = `${client}${index + 1}`;
    const key = keyPerWrite ? latest : shared;
    return { f: isRead ? 'read' : 'write', key, value: `${client}:${index + 1}`, via, atUs: startUs, waitUs };
  });
}
