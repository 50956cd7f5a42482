import { execute, type Run, type RunInput } from '../../run/execute.ts';
import type { Scenario, Variant } from '../../scenario/scenario.ts';
import { type Candidate, hostsOf, inputOf } from './candidate.ts';
import { defaultRepairs, type Repair, repairsOf, writtenOut } from './goal.ts';
import { fewerFaults } from './pass-faults.ts';
import { fewerClients, fewerOperations } from './pass-operations.ts';
import { fewerPins, rounderPins, withoutChance } from './pass-schedule.ts';
import { simplerKnobs, smallerSystem } from './pass-system.ts';
import { closer, muchShorter, shorter } from './pass-times.ts';
import { type Goal, Search, type ShrinkProgress, sharedHazards, statusOf, type Trial, violatedIn } from './search.ts';

/** What to shrink: a run that violates a property, and where it comes from. */
export interface ShrinkRequest {
  readonly input: RunInput;
  readonly property: string;
  readonly scenario?: Scenario;
  readonly variant?: Variant;
}

export interface ShrinkOptions {
  /** How many runs the search may spend, beside the few that find out what must stay and judge the result. Default 2,000. */
  readonly runsMax?: number;
}

/** The smallest run that was found. */
export interface Shrunk {
  readonly candidate: Candidate;
  readonly repair: Repair | undefined;
  /** The runs before and after, both without history. */
  readonly before: Run;
  readonly after: Run;
  readonly runs: number;
  /** Whether the bound on runs ended the search before nothing more could be left out. */
  readonly exhausted: boolean;
}

const RUNS_MAX = 2_000;
/** Passes enable one another; after a few rounds nothing changes any more. */
const ROUNDS_MAX = 8;

/**
 * Makes a violating run smaller while it violates the same property: fewer operations, faults, processes and choices of chance,
 * shorter and rounder. A generator: each step is one trial, so that a worker can report and a caller can stop. Deterministic: what it
 * finds depends on its arguments alone. Gives undefined when the run does not violate the property.
 */
export function* shrink(
  request: ShrinkRequest,
  options: ShrinkOptions = {},
): Generator<ShrinkProgress, Shrunk | undefined> {
  const { input, property } = request;
  const before = execute({ ...input, history: false });
  if (statusOf(before, property) !== 'violated') return undefined;
  const goal = goalOf(request, before);
  const { repair } = goal;
  const alternatives = repair?.steps.map(({ id, set }) => ({ id, set })) ?? [];
  const { knobs, workload, faults, schedule, seed, durationUs } = input;
  const start: Candidate = {
    ...{ knobs, workload, faults, schedule, seed, durationUs, alternatives },
    operations: undefined,
  };
  const search = new Search(goal, start, options.runsMax ?? RUNS_MAX);
  yield* muchShorter(search);
  yield* search.keeps({ ...search.best, operations: writtenOut(input, search.run.record.operations) });
  if (!search.exhausted) yield* withoutChance(search);
  for (let round = 0; round < ROUNDS_MAX && !search.exhausted; round++) {
    const { best } = search;
    yield* oneRound(search);
    if (search.best === best) break;
  }
  const after = execute({ ...inputOf(input.model, search.best), history: false });
  return { candidate: search.best, repair, before, after, runs: search.runs, exhausted: search.exhausted };
}

/** What each round tries, what saves most first. */
const PASSES: readonly ((search: Search) => Trial<void>)[] = [
  simplerKnobs,
  fewerOperations,
  fewerFaults,
  smallerSystem,
  fewerPins,
  fewerClients,
  shorter,
  closer,
  rounderPins,
];

function* oneRound(search: Search): Trial<void> {
  for (const pass of PASSES) if (!search.exhausted) yield* pass(search);
}

/** What must stay: the violation, the hazard, and a repair that repairs it, if there is one. */
function goalOf(request: ShrinkRequest, before: Run): Goal & { readonly repair: Repair | undefined } {
  const { input, property, scenario, variant } = request;
  const known = scenario !== undefined && variant !== undefined ? repairsOf(scenario, variant) : [];
  for (const repair of [...known, ...defaultRepairs(input)]) {
    const knobs = { ...input.knobs, ...repair.steps.at(-1)!.set };
    if (!isFeasible(input, knobs)) continue;
    const run = execute({ ...input, knobs, history: false, digest: false });
    if (statusOf(run, property) === 'ok') return { ...goalWith(request, before, run), repair };
  }
  return { ...goalWith(request, before, undefined), repair: undefined };
}

/** Whether a repaired run is possible, with all the hosts that faults and operations may name. */
function isFeasible(input: RunInput, knobs: RunInput['knobs']): boolean {
  if (input.model.constraints(knobs as never).length > 0) return false;
  const others = hostsOf({ ...input, knobs });
  return hostsOf(input).every((host) => others.includes(host));
}

function goalWith({ input, property, scenario }: ShrinkRequest, before: Run, repaired: Run | undefined): Goal {
  const names = [...(scenario?.witness === undefined ? [] : [scenario.witness]), ...Object.keys(input.model.witnesses)];
  const hazards = sharedHazards(repaired === undefined ? [before] : [before, repaired], [...new Set(names)]);
  const mayViolate = { broken: violatedIn(before), repaired: repaired === undefined ? [] : violatedIn(repaired) };
  return { model: input.model, property, hazards, mayViolate };
}
