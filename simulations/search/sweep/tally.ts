import type { Metric } from '../../models/model.ts';
import type { NamedVerdict, Run } from '../../run/execute.ts';
import { progressOf } from '../../run/progress.ts';
import { type Rate, rateOf } from '../../run/statistics.ts';
import type { Scenario } from '../../scenario/scenario.ts';
import { type Bucket, Distribution } from './distribution.ts';

/** What many seeds showed of one property. Counts and `violated` are about witnessed seeds. */
export interface PropertyTally {
  readonly kind: NamedVerdict['kind'];
  readonly ok: number;
  readonly unknown: number;
  /** The seeds that violate it, rising. */
  readonly violated: readonly number[];
  /** Seeds that violate it although the scenario's hazard did not occur, rising. */
  readonly violatedUnwitnessed: readonly number[];
  /** Seeds whose check ran out of budget, rising. */
  readonly undecided: readonly number[];
}

/** What many seeds showed of one metric: an HDR histogram in the whole units of `distribution.ts`. */
export interface MetricTally {
  readonly title: string;
  readonly unit: Metric['unit'];
  readonly min: number;
  readonly max: number;
  readonly buckets: readonly Bucket[];
}

/** What many seeds of one setup showed, as plain JSON. Merging neighbours gives what all their seeds would have given, byte for byte. */
export interface Tally {
  readonly seeds: number;
  /** Seeds in which the scenario's hazard occurred; without a scenario, all. Rates and metrics are about these. */
  readonly witnessed: number;
  readonly events: number;
  /** Witnessed seeds in which fewer operations ended ok than the scenario's floor, rising. */
  readonly stalled: readonly number[];
  /** Seeds stopped at the bound on events, rising. */
  readonly unended: readonly number[];
  /** In the model's order. */
  readonly properties: Readonly<Record<string, PropertyTally>>;
  /** In the order in which they first occurred. */
  readonly metrics: Readonly<Record<string, MetricTally>>;
  /** Every value of the metrics that the job wants exact, rising, with its count. */
  readonly exact: Readonly<Record<string, readonly Bucket[]>>;
}

/**
 * Of the witnessed seeds in which a property was judged, those that violate it; of a `sometimes`, those of all witnessed seeds in which
 * it happened. A seed whose verdict is unknown says nothing about the rate.
 */
export function rateOfProperty({ kind, ok, unknown, violated }: PropertyTally): Rate {
  return kind === 'sometimes' ? rateOf(ok, ok + unknown) : rateOf(violated.length, ok + violated.length);
}

interface MetricBook {
  readonly title: string;
  readonly unit: Metric['unit'];
  readonly distribution: Distribution;
}

/** What a scenario holds each run to: the hazard without which a seed proves nothing, and the share of operations that must end ok. */
type Held = Pick<Scenario, 'witness' | 'progressMin'>;

type Writable<T> = { -readonly [Field in keyof T]: T[Field] extends readonly (infer Item)[] ? Item[] : T[Field] };

/** Adds up runs, or tallies of runs. Everything is added in the order of its seeds. */
export class TallyBook {
  #seeds = 0;
  #witnessed = 0;
  #events = 0;
  readonly #stalled: number[] = [];
  readonly #unended: number[] = [];
  readonly #violating = new Set<number>();
  readonly #properties = new Map<string, Writable<PropertyTally>>();
  readonly #metrics = new Map<string, MetricBook>();
  readonly #exact = new Map<string, Map<number, number>>();

