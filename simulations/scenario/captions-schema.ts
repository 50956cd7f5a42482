import { z } from 'zod';
import { durationField, formatDuration } from './duration.ts';

/**
 * Names a moment of a run by what happens there, never by the number of a step, so that it stays where it belongs when something else
 * about the scenario changes. `nth` counts from 1.
 */
export type Anchor =
  | { readonly on: 'time'; readonly timeUs: number }
  /** The nth message of its type, in the order of sending, among those from and to these hosts: where it arrives or is lost. */
  | {
      readonly on: 'message';
      readonly type: string;
      readonly from?: string;
      readonly to?: string;
      readonly nth: number;
    }
  | { readonly on: 'timer'; readonly timer: string; readonly host?: string; readonly nth: number }
  | { readonly on: 'note'; readonly note: string; readonly host?: string; readonly nth: number }
  | { readonly on: 'operation'; readonly client: string; readonly nth: number; readonly moment: Edge }
  | { readonly on: 'fault'; readonly fault: string; readonly moment: Edge }
  /** The first step after which a predicate of the model holds. */
  | { readonly on: 'predicate'; readonly predicate: string }
  /** The first or the last moment of the witness of a violated property. */
  | { readonly on: 'property'; readonly property: string; readonly moment: Edge };

/** Which end of something that lasts. */
export type Edge = 'begins' | 'ends';

/** A sentence for one moment of a run. */
export interface Caption {
  readonly at: Anchor;
  readonly text: string;
  /** The variant whose run it is about; undefined: every variant's. */
  readonly variant?: string;
}

const name = z.string().min(1).max(64);
const nth = z.number().int().min(1).max(1_000_000).default(1).meta({ description: 'Which one, from 1. Default 1.' });
const host = name.optional().meta({ description: 'Only on this host. Left out: on any.' });
const edge = (start: Edge) =>
  z
    .enum(['begins', 'ends'])
    .default(start)
    .meta({ description: `Which end of it. Default ${start}.` });

/** An anchor as a scenario file writes it. */
export const anchorField = z
  .discriminatedUnion('on', [
    z.strictObject({ on: z.literal('time'), time: durationField }),
    z.strictObject({
      on: z.literal('message'),
      type: name.meta({ description: 'The type of the message.' }),
      from: host,
      to: host,
      nth,
    }),
    z.strictObject({ on: z.literal('timer'), timer: name, host, nth }),
    z.strictObject({ on: z.literal('note'), note: name, host, nth }),
    z.strictObject({ on: z.literal('operation'), client: name, nth, moment: edge('begins') }),
    z.strictObject({ on: z.literal('fault'), fault: name.meta({ description: 'Its id.' }), moment: edge('begins') }),
    z.strictObject({ on: z.literal('predicate'), predicate: name }),
    z.strictObject({ on: z.literal('property'), property: name, moment: edge('ends') }),
  ])
  .meta({ description: 'A moment of the run, named by what happens there. Never a number of a step.' });

/** A scenario has at most this many captions. */
const CAPTIONS_MAX = 100;

/** The field `captions` of a scenario file. */
export const captionsField = z
  .array(
    z.strictObject({
      at: anchorField,
      text: z
        .string()
        .min(1)
        .max(400)
        .meta({ description: 'One or two sentences, true of the run on the pinned seed.' }),
      variant: name.optional().meta({ description: 'The variant that it is about. Left out: every variant.' }),
    }),
  )
  .min(1)
  .max(CAPTIONS_MAX)
  .meta({ description: 'Sentences for moments of the runs. Each anchor must happen on the pinned seed.' });

type AnchorField = z.output<typeof anchorField>;

/** An anchor of a file in the engine's form. */
export function toAnchor(field: AnchorField): Anchor {
  return field.on === 'time' ? { on: 'time', timeUs: field.time } : withoutGaps(field);
}

/** An anchor in the form of a scenario file. */
export function anchorData(anchor: Anchor): unknown {
  return anchor.on === 'time' ? { on: 'time', time: formatDuration(anchor.timeUs) } : anchor;
}

/** Captions of a file in the engine's form. */
export function toCaptions(field: z.output<typeof captionsField>): readonly Caption[] {
  return field.map(({ at, text, variant }) => ({
    at: toAnchor(at),
    text: text.trim(),
    ...(variant !== undefined && { variant }),
  }));
}

/** Captions in the form of a scenario file. */
export function captionsData(captions: readonly Caption[]): unknown {
  return captions.map(({ at, ...rest }) => ({ at: anchorData(at), ...rest }));
}

/** Fields that were left out are absent, not undefined. */
function withoutGaps<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, inner]) => inner !== undefined)) as T;
}
