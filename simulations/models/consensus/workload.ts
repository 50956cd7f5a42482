import { z } from 'zod';
import type { Value } from '../../kernel/value.ts';
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
  weight,
  timing as when,
} from '../workload-fields.ts';

const operationName = z.enum(['read', 'write', 'cas']);
const value = z.union([z.string().max(64), z.number().int(), z.boolean(), z.null()]);
const server = z.string().min(1).max(24);

const timing = {
  ...when,
  via: server.optional().describe('The server asked first. Default: the one that answered last.'),
};

const scripted = z.strictObject({
  f: operationName.describe('What the client does.'),
  key: scriptedKey,
  value: value
    .optional()
    .describe(
      'What a write or compare-and-set writes. Default: client and number, such as `a:14`; give every write its own value.',
    ),
  from: value.optional().describe('What a compare-and-set must find. Default: what the client last saw of the key.'),
  ...timing,
});

const change = z.strictObject({
  voters: z.array(server).min(1).max(10).optional().describe('Who shall vote from now on.'),
  learners: z.array(server).max(10).optional().describe('Who shall receive entries without a vote. Default: nobody.'),
  transferTo: server.optional().describe('Instead of a change of the group: who shall lead.'),
  ...timing,
});

/** What the clients do: a script, or a random mix; and what an operator does to the group. Durations in microseconds. */
export const workload = z.strictObject({
  ...population,
  operations: z.number().int().min(0).max(100_000).default(20).describe('Operations of each client (random mix).'),
  mix: z
    .strictObject({
      read: weight.default(1),
      write: weight.default(1),
      cas: weight.default(0),
    })
    .default({ read: 2, write: 2, cas: 1 })
    .describe('How often each operation comes, as weights (random mix).'),
  startUs: durationUs.default(0).describe('When the first operations begin at the earliest (random mix).'),
  ...thinking,
  script: z
    .record(clientName, z.array(scripted).max(10_000))
    .optional()
    .describe('By client: exactly these operations, in order.'),
  operator: z.array(change).max(100).default([]).describe('Changes of the group and of its leader, in order.'),
});

export type Workload = z.infer<typeof workload>;

/** Two writes, two reads and a compare-and-set in five, on three keys. An operation and its pause take about 60 ms with default knobs. */
export function busyWorkload(busy: { readonly clients: number; readonly durationUs: number }): Record<string, unknown> {
  const operations = Math.ceil(busy.durationUs / 40_000);
  return { clients: busy.clients, keys: ['x', 'y', 'z'], operations };
}

/** What a client does next. `from` undefined: what it saw last. Times in microseconds. */
export type ScriptedOperation = {
  readonly f: 'read' | 'write' | 'cas' | 'change' | 'transfer';
  readonly key: string;
  readonly value: Value;
  readonly from?: Value;
  readonly voters: readonly string[];
  readonly learners: readonly string[];
  /** Whom to ask first, or to whom the leadership goes; '': no matter. */
  readonly via: string;
  readonly target: string;
  readonly atUs: number;
  readonly waitUs: number;
};

/** One client with what it will do. */
export interface ClientScript {
  readonly client: string;
  readonly script: readonly ScriptedOperation[];
}

/** Who changes the group. */
export const OPERATOR = 'operator';

const NOBODY: readonly string[] = [];
const PLAIN = { voters: NOBODY, learners: NOBODY, target: '' } as const;

/** Writes out what every client and the operator do. Draws for one client never move another's. */
export function scriptsOf(load: Workload, draw: Draw): readonly ClientScript[] {
  const clients = load.script === undefined ? mixes(load, draw) : scripts(load, load.script);
  if (load.operator.length === 0) return clients;
  const script = load.operator.map(
    ({ voters = NOBODY, learners = NOBODY, transferTo, via = '', atUs = 0, waitUs = 0 }): ScriptedOperation => ({
      f: transferTo === undefined ? 'change' : 'transfer',
      key: '',
      value: null,
      voters,
      learners,
      via,
      target: transferTo ?? '',
      atUs,
      waitUs,
    }),
  );
  return [...clients, { client: OPERATOR, script }];
}

function scripts(load: Workload, script: NonNullable<Workload['script']>): readonly ClientScript[] {
  return Object.entries(script).map(([client, operations]) => ({
    client,
    script: operations.map(
      ({ f, key, value, from, via, atUs, waitUs }, index): ScriptedOperation => ({
        f,
        key: key ?? load.keys[0]!,
        value: value ?? `${client}:${index + 1}`,
        ...(from !== undefined && { from }),
        ...PLAIN,
        via: via ?? '',
        atUs: atUs ?? 0,
        waitUs: waitUs ?? 0,
      }),
    ),
  }));
}

function mixes(load: Workload, draw: Draw): readonly ClientScript[] {
  return CLIENT_NAMES.slice(0, load.clients).map((client) => ({ client, script: mixed(load, client, draw) }));
}

function mixed(load: Workload, client: string, draw: Draw): readonly ScriptedOperation[] {
  const next = mixOf(load, client, draw);
  const nextKey = picks(load.keys, draw, `client/${client}/key`);
  return Array.from({ length: load.operations }, (_, index): ScriptedOperation => {
    const { f, waitUs } = next();
    // Written out: a mix has up to 100,000 of them, and a spread takes longer than all the rest.
    const value = `${client}:${index + 1}`;
    const [voters, learners, via, target] = [NOBODY, NOBODY, '', ''];
    return { f, key: nextKey(), value, voters, learners, target, via, atUs: load.startUs, waitUs };
  });
}
