import { formatLink, type NamedVerdict, type Scenario, type Witness } from '../../simulations/index.ts';
import type { PinnedRun } from './pinned.ts';
import type { Window } from './window.ts';

/** A property that a run violated, with what proves it. */
export interface Violation {
  readonly id: string;
  readonly title: string;
  readonly sentence: string;
  readonly witness: Witness;
}

/** What a pinned run violated: first what the scenario names, in its order. */
export function violationsOf({ run, variant }: PinnedRun): readonly Violation[] {
  const named = Object.keys(variant.expect);
  const place = (id: string) => (named.includes(id) ? named.indexOf(id) : named.length);
  return run.verdicts
    .flatMap(({ id, title, verdict }) =>
      verdict.status === 'violated' ? [{ id, title, sentence: verdict.sentence, witness: verdict.witness }] : [],
    )
    .sort((a, b) => place(a.id) - place(b.id));
}

/** The properties that a scenario is about: those that a variant names or that a pinned run violates, in that order. */
export function propertiesOf(scenario: Scenario, runs: readonly PinnedRun[]): readonly string[] {
  const named = scenario.variants.flatMap(({ expect }) => Object.keys(expect));
  return [...new Set([...named, ...runs.flatMap((pinned) => violationsOf(pinned).map(({ id }) => id))])];
}

/** The verdict on a property. */
export function verdictOn({ run }: PinnedRun, property: string): NamedVerdict | undefined {
  return run.verdicts.find(({ id }) => id === property);
}

/**
 * When a witness begins and ends, in microseconds: its last operation and the one that bound it, or its steps where it names no operation;
 * undefined when it names neither.
 */
export function spanOf({ run }: PinnedRun, witness: Witness): Window | undefined {
  const operations = witness.operations
    .flatMap((id) => run.record.operations[id] ?? [])
    .filter(({ outcome }) => outcome === 'ok')
    .sort((a, b) => b.invokedAt - a.invokedAt);
  const [last, before] = operations;
  if (last === undefined) return witness.operations.length > 0 ? undefined : spanOfSteps(run, witness.steps);
  return { fromUs: before?.invokedAt ?? last.invokedAt, toUs: last.completedAt };
}

/** From shortly before the first step to the last. */
function spanOfSteps({ timeline }: PinnedRun['run'], steps: readonly number[]): Window | undefined {
  if (timeline === undefined || steps.length === 0) return undefined;
  const [fromUs, toUs] = [Math.min(...steps), Math.max(...steps)].map((step) => timeline.timeUs(step)) as [
    number,
    number,
  ];
  return { fromUs: Math.max(0, fromUs - STEP_LEAD_US), toUs };
}

/** What led to a step that is a violation by itself. */
const STEP_LEAD_US = 20_000;

/** A window around a witness leaves this share of its length free on either side. */
const AROUND = 0.35;

/** A stretch of time around a witness. */
export function around({ fromUs, toUs }: Window): Window {
  const margin = (toUs - fromUs) * AROUND;
  return { fromUs: Math.max(0, Math.round(fromUs - margin)), toUs: Math.round(toUs + margin) };
}

/** The first violation that a window shows: its last operation ends within it. */
export function violationIn(pinned: PinnedRun, { fromUs, toUs }: Window): Violation | undefined {
  return violationsOf(pinned).find(({ witness }) => {
    const span = spanOf(pinned, witness);
    return span !== undefined && span.toUs > fromUs && span.toUs <= toUs;
  });
}

/** The lab, opened at a pinned run: at the violation that the window shows, else at the first one and a window around it. */
export function labLink(scenario: Scenario, pinned: PinnedRun, window: Window): string {
  const shown = violationIn(pinned, window);
  const violation = shown ?? violationsOf(pinned)[0];
  const steps = violation?.witness.steps ?? [];
  const span = violation === undefined ? undefined : spanOf(pinned, violation.witness);
  const { fromUs, toUs } = shown === undefined && span !== undefined ? around(span) : window;
  return formatLink({
    model: scenario.model,
    scenario: scenario.id,
    variant: pinned.variant.id,
    seed: scenario.seed,
    set: {},
    view: {
      ...(steps.length > 0 && { step: Math.max(...steps) + 1 }),
      key: violation?.witness.key ?? pinned.focus.key,
      fromUs: Math.round(fromUs),
      toUs: Math.round(toUs),
      ...(violation !== undefined && { verdict: violation.id }),
    },
  });
}
