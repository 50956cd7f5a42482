import type { NamedVerdict } from '../../run/execute.ts';
import type { Rate } from '../../run/statistics.ts';
import { Distribution } from './distribution.ts';
import { type MetricTally, rateOfProperty, type Tally } from './tally.ts';

/** One property over many seeds. */
export interface PropertySummary {
  readonly kind: NamedVerdict['kind'];
  /** Its rate of violation, for a `sometimes` of happening, with the 95 % interval: see `rateOfProperty`. */
  readonly rate: Rate;
  /** Witnessed seeds that neither hold nor violate: not put to the test, or the check gave up. */
  readonly unknown: number;
  readonly violatingSeeds: readonly number[];
  /** Seeds that violate it although the scenario's hazard did not occur. */
  readonly violatingUnwitnessed: readonly number[];
  readonly undecidedSeeds: readonly number[];
}

/** A metric's distribution over witnessed seeds, in its unit: least and greatest, and quantiles good to three significant digits. */
export interface MetricSummary {
  readonly title: string;
  readonly unit: MetricTally['unit'];
  /** Seeds that have it. */
  readonly count: number;
  readonly min: number;
  readonly p50: number;
  readonly p90: number;
  readonly p99: number;
  readonly max: number;
}

/** The rate of each property, in the model's order. */
export function propertySummaries(tally: Tally): Readonly<Record<string, PropertySummary>> {
  return Object.fromEntries(
    Object.entries(tally.properties).map(([id, property]) => [
      id,
      {
        kind: property.kind,
        rate: rateOfProperty(property),
        unknown: property.unknown,
        violatingSeeds: property.violated,
        violatingUnwitnessed: property.violatedUnwitnessed,
        undecidedSeeds: property.undecided,
      },
    ]),
  );
}

/** The distribution of each metric, in the order in which they first occurred. */
export function metricSummaries(tally: Tally): Readonly<Record<string, MetricSummary>> {
  return Object.fromEntries(Object.entries(tally.metrics).map(([id, metric]) => [id, metricSummary(metric)]));
}

function metricSummary(metric: MetricTally): MetricSummary {
  const { title, unit } = metric;
  const distribution = new Distribution(unit);
  distribution.add(metric);
  return {
    title,
    unit,
    count: metric.buckets.reduce((sum, [, count]) => sum + count, 0),
    min: distribution.least,
    p50: distribution.quantile(50),
    p90: distribution.quantile(90),
    p99: distribution.quantile(99),
    max: distribution.greatest,
  };
}
