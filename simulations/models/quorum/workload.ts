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

const operationName = z.enum(['read', 'write', 'delete']);

const scripted = z.strictObject({
  f: operationName.describe('What the client does.'),
  ...timing,
  key: scriptedKey,
  value: z
    .union([z.string().max(64), z.number().int(), z.boolean()])
    .optional()
    .describe('What a write writes. Default: client and number, such as `a:14`; give every write its own value.'),
  via: z.string().optional().describe("The coordinator's host. Default: drawn."),
});

const probe = z.strictObject({
  writes: z
    .number()
    .int()
    .min(1)
    .max(100_000)
    .default(50)
    .describe('How many write-then-read pairs each client makes.'),
  gapUs: durationUs.default(1_000_000).describe('The pause before each write, so that the one before has spread.'),
  offsetsUs: z
    .array(durationUs)
    .min(1)
    .max(64)
    .default([0])
    .describe('How long after the acknowledgement the read begins; pairs take them in turn.'),
});

/** What the clients do. Three ways, the first that is given counts: `script`, `probe`, or a random mix. Durations in microseconds. */
export const workload = z.strictObject({
  ...population,
  operations: z.number().int().min(0).max(100_000).default(20).describe('Operations of each client (random mix).'),
  mix: z
    .strictObject({
      read: weight.default(1),
      write: weight.default(1),
      delete: weight.default(0),
    })
    .default({ read: 1, write: 1, delete: 0 })
    .describe('How often each operation comes, as weights (random mix).'),
  startUs: durationUs.default(0).describe('When the first operations begin at the earliest (random mix, probe).'),
  ...thinking,
  via: z.array(z.string()).max(10).default([]).describe('Coordinators to draw from. Default: all replicas.'),
  probe: probe.optional().describe('Freshness: each client writes, waits, reads.'),
  script: z
    .record(clientName, z.array(scripted).max(10_000))
    .optional()
    .describe('By client: exactly these operations, in order.'),
});

export type Workload = z.infer<typeof workload>;

/** A random mix on three keys. With default knobs an operation and the pause after it take 80 ms on average, and at least 42 ms. */
export function busyWorkload(busy: { readonly clients: number; readonly durationUs: number }): Record<string, unknown> {
  const operations = Math.ceil(busy.durationUs / 60_000);
  return { clients: busy.clients, keys: ['x', 'y', 'z'], operations };
}

/** One client with what it will do. */
export interface ClientScript {
  readonly client: string;
  readonly script: readonly ScriptedOperation[];
}

/** Writes out every client's operations. Draws for one client never move another's. */
export function scriptsOf(load: Workload, replicas: readonly string[], draw: Draw): readonly ClientScript[] {
  const coordinators = load.via.length > 0 ? load.via : replicas;
  if (load.script !== undefined) {
    return Object.entries(load.script).map(([client, operations]) => ({
      client,
      script: operations.map(
        (operation, index): ScriptedOperation => ({
          f: operation.f,
          key: operation.key ?? load.keys[0]!,
          value: operation.value ?? `${client}:${index + 1}`,
          via: operation.via ?? picks(coordinators, draw, `client/${client}/via`)(),
          atUs: operation.atUs ?? 0,
          waitUs: operation.waitUs ?? 0,
        }),
      ),
    }));
  }
  return CLIENT_NAMES.slice(0, load.clients).map((client) => ({
    client,
    script:
      load.probe === undefined ? mixed(load, client, coordinators, draw) : probes(load, client, coordinators, draw),
  }));
}

function mixed(
  load: Workload,
  client: string,
  coordinators: readonly string[],
  draw: Draw,
): readonly ScriptedOperation[] {
  const next = mixOf(load, client, draw);
  const nextKey = picks(load.keys, draw, `client/${client}/key`);
  const nextVia = picks(coordinators, draw, `client/${client}/via`);
  return Array.from({ length: load.operations }, (_, index): ScriptedOperation => {
    const { f, waitUs } = next();
    return { f, key: nextKey(), value: `${client}:${index + 1}`, via: nextVia(), atUs: load.startUs, waitUs };
  });
}

function probes(
  load: Workload,
  client: string,
  coordinators: readonly string[],
  draw: Draw,
): readonly ScriptedOperation[] {
  const { writes, gapUs, offsetsUs } = load.probe!;
  const nextVia = picks(coordinators, draw, `client/${client}/via`);
  return Array.from({ length: 2 * writes }, (_, index): ScriptedOperation => {
    const pair = index >> 1;
    const key = load.keys[pair % load.keys.length]!;
    const common = { key, value: `${client}:${index + 1}`, via: nextVia(), atUs: load.startUs };
    if (index % 2 === 0) return { ...common, f: 'write', waitUs: index === 0 ? 0 : gapUs };
    return { ...common, f: 'read', waitUs: offsetsUs[pair % offsetsUs.length]! };
  });
}
