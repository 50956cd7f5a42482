import { describe, expect, test } from 'vitest';
import { models } from '../../simulations/index.ts';
import type { Behavior } from '../../simulations/kernel/behavior.ts';
import { executeWith } from '../../simulations/run/execute.ts';
import { resolveRun } from '../../simulations/run/resolve.ts';
import type { Chart } from '../../simulations/statechart/chart.ts';
import { compiledBehavior } from '../../simulations/statechart/compiled.ts';
import { scenarios } from '../helpers/scenarios.ts';

/** Freezes a value and all that it holds. What is frozen already is passed over: contexts share most of what they hold. */
function freeze(value: unknown): void {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return;
  Object.freeze(value);
  for (const held of Object.values(value)) freeze(held);
}

/** A behavior whose handlers find everything frozen that somebody else may hold: contexts, events, and the effects of before. */
function frozen(role: string, chart: Chart): Behavior {
  const behavior = compiledBehavior(role, chart);
  return {
    ...behavior,
    react(snapshot, event, environment, output) {
      freeze(snapshot.context);
      freeze(event);
      const next = behavior.react(snapshot, event, environment, output);
      freeze(output.effects);
      return next;
    },
  };
}

/** The default run of a model with each of its protocols, and every variant of every scenario. */
const rows = models.flatMap((model) => [
  ...[{}, ...Object.values(model.busySetups ?? {})].map((set) => [model.id, JSON.stringify(set), { set }] as const),
  ...scenarios
    .filter((scenario) => scenario.model === model.id)
    .flatMap((scenario) =>
      scenario.variants.map(({ id }) => [model.id, `${scenario.id} ${id}`, { scenario, variant: id }] as const),
    ),
]);

describe('no handler changes what it was given', () => {
  test.each(rows)('%s: %s', (model, _name, request) => {
    const resolved = resolveRun({ model, ...request });
    if (!resolved.ok) throw new Error(JSON.stringify(resolved.problems));
    // A frozen object that is written to throws.
    const run = executeWith({ ...resolved.input, eventsMax: 4000, history: false, digest: false }, frozen);
    expect(run.events).toBeGreaterThan(0);
  });
});
