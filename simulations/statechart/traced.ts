import {
  type Effect,
  type Environment,
  NO_EFFECTS,
  type Output,
  type ProcessEvent,
  type Snapshot,
} from '../kernel/behavior.ts';
import type { Value } from '../kernel/value.ts';
import type { Chart } from './chart.ts';
import { compiledBehavior } from './compiled.ts';

/** A transition that was considered. */
export interface Attempt {
  /** Its place in the chart's description. */
  readonly transition: number;
  /** Whether its guard held; true where it has none. */
  readonly held: boolean;
}

/** One choice among transitions: for the event, or afterwards among those that need none. */
export interface ChartRound {
  /** The active leaf when the choice was made, and after it. */
  readonly from: string;
  readonly to: string;
  /** False: the choice among `always` transitions that follows. */
  readonly byEvent: boolean;
  /** In the order in which they were tried. The last one was taken if its guard held; empty: the state does not know the event. */
  readonly attempts: readonly Attempt[];
  /** The handlers that ran, by name: of states left, of the transition, of states entered. */
  readonly handlers: readonly string[];
}

/** A reaction of a process, choice by choice. */
export interface Reaction {
  readonly rounds: readonly ChartRound[];
  readonly after: Snapshot;
  readonly effects: readonly Effect[];
}

/** Where a reaction begins: a process at rest, or one that starts anew from its disk. */
export type ReactionStart = Snapshot | { readonly input: Value; readonly disk: unknown };

/** Runs one reaction through the dispatch table, as every run does, and keeps what was tried. Pure. */
export function traceReaction(
  chart: Chart,
  start: ReactionStart,
  event: ProcessEvent,
  environment: Environment,
): Reaction {
  const rounds: ChartRound[] = [];
  const { leaves } = chart.table;
  const behavior = compiledBehavior(chart.machine.id, chart, (from, candidates, taken) => {
    const tried = taken < 0 ? candidates : candidates.slice(0, taken + 1);
    const chosen = candidates[taken];
    rounds.push({
      from,
      to: chosen?.target.path ?? from,
      byEvent: rounds.length === 0,
      attempts: tried.map(({ transition }, place) => ({ transition, held: place === taken })),
      handlers: chosen?.actions ?? [],
    });
  });
  // A snapshot may come from the interpreted form, which knows no leaf: the table finds it by its path.
  const before =
    'state' in start ? { ...start, leaf: leaves.get(start.state)! } : behavior.recover(start.input, start.disk);
  const output: Output = { effects: NO_EFFECTS };
  const after = behavior.react(before, event, environment, output);
  return { rounds, after, effects: output.effects };
}
