import type { Run } from '../../run/execute.ts';
import type { Candidate } from './candidate.ts';
import { niceBetween } from './nice.ts';
import type { Search, Trial } from './search.ts';

/** The first thing happens here, in microseconds: early, and apart from the start of the processes. */
const FIRST_US = 10_000;
const MS = 1_000;

/** Ends the run soon after the violation shows, with time for the repaired run to show that it is one. */
export function* muchShorter(search: Search): Trial<void> {
  search.stage = 'shorter';
  const { best, run, goal } = search;
  const verdict = run.verdicts.find(({ id }) => id === goal.property)!.verdict;
  const named = verdict.status === 'violated' ? verdict.witness.operations : [];
  const ends = named
    .map((id) => run.record.operations[id]!)
    .map((one) => Math.max(one.invokedAt, finite(one.completedAt)));
  const endUs = Math.ceil((Math.max(0, ...ends) + slackUs(run)) / MS) * MS;
  if (ends.length > 0 && endUs < best.durationUs && (yield* search.keeps({ ...best, durationUs: endUs }))) return;
  yield* shorter(search);
}

/** Ends the run as soon as the violation shows, to a millisecond, if that leaves out events. */
export function* shorter(search: Search): Trial<void> {
  search.stage = 'shorter';
  let failsUs = 0;
  let { durationUs } = search.best;
  while (durationUs - failsUs > MS && !search.exhausted) {
    const middleUs = Math.floor((durationUs + failsUs) / 2 / MS) * MS;
    if (middleUs <= failsUs) return;
    const { best, run } = search;
    if (yield* search.keeps({ ...best, durationUs: middleUs }, run.events - 1)) durationUs = middleUs;
    else failsUs = middleUs;
  }
}

/** How long an operation may take in a repaired run: four times as long as any took in this one. */
export function slackUs(run: Run): number {
  const answered = run.record.operations.filter(({ outcome }) => outcome === 'ok');
  return 4 * Math.max(MS, ...answered.map(({ invokedAt, completedAt }) => completedAt - invokedAt));
}

const finite = (us: number): number => (Number.isFinite(us) ? us : 0);

/** Pulls together what happens, with round times between: each pause becomes the shortest round one that will do. */
export function* closer(search: Search): Trial<void> {
  search.stage = 'simpler times';
  for (let at = 0; at < instantsOf(search.best).length; at++) {
    const instants = instantsOf(search.best);
    const gapUs = instants[at]! - (instants[at - 1] ?? 0);
    const tries = at === 0 ? [FIRST_US] : [0, ...niceBetween(MS, gapUs), ...rounded(gapUs)];
    for (const nextUs of tries) {
      if (nextUs === gapUs) break;
      const { best, run } = search;
      if (yield* search.keeps(shifted(best, instants[at]!, nextUs - gapUs), run.events)) break;
    }
  }
}

/** The gap on several grids, coarsest first, not more than a quarter away. */
function rounded(gapUs: number): readonly number[] {
  const grids = [1_000_000, 100_000, 50_000, 10_000, 5_000, MS].filter((grid) => grid <= gapUs && gapUs % grid !== 0);
  const near = grids.flatMap((grid) => [Math.floor(gapUs / grid) * grid, Math.ceil(gapUs / grid) * grid]);
  return near.filter((us) => Math.abs(us - gapUs) * 4 <= gapUs);
}

/** All moments that a candidate names, rising, each once; its end is the last. */
function instantsOf({ operations = [], faults, durationUs }: Candidate): readonly number[] {
  const begins = faults.flatMap(({ when, forUs }) => {
    if (!('atUs' in when)) return [];
    return forUs === undefined ? [when.atUs] : [when.atUs, when.atUs + forUs];
  });
  const all = [...operations.map(({ atUs }) => atUs), ...begins, durationUs];
  return [...new Set(all)].filter((us) => us <= durationUs).sort((a, b) => a - b);
}

/** The candidate with everything from an instant on moved, `byUs` later or, below 0, earlier. */
function shifted(candidate: Candidate, fromUs: number, byUs: number): Candidate {
  const move = (us: number) => (us >= fromUs ? us + byUs : us);
  return {
    ...candidate,
    operations: candidate.operations?.map((one) => ({ ...one, atUs: move(one.atUs) })),
    faults: candidate.faults.map((fault) => {
      if (!('atUs' in fault.when)) return fault;
      const { atUs } = fault.when;
      const forUs = fault.forUs === undefined ? undefined : move(atUs + fault.forUs) - move(atUs);
      return { ...fault, when: { atUs: move(atUs) }, ...(forUs !== undefined && { forUs }) };
    }),
    durationUs: move(candidate.durationUs),
  };
}
