import type { Challenge, Searched } from '../scenario/challenge-schema.ts';
import type { Problem, Scenario } from '../scenario/scenario.ts';
import type { Run, RunInput } from './execute.ts';
import { conditionTitle, isShown } from './predict-conditions.ts';
import { resolveRun } from './resolve.ts';

/** One thing that a challenge demands of a run. */
export interface Demand {
  readonly title: string;
  readonly met: boolean;
  /** Why not, where it is not met and there is more to say. */
  readonly found?: string;
}

/** How far a run solves a challenge. */
export interface ChallengeGrade {
  readonly solved: boolean;
  /** What cannot be done within the limits was done outside of them: the run shows what they keep. */
  readonly givenUp: boolean;
  /** What the run must show. */
  readonly find: readonly (Demand & {
    /** The property whose verdict shows it. */
    readonly property?: string;
  })[];
  /** What it may not touch. */
  readonly limits: readonly Demand[];
}

/** Grades a run by what it shows and by how it was brought about. A run of another model, workload or duration keeps no limit. */
export function gradeChallenge(run: Run, scenario: Scenario, challenge: Challenge): ChallengeGrade {
  const { model } = run.input;
  const find = challenge.find.map((condition) => ({
    title: conditionTitle(model, condition),
    met: isShown(run, condition),
    ...(condition.check === 'property' && { property: condition.property }),
  }));
  const limits = limitsOf(run.input, scenario, challenge);
  const isFound = find.every(({ met }) => met);
  const isWithin = limits.every(({ met }) => met);
  return { solved: isFound && isWithin, givenUp: isFound && !isWithin && !challenge.possible, find, limits };
}

function limitsOf(input: RunInput, scenario: Scenario, challenge: Challenge): readonly Demand[] {
  const start = resolveRun({ model: scenario.model, scenario, variant: challenge.variant });
  if (!start.ok) return [{ title: 'The scenario gives a run', met: false }];
  const { faultsMax, kinds, locked, seedLocked } = challenge.limits;
  const demands: Demand[] = [];
  if (faultsMax !== undefined) {
    const count = input.faults.length;
    const title = faultsMax === 0 ? 'No fault' : `At most ${faultsMax} ${faultsMax === 1 ? 'fault' : 'faults'}`;
    demands.push(demand(title, count <= faultsMax, `${count} in the script`));
  }
  if (kinds !== undefined) {
    const stray = [...new Set(input.faults.map(({ action }) => action.do))].filter((kind) => !kinds.includes(kind));
    demands.push(demand(`Only these faults: ${kinds.join(', ')}`, stray.length === 0, `${stray.join(', ')} too`));
  }
  demands.push(knobsKept(input, start.input, locked));
  if (seedLocked) {
    const { seed } = start.input;
    demands.push(demand(`Seed ${seed}`, input.seed === seed, `seed ${input.seed}`));
  }
  const same = ['workload', 'schedule', 'durationUs'] as const;
  const changed = same.filter((part) => JSON.stringify(input[part]) !== JSON.stringify(start.input[part]));
  if (input.model !== start.input.model || changed.length > 0)
    demands.push({ title: 'The same workload for the same time', met: false });
  return demands;
}

function knobsKept(input: RunInput, start: RunInput, locked: Challenge['limits']['locked']): Demand {
  const names = locked === 'all' ? Object.keys(start.knobs) : locked;
  const turned = names.filter((name) => input.knobs[name] !== start.knobs[name]);
  const title =
    locked === 'all' ? 'No knob turned' : `Not turned: ${names.map((name) => labelOf(start, name)).join(', ')}`;
  return demand(title, turned.length === 0, `${turned.map((name) => labelOf(start, name)).join(', ')} turned`);
}

function labelOf({ model }: RunInput, knob: string): string {
  return model.knobs[knob]?.spec.label ?? knob;
}

function demand(title: string, met: boolean, found: string): Demand {
  return met ? { title, met } : { title, met, found };
}

const BUDGETS = ['losses', 'crashes', 'duplicates', 'timers'] as const;

/** The command that repeats a search. */
export function searchCommand(scenario: Scenario, challenge: Challenge, searched: Searched): string {
  const variant = challenge.variant ?? scenario.variants[0]!.id;
  const about = `${scenario.id} --variant ${variant}`;
  if (searched.by === 'seeds') return `faultline sweep ${about} --seeds ${searched.seeds}`;
  const { budgets, symmetry } = searched;
  const spent = BUDGETS.filter((budget) => budgets[budget] > 0).map((budget) => ` --${budget} ${budgets[budget]}`);
  return `faultline explore ${about}${spent.join('')}${symmetry ? ' --symmetry' : ''}`;
}

/** What is wrong with a challenge, as its starting run shows: it is solved before anybody has done anything. */
export function challengeProblems(start: Run, scenario: Scenario, challenge: Challenge): readonly Problem[] {
  if (!gradeChallenge(start, scenario, challenge).solved) return [];
  return [
    {
      field: 'challenge.find',
      found: 'what the starting run shows already',
      allowed: 'something that is yet to be brought about',
      fix: 'Start from another variant or without faults, or ask for more.',
    },
  ];
}
