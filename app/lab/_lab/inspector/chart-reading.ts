import {
  type ChartDescription,
  describeChart,
  type Model,
  type Run,
  type StepTrace,
  TransitionLog,
} from '../../../../simulations/index.ts';
import { type ChartLayout, layoutChart } from '../../../_stage/marks/statechart-layout.ts';
import type { ChartDetail } from '../../../_stage/marks/statechart-words.ts';

type Chart = Model['charts'][string];

const descriptions = new WeakMap<Chart, ChartDescription>();
const layouts = { brief: new WeakMap<Chart, ChartLayout>(), full: new WeakMap<Chart, ChartLayout>() };
const logs = new WeakMap<Run, Map<string, TransitionLog>>();

/** The description of a chart, made once. */
export function descriptionOf(chart: Chart): ChartDescription {
  return kept(descriptions, chart, () => describeChart(chart));
}

/** The layout of a chart, made once, when it is first looked at: it takes a few milliseconds. */
export function layoutOf(chart: Chart, detail: ChartDetail): ChartLayout {
  return kept(layouts[detail], chart, () => layoutChart(descriptionOf(chart), detail));
}

/** What a process of a run did so far, read once however often the reader comes back to it. */
export function logOf(run: Run, process: string): TransitionLog {
  const ofRun = kept(logs, run, () => new Map<string, TransitionLog>());
  const known = ofRun.get(process);
  if (known !== undefined) return known;
  const log = new TransitionLog(run, process);
  ofRun.set(process, log);
  return log;
}

function kept<K extends object, V>(cache: WeakMap<K, V>, key: K, make: () => V): V {
  const known = cache.get(key);
  if (known !== undefined) return known;
  const made = make();
  cache.set(key, made);
  return made;
}

/** The transitions that a reaction took, and those whose guards it tried in vain. */
export function triedBy(trace: StepTrace | undefined): {
  readonly taken: ReadonlySet<number>;
  readonly failed: ReadonlySet<number>;
} {
  const attempts = trace?.reaction.rounds.flatMap((round) => round.attempts) ?? [];
  const taken = new Set(attempts.filter(({ held }) => held).map(({ transition }) => transition));
  // One that failed at first and was taken after all is lit.
  const failed = attempts.filter(({ held, transition }) => !held && !taken.has(transition));
  return { taken, failed: new Set(failed.map(({ transition }) => transition)) };
}

/** A reaction in one sentence: "RResp, stays in fanout", "RAck, to quorumMet, to done". */
export function reactionWords({ event, reaction }: StepTrace): string {
  const moves = reaction.rounds.filter(({ from, to }) => from !== to).map(({ to }) => `to ${to}`);
  const stays = `stays in ${reaction.after.state}`;
  return `${event.type}, ${moves.length === 0 ? stays : moves.join(', ')}`;
}
