import { z } from 'zod';
import { durationField, formatDuration } from './duration.ts';
import { amountField } from './predict-conditions.ts';

/** What a run is held to beside the model's own properties. It is judged like one of them, under its id. */
export type Objective = AnswerObjective | MetricObjective;

/** A service level: at least `share` of the operations end ok within `withinUs`. Operations without an answer count as missed. */
export interface AnswerObjective {
  readonly kind: 'answers';
  readonly id: string;
  /** As a clause: "half of all increments are answered within 40 ms". */
  readonly title: string;
  readonly of: 'all' | 'reads' | 'updates';
  /** Whose operations; undefined: everybody's. */
  readonly clients?: readonly string[];
  /** Only operations that begin in this stretch of time, its end excluded. Undefined: no bound. */
  readonly fromUs?: number;
  readonly untilUs?: number;
  readonly withinUs: number;
  /** 0 to 1. */
  readonly share: number;
}

/** A metric of the model within bounds, in the metric's own unit. */
export interface MetricObjective {
  readonly kind: 'metric';
  readonly id: string;
  readonly title: string;
  readonly metric: string;
  readonly atLeast?: number;
  readonly atMost?: number;
}

const common = {
  id: z
    .string()
    .regex(/^[a-z0-9][a-zA-Z0-9-]{0,63}$/, 'letters, digits and hyphens, beginning with a letter or digit')
    .meta({ description: 'Its name among the properties: `expect` and `rates` may speak of it.' }),
  title: z
    .string()
    .min(1)
    .max(200)
    .meta({ description: 'As a clause: "half of all writes are answered within 40 ms".' }),
};

/** The field `objectives` of a scenario file. */
export const objectivesField = z
  .array(
    z.discriminatedUnion('kind', [
      z.strictObject({
        kind: z.literal('answers'),
        ...common,
        of: z.enum(['all', 'reads', 'updates']).default('all').meta({ description: 'Which operations. Default all.' }),
        clients: z.array(z.string().min(1)).min(1).optional().meta({ description: "Whose. Left out: everybody's." }),
        from: durationField.optional().meta({ description: 'Only operations that begin at this instant or later.' }),
        until: durationField.optional().meta({ description: 'Only operations that begin before this instant.' }),
        within: durationField.meta({ description: 'How soon they must end ok.' }),
        share: z.number().min(0).max(1).meta({ description: 'How many of them at least, as a share.' }),
      }),
      z
        .strictObject({
          kind: z.literal('metric'),
          ...common,
          metric: z.string().min(1).meta({ description: 'A metric of the model.' }),
          atLeast: amountField.optional(),
          atMost: amountField.optional(),
        })
        .refine(
          ({ atLeast, atMost }) => atLeast !== undefined || atMost !== undefined,
          'a bound: atLeast, atMost or both',
        ),
    ]),
  )
  .min(1)
  .max(16)
  .meta({ description: 'What the runs are held to beside the properties of the model, judged like these.' });

type ObjectiveField = z.output<typeof objectivesField>[number];

/** Objectives of a file in the engine's form. */
export function toObjectives(fields: readonly ObjectiveField[]): readonly Objective[] {
  return fields.map((field) => {
    if (field.kind === 'metric') {
      const { atLeast, atMost, ...rest } = field;
      return { ...rest, ...(atLeast !== undefined && { atLeast }), ...(atMost !== undefined && { atMost }) };
    }
    const { clients, from, until, within, ...rest } = field;
    return {
      ...rest,
      ...(clients !== undefined && { clients }),
      ...(from !== undefined && { fromUs: from }),
      ...(until !== undefined && { untilUs: until }),
      withinUs: within,
    };
  });
}

/** Objectives in the form of a scenario file. */
export function objectivesData(objectives: readonly Objective[]): unknown {
  return objectives.map((objective) => {
    if (objective.kind === 'metric') return objective;
    const { fromUs, untilUs, withinUs, ...rest } = objective;
    return {
      ...rest,
      ...(fromUs !== undefined && { from: formatDuration(fromUs) }),
      ...(untilUs !== undefined && { until: formatDuration(untilUs) }),
      within: formatDuration(withinUs),
    };
  });
}
