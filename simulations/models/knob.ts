import { z } from 'zod';

/** How the lab shows a knob, and how an error explains it. */
export interface KnobSpec {
  readonly kind: 'integer' | 'duration' | 'ratio' | 'choice' | 'flag';
  readonly label: string;
  /** The letter that papers use, for example N. */
  readonly symbol?: string;
  /** `ms`, `s`, `%`, or nothing. Durations are kept in microseconds whatever the unit shown. */
  readonly unit?: string;
  readonly min?: number;
  readonly max?: number;
  readonly step?: number;
  /** What 0 is called where it is no number but turns something off: `off`. */
  readonly zero?: string;
  readonly options?: readonly { readonly value: string; readonly label: string; readonly explain: string }[];
  /** One line: what it is and what turning it does. */
  readonly explain: string;
  /** Knobs of one group stand together: `cluster`, `network`, `repair`, … `mistake` knobs plant a known bug. */
  readonly group: string;
}

export interface Knob<T = unknown> {
  readonly spec: KnobSpec;
  readonly default: T;
  readonly schema: z.ZodType<T>;
}

type Common = Pick<KnobSpec, 'label' | 'symbol' | 'explain' | 'group'>;

/** A whole number in [min, max]. */
export function integerKnob(
  options: Common & { min: number; max: number; default: number; unit?: string; zero?: string },
): Knob<number> {
  const { default: fallback, ...spec } = options;
  return {
    spec: { kind: 'integer', step: 1, ...spec },
    default: fallback,
    schema: z
      .number()
      .int()
      .min(options.min)
      .max(options.max)
      .meta({ title: options.label, description: options.explain }),
  };
}

/** A duration in whole microseconds in [min, max]; scenario files may write `200 ms`. */
export function durationKnob(
  options: Common & { min: number; max: number; default: number; unit: 'us' | 'ms' | 's' | 'h'; zero?: string },
): Knob<number> {
  const { default: fallback, ...spec } = options;
  return {
    spec: { kind: 'duration', ...spec },
    default: fallback,
    schema: z
      .number()
      .int()
      .min(options.min)
      .max(options.max)
      .meta({ title: options.label, description: options.explain }),
  };
}

/** A share from 0 to `max` (at most 1). */
export function ratioKnob(options: Common & { max: number; default: number }): Knob<number> {
  const { default: fallback, ...spec } = options;
  return {
    spec: { kind: 'ratio', min: 0, unit: '%', step: 0.01, ...spec },
    default: fallback,
    schema: z.number().min(0).max(options.max).meta({ title: options.label, description: options.explain }),
  };
}

/** One of a few named options. */
export function choiceKnob<const V extends string>(
  options: Common & { options: readonly { value: V; label: string; explain: string }[]; default: NoInfer<V> },
): Knob<V> {
  const { default: fallback, ...spec } = options;
  const values = options.options.map((option) => option.value) as [V, ...V[]];
  return {
    spec: { kind: 'choice', ...spec },
    default: fallback,
    schema: z.enum(values).meta({ title: options.label, description: options.explain }) as unknown as z.ZodType<V>,
  };
}

/** On or off. */
export function flagKnob(options: Common & { default: boolean }): Knob<boolean> {
  const { default: fallback, ...spec } = options;
  return {
    spec: { kind: 'flag', ...spec },
    default: fallback,
    schema: z.boolean().meta({ title: options.label, description: options.explain }),
  };
}

export type Knobs = Readonly<Record<string, Knob>>;
/** The values of a set of knobs. */
export type KnobValues<K extends Knobs> = { readonly [Name in keyof K]: K[Name] extends Knob<infer T> ? T : never };
