import { invariant } from '../kernel/invariant.ts';
import { sameHosts } from './branches.ts';
import { differencesOf, type InputDifference, withDifference } from './compare-inputs.ts';
import { listed, type Parted, type Parting, partingOfRuns, sharedByName } from './divergence.ts';
import { beginRun, type Run } from './execute.ts';
import { matchSteps, type Side, type StepMatching } from './match-steps.ts';
import {
  type MetricPair,
  metricPairs,
  type OperationPair,
  operationPairs,
  type VerdictPair,
  verdictPairs,
} from './side-by-side.ts';

/** Where two runs part, how, and because of what. */
export interface Divergence extends Parting {
  /** The differences of the inputs that explain it. Where several runs could tell, each of these alone makes the runs part here; else all of them. */
  readonly because: readonly InputDifference[];
  /** What the model says of the step that matters on each side: the one that sets them apart, or the first that is not shared. */
  readonly told: Readonly<Record<Side, string | undefined>>;
}

/** Two runs beside each other. Plain data but for `steps.counterpart`. */
export interface Comparison {
  readonly differences: readonly InputDifference[];
  /** Steps from the start that are equal, one by one. */
  readonly sharedSteps: number;
  /** Undefined: the runs are equal. */
  readonly divergence: Divergence | undefined;
  /** Where the runs part and why, or that they do not; one to three sentences. */
  readonly sentence: string;
  readonly steps: StepMatching;
  readonly metrics: readonly MetricPair[];
  readonly verdicts: readonly VerdictPair[];
  /** Operations that did not come to the same. */
  readonly operations: readonly OperationPair[];
}

/** How to tell a comparison. */
export interface CompareOptions {
  /** What to call the runs in a sentence, as after "in". Default "the first run", "the second run". */
  readonly names?: readonly [a: string, b: string];
  /** The key whose versions the sentences number. Default: the most used. */
  readonly key?: string;
}

/** With more differences than this, or further into a run, no further runs are made to find which of them matters. */
const TRIALS_MAX = 12;
const TRIAL_STEPS_MAX = 50_000;
/** Steps of a trial between two looks at the clock. */
const PIECE_STEPS = 512;

/**
 * Compares two runs of one model: how long they are equal, what sets them apart and because of which input, which events correspond after
 * that, and what came of it. Both need their history. Executes the first run again, up to where they part, once for each difference of the inputs
 * when there are several.
 */
export function compareRuns(a: Run, b: Run, options: CompareOptions = {}): Comparison {
  const stood = [a.record.end.step, b.record.end.step] as const;
  const pieces = compareInPieces(a, b, options);
  let piece = pieces.next();
  while (piece.done !== true) piece = pieces.next();
  // A timeline has one world, which the record's view of the end shows: put it back.
  a.timeline?.worldAt(stood[0]);
  b.timeline?.worldAt(stood[1]);
  return piece.value;
}

/**
 * Like {@link compareRuns}, in pieces, so that a page can answer in between: yields how much is done, from 0 to 1. The worlds of both
 * timelines stand anywhere in between and in the end.
 */
export function* compareInPieces(a: Run, b: Run, options: CompareOptions = {}): Generator<number, Comparison> {
  invariant(a.timeline !== undefined && b.timeline !== undefined, 'a comparison needs the history of both runs');
  const [nameA, nameB] = options.names ?? ['the first run', 'the second run'];
  const shared = sharedByName(a, b);
  const parted: Parted = { a, b, shared, names: { a: nameA, b: nameB } };
  const differences = differencesOf(a.input, b.input);
  const parting = partingOfRuns(parted);
  const tried = parting === undefined ? [] : trialsOf(parted, differences);
  const all = tried.length * shared + a.timeline.length + b.timeline.length;
  const because = yield* shares(decisive(parted, tried), 0, all);
  const divergence =
    parting === undefined
      ? undefined
      : {
          ...parting,
          because: because.length > 0 ? because : differences,
          told: { a: toldOf(a, 'a', parting, options.key), b: toldOf(b, 'b', parting, options.key) },
        };
  const steps = yield* shares(matchSteps(a, b, shared), tried.length * shared, all);
  return {
    differences,
    sharedSteps: shared,
    divergence,
    sentence: sentenceOf(parted, differences, divergence),
    steps,
    metrics: metricPairs(a, b),
    verdicts: verdictPairs(a, b),
    operations: operationPairs(a, b),
  };
}

