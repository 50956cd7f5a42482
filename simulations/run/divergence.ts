import type { Effect } from '../kernel/behavior.ts';
import { unreachable } from '../kernel/invariant.ts';
import type { StepView } from '../kernel/view.ts';
import type { Model } from '../models/model.ts';
import { operationNoun } from '../models/nouns.ts';
import { formatDuration } from '../scenario/duration.ts';
import { faultTitle } from '../scenario/fault-title.ts';
import { sharedSteps } from './branches.ts';
import type { Run } from './execute.ts';
import { type Side, sameData, sameEvent } from './match-steps.ts';

/**
 * How two runs part. `fault`: one begins or ends on one side only, or at another time. `handler`: the same event, met in both, made a
 * process do something else. `message`, `timer`, `disk`: the same thing was begun in both and ended otherwise. `start`: a process that is on one side only.
 * `end`: one run is over.
 */
export type PartingKind = 'fault' | 'handler' | 'message' | 'timer' | 'disk' | 'start' | 'end';

/** Where two runs part, before anybody asks why. */
export interface Parting {
  readonly kind: PartingKind;
  /** The first step that is not shared, on each side; undefined: that side has ended. */
  readonly steps: Readonly<Record<Side, number | undefined>>;
  /** The shared step from which the difference comes, the same event on both sides; undefined: it comes from the scenario itself. */
  readonly cause: number | undefined;
  /** The instant of the earlier of the two first steps, in microseconds. */
  readonly atUs: number;
  /** What happened, in one sentence. */
  readonly sentence: string;
}

/** Two runs, what to call each in a sentence, and how many steps they share. */
export interface Parted {
  readonly a: Run;
  readonly b: Run;
  readonly names: Readonly<Record<Side, string>>;
  readonly shared: number;
}

/** Where and how two runs part; undefined when they do not: then every step of both is shared. */
export function partingOfRuns(parted: Parted): Parting | undefined {
  const { a, b, shared } = parted;
  const at = (run: Run) => (shared < run.timeline!.length ? shared : undefined);
  const steps = { a: at(a), b: at(b) };
  if (steps.a === undefined && steps.b === undefined) return undefined;
  if (steps.a !== undefined && steps.b !== undefined) {
    const [one, other] = [a.timeline!.step(shared), b.timeline!.step(shared)];
    if (sameEvent(one, other))
      return { kind: 'handler', sentence: handled(parted, one, other), steps, cause: shared, atUs: one.atUs };
  }
  const first = earlier(parted, steps);
  const step = (first === 'a' ? a : b).timeline!.step(shared);
  const found = ended(parted, first) ?? told(parted, first, step);
  const cause = step.cause < 0 || found.kind === 'end' ? undefined : step.cause;
  return { ...found, steps, cause, atUs: step.atUs };
}

/**
 * How many steps two runs share from the start: the same events from the same causes, met with the same deeds. From where the traces part on it goes by
 * names, since traces know hosts by number and two runs may have other hosts.
 */
export function sharedByName(a: Run, b: Run): number {
  const most = Math.min(a.timeline!.length, b.timeline!.length);
  let step = sharedSteps(a, b);
  const same = (one: StepView, other: StepView) =>
    one.cause === other.cause && sameEvent(one, other) && sameData(noted(one), noted(other));
  while (step < most && same(a.timeline!.step(step), b.timeline!.step(step))) step++;
  return step;
}

/** What a handler noted and answered: the deeds that a digest holds. The others show in the steps that come of them. */
function noted({ effects }: StepView): readonly Effect[] {
  return effects.filter(({ type }) => type === 'note' || type === 'client.complete');
}

type Told = Pick<Parting, 'kind' | 'sentence'>;

/** The side on which the first step that is not shared comes first; of two at one instant the fault, then the first run's. */
function earlier({ a, b, shared }: Parted, steps: Parting['steps']): Side {
  if (steps.a === undefined || steps.b === undefined) return steps.a === undefined ? 'b' : 'a';
  const [one, other] = [a.timeline!.step(shared), b.timeline!.step(shared)];
  if (one.atUs !== other.atUs) return one.atUs < other.atUs ? 'a' : 'b';
  return one.fault === undefined && other.fault !== undefined ? 'b' : 'a';
}

