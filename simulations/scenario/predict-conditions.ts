import { z } from 'zod';
import { type Anchor, anchorData, anchorField, toAnchor } from './captions-schema.ts';
import { parseDuration } from './duration.ts';

/** Something that a finished run shows or does not. */
export type Condition =
  | { readonly check: 'property'; readonly property: string; readonly is: 'ok' | 'violated' | 'unknown' }
  /** In the metric's own unit: microseconds, a count, a ratio. At least one bound. */
  | { readonly check: 'metric'; readonly metric: string; readonly atLeast?: number; readonly atMost?: number }
  | { readonly check: 'hazard'; readonly hazard: string; readonly occurs: boolean }
  | { readonly check: 'event'; readonly at: Anchor; readonly happens: boolean };

const name = z.string().min(1).max(64);

/** A number in a metric's own unit; for latencies a duration with a unit will do. */
export const amountField = z
  .union([z.string(), z.number()])
  .transform((value, context) => {
    const amount = typeof value === 'number' ? value : parseDuration(value);
    if (amount !== undefined && Number.isFinite(amount)) return amount;
    context.addIssue({
      code: 'custom',
      message: "a number in the metric's unit, or a duration such as 40 ms",
      input: value,
    });
    return z.NEVER;
  })
  .meta({ description: "A number in the metric's unit; latencies also as durations, such as 40 ms." });

/** A condition as a scenario file writes it. */
export const conditionField = z
  .discriminatedUnion('check', [
    z.strictObject({ check: z.literal('property'), property: name, is: z.enum(['ok', 'violated', 'unknown']) }),
    z
      .strictObject({
        check: z.literal('metric'),
        metric: name,
        atLeast: amountField.optional(),
        atMost: amountField.optional(),
      })
      .refine(
        ({ atLeast, atMost }) => atLeast !== undefined || atMost !== undefined,
        'a bound: atLeast, atMost or both',
      ),
    z.strictObject({
      check: z.literal('hazard'),
      hazard: name.meta({ description: "One of the model's hazards." }),
      occurs: z.boolean().default(true),
    }),
    z.strictObject({ check: z.literal('event'), at: anchorField, happens: z.boolean().default(true) }),
  ])
  .meta({
    description: 'Something that the run shows or does not: the checker decides, nobody writes the answer down.',
  });

/** A condition of a file in the engine's form. */
export function toCondition(field: z.output<typeof conditionField>): Condition {
  switch (field.check) {
    case 'event':
      return { ...field, at: toAnchor(field.at) };
    case 'metric': {
      const { atLeast, atMost, ...rest } = field;
      return { ...rest, ...(atLeast !== undefined && { atLeast }), ...(atMost !== undefined && { atMost }) };
    }
    default:
      return field;
  }
}

/** A condition in the form of a scenario file. */
export function conditionData(condition: Condition): unknown {
  return condition.check === 'event' ? { ...condition, at: anchorData(condition.at) } : condition;
}