/** Work that counts its steps, as a share of all of it. */
function* shares<T>(work: Generator<number, T>, before: number, all: number): Generator<number, T> {
  let done = before;
  let piece = work.next();
  while (piece.done !== true) {
    done += piece.value;
    yield Math.min(1, done / all);
    piece = work.next();
  }
  return piece.value;
}

/** The differences that are tried one by one; none where there is nothing to choose from, or the trials would take too long. */
function trialsOf({ a, b, shared }: Parted, differences: readonly InputDifference[]): readonly InputDifference[] {
  const feasible = differences.length <= TRIALS_MAX && shared <= TRIAL_STEPS_MAX && sameHosts(a, b);
  return differences.length < 2 || !feasible ? [] : differences;
}

/**
 * Those of some differences that matter here. A difference does when the first run with it alone parts at the same step, with the second run's
 * event. Yields the steps that its trials have made.
 */
function* decisive(
  { a, b, shared }: Parted,
  differences: readonly InputDifference[],
): Generator<number, readonly InputDifference[]> {
  const enough: InputDifference[] = [];
  for (const difference of differences) {
    const input = withDifference(a.input, b.input, difference);
    if (input.model.constraints(input.knobs as never).length > 0) continue;
    const execution = beginRun({ ...input, eventsMax: shared + 1, history: true, digest: true, checks: false });
    while (!execution.advance(PIECE_STEPS)) yield PIECE_STEPS;
    const trial = execution.finish();
    if (!sameHosts(a, trial)) continue;
    if (sharedByName(a, trial) === shared && sharedByName(b, trial) === Math.min(shared + 1, b.timeline!.length))
      enough.push(difference);
  }
  return enough;
}

function toldOf(run: Run, side: Side, parting: Parting, key: string | undefined): string | undefined {
  const step = parting.kind === 'handler' ? parting.cause : parting.steps[side];
  return step === undefined ? undefined : narrationOf(run, step, key);
}

/** The model's sentence for a step. Moves the timeline. */
function narrationOf({ timeline, input: { model }, record }: Run, step: number, key: string | undefined): string {
  const keys = model.keys(record.operations);
  const focus = model.focus(record.operations, key ?? keys[0] ?? '');
  return model.narrate(timeline!.step(step), { ...focus, world: timeline!.worldAt(step + 1) });
}

function sentenceOf(
  { names, shared }: Parted,
  differences: readonly InputDifference[],
  divergence: Divergence | undefined,
): string {
  const all = `all ${count(shared)} steps are equal`;
  if (divergence === undefined && differences.length === 0)
    return `Both runs have the same inputs, so they are the same run: ${all}.`;
  if (divergence === undefined) return `${why(differences, names)} It made no difference: ${all}.`;
  const { kind, because } = divergence;
  const alone = because.length < differences.length;
  // A fault that is in one script only is told already.
  const known = kind === 'fault' && because.length === 1 && because[0]!.kind === 'fault';
  const trial = alone
    ? ` Of ${differences.length} differences, ${because.length === 1 ? 'this one is' : 'each of these is'} enough.`
    : '';
  return `${divergence.sentence}${known ? '' : ` ${why(because, names)}`}${trial}`;
}

function why(because: readonly InputDifference[], names: Parted['names']): string {
  if (because.some(({ kind }) => kind === 'seed')) {
    const { a, b } = because.find(({ kind }) => kind === 'seed')!;
    return `The seeds differ, ${a} and ${b}, so chance decides otherwise.`;
  }
  const told = because.slice(0, 3).map((difference) => differs(difference, names));
  if (because.length > 3) told.push(`${because.length - 3} other inputs differ`);
  const text = listed(told);
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

function differs({ kind, title, a, b }: InputDifference, names: Parted['names']): string {
  if (kind === 'fault' && (a === undefined || b === undefined))
    return `the fault ${a ?? b} is in the script of ${a === undefined ? names.b : names.a} only`;
  return `${title} is ${a ?? 'absent'} in ${names.a} and ${b ?? 'absent'} in ${names.b}`;
}

function count(steps: number): string {
  return String(steps).replace(/\B(?=(\d{3})+$)/g, ',');
}
