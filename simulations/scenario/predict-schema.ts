import { z } from 'zod';
import { type Anchor, anchorData, anchorField, toAnchor } from './captions-schema.ts';
import { amountField, type Condition, conditionData, conditionField, toCondition } from './predict-conditions.ts';

/** A question before the run. The run answers it: nothing here says what is right. */
export type Predict = PredictCommon & (PredictChoice | PredictNumber | PredictOrder);

interface PredictCommon {
  readonly question: string;
  /** The variant whose run answers; undefined: the first. */
  readonly variant?: string;
  /** What the answer shows, told to everybody after answering. */
  readonly because?: string;
  /** The moment that shows it. Undefined: the witness that the right option speaks of, or what was ordered. */
  readonly show?: Anchor;
}

/** One of several things happens. */
interface PredictChoice {
  readonly kind: 'choice';
  readonly options: readonly PredictOption[];
}

/** Right when all of `when` is so in the run. */
interface PredictOption {
  readonly id: string;
  readonly text: string;
  readonly when: readonly Condition[];
  /** Why it is right, or what is wrong about it. */
  readonly because: string;
}

/** A metric of the run, guessed on a scale. Bounds in the metric's own unit. */
interface PredictNumber {
  readonly kind: 'number';
  readonly metric: string;
  readonly min: number;
  readonly max: number;
  /** Right when at most this far off, as a share of the scale (0 to 1). */
  readonly within: number;
}

/** Moments of the run, to be put into the order in which they come. */
interface PredictOrder {
  readonly kind: 'order';
  readonly items: readonly PredictItem[];
}

interface PredictItem {
  readonly id: string;
  readonly text: string;
  readonly at: Anchor;
}

const id = z
  .string()
  .regex(/^[a-z0-9][a-zA-Z0-9-]{0,63}$/, 'letters, digits and hyphens, beginning with a letter or digit');
const text = z.string().min(1).max(600);
const common = {
  question: text,
  variant: z.string().min(1).optional().meta({ description: 'The variant whose run answers. Default: the first.' }),
  because: text.optional().meta({ description: 'What the answer shows, told after answering.' }),
  show: anchorField.optional().meta({ description: 'The moment that shows it, brought into view after answering.' }),
};

/** The field `predict` of a scenario file. */
export const predictField = z
  .discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('choice'),
      ...common,
      options: z
        .array(
          z.strictObject({
            id,
            text,
            when: z.array(conditionField).min(1).meta({
              description: 'The option is right when all of this is so in the run. Exactly one option must be.',
            }),
            because: text.meta({ description: 'Why it is right, or what is wrong about it.' }),
          }),
        )
        .min(2)
        .max(8),
    }),
    z.strictObject({
      kind: z.literal('number'),
      ...common,
      metric: z.string().min(1).meta({ description: 'A metric of the model: its value in the run is the answer.' }),
      min: amountField,
      max: amountField,
      within: z
        .number()
        .min(0)
        .max(1)
        .default(0.05)
        .meta({ description: 'Right when at most this far off, as a share of the scale. Default 0.05.' }),
    }),
    z.strictObject({
      kind: z.literal('order'),
      ...common,
      items: z
        .array(z.strictObject({ id, text, at: anchorField }))
        .min(2)
        .max(8)
        .meta({ description: 'In the order in which readers find them; the run says which order is right.' }),
    }),
  ])
  .meta({ description: 'A question before the run. Its answer is computed from the run on the pinned seed.' });

/** A prediction of a file in the engine's form. */
export function toPredict(field: z.output<typeof predictField>): Predict {
  const { question, variant, because, show } = field;
  const shared: PredictCommon = {
    question: question.trim(),
    ...(variant !== undefined && { variant }),
    ...(because !== undefined && { because: because.trim() }),
    ...(show !== undefined && { show: toAnchor(show) }),
  };
  switch (field.kind) {
    case 'choice':
      return {
        ...shared,
        kind: 'choice',
        options: field.options.map(({ when, ...option }) => ({ ...option, when: when.map(toCondition) })),
      };
    case 'number': {
      const { kind, metric, min, max, within } = field;
      return { ...shared, kind, metric, min, max, within };
    }
    case 'order':
      return { ...shared, kind: 'order', items: field.items.map(({ at, ...item }) => ({ ...item, at: toAnchor(at) })) };
  }
}

/** A prediction in the form of a scenario file. */
export function predictData(predict: Predict): unknown {
  const show = predict.show === undefined ? {} : { show: anchorData(predict.show) };
  switch (predict.kind) {
    case 'choice': {
      const options = predict.options.map(({ when, ...option }) => ({ ...option, when: when.map(conditionData) }));
      return { ...predict, options, ...show };
    }
    case 'number':
      return { ...predict, ...show };
    case 'order':
      return { ...predict, items: predict.items.map(({ at, ...item }) => ({ ...item, at: anchorData(at) })), ...show };
  }
}
