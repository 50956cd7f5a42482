import { z } from 'zod';
import { captionsField } from './captions-schema.ts';
import { challengeField } from './challenge-schema.ts';
import { durationField } from './duration.ts';
import { FAULTS_MAX, faultField } from './fault-schema.ts';
import { objectivesField } from './objective-schema.ts';
import { predictField } from './predict-schema.ts';
import { scheduleField } from './schedule-schema.ts';

const id = z
  .string()
  .regex(/^[a-z0-9][a-zA-Z0-9-]{0,63}$/, 'letters, digits and hyphens, beginning with a letter or digit');
const text = z.string().min(1).max(600);
/** Knob values as files write them; durations may be text. The model checks them against its knobs. */
const knobValues = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));
const share = z.number().min(0).max(1);

const variantField = z.strictObject({
  id,
  title: text.meta({ description: 'What this choice is called: "Read repair off".' }),
  part: z.enum(['broken', 'fixed', 'comparison']),
  from: id
    .optional()
    .meta({ description: 'The variant that this one differs from, in one decision. Left out for the first.' }),
  set: knobValues.meta({ description: 'Knobs of one decision, all of them.' }),
  expect: z
    .record(z.string(), z.enum(['ok', 'violated', 'unknown']))
    .default({})
    .meta({ description: 'Property → verdict on the pinned seed. Properties not named must not be violated.' }),
  rates: z
    .array(z.strictObject({ property: z.string().min(1), atLeast: share.optional(), atMost: share.optional() }))
    .default([])
    .meta({ description: 'Claims over many seeds: share of witnessed seeds that violate a property.' }),
  progressMin: share
    .optional()
    .meta({ description: "Instead of the scenario's: for a variant so broken that it may answer nothing." }),
});

/** A scenario file. The same schema is published as JSON Schema. */
export const scenarioFileSchema = z.strictObject({
  $schema: z.string().optional(),
  id,
  title: text,
  model: z.string().min(1),
  rules: z.array(z.string().min(1)).default([]).meta({ description: 'Slugs of the rules that this scenario proves.' }),
  claim: text.meta({ description: 'The claim under review, as somebody would make it.' }),
  finding: text.meta({ description: 'What the runs show.' }),
  knobs: knobValues.default({}),
  workload: z.record(z.string(), z.unknown()).default({}),
  faults: z.array(faultField).max(FAULTS_MAX).default([]),
  schedule: scheduleField.optional(),
  duration: durationField,
  seed: z.number().int().min(0).max(0xffffffff).meta({ description: 'The pinned seed, on which every expect holds.' }),
  decisions: z.array(z.strictObject({ id, title: text, knobs: z.array(z.string().min(1)).min(1) })),
  variants: z
    .array(variantField)
    .min(1)
    .max(8)
    .meta({ description: 'Ways to decide, each compared with another; one alone where no repair is known.' }),
  witness: z.string().min(1).optional().meta({
    description:
      'A hazard of the model: seeds in which it does not occur prove nothing. Needed where a variant has rates; a single run that was found by a search may go without.',
  }),
  objectives: objectivesField.optional(),
  compareWith: z.strictObject({ scenario: id, variant: id }).optional().meta({
    description: 'A variant of another scenario, of any model, that meets the same objectives in another way.',
  }),
  progressMin: share
    .default(0.9)
    .meta({ description: 'Share of operations that must end ok in every run, of those begun after the last fault.' }),
  cost: z.strictObject({ text, metrics: z.array(z.string().min(1)).default([]) }),
  assumptions: z.array(text).default([]),
  view: z
    .strictObject({ key: z.string().optional(), from: durationField.optional(), to: durationField.optional() })
    .default({}),
  captions: captionsField.optional(),
  predict: predictField.optional(),
  challenge: challengeField.optional(),
});

export type ScenarioFile = z.output<typeof scenarioFileSchema>;

/** The JSON Schema (draft 2020-12) of a scenario file, for editors and other people's CI. */
export function scenarioJsonSchema(): Record<string, unknown> {
  const schema = z.toJSONSchema(scenarioFileSchema, { io: 'input', unrepresentable: 'any' }) as Record<string, unknown>;
  return {
    ...schema,
    title: 'Faultline scenario',
    description: 'One claim, its variants, and what their runs are expected to show.',
  };
}
