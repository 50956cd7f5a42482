import type { Fault } from '../kernel/faults.ts';
import type { Knob } from '../models/knob.ts';
import { formatDuration } from '../scenario/duration.ts';
import { faultTitle } from '../scenario/fault-title.ts';
import { describeValue } from '../scenario/problems.ts';
import type { RunInput } from './execute.ts';

/** One thing that is not the same in the inputs of two runs. */
export interface InputDifference {
  readonly kind: 'model' | 'knob' | 'fault' | 'workload' | 'schedule' | 'seed' | 'duration';
  /** Name of the knob, id of the fault, path in the workload; else the kind. */
  readonly name: string;
  /** As a reader would call it: "Read repair", "crash r2". */
  readonly title: string;
  /** What it is in the first run, in words; undefined: it is not there. */
  readonly a: string | undefined;
  /** What it is in the second run. */
  readonly b: string | undefined;
  /** What was changed on the way from the first to the second: `Read repair: blocking`, `without crash r2`, `seed 17`. */
  readonly change: string;
}

/** Paths of a workload that are listed; more than that is one difference to a reader. */
const PATHS_MAX = 12;

/** Everything in which the inputs of two runs differ, the seed first. Empty: the runs are equal, whatever they do. */
export function differencesOf(a: RunInput, b: RunInput): readonly InputDifference[] {
  if (a.model.id !== b.model.id)
    return [whole('model', 'Model', [a.model.title, b.model.title], `model ${b.model.id}`)];
  const [lastsA, lastsB] = [formatDuration(a.durationUs), formatDuration(b.durationUs)];
  const pinned = JSON.stringify(a.schedule) !== JSON.stringify(b.schedule);
  return [
    ...(a.seed === b.seed ? [] : [whole('seed', 'Seed', [String(a.seed), String(b.seed)], `seed ${b.seed}`)]),
    ...knobDifferences(a, b),
    ...faultDifferences(a.faults, b.faults),
    ...workloadDifferences(a.workload, b.workload),
    ...(pinned ? [whole('schedule', 'Schedule', [pinCount(a), pinCount(b)], 'another schedule')] : []),
    ...(lastsA === lastsB ? [] : [whole('duration', 'Duration', [lastsA, lastsB], `lasts ${lastsB}`)]),
  ];
}

function whole(
  kind: InputDifference['kind'],
  title: string,
  [a, b]: readonly [string | undefined, string | undefined],
  change: string,
): InputDifference {
  return { kind, name: kind, title, a, b, change };
}

/**
 * The first input with one difference taken from the second. Differences of one workload cannot be taken apart: each brings the whole
 * workload along.
 */
export function withDifference(a: RunInput, b: RunInput, { kind, name }: InputDifference): RunInput {
  switch (kind) {
    case 'model':
      return b;
    case 'knob':
      return { ...a, knobs: { ...a.knobs, [name]: b.knobs[name] } };
    case 'fault':
      return { ...a, faults: withFaultOf(a.faults, b.faults, name) };
    case 'workload':
      return { ...a, workload: b.workload };
    case 'schedule': {
      const { schedule: _own, ...rest } = a;
      return b.schedule === undefined ? rest : { ...rest, schedule: b.schedule };
    }
    case 'seed':
      return { ...a, seed: b.seed };
    case 'duration':
      return { ...a, durationUs: b.durationUs };
  }
}

/** A name for a run after what was changed: `Read repair: blocking, without crash r2`. */
export function changeTitle(differences: readonly InputDifference[]): string {
  const changes = [...new Set(differences.map(({ change }) => change))];
  if (changes.length <= 3) return changes.join(', ');
  return `${changes.slice(0, 2).join(', ')} and ${changes.length - 2} more`;
}

function knobDifferences(a: RunInput, b: RunInput): readonly InputDifference[] {
  return Object.entries(a.model.knobs)
    .filter(([name]) => a.knobs[name] !== b.knobs[name])
    .map(([name, knob]) => {
      const title = knob.spec.label;
      const [one, other] = [knobWords(knob, a.knobs[name]), knobWords(knob, b.knobs[name])];
      return { kind: 'knob', name, title, a: one, b: other, change: `${title}: ${other}` };
    });
}

