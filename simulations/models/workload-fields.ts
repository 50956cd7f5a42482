import { z } from 'zod';
import type { Draw, NamedHost } from './model.ts';

/** A duration of a workload, in microseconds: at most 10 years. */
export const durationUs = z.number().int().min(0).max(315_576_000_000_000);

/** How often a kind of operation comes in a random mix, as a weight. */
export const weight = z.number().int().min(0).max(1000);

/** The name of a client in a script. */
export const clientName = z.string().regex(/^[a-z]{1,12}$/, 'a name of 1 to 12 lower-case letters');

/** When a scripted operation begins. */
export const timing = {
  atUs: durationUs
    .optional()
    .describe("When it begins, on the client's clock. Not before the operation before it has ended."),
  waitUs: durationUs.optional().describe('How long after the operation before it ended it begins. Default 0.'),
} as const;

/** The key of a scripted operation. */
export const scriptedKey = z.string().min(1).max(24).optional().describe('The key. Default: the first of `keys`.');

/** How many clients a random mix has, and what keys they use. */
export const population = {
  clients: z.number().int().min(1).max(8).default(2).describe('How many clients: a, b, c, …'),
  keys: z.array(z.string().min(1).max(24)).min(1).max(26).default(['x']).describe('The keys they use.'),
} as const;

/** The pauses of a random mix. */
export const thinking = {
  thinkMinUs: durationUs.default(10_000).describe('The shortest pause between operations (random mix).'),
  thinkMaxUs: durationUs.default(60_000).describe('The longest pause between operations (random mix).'),
} as const;

/** The hosts that scripted operations are sent to. */
export function scriptedVias(
  script: Readonly<Record<string, readonly { readonly via?: string | undefined }[]>> = {},
): readonly NamedHost[] {
  return Object.entries(script).flatMap(([client, operations]) =>
    operations.flatMap(({ via }, at): NamedHost[] => (via === undefined ? [] : [[['script', client, at, 'via'], via]])),
  );
}

/** Names of clients in a random mix. */
export const CLIENT_NAMES: readonly string[] = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];

/** Draws of one of a list. */
export function picks<T>(from: readonly T[], draw: Draw, stream: string): () => T {
  const last = from.length - 1;
  return () => from[draw.integer(stream, 0, last)]!;
}

/** Of a random mix: weights of kinds, and the pauses between operations. */
interface RandomMix<Kind extends string> {
  readonly mix: Readonly<Record<Kind, number>>;
  readonly thinkMinUs: number;
  readonly thinkMaxUs: number;
}

/** What a client of a random mix does next, and how long it waits before, in microseconds. */
interface NextInMix<Kind> {
  readonly f: Kind;
  readonly waitUs: number;
}

/** The operations of one client of a random mix, one a call. A kind is drawn by its weight, in the order of the fields; the last one where all weights are 0. */
export function mixOf<Kind extends string>(load: RandomMix<Kind>, client: string, draw: Draw): () => NextInMix<Kind> {
  const kinds = Object.keys(load.mix) as Kind[];
  const lastTicket =
    Math.max(
      1,
      kinds.reduce((sum, kind) => sum + load.mix[kind], 0),
    ) - 1;
  const leastUs = Math.min(load.thinkMinUs, load.thinkMaxUs);
  const mostUs = Math.max(load.thinkMinUs, load.thinkMaxUs);
  // Names are put together once: a long run draws tens of thousands of times.
  const ticketStream = `client/${client}/mix`;
  const pauseStream = `client/${client}/think`;
  return () => ({
    f: kindAt(load.mix, kinds, draw.integer(ticketStream, 0, lastTicket)),
    waitUs: draw.integer(pauseStream, leastUs, mostUs),
  });
}

function kindAt<Kind extends string>(
  mix: Readonly<Record<Kind, number>>,
  kinds: readonly Kind[],
  ticket: number,
): Kind {
  let left = ticket;
  for (const kind of kinds) {
    if (left < mix[kind]) return kind;
    left -= mix[kind];
  }
  return kinds[kinds.length - 1]!;
}
