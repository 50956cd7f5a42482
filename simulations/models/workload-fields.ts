import { z } from 'zod';
import type { Draw } from './model.ts';

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

/** Names of clients in a random mix. */
export const CLIENT_NAMES: readonly string[] = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];

/** Draws one of a list. */
export function pick<T>(from: readonly T[], draw: Draw, stream: string): T {
  return from[draw.integer(stream, 0, from.length - 1)]!;
}

/** Draws a kind of operation by its weight, in the order of the fields; the last one where all weights are 0. */
export function drawKind<Kind extends string>(mix: Readonly<Record<Kind, number>>, client: string, draw: Draw): Kind {
  const kinds = Object.keys(mix) as Kind[];
  const total = kinds.reduce((sum, kind) => sum + mix[kind], 0);
  let ticket = draw.integer(`client/${client}/mix`, 0, Math.max(1, total) - 1);
  for (const kind of kinds) {
    if (ticket < mix[kind]) return kind;
    ticket -= mix[kind];
  }
  return kinds[kinds.length - 1]!;
}

/** Draws the pause before an operation, in microseconds. */
export function drawPause(
  { thinkMinUs, thinkMaxUs }: { readonly thinkMinUs: number; readonly thinkMaxUs: number },
  client: string,
  draw: Draw,
): number {
  return draw.integer(`client/${client}/think`, Math.min(thinkMinUs, thinkMaxUs), Math.max(thinkMinUs, thinkMaxUs));
}
