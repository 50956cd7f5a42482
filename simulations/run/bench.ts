import type { Behavior, Environment, ProcessEvent } from '../kernel/behavior.ts';
import type { Value } from '../kernel/value.ts';
import type { Chart } from '../statechart/chart.ts';
import { compiledBehavior } from '../statechart/compiled.ts';
import { interpretedBehavior } from '../statechart/interpreted.ts';
import { execute, executeWith, type RunInput } from './execute.ts';

/** Milliseconds of wall-clock time on any origin; given from outside, since the engine has no clock. */
export type Stopwatch = () => number;

/** One process's whole life: what it was started with and all that it reacted to. */
interface Life {
  readonly role: string;
  readonly input: Value;
  readonly events: { readonly event: ProcessEvent; readonly environment: Environment }[];
}

/** Named figures: rates a second in one thread, bytes, or ratios. */
export type Figures = Readonly<Record<string, number>>;

/** Measures charts and engine on one run, both interpreters in this process. Takes a few seconds. */
export function measureEngine(input: RunInput, now: Stopwatch, heapUsed?: () => number): Figures {
  const lives = recordLives(input);
  const count = lives.reduce((sum, life) => sum + life.events.length, 0);
  const compiled = rateOfCharts(lives, input, compiledBehavior, now);
  const xstate = rateOfCharts(lives, input, interpretedBehavior, now);
  const bare = rateOfRuns({ ...input, history: false, digest: false, checks: false }, now);
  const checked = rateOfRuns({ ...input, history: false, digest: false }, now);
  const history = rateOfRuns({ ...input, checks: false }, now);
  return {
    'statechart.events': count,
    'statechart.eventsPerSecond.compiled': compiled,
    'statechart.eventsPerSecond.xstate': xstate,
    'statechart.ratio': compiled / xstate,
    'engine.eventsPerSecond.bare': bare,
    'engine.eventsPerSecond.checked': checked,
    'engine.eventsPerSecond.history': history,
    ...(heapUsed !== undefined && { 'engine.bytesPerEvent': bytesPerEvent(input, heapUsed) }),
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
      react(snapshot, event, environment, effects) {
        const life = current.get(snapshot);
        const next = behavior.react(snapshot, event, environment, effects);
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

/** Events a second: the lives again and again until half a second has passed, best of three after a warm-up. */
function rateOfCharts(
  lives: readonly Life[],
  input: RunInput,
  behave: (role: string, chart: Chart) => Behavior,
  now: Stopwatch,
): number {
  const behaviors = new Map(Object.entries(input.model.charts).map(([role, chart]) => [role, behave(role, chart)]));
  const round = () => {
    let events = 0;
    for (const life of lives) {
      const behavior = behaviors.get(life.role)!;
      let snapshot = behavior.initial(life.input);
      for (const { event, environment } of life.events) {
        const effects: never[] = [];
        snapshot = behavior.react(snapshot, event, environment, effects);
      }
      events += life.events.length;
    }
    return events;
  };
  return bestRate(round, now);
}

function rateOfRuns(input: RunInput, now: Stopwatch): number {
  return bestRate(() => execute(input).events, now);
}

function bestRate(round: () => number, now: Stopwatch): number {
  let best = 0;
  round();
  for (let attempt = 0; attempt < 3; attempt++) {
    const start = now();
    let events = 0;
    while (now() - start < 500) events += round();
    best = Math.max(best, (events / (now() - start)) * 1000);
  }
  return best;
}

/** Heap held by a run with full history, beyond the same run without, by event. */
function bytesPerEvent(input: RunInput, heapUsed: () => number): number {
  const bare = execute({ ...input, history: false, checks: false });
  const before = heapUsed();
  const kept = execute({ ...input, checks: false });
  const after = heapUsed();
  // Reading both afterwards keeps them alive across the measurement.
  return (after - before) / Math.max(1, kept.events + 0 * bare.events);
}
