import type { Operation } from '../../kernel/history.ts';
import type { RunRecord } from '../../kernel/view.ts';
import type { Metric } from '../model.ts';
import { metadataBytes, shownOf } from './datum.ts';
import { type Applied, diskOf, mergedContents, notesOf, regionsOf } from './history.ts';
import type { MultiLeaderKnobs } from './knobs.ts';
import { countBounds, healedUs, lostAdds, operationsInCut, regionNames, siblingsMax, spreadsOf } from './story.ts';

/** What the run measured. Figures without anything to measure are left out. */
export function metrics(run: RunRecord, knobs: MultiLeaderKnobs): readonly Metric[] {
  const reads = run.operations.filter(({ f }) => f === 'read');
  const updates = run.operations.filter(({ f }) => f !== 'read');
  const ended = run.operations.filter(({ invokedAt, outcome }) => outcome === 'ok' || invokedAt < run.endUs);
  const conflicting = notesOf<Applied>(run, 'entry.applied').filter(({ conflict }) => conflict !== null);
  const distinct = new Set(conflicting.map(({ origin, seq }) => `${origin} ${seq}`));
  const sent = (type: string): number => run.messages[type]?.sent ?? 0;
  const inCut = operationsInCut(run);
  return [
    ...latencies('read', 'Read', reads),
    ...latencies('write', 'Update', updates),
    ...share('availability', 'Operations answered', answered(ended), ended.length),
    ...share('available-in-cut', 'Operations answered during a cut', answered(inCut), inCut.length),
    {
      id: 'refused',
      title: 'Updates refused',
      unit: 'count',
      value: updates.filter(({ outcome }) => outcome === 'fail').length,
    },
    { id: 'conflicts', title: 'Writes that met a concurrent one', unit: 'count', value: distinct.size },
    { id: 'discarded', title: 'Acknowledged writes lost', unit: 'count', value: lostOf(run, knobs) },
    { id: 'siblings', title: 'Siblings, at most', unit: 'count', value: siblingsMax(run) },
    { id: 'metadata', title: 'Metadata of one region at the end, bytes', unit: 'count', value: metadataOf(run) },
    ...lags(run),
    {
      id: 'replication-messages',
      title: 'Batches and whole stores sent',
      unit: 'count',
      value: sent('Replicate') + sent('State'),
    },
  ];
}

/** A refusal is an answer too, but not the one that was asked for. */
function answered(operations: readonly Operation[]): number {
  return operations.filter(({ outcome }) => outcome === 'ok').length;
}

function lostOf(run: RunRecord, { data }: MultiLeaderKnobs): number {
  if (data !== 'counter') return lostAdds(run).length;
  let lost = 0;
  for (const [key, { datum }] of Object.entries(mergedContents(run))) {
    const { low } = countBounds(run.operations, key);
    lost += Math.max(0, low - ((shownOf(datum, false) ?? 0) as number));
  }
  return lost;
}

function metadataOf(run: RunRecord): number {
  const sums = regionsOf(run.end).map(({ disk }) =>
    Object.values(diskOf(disk).store).reduce((sum, { datum }) => sum + metadataBytes(datum), 0),
  );
  return Math.max(...sums);
}

/** How long writes took to be everywhere, and how long after the last fault all that were taken before its end were. */
function lags(run: RunRecord): readonly Metric[] {
  const spreads = spreadsOf(run, regionNames(run)).filter(
    ({ everywhereUs }) => everywhereUs < Number.POSITIVE_INFINITY,
  );
  if (spreads.length === 0) return [];
  const lag = spreads.reduce((most, { takenUs, everywhereUs }) => Math.max(most, everywhereUs - takenUs), 0);
  const found: Metric[] = [{ id: 'lag', title: 'Until a write was everywhere, at most', unit: 'us', value: lag }];
  const healed = healedUs(run);
  if (healed === undefined) return found;
  const before = spreads.filter(({ takenUs }) => takenUs < healed);
  const convergedUs = before.reduce((last, { everywhereUs }) => Math.max(last, everywhereUs), healed);
  found.push({ id: 'convergence-time', title: 'From heal to convergence', unit: 'us', value: convergedUs - healed });
  return found;
}

function latencies(id: string, title: string, operations: readonly Operation[]): readonly Metric[] {
  const rising = operations
    .filter(({ outcome }) => outcome === 'ok')
    .map(({ invokedAt, completedAt }) => completedAt - invokedAt)
    .sort((a, b) => a - b);
  if (rising.length === 0) return [];
  const at = (part: number): number => rising[Math.max(0, Math.ceil(part * rising.length) - 1)]!;
  return [
    { id: `${id}-p50`, title: `${title} latency, median`, unit: 'us', value: at(0.5) },
    { id: `${id}-p99`, title: `${title} latency, 99 %`, unit: 'us', value: at(0.99) },
  ];
}

function share(id: string, title: string, part: number, whole: number): readonly Metric[] {
  return whole === 0 ? [] : [{ id, title, unit: 'ratio', value: part / whole }];
}
