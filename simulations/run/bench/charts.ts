import { type Behavior, type Environment, NO_EFFECTS, type Output, type ProcessEvent } from '../../kernel/behavior.ts';
import type { Value } from '../../kernel/value.ts';
import type { Chart } from '../../statechart/chart.ts';
import { compiledBehavior } from '../../statechart/compiled.ts';
import { interpretedBehavior, stockTransition } from '../../statechart/interpreted.ts';
import { executeWith, type RunInput } from '../execute.ts';
import type { Figures } from './figures.ts';
import { bestRate, type Stopwatch } from './rate.ts';

/** One process's whole life: what it was started with and all that it reacted to. */
interface Life {
  readonly role: string;
  readonly input: Value;
  readonly events: { readonly event: ProcessEvent; readonly environment: Environment }[];
}

/** The charts alone: all events of a run again, without kernel, compiled and through xstate. */
export function measureCharts(input: RunInput, now: Stopwatch): Figures {
  const lives = recordLives(input);
  const compiled = bestRate(replay(lives, input, compiledBehavior), now);
  const xstate = bestRate(
    replay(lives, input, (role, chart) => interpretedBehavior(role, chart, stockTransition)),
    now,
  );
  return {
    'statechart.events': lives.reduce((sum, life) => sum + life.events.length, 0),
    'statechart.eventsPerSecond.compiled': compiled,
    'statechart.eventsPerSecond.xstate': xstate,
    'statechart.ratio': compiled / xstate,
  };
}

function recordLives(input: RunInput): readonly Life[] {
  const lives: Life[] = [];
  const current = new Map<object, Life>();
  executeWith({ ...input, history: false, digest: false, checks: false }, (role, chart) => {
    const behavior = compiledBehavior(role, chart);
    return {
      ...behavior,
      initial(of) {
        const snapshot = { ...behavior.initial(of) };
        current.set(snapshot, { role, input: of, events: [] });
        return snapshot;
      },
      react(snapshot, event, environment, output) {
        const life = current.get(snapshot);
        const next = behavior.react(snapshot, event, environment, output);
        if (life === undefined) return next;
        if (life.events.length === 0) lives.push(life);
        life.events.push({ event, environment: { ...environment } });
        current.delete(snapshot);
        current.set(next, life);
        return next;
      },
    };
  });
  return lives;
}

/** One round: every life from its start to its end. Gives the number of events. */
function replay(
  lives: readonly Life[],
  input: RunInput,
  behave: (role: string, chart: Chart) => Behavior,
): () => number {
  const behaviors = new Map(Object.entries(input.model.charts).map(([role, chart]) => [role, behave(role, chart)]));
  const output: Output = { effects: NO_EFFECTS };
  return () => {
    let events = 0;
    for (const life of lives) {
      const behavior = behaviors.get(life.role)!;
      let snapshot = behavior.initial(life.input);
      for (const { event, environment } of life.events) {
        output.effects = NO_EFFECTS;
        snapshot = behavior.react(snapshot, event, environment, output);
      }
      events += life.events.length;
    }
    return events;
  };
}
