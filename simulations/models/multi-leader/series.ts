import type { RunRecord } from '../../kernel/view.ts';
import type { DeclaredSeries } from '../series.ts';
import type { MultiLeaderKnobs } from './knobs.ts';
import { spreadsOf } from './story.ts';
import { configOf } from './topology.ts';

/** How many writes had been taken and were not yet in every region. */
export function series(run: Pick<RunRecord, 'notes'>, knobs: MultiLeaderKnobs): readonly DeclaredSeries[] {
  const moments = spreadsOf(run, configOf(knobs).regions).flatMap(({ takenUs, everywhereUs }) => [
    { atUs: takenUs, by: 1 },
    { atUs: everywhereUs, by: -1 },
  ]);
  const changes: { atUs: number; value: number }[] = [];
  let value = 0;
  for (const { atUs, by } of moments.sort((a, b) => a.atUs - b.atUs || b.by - a.by)) {
    if (atUs === Number.POSITIVE_INFINITY) break;
    value += by;
    changes.push({ atUs, value });
  }
  return [{ kind: 'level', id: 'not-everywhere', title: 'Writes not yet in every region', unit: 'count', changes }];
}