  /** `exact`: see {@link Tally.exact}; only for adding runs. */
  addRun(run: Run, scenario: Held | undefined, exact: readonly string[]): void {
    const { seed } = run.input;
    const witnessed = scenario?.witness === undefined || run.witnessed[scenario.witness] === true;
    this.#seeds++;
    this.#events += run.events;
    if (run.stopped === 'events') this.#unended.push(seed);
    for (const named of run.verdicts) this.#addVerdict(run, named, witnessed);
    if (!witnessed) return;
    this.#witnessed++;
    if (scenario !== undefined && progressOf(run.record).share < scenario.progressMin) this.#stalled.push(seed);
    for (const metric of run.metrics) {
      this.#metric(metric.id, metric).distribution.record(metric.value);
      if (exact.includes(metric.id)) count(this.#exactOf(metric.id), metric.value, 1);
    }
  }

  addTally(tally: Tally): void {
    this.#seeds += tally.seeds;
    this.#witnessed += tally.witnessed;
    this.#events += tally.events;
    this.#stalled.push(...tally.stalled);
    this.#unended.push(...tally.unended);
    for (const [id, { kind, ok, unknown, violated, violatedUnwitnessed, undecided }] of Object.entries(
      tally.properties,
    )) {
      const property = this.#property(id, kind);
      property.ok += ok;
      property.unknown += unknown;
      property.violated.push(...violated);
      property.violatedUnwitnessed.push(...violatedUnwitnessed);
      property.undecided.push(...undecided);
      for (const seed of [...violated, ...violatedUnwitnessed]) this.#violating.add(seed);
    }
    for (const [id, metric] of Object.entries(tally.metrics)) this.#metric(id, metric).distribution.add(metric);
    for (const [id, values] of Object.entries(tally.exact)) {
      for (const [value, times] of values) count(this.#exactOf(id), value, times);
    }
  }

  /** Seeds that violate some property, witnessed or not. */
  get violations(): number {
    return this.#violating.size;
  }

  /** The rates of violation of the properties that were judged in some seed. */
  rates(): readonly Rate[] {
    const judged = [...this.#properties.values()].filter(({ kind }) => kind !== 'sometimes');
    return judged.map(rateOfProperty).filter(({ of }) => of > 0);
  }

  tally(): Tally {
    return {
      seeds: this.#seeds,
      witnessed: this.#witnessed,
      events: this.#events,
      stalled: [...this.#stalled],
      unended: [...this.#unended],
      properties: Object.fromEntries(
        [...this.#properties].map(([id, property]) => [
          id,
          {
            ...property,
            violated: [...property.violated],
            violatedUnwitnessed: [...property.violatedUnwitnessed],
            undecided: [...property.undecided],
          },
        ]),
      ),
      metrics: Object.fromEntries(
        [...this.#metrics].map(([id, { title, unit, distribution }]) => [
          id,
          { title, unit, ...distribution.extremes, buckets: distribution.buckets },
        ]),
      ),
      exact: Object.fromEntries([...this.#exact].map(([id, counts]) => [id, [...counts].sort(([a], [b]) => a - b)])),
    };
  }

  #addVerdict(run: Run, { id, kind, verdict }: NamedVerdict, witnessed: boolean): void {
    const { seed } = run.input;
    const property = this.#property(id, kind);
    if (verdict.status === 'violated') {
      (witnessed ? property.violated : property.violatedUnwitnessed).push(seed);
      this.#violating.add(seed);
    }
    if (!witnessed) return;
    if (verdict.status === 'ok') property.ok++;
    if (verdict.status !== 'unknown') return;
    property.unknown++;
    // A claim that nothing put to the test spent no more than the run; a checker that gave up spent its budget.
    if (kind !== 'sometimes' && verdict.spent > run.events) property.undecided.push(seed);
  }

  #property(id: string, kind: NamedVerdict['kind']): Writable<PropertyTally> {
    const known = this.#properties.get(id);
    if (known !== undefined) return known;
    const blank = { kind, ok: 0, unknown: 0, violated: [], violatedUnwitnessed: [], undecided: [] };
    this.#properties.set(id, blank);
    return blank;
  }

  #metric(id: string, { title, unit }: { readonly title: string; readonly unit: Metric['unit'] }): MetricBook {
    const known = this.#metrics.get(id);
    if (known !== undefined) return known;
    const blank = { title, unit, distribution: new Distribution(unit) };
    this.#metrics.set(id, blank);
    return blank;
  }

  #exactOf(id: string): Map<number, number> {
    const known = this.#exact.get(id);
    if (known !== undefined) return known;
    const blank = new Map<number, number>();
    this.#exact.set(id, blank);
    return blank;
  }
}

function count(counts: Map<number, number>, value: number, times: number): void {
  counts.set(value, (counts.get(value) ?? 0) + times);
}
