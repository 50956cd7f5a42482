import type { Model } from '../../models/model.ts';
import { execute, type Run } from '../../run/execute.ts';
import { type Alternative, type Candidate, inputOf, isPossible, tidied } from './candidate.ts';
import { type Recorded, recordedIn } from './recorded.ts';

/** A quick look at the property, then all properties, then the repaired run. */
const RUNS_PER_TRIAL = 3;

/** How far a shrinker is. */
export interface ShrinkProgress {
  /** What is being tried: "fewer operations". */
  readonly stage: string;
  readonly runs: number;
  readonly runsMax: number;
  /** Events of the smallest violating run so far. */
  readonly events: number;
}

export type Trial<T = boolean> = Generator<ShrinkProgress, T>;

/** What every smaller run must still show. */
export interface Goal {
  readonly model: Model;
  /** The property that stays violated. */
  readonly property: string;
  /** Hazards of the first runs. One of them stays in the violating run and the repaired one, so that the latter proves something. */
  readonly hazards: readonly string[];
  /** What the violating run and the repaired one may violate: what they did from the start. */
  readonly mayViolate: { readonly broken: readonly string[]; readonly repaired: readonly string[] };
}

/**
 * The smallest violating run so far and what may still be spent. A run counts when it violates the goal's property and nothing new, its
 * hazard occurs, and the repair, where one is known, still repairs it: otherwise a shrinker slips from one cause of a violation
 * to another.
 */
export class Search {
  runs = 0;
  stage = '';
  readonly #quick: Model;
  readonly #full: Model;
  readonly #refused = new Set<string>();
  #best: Candidate;
  #run: Run;

  constructor(
    readonly goal: Goal,
    start: Candidate,
    readonly runsMax: number,
  ) {
    this.#quick = onlyOf(goal.model, goal.property);
    this.#full = { ...goal.model, metrics: () => [] };
    this.#best = start;
    this.#run = this.#execute(this.#quick, start);
  }

  get best(): Candidate {
    return this.#best;
  }

  /** The best candidate's run, without history. */
  get run(): Run {
    return this.#run;
  }

  /** Whether the next trial might exceed the bound. */
  get exhausted(): boolean {
    return this.runs + RUNS_PER_TRIAL > this.runsMax;
  }

  /** Every choice of the best candidate's run. Counts as a run. */
  recorded(): Recorded {
    this.runs++;
    return recordedIn(execute({ ...inputOf(this.#quick, this.#best), digest: false, checks: false }));
  }

  /**
   * Tries a candidate and keeps it when it is violating. With `eventsMax`, it must not make more events. Says no without a run
   * when the candidate is impossible, was refused before, or the bound on runs is reached.
   */
  *keeps(untidy: Candidate, eventsMax = Number.POSITIVE_INFINITY): Trial {
    if (!isPossible(this.goal.model, untidy)) return false;
    const candidate = tidied(this.goal.model, untidy);
    if (candidate === undefined) return false;
    const text = JSON.stringify(candidate);
    if (text === JSON.stringify(this.#best)) return true;
    if (this.exhausted || this.#refused.has(text)) return false;
    const run = this.#execute(this.#quick, candidate);
    const violates = statusOf(run, this.goal.property) === 'violated';
    const kept = violates && run.events <= eventsMax && this.#isSound(candidate);
    if (kept) [this.#best, this.#run] = [candidate, run];
    else this.#refused.add(text);
    yield this.progress;
    return kept;
  }

  get progress(): ShrinkProgress {
    return { stage: this.stage, runs: this.runs, runsMax: this.runsMax, events: this.#run.events };
  }

  #execute(model: Model, candidate: Candidate, alternative?: Alternative): Run {
    this.runs++;
    return execute({ ...inputOf(model, candidate, alternative), history: false, digest: false });
  }

  /** Whether nothing new is violated, the repair repairs it, and both show one of the hazards. */
  #isSound(candidate: Candidate): boolean {
    const { property, mayViolate, hazards } = this.goal;
    const broken = this.#execute(this.#full, candidate);
    if (!violatesOnly(broken, mayViolate.broken)) return false;
    const last = candidate.alternatives.at(-1);
    const repaired = last === undefined ? undefined : this.#execute(this.#full, candidate, last);
    const runs = repaired === undefined ? [broken] : [broken, repaired];
    if (hazards.length > 0 && sharedHazards(runs, hazards).length === 0) return false;
    return (
      repaired === undefined || (statusOf(repaired, property) === 'ok' && violatesOnly(repaired, mayViolate.repaired))
    );
  }
}

/** A run cut short leaves state unfinished, replicas that differ: that is no new violation. What clients saw is, and so is a broken invariant. */
function violatesOnly(run: Run, allowed: readonly string[]): boolean {
  return run.verdicts.every(({ id, kind, verdict }) => {
    if (verdict.status !== 'violated' || allowed.includes(id)) return true;
    return kind === 'eventually' && verdict.witness.operations.length === 0;
  });
}

/** Those of the hazards that occur in all the runs. */
export function sharedHazards(runs: readonly Run[], hazards: readonly string[]): readonly string[] {
  return hazards.filter((name) => runs.every((run) => run.witnessed[name] === true));
}

/** The properties that a run violates. */
export function violatedIn(run: Run): readonly string[] {
  return run.verdicts.filter(({ verdict }) => verdict.status === 'violated').map(({ id }) => id);
}

/** What a run's verdict on a property is; undefined when the model has no such property. */
export function statusOf(run: Run, property: string): 'ok' | 'violated' | 'unknown' | undefined {
  return run.verdicts.find(({ id }) => id === property)?.verdict.status;
}

/** The model with one property and what puts that to the test: judging the others would be most of the work. */
export function onlyOf(model: Model, id: string): Model {
  const judged = model.properties.find((property) => property.id === id);
  const needed = judged === undefined || judged.kind === 'sometimes' ? [id] : [id, judged.exercisedBy];
  const properties = model.properties.filter((property) => needed.includes(property.id));
  return { ...model, properties, witnesses: {}, metrics: () => [] };
}