function knobWords({ spec }: Knob, value: unknown): string {
  if (spec.kind === 'flag') return value === true ? 'on' : 'off';
  if (typeof value !== 'number') return String(value);
  if (value === 0 && spec.zero !== undefined) return spec.zero;
  if (spec.kind === 'duration') return formatDuration(value);
  return spec.kind === 'ratio' ? `${Math.round(value * 10_000) / 100} %` : String(value);
}

function faultDifferences(a: readonly Fault[], b: readonly Fault[]): readonly InputDifference[] {
  if (JSON.stringify(a) === JSON.stringify(b)) return [];
  const ids = [...new Set([...a, ...b].map(({ id }) => id))];
  const differences = ids.flatMap((id): InputDifference[] => {
    const [one, other] = [a, b].map((faults) => faults.find((fault) => fault.id === id));
    if (JSON.stringify(one) === JSON.stringify(other)) return [];
    const words = (fault: Fault | undefined) => (fault === undefined ? undefined : faultWords(fault));
    const title = faultTitle((other ?? one)!);
    const change = other === undefined ? `without ${title}` : `${title} ${beginsWords(other, 100)}`;
    return [{ kind: 'fault', name: id, title, a: words(one), b: words(other), change }];
  });
  if (differences.length > 0) return differences;
  // The same faults: of two that begin at one instant the first in the script comes first.
  const order = (faults: readonly Fault[]) => faults.map(({ id }) => id).join(', ');
  const change = 'faults in another order';
  return [{ kind: 'fault', name: '', title: 'Order of the faults', a: order(a), b: order(b), change }];
}

/** `crash r2 at 524 ms for 188 ms`. */
function faultWords(fault: Fault): string {
  const { forUs } = fault;
  return `${faultTitle(fault)} ${beginsWords(fault, 1)}${forUs === undefined ? '' : ` for ${formatDuration(forUs)}`}`;
}

/** `at 524 ms`, rounded to so many microseconds; `when write-partly-applied`. */
function beginsWords({ when }: Fault, toUs: number): string {
  if ('atUs' in when) return `at ${formatDuration(Math.round(when.atUs / toUs) * toUs)}`;
  const after = when.afterUs > 0 ? ` and ${formatDuration(when.afterUs)} have passed` : '';
  return `when ${when.predicate}${after}`;
}

function withFaultOf(a: readonly Fault[], b: readonly Fault[], id: string): readonly Fault[] {
  if (id === '') return b;
  const taken = b.find((fault) => fault.id === id);
  const at = a.findIndex((fault) => fault.id === id);
  if (taken === undefined) return a.filter((fault) => fault.id !== id);
  return at === -1 ? [...a, taken] : a.with(at, taken);
}

function workloadDifferences(a: unknown, b: unknown): readonly InputDifference[] {
  const found: InputDifference[] = [];
  walk(a, b, '', found);
  return found.slice(0, PATHS_MAX);
}

function walk(a: unknown, b: unknown, path: string, found: InputDifference[]): void {
  if (found.length >= PATHS_MAX || a === b || JSON.stringify(a) === JSON.stringify(b)) return;
  if (isGroup(a) && isGroup(b) && Array.isArray(a) === Array.isArray(b)) {
    for (const name of new Set([...Object.keys(a), ...Object.keys(b)])) {
      const inner = Array.isArray(a) ? `${path}[${name}]` : path === '' ? name : `${path}.${name}`;
      walk(a[name], b[name], inner, found);
    }
    return;
  }
  found.push({
    kind: 'workload',
    name: path,
    title: `Workload, ${path}`,
    a: wordsAt(path, a),
    b: wordsAt(path, b),
    change: 'another workload',
  });
}

function isGroup(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function wordsAt(path: string, value: unknown): string | undefined {
  if (value === undefined) return undefined;
  return path.endsWith('Us') && typeof value === 'number' ? formatDuration(value) : describeValue(value);
}

function pinCount({ schedule }: RunInput): string | undefined {
  if (schedule === undefined) return undefined;
  const { messages = [], timers = [], disks = [] } = schedule;
  return `${messages.length + timers.length + disks.length} choices pinned`;
}
