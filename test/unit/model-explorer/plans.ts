import {
  type ModelExploreRequest,
  type ModelPlan,
  resolveModelPlan,
} from '../../../simulations/search/model-explorer/resolve.ts';

/** The plan of a request, for the quorum model unless it names another; a request that is refused fails the test. */
export function planOf(request: Partial<ModelExploreRequest> = {}): ModelPlan {
  const resolved = resolveModelPlan({ model: 'quorum', ...request });
  if (!resolved.ok) throw new Error(JSON.stringify(resolved.problems));
  return resolved.plan;
}

/** The plan with another workload. */
export function withWorkload(plan: ModelPlan, workload: Readonly<Record<string, unknown>>): ModelPlan {
  return { ...plan, workload, input: { ...plan.input, workload: plan.model.workload.parse(workload) } };
}
