import { pathTo, runWithout } from './liveness.ts';
import { type PathStep, replay } from './replay.ts';
import { type Bounds, type Search, search } from './search.ts';
import type { Spec, SpecProperty, System } from './spec.ts';

export interface ExploreOptions {
  /** Distinct states to keep before giving up as unknown. Default 2,000,000 where states are words, 500,000 where they are texts. */
  readonly statesMax?: number;
  /** Longest path, counted in states as TLC does, before giving up as unknown. Default: none. */
  readonly depthMax?: number;
  /** Take states that differ only by the names of interchangeable parts as one, where the specification declares it. Default false. */
  readonly symmetry?: boolean;
}

/** What became of one property. */
export interface PropertyResult {
  readonly kind: SpecProperty<unknown>['kind'];
  /** `unknown`: a bound ended the search before it was decided. */
  readonly status: 'ok' | 'violated' | 'unknown';
  /** Whether the specification's source expects it. */
  readonly expected: 'ok' | 'violated';
  readonly sentence: string;
  /** Where the path begins; null when there is none. */
  readonly start: string | null;
  /** A shortest counterexample; for `sometimes` a shortest example. Null when there is none to show. */
  readonly path: readonly PathStep[] | null;
  /** For a run that never ends: how many steps of the path precede the state to which its last step returns. */
  readonly loopsTo: number | null;
}

/** The graph of a specification, visited. */
export interface Exploration {
  readonly spec: string;
  readonly distinct: number;
  /** As TLC counts: the starts and every step taken, also to known states and to the same one. */
  readonly generated: number;
  /** As TLC counts: states on the longest shortest path. */
  readonly depth: number;
  readonly symmetry: boolean;
  /** The bound that ended the search; null when all was visited. */
  readonly stopped: 'states' | 'depth' | null;
  readonly properties: Readonly<Record<string, PropertyResult>>;
}

/** About 1 GB either way. */
const STATES_MAX = { words: 2_000_000, text: 500_000 };

/** Visits every state of a specification and judges its properties. Deterministic; see search.ts and liveness.ts for what is counted. */
export function explore(
  spec: Spec,
  knobs: Readonly<Record<string, unknown>>,
  options: ExploreOptions = {},
): Exploration {
  const explored = exploreSystem(spec.system(knobs), options, spec.expectsViolated(knobs));
  return { spec: spec.id, ...explored };
}

/** The same for a system that is in no specification. */
export function exploreSystem<S, A>(
  system: System<S, A>,
  options: ExploreOptions = {},
  expectsViolated: readonly string[] = [],
): Omit<Exploration, 'spec'> {
  const bounds: Bounds = {
    statesMax: options.statesMax ?? STATES_MAX[system.codec.kind],
    depthMax: options.depthMax ?? Number.POSITIVE_INFINITY,
  };
  const found = search(system, bounds, options.symmetry === true);
  const properties = system.properties.map((property, at) => {
    const expected = expectsViolated.includes(property.id) ? 'violated' : 'ok';
    return [property.id, { kind: property.kind, expected, ...judge(found, property, at) }] as const;
  });
  return {
    distinct: found.table.size,
    generated: found.generated,
    depth: found.depth,
    symmetry: found.symmetry,
    stopped: found.stopped ?? null,
    properties: Object.fromEntries(properties),
  };
}

type Judgement = Pick<PropertyResult, 'status' | 'sentence' | 'start' | 'path' | 'loopsTo'>;

function judge<S, A>(found: Search<S, A>, property: SpecProperty<S>, at: number): Judgement {
  const { title } = property;
  const all = `${count(found.table.size)} states`;
  if (property.kind === 'eventually') return judgeEventually(found, title, at);
  const first = found.firsts[at]!;
  if (first !== -1) {
    const path = replay(
      found,
      pathTo(first, (id) => found.parents.at(id)),
    );
    const steps = stepsOf(path.steps.length);
    return property.kind === 'always'
      ? { status: 'violated', sentence: `Broken after ${steps}: ${title}.`, ...shown(path, null) }
      : { status: 'ok', sentence: `Happens, at the earliest after ${steps}: ${title}.`, ...shown(path, null) };
  }
  if (found.stopped !== undefined) return undecided(found, title);
  return property.kind === 'always'
    ? { status: 'ok', sentence: `Holds in all ${all}: ${title}.`, ...NOTHING }
    : { status: 'violated', sentence: `Happens in none of ${all}: ${title}.`, ...NOTHING };
}

function judgeEventually<S, A>(found: Search<S, A>, title: string, at: number): Judgement {
  const run = runWithout(found, found.holding[at]!);
  if (run === undefined) {
    if (found.stopped !== undefined) return undecided(found, title);
    return { status: 'ok', sentence: `Every run gets there: ${title}.`, ...NOTHING };
  }
  const { ids, loopsTo } = run;
  const path = replay(found, loopsTo === undefined ? ids : [...ids, ids[loopsTo]!]);
  const sentence =
    loopsTo === undefined
      ? `A run ends after ${stepsOf(path.steps.length)} without it: ${title}.`
      : `A run goes round for ever without it, from step ${path.steps.length} back to where it was after ${stepsOf(loopsTo)}: ${title}.`;
  return { status: 'violated', sentence, ...shown(path, loopsTo ?? null) };
}

const NOTHING = { start: null, path: null, loopsTo: null };

function shown(path: { start: string; steps: readonly PathStep[] }, loopsTo: number | null) {
  return { start: path.start, path: path.steps, loopsTo };
}

function undecided<S, A>(found: Search<S, A>, title: string): Judgement {
  const bound = found.stopped === 'depth' ? `depth ${found.depth}` : `${count(found.table.size)} states`;
  return {
    status: 'unknown',
    sentence: `Not decided within the bound of ${bound} (${count(found.generated)} generated): ${title}.`,
    ...NOTHING,
  };
}

function stepsOf(steps: number): string {
  return steps === 1 ? '1 step' : `${count(steps)} steps`;
}

/** `296,448`, the same in every locale. */
function count(number: number): string {
  return String(number).replace(/\B(?=(\d{3})+$)/g, ',');
}
