import * as packaged from 'hdr-histogram-js/dist/Int32Histogram.js';
import { invariant } from '../../kernel/invariant.ts';
import type { Metric } from '../../models/model.ts';

// The package is CommonJS. Node gives its exports as the default, bundlers unwrap them; both are met here. Its main entry would bring
// a WebAssembly variant and a decompressor that nothing here needs, twelve times the size.
type Histogram = packaged.default;
const { default: outer } = packaged;
const Histogram = ((outer as unknown as { default?: typeof outer }).default ?? outer) as typeof outer;

/** A value's bucket, by its smallest whole number, and how many values fell into it. */
export type Bucket = readonly [value: number, count: number];

/** Three significant digits: buckets are at most 1/1024 of their value wide. */
const DIGITS = 3;

/** Whole units of the histogram in one unit of the metric. Powers of two: whole counts to 2,047 and halves of a ratio come back exactly. */
const SCALE: Readonly<Record<Metric['unit'], number>> = { us: 1, count: 2 ** 20, ratio: 2 ** 20 };

/**
 * The distribution of a metric over many runs: an HDR histogram of whole numbers, in which nothing is ever summed as a fraction, so
 * that merging in any order gives the same counts. Values must be finite and at least 0.
 */
export class Distribution {
  readonly #histogram: Histogram;
  readonly #scale: number;
  #min = Number.POSITIVE_INFINITY;
  #max = 0;

  constructor(unit: Metric['unit']) {
    this.#histogram = new Histogram(1, 2, DIGITS);
    this.#histogram.autoResize = true;
    this.#scale = SCALE[unit];
  }

  /** Adds a value in the metric's own unit. */
  record(value: number): void {
    invariant(Number.isFinite(value) && value >= 0, 'a metric is a finite number, at least 0', { value });
    const whole = Math.round(value * this.#scale);
    this.#count(whole, 1);
    this.#widen(whole, whole);
  }

  /** Adds what another distribution of that unit has counted. */
  add(other: { readonly min: number; readonly max: number; readonly buckets: readonly Bucket[] }): void {
    for (const [value, count] of other.buckets) this.#count(value, count);
    this.#widen(other.min, other.max);
  }

  /** Least and greatest value, in whole units of the histogram; at least one value must have been recorded. */
  get extremes(): { readonly min: number; readonly max: number } {
    return { min: this.#min, max: this.#max };
  }

  /** The buckets that are not empty, rising. */
  get buckets(): readonly Bucket[] {
    const found: Bucket[] = [];
    for (let index = 0; index < this.#histogram.countsArrayLength; index++) {
      const count = this.#histogram.getCountAtIndex(index);
      if (count > 0) found.push([this.#histogram.valueFromIndex(index), count]);
    }
    return found;
  }

  /** The value at or below which `percent` of the values lie, in the metric's unit, good to three significant digits. */
  quantile(percent: number): number {
    const bucket = this.#histogram.lowestEquivalentValue(this.#histogram.getValueAtPercentile(percent));
    // A bucket may begin below the least value, and rounding may go past the greatest.
    return Math.min(Math.max(this.#inUnit(bucket, 4), this.least), this.greatest);
  }

  /** The least value in the metric's unit, good to six significant digits. */
  get least(): number {
    return this.#inUnit(this.#min, 6);
  }

  /** The greatest value in the metric's unit, good to six significant digits. */
  get greatest(): number {
    return this.#inUnit(this.#max, 6);
  }

  #inUnit(whole: number, digits: number): number {
    return Number((whole / this.#scale).toPrecision(digits));
  }

  #count(value: number, count: number): void {
    this.#histogram.recordValueWithCount(value, count);
  }

  #widen(min: number, max: number): void {
    this.#min = Math.min(this.#min, min);
    this.#max = Math.max(this.#max, max);
  }
}