/** Whether the other side is over because it was to last less long, or was stopped at its bound on events. */
function ended({ a, b, names, shared }: Parted, first: Side): Told | undefined {
  const [run, name, goesOn] = first === 'a' ? [b, names.b, names.a] : [a, names.a, names.b];
  const lasts = (first === 'a' ? a : b).timeline!.timeUs(shared);
  if (run.timeline!.length > shared || (run.stopped !== 'events' && lasts <= run.record.endUs)) return undefined;
  return { kind: 'end', sentence: `${capital(name)} ends at ${formatDuration(run.record.endUs)}; ${goesOn} goes on.` };
}

function told(parted: Parted, first: Side, step: StepView): Told {
  if (step.fault !== undefined) return faultTold(parted, first, step);
  const { a, b, names } = parted;
  const [here, there] = first === 'a' ? [names.a, names.b] : [names.b, names.a];
  if (step.cause < 0) {
    const sentence = `At ${formatDuration(step.atUs)} ${subjectOf(step)} ${step.kind} in ${here} and not in ${there}.`;
    return { kind: 'start', sentence };
  }
  const [one, other] = [a.timeline!.step(step.cause), b.timeline!.step(step.cause)];
  const inOther = (first === 'a' ? other : one).effects;
  const begun = inOther.some((effect) => leadsTo(effect, step));
  const same = sameData(one.effects.map(essence), other.effects.map(essence));
  if (!begun && !same) return { kind: 'handler', sentence: handled(parted, one, other) };
  return fateTold(parted, first, step);
}

/** Whether an effect is what a step came from. */
function leadsTo(effect: Effect, step: StepView): boolean {
  switch (effect.type) {
    case 'send':
      return effect.to === step.to && sameData(effect.message, step.message);
    case 'timer.set':
      return step.kind === 'timer' && effect.name === step.timer;
    case 'disk.persist':
      return step.kind === 'persisted' && sameData(effect.token, step.token);
    case 'process.start':
      return step.kind === 'started' && step.process.endsWith(`/${effect.name}`);
    default:
      return false;
  }
}

/** An effect without what changes nothing by itself: a started process is told every knob. */
function essence(effect: Effect): unknown {
  return effect.type === 'process.start' ? { type: effect.type, role: effect.role, name: effect.name } : effect;
}

function handled({ a: { input }, names }: Parted, one: StepView, other: StepView): string {
  const only = (mine: StepView, theirs: StepView) => {
    const known = new Set(theirs.effects.map((effect) => JSON.stringify(essence(effect))));
    return mine.effects.filter((effect) => !known.has(JSON.stringify(essence(effect))));
  };
  const [a, b] = [deeds(only(one, other), input.model), deeds(only(other, one), input.model)];
  const [did, here, there] = a === '' ? [b, names.b, names.a] : [a, names.a, names.b];
  const begin = `At ${formatDuration(one.atUs)} the same event makes ${one.process} ${did} in ${here}`;
  return a === '' || b === '' ? `${begin}, which it does not in ${there}.` : `${begin} and ${b} in ${there}.`;
}

/** What effects do, in words that follow "makes it"; '' for none. Notes stand back when there is anything else. */
function deeds(effects: readonly Effect[], model: Model): string {
  const weighty = effects.filter(({ type }) => type !== 'note');
  const targets = new Map<string, string[]>();
  for (const effect of weighty.length > 0 ? weighty : effects) {
    const [words, target] = deed(effect, model);
    targets.set(words, [...(targets.get(words) ?? []), ...(target === undefined ? [] : [target])]);
  }
  const words = [...targets].map(([does, to]) => (to.length === 0 ? does : `${does} to ${listed(to)}`));
  return words.length <= 3 ? listed(words) : listed([...words.slice(0, 2), `do ${words.length - 2} other things`]);
}

