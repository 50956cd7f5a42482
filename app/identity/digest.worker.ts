import { execute, resolveRun, type Scenario } from '../../simulations/index.ts';
import { serveTasks } from '../_work/serve-tasks.ts';

/** One run to identify. */
export interface DigestTask {
  readonly scenario: Scenario;
  readonly variant: string;
}

/** What this machine got: the digest, or why there is none. */
export type DigestAnswer =
  | { readonly scenario: string; readonly variant: string; readonly digest: string }
  | { readonly scenario: string; readonly variant: string; readonly problem: string };

serveTasks<DigestTask>(
  ({ scenario }) => scenario.model,
  (task) => self.postMessage(answer(task)),
);

function answer({ scenario, variant }: DigestTask): DigestAnswer {
  const name = { scenario: scenario.id, variant };
  const resolved = resolveRun({ model: scenario.model, scenario, variant });
  if (!resolved.ok)
    return { ...name, problem: resolved.problems.map(({ field, found }) => `${field}: ${found}`).join('; ') };
  return { ...name, digest: execute({ ...resolved.input, history: false, checks: false }).digest };
}
