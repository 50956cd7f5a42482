import { seed as brandSeed } from '../../kernel/time.ts';
import { execute, type RunInput } from '../../run/execute.ts';
import { progressFloor } from '../../run/progress.ts';
import { resolveRun } from '../../run/resolve.ts';
import type { Problem } from '../../scenario/scenario.ts';
import type { Seeds, SweepJob } from './job.ts';
import { type Tally, TallyBook } from './tally.ts';

/** A job whose request has been resolved: only the seed changes from run to run. */
export interface PreparedJob {
  readonly job: SweepJob;
  readonly input: RunInput;
}

/** Resolves a job once for all its seeds, or says what is wrong with it. */
export function prepareJob(
  job: SweepJob,
):
  | { readonly ok: true; readonly prepared: PreparedJob }
  | { readonly ok: false; readonly problems: readonly Problem[] } {
  const resolved = resolveRun({ ...job.request, seed: job.seeds.from });
  if (!resolved.ok) return resolved;
  const { interpreter, request } = job;
  // Only the scenario's own hazard says whether a seed counts.
  const hazards = request.scenario?.witness === undefined ? [] : [request.scenario.witness];
  const input = { ...resolved.input, interpreter, hazards, history: false, digest: false };
  return { ok: true, prepared: { job, input } };
}

/** Runs the seeds one after the other. Throws, naming the seed, where a run breaks: a mistake of ours. */
export function runChunk({ job, input }: PreparedJob, { from, to }: Seeds): Tally {
  const book = new TallyBook();
  const { scenario, variant: id } = job.request;
  const variant = scenario?.variants.find((one) => one.id === id) ?? scenario?.variants[0];
  const held = scenario && { witness: scenario.witness, progressMin: progressFloor(scenario, variant) };
  for (let seed = from; seed <= to; seed++) {
    try {
      book.addRun(execute({ ...input, seed: brandSeed(seed) }), held, job.exact ?? []);
    } catch (error) {
      throw new Error(`seed ${seed}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
    }
  }
  return book.tally();
}
