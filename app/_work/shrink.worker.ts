import {
  describeProblem,
  type RunRequest,
  resolveRun,
  type ShrinkProgress,
  type ShrinkReport,
  shrinkReport,
} from '../../simulations/index.ts';
import { serveTasks } from './serve-tasks.ts';

/** A violating run to make smaller. Plain data. */
export interface ShrinkTask {
  readonly request: RunRequest;
  readonly property: string;
}

/** How far it is, some ten times a second; then the smallest run, or in words why there is none. */
export type ShrinkAnswer =
  | { readonly type: 'progress'; readonly progress: ShrinkProgress }
  | { readonly type: 'done'; readonly result: ShrinkReport }
  | { readonly type: 'failed'; readonly message: string };

const TELL_EVERY_MS = 100;

serveTasks<ShrinkTask>(
  ({ request }) => request.model,
  (task) => self.postMessage(answer(task)),
);

function answer({ request, property }: ShrinkTask): ShrinkAnswer {
  const resolved = resolveRun(request);
  if (!resolved.ok) return { type: 'failed', message: resolved.problems.map(describeProblem).join(' ') };
  const { input, variant } = resolved;
  const { scenario } = request;
  const trials = shrinkReport({
    input,
    property,
    ...(scenario !== undefined && { scenario }),
    ...(variant !== undefined && { variant }),
  });
  let toldMs = 0;
  let step = trials.next();
  for (; step.done !== true; step = trials.next()) {
    if (performance.now() - toldMs < TELL_EVERY_MS) continue;
    toldMs = performance.now();
    self.postMessage({ type: 'progress', progress: step.value } satisfies ShrinkAnswer);
  }
  return step.value === undefined
    ? { type: 'failed', message: `The run does not violate ${property}.` }
    : { type: 'done', result: step.value };
}
