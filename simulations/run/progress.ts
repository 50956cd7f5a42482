import type { RunRecord } from '../kernel/view.ts';
import type { Scenario, Variant } from '../scenario/scenario.ts';

/**
 * The share of operations that ended ok among those that clients began after the last fault that ended, or among all when none
 * did. A system that refuses everything breaks no rule; this is the floor under that. 1 when nothing was attempted.
 */
export function progressOf(run: RunRecord): {
  readonly share: number;
  readonly ok: number;
  readonly attempted: number;
} {
  const healedUs = Math.max(0, ...run.faults.map((fault) => fault.untilUs).filter(Number.isFinite));
  const attempted = run.operations.filter(
    (operation) => operation.invokedAt >= healedUs && isJudged(operation.invokedAt, run),
  );
  const ok = attempted.filter((operation) => operation.outcome === 'ok').length;
  return { share: attempted.length === 0 ? 1 : ok / attempted.length, ok, attempted: attempted.length };
}

/** The share that is asked of a variant, 0 to 1. */
export function progressFloor(scenario: Scenario, variant: Variant | undefined): number {
  return variant?.progressMin ?? scenario.progressMin;
}

/** An operation that began just before the end had no time to complete. */
function isJudged(invokedAt: number, run: RunRecord): boolean {
  return invokedAt <= run.endUs * 0.95;
}
