import type { Fault } from '../../../simulations/kernel/faults.ts';
import { shownOf } from '../../../simulations/models/multi-leader/datum.ts';
import { diskOf } from '../../../simulations/models/multi-leader/history.ts';
import { multiLeader } from '../../../simulations/models/multi-leader/index.ts';
import type { MultiLeaderKnobs } from '../../../simulations/models/multi-leader/knobs.ts';
import type { Run } from '../../../simulations/run/execute.ts';
import { type ModelRun, runnerOf, S } from '../../helpers/model-runs.ts';

export { crash, cut, MS, metric, S, status, violated } from '../../helpers/model-runs.ts';

export type MultiLeaderRun = ModelRun<MultiLeaderKnobs>;

export const runMultiLeader = runnerOf<MultiLeaderKnobs>(multiLeader, 4 * S);

/** What a region has on disk under a key at the end, as a reader would be shown it. */
export function onDisk(run: Run, region: string, key = 'x'): unknown {
  const { store } = diskOf(run.record.end.process(region)!.disk);
  return shownOf(store[key]?.datum, (run.input.knobs as unknown as MultiLeaderKnobs).data === 'cart');
}

/** Puts the disk back as it was at `backupAtUs`. */
export const restore = (target: string, backupAtUs: number, atUs: number, forUs: number): Fault => ({
  id: `restore-${target}`,
  action: { do: 'restore', target, backupAtUs },
  when: { atUs },
  forUs,
});
