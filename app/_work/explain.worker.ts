import {
  describeProblem,
  type Explanation,
  execute,
  explain,
  type RunRequest,
  resolveRun,
} from '../../simulations/index.ts';
import { serveTasks } from './serve-tasks.ts';

/** A violation to explain. Plain data. */
export interface ExplainTask {
  readonly request: RunRequest;
  readonly property: string;
}

/** The explanation, or in words why there is none. */
export type ExplainAnswer =
  | { readonly type: 'done'; readonly result: Explanation }
  | { readonly type: 'failed'; readonly message: string };

serveTasks<ExplainTask>(
  ({ request }) => request.model,
  (task) => self.postMessage(answer(task)),
);

function answer({ request, property }: ExplainTask): ExplainAnswer {
  const resolved = resolveRun(request);
  if (!resolved.ok) return { type: 'failed', message: resolved.problems.map(describeProblem).join(' ') };
  const result = explain(execute(resolved.input), property);
  return result === undefined
    ? { type: 'failed', message: `The run does not violate ${property}.` }
    : { type: 'done', result };
}
