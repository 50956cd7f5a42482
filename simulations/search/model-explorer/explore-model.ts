import { seed as brandSeed } from '../../kernel/time.ts';
import { workloadDraw } from '../../run/execute.ts';
import { compiledBehavior } from '../../statechart/compiled.ts';
import type { ExploreOptions } from '../explore/explore.ts';
import { type Search, search } from '../explore/search.ts';
import type { Action } from './action.ts';
import { claimsOf } from './claims.ts';
import { type Counterexample, counterexampleOf } from './counterexample.ts';
import { modelSystem } from './model-system.ts';
import { Moves } from './moves.ts';
import type { ModelPlan } from './resolve.ts';
import type { State } from './state.ts';
import { Symmetry } from './symmetry.ts';
import { Tables } from './tables.ts';
import { walkTo } from './walk.ts';
import { Watch } from './watch.ts';

/** What became of one property of a model. */
export interface ModelPropertyResult {
  readonly kind: 'always' | 'eventually';
  readonly title: string;
  /** `unknown`: a bound ended the search, or nothing on the way put the claim to the test. */
  readonly status: 'ok' | 'violated' | 'unknown';
  readonly sentence: string;
  /** A shortest one; null when there is none. */
  readonly counterexample: Counterexample | null;
}

/** Every interleaving of a small configuration of a model, visited. */
export interface ModelExploration {
  readonly distinct: number;
  /** As TLC counts: the start and every step taken, also to known states. */
  readonly generated: number;
  /** As TLC counts: states on the longest shortest path. */
  readonly depth: number;
  readonly symmetry: boolean;
  /** What ended the search: a bound, or that everything asked was decided; null when all was visited. */
  readonly stopped: 'states' | 'depth' | 'decided' | null;
  readonly properties: Readonly<Record<string, ModelPropertyResult>>;
  /** Properties that depend on times, or on more of a run than is kept, and so are not judged here. */
  readonly notJudged: readonly string[];
}

/** About 100 MB of states, and as much again for their parts. */
const STATES_MAX = 2_000_000;

/**
 * Visits every interleaving of a model's own charts: the order of messages, disk writes and timers, and within budgets losses, duplicates
 * and crashes. Each violation is confirmed by a run of the kernel before it is reported. Deterministic.
 */
export function exploreModel(
  plan: ModelPlan,
  options: Pick<ExploreOptions, 'statesMax' | 'depthMax'> = {},
): ModelExploration {
  const { moves, symmetry } = worldOfPlan(plan);
  const { model, explorable, property } = plan;
  const all = claimsOf(model, explorable, plan.input.knobs);
  const claims = all.claims.filter((claim) => property === undefined || claim.property.id === property);
  const watch = new Watch(moves, { model, explorable, knobs: plan.input.knobs, claims });
  const open = new Set(claims.map((claim) => claim.property.id));
  const system = modelSystem({ moves, watch, symmetry, onBroken: (id) => open.delete(id) });
  const statesMax = options.statesMax ?? STATES_MAX;
  const bounds = {
    // Once everything asked is broken there is nothing left to look for.
    get statesMax() {
      return open.size === 0 ? 0 : statesMax;
    },
    depthMax: options.depthMax ?? Number.POSITIVE_INFINITY,
  };
  const found = search(system, bounds, symmetry !== undefined);
  const stopped = open.size === 0 ? 'decided' : (found.stopped ?? null);
  const results = claims.map((claim, at) => {
    const path = found.firsts[at] === -1 ? undefined : walkTo(found, found.firsts[at]!);
    return [claim.property.id, resultOf({ plan, moves, watch, found, claim: claim.property, path, stopped })] as const;
  });
  return {
    distinct: found.table.size,
    generated: found.generated,
    depth: found.depth,
    symmetry: symmetry !== undefined,
    stopped,
    properties: Object.fromEntries(results),
    notJudged: all.notJudged,
  };
}

/** The steps of a plan's model, and its symmetry where that is asked for. */
export function worldOfPlan({ model, explorable, input, budgets, symmetry }: ModelPlan): {
  readonly moves: Moves;
  readonly symmetry: Symmetry | undefined;
} {
  const { knobs, workload, seed } = input;
  const topology = model.build({ knobs, workload, draw: workloadDraw(seed), seed: brandSeed(seed) });
  const behaviors = Object.fromEntries(
    Object.entries(model.charts).map(([role, chart]) => [role, compiledBehavior(role, chart)]),
  );
  const tables = new Tables({
    topology,
    behaviors,
    unordered: explorable.unordered(knobs),
    unread: explorable.unread(knobs),
    settled: explorable.settled,
    ignores: explorable.ignores,
    keptNotes: explorable.keptNotes,
    forgets: !explorable.reusesNames(budgets),
  });
  const moves = new Moves(tables, {
    budgets,
    workloadTimers: explorable.workloadTimers,
    prompt: explorable.prompt,
    silent: explorable.silent,
    prologue: explorable.prologue,
  });
  const groups = explorable.interchangeable(knobs, workload);
  return { moves, symmetry: symmetry ? new Symmetry(tables, moves.layout, groups) : undefined };
}

function resultOf(options: {
  readonly plan: ModelPlan;
  readonly moves: Moves;
  readonly watch: Watch;
  readonly found: Search<State, Action>;
  readonly claim: Watch['claims'][number]['property'];
  readonly path: readonly Action[] | undefined;
  readonly stopped: ModelExploration['stopped'];
}): ModelPropertyResult {
  const { plan, moves, watch, found, claim, path, stopped } = options;
  const { kind, title, id } = claim;
  const common = { kind, title, counterexample: null };
  const states = `${count(found.table.size)} states`;
  if (path !== undefined) {
    const counterexample = counterexampleOf(plan, moves, id, path);
    const steps = path.length === 1 ? '1 step' : `${path.length} steps`;
    if (!counterexample.confirmed) {
      const sentence = `A path of ${steps} breaks it, but no run does: it hangs on how long something takes, which exploration leaves open.`;
      return { ...common, status: 'unknown', sentence };
    }
    return {
      ...common,
      status: 'violated',
      sentence: `Broken after ${steps}: ${counterexample.sentence}`,
      counterexample,
    };
  }
  if (stopped !== null)
    return { ...common, status: 'unknown', sentence: `Not decided within the bound: ${states} visited.` };
  if (watch.undecided.has(id)) {
    return { ...common, status: 'unknown', sentence: `The checker ran out of budget in some of ${states}.` };
  }
  const untested = untestedBy(plan, watch, claim);
  if (untested !== undefined) return { ...common, status: 'unknown', sentence: untested };
  return { ...common, status: 'ok', sentence: `Holds in all ${states}.` };
}

/** Why a claim that nothing broke was not put to the test either. */
function untestedBy(
  { model }: ModelPlan,
  watch: Watch,
  claim: Watch['claims'][number]['property'],
): string | undefined {
  const { exercisedBy, id } = claim;
  if (!watch.seen.has(exercisedBy)) {
    const title = model.properties.find((property) => property.id === exercisedBy)?.title ?? exercisedBy;
    return `Not put to the test in any state: ${title}.`;
  }
  const isAtEnd = watch.claims.some(({ judged, property }) => judged === 'end' && property.id === id);
  return isAtEnd && !watch.ended ? 'Not put to the test: no run came to an end with nothing left to do.' : undefined;
}

/** `296,448`, the same in every locale. */
function count(number: number): string {
  return String(number).replace(/\B(?=(\d{3})+$)/g, ',');
}