/** What one effect does, and to whom it goes if it goes anywhere. */
function deed(effect: Effect, model: Model): readonly [does: string, target?: string] {
  switch (effect.type) {
    case 'send':
      return [`send ${effect.message.type}`, effect.to];
    case 'timer.set': {
      const { name, delayUs } = effect;
      const delay = typeof delayUs === 'number' ? formatDuration(delayUs) : delayUs.map(formatDuration).join(' to ');
      return [`set timer ${name} (${delay})`];
    }
    case 'timer.cancel':
      return [`cancel timer ${effect.name}`];
    case 'disk.persist':
      return ['write to disk'];
    case 'client.invoke': {
      const noun = operationNoun(model, effect.f);
      return [`begin ${/^[aeiou]/.test(noun) ? 'an' : 'a'} ${noun} of ${effect.key}`];
    }
    case 'client.complete':
      return [`end operation ${effect.operation} as ${effect.outcome}`];
    case 'process.start':
      return [`start ${effect.name}`];
    case 'note':
      return [`note ${effect.name}`];
    default:
      return unreachable(effect);
  }
}

function faultTold({ a, b, names, shared }: Parted, first: Side, step: StepView): Told {
  const { fault } = step.fault!;
  const [other, here, there] = first === 'a' ? [b, names.a, names.b] : [a, names.b, names.a];
  const verb = step.kind === 'fault.begin' ? 'begins' : 'ends';
  const later = find(other, shared, (view) => view.kind === step.kind && view.fault?.fault.id === fault.id);
  const elsewhere = later === undefined ? 'and not' : `and at ${formatDuration(later.atUs)}`;
  const sentence = `The fault ${fault.id} (${faultTitle(fault)}) ${verb} at ${formatDuration(step.atUs)} in ${here} ${elsewhere} in ${there}.`;
  return { kind: 'fault', sentence };
}

/** What was begun in both runs and ended otherwise: a message, a timer, a write to disk. */
function fateTold({ a, b, names, shared }: Parted, first: Side, step: StepView): Told {
  const same = (view: StepView) => view.cause === step.cause && kindOf(view) === kindOf(step) && sameThing(view, step);
  const other = find(first === 'a' ? b : a, shared, same);
  const fates = first === 'a' ? ([step, other] as const) : ([other, step] as const);
  const [one, two] = fates.map((fate) => (fate === undefined ? 'not' : fateOf(fate)));
  const begunUs = a.timeline!.timeUs(step.cause);
  const ends =
    one === 'not' ? `${two} in ${names.b} and not in ${names.a}` : `${one} in ${names.a} and ${two} in ${names.b}`;
  return { kind: kindOf(step), sentence: `${begun(step, begunUs)} ${ends}.` };
}

function kindOf(step: StepView): PartingKind {
  if (step.message !== undefined) return 'message';
  if (step.kind === 'timer') return 'timer';
  return step.kind === 'persisted' ? 'disk' : 'start';
}

function sameThing(view: StepView, step: StepView): boolean {
  return (
    view.to === step.to &&
    view.timer === step.timer &&
    view.duplicate === step.duplicate &&
    sameData(view.message, step.message) &&
    sameData(view.token, step.token)
  );
}

function begun(step: StepView, atUs: number): string {
  const at = formatDuration(atUs);
  if (step.message !== undefined) {
    const copy = step.duplicate === true ? 'The copy of ' : '';
    return `${copy}${step.message.type} from ${step.fromHost} to ${step.host}, sent at ${at},`;
  }
  if (step.kind === 'timer') return `The timer ${step.timer} of ${step.process}, set at ${at},`;
  if (step.kind === 'persisted') return `The write of ${step.process} to disk, begun at ${at},`;
  return capital(subjectOf(step));
}

function fateOf(step: StepView): string {
  const at = `at ${formatDuration(step.atUs)}`;
  switch (step.kind) {
    case 'deliver':
      return `arrives ${at}`;
    case 'lost':
      return `is lost ${at} (${step.lostTo})`;
    case 'timer':
      return `fires ${at}`;
    case 'persisted':
      return `ends ${at}`;
    default:
      return `${step.kind} ${at}`;
  }
}

/** The first step from `from` on that is as asked. */
function find({ timeline }: Run, from: number, asked: (view: StepView) => boolean): StepView | undefined {
  for (let step = from; step < timeline!.length; step++) {
    const view = timeline!.step(step);
    if (asked(view)) return view;
  }
  return undefined;
}

function subjectOf({ process, host }: StepView): string {
  return process === '' ? host : process;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** `one, two and three`. */
export function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}
