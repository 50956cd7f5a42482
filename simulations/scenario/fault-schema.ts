import { z } from 'zod';
import type { Fault, FaultAction } from '../kernel/faults.ts';
import type { Latency } from '../kernel/latency.ts';
import { durationField, parseDuration, parseDurationRange } from './duration.ts';

const us = z.number().int().min(0).max(315_576_000_000_000);
const ratio = z.number().min(0).max(1);
const target = z.string().min(1).max(64);
const id = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/);

/** A latency in the engine's own form. */
export const latencySchema: z.ZodType<Latency> = z.lazy(() =>
  z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('constant'), us }),
    z.strictObject({ kind: z.literal('uniform'), minUs: us, maxUs: us }),
    z.strictObject({ kind: z.literal('exponential'), meanUs: z.number().positive() }),
    z.strictObject({ kind: z.literal('pareto'), scaleUs: z.number().positive(), shape: z.number().positive() }),
    z.strictObject({ kind: z.literal('logNormal'), medianUs: z.number().positive(), sigma: z.number().min(0).max(10) }),
    z.strictObject({
      kind: z.literal('mixture'),
      parts: z
        .array(z.strictObject({ weight: z.number().positive(), latency: latencySchema }))
        .min(1)
        .max(16),
    }),
    z.strictObject({
      kind: z.literal('empirical'),
      quantiles: z
        .array(z.tuple([ratio, us]))
        .min(2)
        .max(256),
    }),
  ]),
);

const actions = [
  z.strictObject({ do: z.literal('crash'), target }),
  z.strictObject({ do: z.literal('pause'), target }),
  z.strictObject({ do: z.literal('cut'), sides: z.array(z.array(target).max(32)).min(2).max(8), oneWay: z.boolean() }),
  z.strictObject({ do: z.literal('slow'), from: target, to: target, extra: latencySchema }),
  z.strictObject({ do: z.literal('loss'), from: target, to: target, ratio }),
  z.strictObject({ do: z.literal('duplicate'), from: target, to: target, ratio }),
  z.strictObject({
    do: z.literal('clock'),
    target,
    offsetUs: z.number().int().min(-86_400_000_000).max(86_400_000_000),
    driftPpm: z.number().int().min(-500_000).max(500_000),
  }),
  z.strictObject({ do: z.literal('slowDisk'), target, extra: latencySchema }),
  z.strictObject({ do: z.literal('restore'), target, backupAtUs: us }),
] as const;

/** A fault in the engine's own form, as links carry it. */
export const faultSchema: z.ZodType<Fault> = z.strictObject({
  id,
  action: z.discriminatedUnion('do', actions),
  when: z.union([z.strictObject({ atUs: us }), z.strictObject({ predicate: z.string().min(1).max(64), afterUs: us })]),
  forUs: us.optional(),
}) as z.ZodType<Fault>;

/** A script has at most this many faults. */
export const FAULTS_MAX = 200;
export const faultsSchema = z.array(faultSchema).max(FAULTS_MAX);

const latencyField = z
  .union([z.string(), z.record(z.string(), z.unknown())])
  .transform((value, context): Latency => {
    const latency = typeof value === 'string' ? latencyOfText(value) : latencySchema.safeParse(value).data;
    if (latency !== undefined) return latency;
    context.addIssue({
      code: 'custom',
      message: 'a latency: 18 ms, 8 to 14 ms, or an object with a kind',
      input: value,
    });
    return z.NEVER;
  })
  .meta({ description: 'A latency: `18 ms`, `8 to 14 ms` (uniform), or an object with a kind.' });

function latencyOfText(text: string): Latency | undefined {
  const us = parseDuration(text);
  if (us !== undefined) return { kind: 'constant', us };
  const range = parseDurationRange(text);
  return range === undefined ? undefined : { kind: 'uniform', minUs: range[0], maxUs: range[1] };
}

const timing = {
  id: id.optional().meta({ description: 'Unique in the script; made from the kind and its position when left out.' }),
  at: durationField.optional().meta({ description: 'When it begins. Give this, or when.' }),
  when: z
    .string()
    .min(1)
    .optional()
    .meta({ description: 'A predicate of the model: the fault begins when it first holds.' }),
  after: durationField.optional().meta({ description: 'With when: how long after it first held.' }),
  for: durationField.optional().meta({ description: 'How long it lasts. Left out: to the end of the run.' }),
  until: durationField.optional().meta({ description: 'With at: when it ends, instead of for.' }),
};

const signedDuration = z.union([z.string(), z.number()]).transform((value, context) => {
  const text = typeof value === 'number' ? undefined : value.trim();
  const us =
    text === undefined
      ? (value as number)
      : (parseDuration(text.replace(/^-/, '')) ?? Number.NaN) * (text.startsWith('-') ? -1 : 1);
  if (Number.isSafeInteger(us)) return us;
  context.addIssue({
    code: 'custom',
    message: 'a duration with or without a minus sign, such as -200 ms',
    input: value,
  });
  return z.NEVER;
});

/** A fault as a scenario file writes it. */
export const faultField = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('crash'), target, ...timing }),
  z.strictObject({ do: z.literal('pause'), target, ...timing }),
  z.strictObject({
    do: z.literal('cut'),
    sides: z.array(z.array(target)).min(2),
    oneWay: z.boolean().default(false),
    ...timing,
  }),
  z.strictObject({ do: z.literal('slow'), from: target, to: target, extra: latencyField, ...timing }),
  z.strictObject({ do: z.literal('loss'), from: target, to: target, ratio, ...timing }),
  z.strictObject({ do: z.literal('duplicate'), from: target, to: target, ratio, ...timing }),
  z.strictObject({
    do: z.literal('clock'),
    target,
    offset: signedDuration.default(0),
    driftPpm: z.number().int().default(0),
    ...timing,
  }),
  z.strictObject({ do: z.literal('slowDisk'), target, extra: latencyField, ...timing }),
  z.strictObject({ do: z.literal('restore'), target, backupAt: durationField.default(0), ...timing }),
]);

export type FaultField = z.output<typeof faultField>;

/** A fault of a file in the engine's form. Throws nothing: what does not fit is reported through `problem`. */
export function toFault(field: FaultField, index: number, problem: (field: string, message: string) => void): Fault {
  const { id: given, at, when, after, for: lasts, until, ...rest } = field;
  if ((at === undefined) === (when === undefined))
    problem('at', 'exactly one of at (an instant) and when (a predicate)');
  if (after !== undefined && when === undefined) problem('after', 'after only together with when');
  if (lasts !== undefined && until !== undefined) problem('until', 'one of for and until');
  if (until !== undefined && at === undefined) problem('until', 'until only together with at; use for');
  if (until !== undefined && at !== undefined && until <= at) problem('until', `an instant after at`);
  const forUs = lasts ?? (until === undefined || at === undefined ? undefined : until - at);
  return {
    id: given ?? `${field.do}-${index + 1}`,
    action: toAction(rest as Omit<FaultField, 'id'>),
    when: when === undefined ? { atUs: at ?? 0 } : { predicate: when, afterUs: after ?? 0 },
    ...(forUs !== undefined && { forUs }),
  };
}

function toAction(field: Omit<FaultField, keyof typeof timing>): FaultAction {
  const action = field as FaultField;
  if (action.do === 'clock') {
    return { do: 'clock', target: action.target, offsetUs: action.offset, driftPpm: action.driftPpm };
  }
  if (action.do === 'restore') return { do: 'restore', target: action.target, backupAtUs: action.backupAt };
  return field as FaultAction;
}
