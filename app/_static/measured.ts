import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { type Rate, rateOf } from '../../simulations/index.ts';

const FOLDER = join(process.cwd(), 'content', 'measured');

const share = z.number().min(0).max(1);
const rateSchema = z.object({ count: z.int().min(0), of: z.int().min(0), share, low: share, high: share });
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
      violatingSeeds: z.record(z.string(), z.array(z.int().min(0))),
    }),
  ),
});

/** What seeds 1 to `seeds` of a scenario showed, per variant: rates among the witnessed seeds, with 95 % Wilson intervals. */
export type Measured = z.infer<typeof measuredSchema>;

/** The measurement of a scenario, as recorded; undefined while there is none. A bad file stops the build. */
export function loadMeasured(scenario: string): Measured | undefined {
  const file = join(FOLDER, `${scenario}.json`);
  return existsSync(file) ? measuredSchema.parse(JSON.parse(readFileSync(file, 'utf8'))) : undefined;
}

/** A variant's rate of violating a property. A property that no seed violated may be left out of the file: zero of the witnessed. */
export function rateIn(measured: Measured, variant: string, property: string): Rate | undefined {
  const of = measured.variants[variant];
  if (of === undefined) return undefined;
  return of.violations[property] ?? rateOf(0, of.witnessed);
}
