import type { Behavior } from '../../kernel/behavior.ts';
import type { Model } from '../../models/model.ts';
import { quorumByHand } from '../../models/quorum/by-hand/by-hand.ts';
import { execute, executeWith, type RunInput } from '../execute.ts';
import { busyRun } from './busy-run.ts';
import { measureCharts } from './charts.ts';
import type { Figures } from './figures.ts';
import { measureLongRun } from './long-run.ts';
import { FULL, type Meter, type Size } from './meter.ts';
import { bestRate, bestRates } from './rate.ts';

/** By model: its roles without statecharts, where somebody has written them. */
const BY_HAND: Readonly<Record<string, Readonly<Record<string, Behavior>>>> = { quorum: quorumByHand };

/**
 * Measures engine and charts on a model's busy run in this thread. Takes about 25 seconds. `bare`: no checks, no digest, no history;
 * `checked`: checks only; `history`: digest and history; `run.secondMs`: all three, for one simulated second.
 */
export function measureEngine(model: Model, meter: Meter, size: Size = FULL): Figures {
  const { now } = meter;
  const input = busyRun(model, size.busyUs);
  const bare: RunInput = { ...input, history: false, digest: false, checks: false };
  const programs = BY_HAND[model.id];
  const charts = () => execute(bare).events;
  const byHand = () => executeWith(bare, (role) => programs![role]!).events;
  const [bareRate, byHandRate] = bestRates(programs === undefined ? [charts] : [charts, byHand], now);
  const checked = bestRate(() => execute({ ...bare, checks: true }).events, now);
  const history = bestRate(() => execute({ ...input, checks: false }).events, now);
  const full = bestRate(() => execute(input).simulatedUs / 1_000_000, now);
  return {
    'engine.events': execute(bare).events,
    'engine.eventsPerSecond.bare': bareRate!,
    'engine.eventsPerSecond.checked': checked,
    'engine.eventsPerSecond.history': history,
    ...(byHandRate !== undefined && {
      'engine.eventsPerSecond.byHand': byHandRate,
      'engine.handWrittenRatio': byHandRate / bareRate!,
    }),
    'run.secondMs': 1000 / full,
    ...measureLongRun(model, meter, size),
    ...measureCharts(input, now),
  };
}
