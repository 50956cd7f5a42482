import { describeProblem } from '../../scenario/scenario.ts';
import type { Seeds, SweepJob } from './job.ts';
import { type PreparedJob, prepareJob, runChunk } from './run-chunk.ts';
import type { Tally } from './tally.ts';

/** What a pool asks of a worker. `sweep` numbers the pool's sweeps; each worker gets a sweep's job once, before its chunks. */
export type ToWorker =
  | { readonly type: 'job'; readonly sweep: number; readonly job: SweepJob }
  | { readonly type: 'chunk'; readonly sweep: number; readonly seeds: Seeds };

/** A worker's answer to one chunk. */
export type FromWorker =
  | { readonly type: 'tally'; readonly sweep: number; readonly seeds: Seeds; readonly tally: Tally }
  | { readonly type: 'failed'; readonly sweep: number; readonly seeds: Seeds; readonly message: string };

/** The worker's side of a sweep: give it every message of the pool; it answers each chunk through `post`. */
export function serveSweep(post: (message: FromWorker) => void): (message: ToWorker) => void {
  let current: SweepJob | undefined;
  let prepared: PreparedJob | undefined;
  return (message) => {
    if (message.type === 'job') {
      current = message.job;
      prepared = undefined;
      return;
    }
    const { sweep, seeds } = message;
    try {
      prepared ??= prepare(current);
      post({ type: 'tally', sweep, seeds, tally: runChunk(prepared, seeds) });
    } catch (error) {
      post({ type: 'failed', sweep, seeds, message: error instanceof Error ? error.message : String(error) });
    }
  };
}

function prepare(job: SweepJob | undefined): PreparedJob {
  if (job === undefined) throw new Error('a chunk came before its job');
  const result = prepareJob(job);
  if (!result.ok) throw new Error(result.problems.map(describeProblem).join('\n'));
  return result.prepared;
}
