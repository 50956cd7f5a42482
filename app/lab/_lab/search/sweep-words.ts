import {
  formatCount,
  type NamedVerdict,
  type PropertySummary,
  propertySummaries,
  type SweepState,
} from '../../../../simulations/index.ts';
import { formatPercent } from '../../../_stage/layout/rate-words.ts';
import { plural } from '../state/format.ts';
import type { SweepResult } from './search-store.ts';

/** A check over many seeds, as a row shows it. */
export interface RateRow {
  readonly id: string;
  readonly title: string;
  /** Undefined until it is measured. */
  readonly measured:
    | {
        readonly violated: number;
        /** Of the seeds that put it to the test. */
        readonly of: number;
        /** The interval; undefined where the seeds ended because of what they showed, so that they give no rate. */
        readonly interval: { readonly share: number; readonly low: number; readonly high: number } | undefined;
        readonly seeds: readonly number[];
        /** Violating seeds without the scenario's hazard: they count in no rate. */
        readonly elsewhere: readonly number[];
      }
    | undefined;
}

/** Every claim of a run with what many seeds showed of it: first those named, then the others in the order of the model. */
export function rateRows(
  verdicts: readonly Pick<NamedVerdict, 'id' | 'title' | 'kind'>[],
  state: SweepState | undefined,
  first: readonly string[],
): readonly RateRow[] {
  const found = state === undefined ? {} : propertySummaries(state.tally);
  // What was found does not decide the order: rows stay where they are while figures come in.
  const place = ({ id }: { readonly id: string }) => (first.includes(id) ? first.indexOf(id) : first.length);
  return verdicts
    .filter(({ kind }) => kind !== 'sometimes')
    .toSorted((a, b) => place(a) - place(b))
    .map(({ id, title }) => ({ id, title, measured: measuredOf(found[id], state) }));
}

function measuredOf(summary: PropertySummary | undefined, state: SweepState | undefined): RateRow['measured'] {
  if (summary === undefined || state === undefined || state.tally.seeds === 0) return undefined;
  const { rate, violatingSeeds, violatingUnwitnessed } = summary;
  const { share, low, high } = rate;
  return {
    violated: rate.count,
    of: rate.of,
    // Seeds that end with a violation show violations more often than others do.
    interval: state.stopped === 'violations' || rate.of === 0 ? undefined : { share, low, high },
    seeds: violatingSeeds,
    elsewhere: violatingUnwitnessed,
  };
}

const ENDS = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1] as const;

/** Where the common scale of some rows ends, from 0 to 1: the smallest round share that holds every interval. */
export function scaleEnd(rows: readonly RateRow[]): number {
  const high = Math.max(0, ...rows.map(({ measured }) => measured?.interval?.high ?? 0));
  return high === 0 ? 1 : (ENDS.find((end) => end >= high) ?? 1);
}

/** `11.8 %, 9.9 to 14 %`; of none, the bound that this leaves; '' where the seeds give no rate. */
export function rateWords(measured: NonNullable<RateRow['measured']>): string {
  const { interval, violated, of } = measured;
  if (of === 0) return 'put to the test in no seed';
  if (interval === undefined) return '';
  if (violated === 0) return `none; at most ${formatPercent(interval.high)}`;
  const low = formatPercent(interval.low).replace(' %', '');
  return `${formatPercent(interval.share)}, ${low} to ${formatPercent(interval.high)}`;
}

/** The lowest seed that violates something; undefined while none does. */
export function firstViolation(state: SweepState | undefined): number | undefined {
  const seeds = firstSeeds(state).filter((seed) => seed !== undefined);
  return seeds.length === 0 ? undefined : Math.min(...seeds);
}

/** Of each claim the lowest seed that violates it; undefined for one that none violates. */
function firstSeeds(state: SweepState | undefined): readonly (number | undefined)[] {
  const claims = Object.values(state?.tally.properties ?? {}).filter(({ kind }) => kind !== 'sometimes');
  return claims.map(({ violated: [one], violatedUnwitnessed: [other] }) =>
    one === undefined || other === undefined ? (one ?? other) : Math.min(one, other),
  );
}

/** What a sweep came to, in a sentence or two. */
export function sweepEndWords({ state, end, seeds }: SweepResult): string {
  const ran = state.tally.seeds;
  const first = firstViolation(state);
  const claims = firstSeeds(state);
  const violated = claims.filter((seed) => seed !== undefined).length;
  const how = {
    all: `All ${plural(seeds, 'seed')} have run.`,
    first: `Stopped after ${plural(ran, 'seed')}.`,
    cancelled: `Cancelled after ${formatCount(ran)} of ${plural(seeds, 'seed')}.`,
  }[end];
  if (first === undefined) return `${how} None of them violates a check.`;
  return `${how} ${violated} of ${plural(claims.length, 'check')} violated, first by seed ${formatCount(first)}.`;
}
