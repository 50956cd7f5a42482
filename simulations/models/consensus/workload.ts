import { z } from 'zod';
import type { Value } from '../../kernel/value.ts';
import type { Draw } from '../model.ts';

const durationUs = z.number().int().min(0).max(315_576_000_000_000);
const operationName = z.enum(['read', 'write', 'cas']);
const name = z.string().regex(/^[a-z]{1,12}$/, 'a name of 1 to 12 lower-case letters');
const value = z.union([z.string().max(64), z.number().int(), z.boolean(), z.null()]);
const server = z.string().min(1).max(24);

const timing = {
  atUs: durationUs
    .optional()
    .describe("When it begins, on the client's clock. Not before the operation before it has ended."),
  waitUs: durationUs.optional().describe('How long after the operation before it ended it begins. Default 0.'),
  via: server.optional().describe('The server asked first. Default: the one that answered last.'),
};

const scripted = z.strictObject({
  f: operationName.describe('What the client does.'),
  key: z.string().min(1).max(24).optional().describe('The key. Default: the first of `keys`.'),
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
  clients: z.number().int().min(1).max(8).default(2).describe('How many clients: a, b, c, …'),
  keys: z.array(z.string().min(1).max(24)).min(1).max(26).default(['x']).describe('The keys they use.'),
  operations: z.number().int().min(0).max(100_000).default(20).describe('Operations of each client (random mix).'),
  mix: z
    .strictObject({
      read: z.number().int().min(0).max(1000).default(1),
      write: z.number().int().min(0).max(1000).default(1),
      cas: z.number().int().min(0).max(1000).default(0),
    })
    .default({ read: 2, write: 2, cas: 1 })
    .describe('How often each operation comes, as weights (random mix).'),
  startUs: durationUs.default(0).describe('When the first operations begin at the earliest (random mix).'),
  thinkMinUs: durationUs.default(10_000).describe('The shortest pause between operations (random mix).'),
  thinkMaxUs: durationUs.default(60_000).describe('The longest pause between operations (random mix).'),
  script: z
    .record(name, z.array(scripted).max(10_000))
    .optional()
    .describe('By client: exactly these operations, in order.'),
  operator: z.array(change).max(100).default([]).describe('Changes of the group and of its leader, in order.'),
});

export type Workload = z.infer<typeof workload>;

/** Two writes, two reads and a compare-and-set in five, on three keys. An operation and its pause take about 60 ms with default knobs. */
export function busyWorkload(busy: { readonly clients: number; readonly durationUs: number }): Record<string, unknown> {
  const operations = Math.ceil(busy.durationUs / 25_000);
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

const CLIENT_NAMES = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];

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
  const { keys, mix, thinkMinUs, thinkMaxUs, startUs } = load;
  const weight = Math.max(1, mix.read + mix.write + mix.cas);
  return Array.from({ length: load.operations }, (_, index): ScriptedOperation => {
    const ticket = draw.integer(`client/${client}/mix`, 0, weight - 1);
    const f = ticket < mix.read ? 'read' : ticket < mix.read + mix.write ? 'write' : 'cas';
    const [low, high] = [Math.min(thinkMinUs, thinkMaxUs), Math.max(thinkMinUs, thinkMaxUs)];
    const waitUs = draw.integer(`client/${client}/think`, low, high);
    const key = keys[draw.integer(`client/${client}/key`, 0, keys.length - 1)]!;
    return { f, key, value: `${client}:${index + 1}`, ...PLAIN, via: '', atUs: startUs, waitUs };
  });
}
