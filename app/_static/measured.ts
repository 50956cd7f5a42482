import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { type Rate, rateOf, readSeedRanges } from '../../simulations/index.ts';

const FOLDER = join(process.cwd(), 'content', 'measured');

const share = z.number().min(0).max(1);
const rateSchema = z.object({ count: z.int().min(0), of: z.int().min(0), share, low: share, high: share });
/** Seeds one by one, or as the ranges that `faultline verify` writes. */
const seedsSchema = z.union([
  z.array(z.int().min(0)),
  z.string().transform((text, context) => {
    const seeds = readSeedRanges(text);
    if (seeds !== undefined) return seeds;
    context.addIssue({ code: 'custom', message: `expected rising seeds such as "11, 14, 19-22", found "${text}"` });
    return z.NEVER;
  }),
]);
const measuredSchema = z.object({
  engine: z.string(),
  scenario: z.string(),
  hash: z.string(),
  seeds: z.int().min(1),
  variants: z.record(
    z.string(),
    z.object({
      digest: z.string(),
      witnessed: z.int().min(0),
      violations: z.record(z.string(), rateSchema),
      violatingSeeds: z.record(z.string(), seedsSchema),
    }),
  ),
});

/** What seeds 1 to `seeds` of a scenario showed, per variant: rates among the witnessed seeds, with 95 % Wilson intervals. */
export type Measured = z.infer<typeof measuredSchema>;

/** The measurement of a scenario, as recorded; undefined while there is none. A bad file stops the build. */
export function loadMeasured(scenario: string): Measured | undefined {
  const file = join(FOLDER, `${scenario}.json`);
  return existsSync(file) ? readMeasured(readFileSync(file, 'utf8')) : undefined;
}

/** Reads what `faultline verify --record` wrote. Throws on anything else. */
export function readMeasured(text: string): Measured {
  return measuredSchema.parse(JSON.parse(text));
}

/** A variant's rate of violating a property. A property that no seed violated may be left out of the file: zero of the witnessed. */
export function rateIn(measured: Measured, variant: string, property: string): Rate | undefined {
  const of = measured.variants[variant];
  if (of === undefined) return undefined;
  return of.violations[property] ?? rateOf(0, of.witnessed);
}
