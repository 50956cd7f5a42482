import type { Operation, OperationName, Outcome } from '../../../simulations/kernel/history.ts';
import type { Value } from '../../../simulations/kernel/value.ts';

/** What a test says about an operation; the rest has defaults. `at` is [invoked, completed], and both orders with it. */
export interface Sketch {
  readonly f: OperationName;
  readonly at: readonly [number, number];
  readonly client?: string;
  readonly key?: string;
  readonly value?: Value;
  readonly outcome?: Outcome;
  readonly version?: Value;
  readonly steps?: readonly [number, number];
}

/** Operations in order of invocation, numbered from 0. */
export function history(...sketches: readonly Sketch[]): Operation[] {
  return [...sketches]
    .sort((a, b) => a.at[0] - b.at[0])
    .map((sketch, id) => {
      const outcome = sketch.outcome ?? 'ok';
      const completed = outcome === 'info' ? Number.POSITIVE_INFINITY : sketch.at[1];
      const value = sketch.value ?? null;
      return {
        id,
        client: sketch.client ?? `client ${id}`,
        f: sketch.f,
        key: sketch.key ?? 'x',
        input: sketch.f === 'read' ? null : value,
        output: sketch.f === 'read' && outcome === 'ok' ? value : null,
        outcome,
        invokedAt: sketch.at[0],
        completedAt: completed,
        invokedOrder: sketch.at[0],
        completedOrder: completed,
        ...(sketch.version === undefined ? {} : { version: sketch.version }),
        ...(sketch.steps === undefined ? {} : { invokedStep: sketch.steps[0], completedStep: sketch.steps[1] }),
      };
    });
}
