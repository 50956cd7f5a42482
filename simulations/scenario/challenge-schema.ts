import { z } from 'zod';
import type { FaultAction } from '../kernel/faults.ts';
import { type Condition, conditionData, conditionField, toCondition } from './predict-conditions.ts';

/** Something to bring about by faults, knobs and seeds. A solution is a run; the checkers grade it. */
export interface Challenge {
  /** In words: "Make a read go back in time." */
  readonly goal: string;
  /** The variant that it starts from; undefined: the first. */
  readonly variant?: string;
  /** The fault script that it starts from: the scenario's own, or an empty one. */
  readonly faults: 'scenario' | 'none';
  /** What the run must show, all of it. */
  readonly find: readonly Condition[];
  readonly limits: ChallengeLimits;
  /** Whether it can be done. Saying rightly that it cannot is a solution too. */
  readonly possible: boolean;
  /** Why the solution works, or why there is none: told once it is solved. */
  readonly because: string;
  /** What was tried in vain, where it cannot be done. */
  readonly searched: readonly Searched[];
  /** Runs that do show it because something is given up that the limits keep, where it cannot be done within them. */
  readonly otherwise: readonly Otherwise[];
}

/** A search that found nothing, with what it took, so that a reader can judge what "impossible" rests on, and repeat it. */
export type Searched =
  /** Seeds from 1 on, with the fault script of the scenario. */
  | { readonly by: 'seeds'; readonly seeds: number }
  /** Every state of the model in its smallest configuration with the decisions of the variant, within budgets of what may go wrong. */
  | {
      readonly by: 'states';
      readonly budgets: ExploreLimits;
      readonly symmetry: boolean;
      readonly distinct: number;
      readonly generated: number;
      readonly depth: number;
    };

/** How often what may go wrong in an exploration. */
export type ExploreLimits = Readonly<Record<'losses' | 'crashes' | 'duplicates' | 'timers', number>>;

/** A variant of a scenario of the same model in which it happens, and what was given up for it. */
export interface Otherwise {
  readonly title: string;
  readonly scenario: string;
  readonly variant: string;
}

/** What a solution may not touch. */
interface ChallengeLimits {
  /** The script may hold at most this many faults; undefined: as many as one likes. */
  readonly faultsMax?: number;
  /** The kinds of fault that may be used; undefined: every kind. */
  readonly kinds?: readonly FaultAction['do'][];
  /** Knobs that stay as the variant has them; `all` of them. */
  readonly locked: 'all' | readonly string[];
  /** Whether the seed stays the pinned one. */
  readonly seedLocked: boolean;
}

const kinds = ['crash', 'pause', 'cut', 'slow', 'loss', 'duplicate', 'clock', 'slowDisk', 'restore'] as const;
const text = z.string().min(1).max(800);
const id = z.string().min(1).max(64);
const count = z.number().int().min(1).max(1_000_000_000);
const budget = z.number().int().min(0).max(255).default(0);

const searchedField = z
  .discriminatedUnion('by', [
    z.strictObject({ by: z.literal('seeds'), seeds: count }),
    z.strictObject({
      by: z.literal('states'),
      budgets: z.strictObject({ losses: budget, crashes: budget, duplicates: budget, timers: budget }),
      symmetry: z.boolean().default(false),
      distinct: count,
      generated: count,
      depth: count,
    }),
  ])
  .meta({
    description:
      "A search in vain. `seeds`: that many runs of the variant with the scenario's faults. `states`: every state of the model's smallest configuration.",
  });

const otherwiseField = z
  .strictObject({ title: text, scenario: id, variant: id })
  .meta({ description: 'A variant of a scenario in which it does happen, and what is given up there.' });

/** The field `challenge` of a scenario file. */
export const challengeField = z
  .strictObject({
    goal: text.meta({ description: 'What to bring about, in words.' }),
    variant: z.string().min(1).optional().meta({ description: 'The variant that it starts from. Default: the first.' }),
    faults: z
      .enum(['scenario', 'none'])
      .default('scenario')
      .meta({ description: "The fault script that it starts from: the scenario's own, or none." }),
    find: z.array(conditionField).min(1).meta({ description: 'What the run must show, all of it.' }),
    limits: z
      .strictObject({
        faultsMax: z.number().int().min(0).max(200).optional().meta({ description: 'At most this many faults.' }),
        kinds: z.array(z.enum(kinds)).optional().meta({ description: 'Only these kinds of fault.' }),
        locked: z
          .union([z.literal('all'), z.array(z.string().min(1))])
          .default('all')
          .meta({ description: 'Knobs that stay as the variant has them. Default: all.' }),
        seedLocked: z.boolean().default(false).meta({ description: 'Whether the seed stays the pinned one.' }),
      })
      .default({ locked: 'all', seedLocked: false }),
    possible: z.boolean().default(true).meta({ description: 'Whether it can be done within the limits.' }),
    because: text.meta({ description: 'Why the solution works, or why there is none. Told once it is solved.' }),
    searched: z.array(searchedField).default([]).meta({ description: 'Searches in vain, where it cannot be done.' }),
    otherwise: z
      .array(otherwiseField)
      .default([])
      .meta({ description: 'Runs that show it outside the limits, where it cannot be done within them.' }),
  })
  .refine(({ possible, searched, otherwise }) => !possible || searched.length + otherwise.length === 0, {
    message: 'nothing where it can be done: leave searched and otherwise out, or say possible: false',
    path: ['searched'],
  })
  .meta({ description: 'Something to bring about; the checkers grade the run.' });

/** A challenge of a file in the engine's form. */
export function toChallenge(field: z.output<typeof challengeField>): Challenge {
  const { goal, variant, faults, find, limits, possible, because, searched, otherwise } = field;
  const { faultsMax, kinds: allowed, locked, seedLocked } = limits;
  return {
    goal: goal.trim(),
    ...(variant !== undefined && { variant }),
    faults,
    find: find.map(toCondition),
    limits: {
      ...(faultsMax !== undefined && { faultsMax }),
      ...(allowed !== undefined && { kinds: allowed }),
      locked,
      seedLocked,
    },
    possible,
    because: because.trim(),
    searched,
    otherwise,
  };
}

/** A challenge in the form of a scenario file. */
export function challengeData(challenge: Challenge): unknown {
  return { ...challenge, find: challenge.find.map(conditionData) };
}
